"""Finds the marks of an article by place without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate

from kb_app.core.reading import Mark, MarkKind


class MarkIndex:
    """Marks in order of start, those of switched-off kinds left out."""

    def __init__(self, marks: Iterable[Mark], kinds: Collection[MarkKind]) -> None:
        self.marks: tuple[Mark, ...] = tuple(sorted((m for m in marks if m.kind in kinds), key=_order))
        self._starts = [mark.span.start for mark in self.marks]
        # the furthest end so far never shrinks, so it can be searched although marks may lie inside one another
        self._furthest = list(accumulate((mark.span.end for mark in self.marks), max))

    def between(self, start: int, end: int) -> Iterator[Mark]:
        """Yield the marks that overlap a stretch, the wider ones first where they begin together."""
        first = bisect_right(self._furthest, start)
        for mark in self.marks[first : bisect_left(self._starts, end)]:
            if mark.span.end > start:
                yield mark

    def at(self, offset: int) -> Mark | None:
        """Return the shortest mark over a code point."""
        found = list(self.between(offset, offset + 1))
        return min(found, key=lambda mark: len(mark.span), default=None)


def _order(mark: Mark) -> tuple[int, int]:
    return mark.span.start, -mark.span.end
