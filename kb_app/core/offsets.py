"""The way between an article's clean text and its original, both ways: characters of the source, boxes on pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from kb_app.core.article import OffsetSegment, PageRun
from kb_app.core.passage import Span

# how wide letters are in usual faces, a small letter being 1
_NARROW, _WIDE = 0.5, 1.5
_WIDTHS = {**dict.fromkeys("iljtfrI.,;:!'’|()[] ", _NARROW), **dict.fromkeys("mwMW@—…", _WIDE)}
_CAPITAL = 1.25


class SourceOffsets:
    """Maps code points of the clean text to those of the decoded original and back."""

    def __init__(self, segments: Sequence[OffsetSegment], characters: int) -> None:
        """Take an article's offset map and the length of its text, which is all there is where the map is empty."""
        runs = [run for run in segments or (OffsetSegment(0, characters, 0),) if run.length > 0]
        self._by_text = sorted(runs, key=lambda run: run.text_start)
        self._by_original = sorted(runs, key=lambda run: run.original_start)
        self._text_starts = [run.text_start for run in self._by_text]
        self._original_starts = [run.original_start for run in self._by_original]

    def to_original(self, span: Span) -> tuple[Span, ...]:
        """Return the stretches of the original that hold a span of the clean text, in the order of the text."""
        found: list[Span] = []
        for run in self._by_text[max(0, bisect_right(self._text_starts, span.start) - 1) :]:
            if run.text_start >= span.end:
                break
            start, end = max(run.text_start, span.start), min(run.text_start + run.length, span.end)
            if start < end:
                found.append(Span(start, end).shifted(run.original_start - run.text_start))
        return tuple(found)

    def to_text(self, offset: int) -> int | None:
        """Return the code point of the clean text that a character of the original became.

        Where it became none, that of the next one before it; None in front of all of them.
        """
        at = bisect_right(self._original_starts, offset) - 1
        if at < 0:
            return None
        run = self._by_original[at]
        return run.text_start + min(offset - run.original_start, run.length - 1)


class PageOffsets:
    """Maps code points of the clean text to boxes on pages and back."""

    def __init__(self, runs: Sequence[PageRun], text: str = "") -> None:
        """Take an article's page map and its text, by whose letters lines are divided."""
        self._text = text
        self._runs = tuple(run for run in runs if run.length > 0)
        self._starts = [run.start for run in self._runs]

    def page_of(self, offset: int) -> int | None:
        """Return the page on which a code point stands, or the next one before it; None without pages."""
        if not self._runs:
            return None
        return self._runs[max(0, bisect_right(self._starts, offset) - 1)].page

    def pages_of(self, span: Span) -> tuple[int, ...]:
        """Return the pages on which a span stands, in order."""
        return tuple(sorted({run.page for run in self._touched(span)}))

    def boxes_of(self, span: Span) -> tuple[PageRun, ...]:
        """Return the boxes of a span, a line that is only partly in it cut by how wide its letters usually are."""
        return tuple(self._cut(run, span) for run in self._touched(span))

    def at(self, page: int, x: float, y: float) -> int | None:
        """Return the code point nearest to a place on a page, in points from its upper left corner."""
        on_page = [run for run in self._runs if run.page == page]
        if not on_page:
            return None
        run = min(on_page, key=lambda run: _distance(run, x, y))
        borders = self._borders(run)
        return run.start + min(run.length - 1, max(0, bisect_right(borders, x) - 1))

    def first_on(self, page: int) -> int | None:
        """Return the first code point that stands on a page."""
        return min((run.start for run in self._runs if run.page == page), default=None)

    def _touched(self, span: Span) -> list[PageRun]:
        touched = []
        for run in self._runs[max(0, bisect_right(self._starts, span.start) - 1) :]:
            if run.start >= span.end:
                break
            if run.start + run.length > span.start:
                touched.append(run)
        return touched

    def _cut(self, run: PageRun, span: Span) -> PageRun:
        start, end = max(run.start, span.start), min(run.start + run.length, span.end)
        borders = self._borders(run)
        left, right = borders[start - run.start], borders[end - run.start]
        return replace(run, start=start, length=end - start, left=left, right=right)

    def _borders(self, run: PageRun) -> list[float]:
        """Return where each character of a line begins, and where the last one ends."""
        words = self._text[run.start : run.start + run.length].ljust(run.length, "x")
        widths = [_WIDTHS.get(letter, _CAPITAL if letter.isupper() else 1.0) for letter in words]
        scale = (run.right - run.left) / sum(widths)
        return [run.left, *(run.left + so_far * scale for so_far in accumulate(widths))]


def _distance(run: PageRun, x: float, y: float) -> float:
    # a place in another line is farther than any in the same: lines are wide and low
    across = max(run.left - x, 0.0, x - run.right)
    along = max(run.top - y, 0.0, y - run.bottom)
    return across + 4 * along
