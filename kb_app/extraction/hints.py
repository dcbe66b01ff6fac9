"""What rules and word lists say of each word, as the tagger is told it: names, times, triggers, kinds of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kb_app.core.entity import EntityType
from kb_app.core.event import EventType
from kb_app.core.findings import FoundTime, TimexType
from kb_app.core.passage import Span
from kb_app.extraction.encoder_words import PLAIN_SIGNS, Words
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.name_cutting import Name

LONGEST_PHRASE = 4  # words
_TYPES = (EntityType.PERSON, EntityType.INSTITUTION, EntityType.PLACE)
_TIMES = tuple(TimexType)
_EVENTS = tuple(EventType)
_KINDS = (
    "reporting",
    "title",
    "person",
    "institution",
    "kinship",
    "demonym",
    "given_name",
    "institution_head",
    "place_head",
    "qualifier",
)


class _Hint(NamedTuple):
    name: int = 0
    time: int = 0
    trigger: int = 0
    kind: int = 0


HINT_SIZES = _Hint(1 + 2 * len(_TYPES), 1 + len(_TIMES), 1 + len(_EVENTS), 1 + len(_KINDS))


class Hinter:
    """Tells the tagger what the word lists know; built once from the lexicons."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._words = lexicons

    def hinted(self, text: str, words: Words, names: Iterable[Name], times: Iterable[FoundTime]) -> Words:
        """Return the words with their hints beside the signs of their form."""
        names_at = list(_numbered(words, ((n.span, 1 + 2 * _TYPES.index(n.type)) for n in names if n.type), True))
        times_at = list(_numbered(words, ((t.span, 1 + _TIMES.index(t.type)) for t in times), False))
        cased = [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
        lower = [word.lower() for word in cased]
        triggers, kinds = self._phrases(cased, lower)
        hints = zip(names_at, times_at, triggers, kinds, strict=True)
        signs = tuple((*sign[:PLAIN_SIGNS], *hint) for sign, hint in zip(words.signs, hints, strict=True))
        return Words(words.starts, words.ends, signs)

    def _phrases(self, cased: Sequence[str], lower: Sequence[str]) -> tuple[list[int], list[int]]:
        """Look up phrases, the longest first, then single words."""
        triggers, kinds = [0] * len(lower), [0] * len(lower)
        for at, word in enumerate(lower):
            if not word[0].isalpha():
                continue
            for size in range(min(LONGEST_PHRASE, len(lower) - at), 0, -1):
                phrase = " ".join(lower[at : at + size]) if size > 1 else word
                if phrase in self._words.triggers and not triggers[at]:
                    number = 1 + _EVENTS.index(self._words.triggers[phrase][0].type)
                    triggers[at : at + size] = [number] * size
                kind = "reporting" if phrase in self._words.reporting else ""
                kind = "title" if not kind and phrase in self._words.titles else kind
                if kind and not kinds[at]:
                    kinds[at : at + size] = [1 + _KINDS.index(kind)] * size
            if not kinds[at]:
                kinds[at] = self._kind(cased[at], word)
        return triggers, kinds

    def _kind(self, cased: str, lower: str) -> int:
        words = self._words
        nominal = words.nominals.get(lower)
        if nominal is not None and nominal[0] is not EntityType.PLACE:
            return 1 + _KINDS.index(nominal[0].value)
        lists = (
            (lower in words.kinship, "kinship"),
            (cased in words.demonyms, "demonym"),
            (cased in words.institution_heads, "institution_head"),
            (cased in words.place_heads, "place_head"),
            (lower in words.qualifiers, "qualifier"),
            (cased in words.given_names, "given_name"),
        )
        return next((1 + _KINDS.index(kind) for found, kind in lists if found), 0)


def _numbered(words: Words, spans: Iterable[tuple[Span, int]], has_begin: bool) -> Iterator[int]:
    """Yield a number a word: 0 outside, the span's number on its first word, one more on the others."""
    ordered = sorted(spans)
    at = 0
    for start, end in zip(words.starts, words.ends, strict=True):
        while at < len(ordered) and ordered[at][0].end <= start:
            at += 1
        if at == len(ordered) or ordered[at][0].start >= end:
            yield 0
            continue
        span, number = ordered[at]
        yield number + int(has_begin and span.start < start)
