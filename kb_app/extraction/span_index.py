"""Finds which of many spans overlap one, without going through all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from kb_app.core.passage import Span


class SpanIndex:
    """Spans in order of their starts."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._longest = max((len(span) for span in self._spans), default=0)

    def overlapping(self, span: Span) -> list[Span]:
        """Return the spans that share a character with the given one, in order."""
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_left(self._starts, span.end)
        return [found for found in self._spans[first:last] if found.end > span.start]
