"""Names repeated in another script right behind, as in "Ivan Petrov (Иван Петров)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kb_app.core.entity import MentionKind
from kb_app.core.findings import FoundMention
from kb_app.core.names import script_of
from kb_app.core.passage import Span

_IN_BRACKETS = re.compile(r"\s?\(([^()\n]{2,60})\)")
_NAME = re.compile(r"[^\W\d_]+(?:[-'’ ][^\W\d_]+)*")
_SURE = 0.9
_UNTOLD = frozenset({"Zyyy", "Zzzz"})


def repeated_names(text: str, mentions: Iterable[FoundMention]) -> Iterator[FoundMention]:
    """Yield the mentions in brackets behind named ones whose letters are of another script."""
    for mention in mentions:
        brackets = _IN_BRACKETS.match(text, mention.span.end) if mention.kind.is_named else None
        if brackets is None:
            continue
        own = script_of(mention.span.of(text))
        for name in _NAME.finditer(text, *brackets.span(1)):
            if script_of(name[0]) not in _UNTOLD | {own}:
                reason = "the same name in another script, in brackets"
                yield FoundMention(Span(*name.span()), MentionKind.FULL, _SURE, reason)
                break
