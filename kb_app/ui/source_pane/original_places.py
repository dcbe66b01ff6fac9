"""The way between an article's clean text and the document that shows its original."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from kb_app.core.article import OffsetSegment
from kb_app.core.offsets import SourceOffsets
from kb_app.core.passage import Span

_WORD = re.compile(r"\S+")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class OriginalPlaces:
    """Maps code points of the clean text to positions of a text document (UTF-16 units) and back."""

    def __init__(self, shown: str, runs: Sequence[OffsetSegment]) -> None:
        """Take what a document shows and the runs of a Markup."""
        self._shown = shown
        self._astral = [found.start() for found in _ASTRAL.finditer(shown)]
        # of each astral character, the position of its second unit
        self._second_units = [place + number + 1 for number, place in enumerate(self._astral)]
        words = [found.span() for found in _WORD.finditer(shown)]
        seen = [0, *accumulate(end - start for start, end in words)]
        placed = []
        for run in runs:
            if run.original_start < seen[-1]:
                at = bisect_right(seen, run.original_start) - 1
                start = words[at][0] + run.original_start - seen[at]
                placed.append(OffsetSegment(run.text_start, run.length, start))
        self._way = SourceOffsets(placed, 0)
        self.is_empty = not placed

    def stretches(self, span: Span) -> tuple[tuple[int, int], ...]:
        """Return where a span of the clean text is shown: starts and ends, blanks between them taken in."""
        joined: list[Span] = []
        for run in self._way.to_original(span):
            run = Span(run.start, min(run.end, len(self._shown)))
            if joined and joined[-1].end <= run.start and not self._shown[joined[-1].end : run.start].strip(" \t\xa0"):
                joined[-1] = Span(joined[-1].start, run.end)
            else:
                joined.append(run)
        return tuple((self._units(run.start), self._units(run.end)) for run in joined)

    def to_text(self, position: int) -> int | None:
        """Return the code point of the clean text shown at a position, or the next one before it."""
        return self._way.to_text(position - bisect_right(self._second_units, position))

    def to_position(self, offset: int) -> int | None:
        """Return the position of a code point, or of the next one that is shown; None after all of them."""
        found = self.stretches(Span(offset, offset + 1)) or self.stretches(Span(offset, offset + 2_000))
        return found[0][0] if found else None

    def _units(self, place: int) -> int:
        return place + bisect_left(self._astral, place)
