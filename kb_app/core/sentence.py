"""The sentence around a span, told by its marks alone: for showing, not for reading."""

from __future__ import annotations

import re

from kb_app.core.passage import Span

LONGEST = 600  # characters to either side
# a full stop after a word of more than one letter, quotation marks and blanks, and a capital or a figure
_STOP = r"(?:(?<=[^\W\d_]{2})\.|(?<=\d)\.|[!?…])[\"”’»)\]]*\s+(?=[\"“‘«(\[]*[^\W_a-zа-я])"
# a line's end, where the next one does not go on with a small letter
_LINE = r"\n(?![a-zа-яґєії])\s*"
_END = re.compile(f"{_STOP}|{_LINE}")


def sentence_around(text: str, span: Span) -> Span:
    """Return the span widened to the ends of the sentences that it touches, never over a paragraph's end outside it."""
    first = max(0, span.start - LONGEST)
    start = max((found.end() for found in _END.finditer(text, first, span.start)), default=first)
    after = _END.search(text, max(span.start, span.end - 1), min(len(text), span.end + LONGEST))
    end = after.start() + len(after[0].rstrip()) if after else min(len(text), span.end + LONGEST)
    words = text[start:end]
    return Span(min(span.start, start + len(words) - len(words.lstrip())), max(span.end, start + len(words.rstrip())))
