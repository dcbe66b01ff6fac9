"""Lines of columns and pages put together again as paragraphs, each line with its place on its page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from kb_app.core.article import PageRun
from kb_app.core.passage import Span
from kb_app.ingest.decoding import cleaned
from kb_app.ingest.documents.hyphens import HYPHENS, Hyphens
from kb_app.ingest.documents.page_layout import Flow, Line
from kb_app.ingest.documents.written import APART

_OTHER_SIZE = 0.12
_LOOSE = 1.3  # of the usual distance between lines, from which on a paragraph begins
_INDENT = 0.7  # line heights
_LARGE = 1.12  # of the usual size: a heading
_SHORT = 0.25  # of a column's width that a line without a full stop leaves free when its paragraph ends
_UNFINISHED = 0.75  # of a column's width that a line fills at least when its paragraph goes on elsewhere
_ENDS = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_BULLET = re.compile(r"^(?:[•▪◦●■‣·*]\s|[–—-]\s+\S|\(?\d{1,2}[.)]\s|[a-z]\)\s)")


@dataclass(frozen=True, slots=True)
class PageFlow:
    """A column with the number of its page."""

    page: int
    flow: Flow


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The text of all pages."""

    text: str
    page_map: tuple[PageRun, ...]
    headings: tuple[Span, ...]
    title: str  # the largest words of the first page


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with its column."""

    line: Line
    flow: Flow
    page: int


def rebuilt(flows: Sequence[PageFlow]) -> Rebuilt:
    """Join lines to paragraphs, over columns and pages."""
    lines = [_Placed(line, one.flow, one.page) for one in flows for line in one.flow.lines]
    builder = _Builder(Hyphens(placed.line.text for placed in lines), _usual_size(lines))
    pitches = {id(one.flow): _pitch(one.flow) for one in flows}
    previous: _Placed | None = None
    for placed in lines:
        builder.add(placed, _separator(previous, placed, pitches, builder.usual))
        previous = placed
    return builder.rebuilt()


def _usual_size(lines: Sequence[_Placed]) -> float:
    """Return the size of most letters."""
    sizes: dict[float, int] = {}
    for placed in lines:
        size = round(placed.line.size * 2) / 2
        sizes[size] = sizes.get(size, 0) + len(placed.line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=1.0) or 1.0


def _pitch(flow: Flow) -> float:
    """Return the usual distance from line to line of a column, 0 when too few lines tell."""
    steps = [
        after.box.top - before.box.top
        for before, after in zip(flow.lines, flow.lines[1:], strict=False)
        if _same_size(before, after) and after.box.top > before.box.top
    ]
    # the lower half: paragraphs stand further apart than lines do
    return median(sorted(steps)[: len(steps) // 2 + 1]) if len(steps) > 1 else 0.0


def _same_size(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) <= _OTHER_SIZE * max(one.size, other.size)


def _separator(previous: _Placed | None, placed: _Placed, pitches: dict[int, float], usual: float) -> str:
    """Return what goes between a line and the one before: "" at the start, a blank, a line break or a paragraph's."""
    if previous is None:
        return ""
    before, after = previous.line, placed.line
    if before.is_row and after.is_row and previous.flow is placed.flow:
        return "\n"
    if before.is_row or after.is_row or not _same_size(before, after) or _BULLET.match(after.text):
        return APART
    if previous.flow is not placed.flow:
        return " " if _goes_on(previous, placed) else APART
    pitch = pitches[id(placed.flow)] or 1.1 * before.size
    is_new = (
        after.box.top - before.box.top > _LOOSE * pitch
        or _is_indented(before, after, placed.flow)
        or (before.size <= _LARGE * usual and _was_ended(before, after, placed.flow))
    )
    return APART if is_new else " "


def _is_indented(before: Line, after: Line, flow: Flow) -> bool:
    step = after.box.left - before.box.left
    is_ragged_left = before.box.left > flow.left + _INDENT * before.size
    return step > _INDENT * after.size and not is_ragged_left and step < 0.4 * max(flow.right - flow.left, 1.0)


def _was_ended(before: Line, after: Line, flow: Flow) -> bool:
    """Tell whether the next word would have had room on the line before: then the break was meant."""
    first = after.text.partition(" ")[0]
    width = after.box.width * len(first) / max(len(after.text), 1)
    room = flow.right - before.box.right - width
    if room <= before.size:
        return False
    if _ENDS.search(before.text):
        return True
    return not after.text[:1].islower() and room > _SHORT * (flow.right - flow.left)


def _goes_on(previous: _Placed, placed: _Placed) -> bool:
    """Tell whether a paragraph goes on in the next column or page."""
    before, after = previous.line.text, placed.line
    if before[-1:] in HYPHENS or after.text[:1].islower():
        return True
    width = max(previous.flow.right - previous.flow.left, 1.0)
    is_full = previous.line.box.right >= previous.flow.left + _UNFINISHED * width
    is_indented = after.box.left > placed.flow.left + _INDENT * after.size
    return is_full and not is_indented and not _ENDS.search(before)


class _Builder:
    """Writes lines after each other and notes where each came from."""

    def __init__(self, hyphens: Hyphens, usual: float) -> None:
        self.usual = usual
        self._hyphens = hyphens
        self._pieces: list[str] = []
        self._length = 0
        self._runs: list[PageRun] = []
        self._paragraphs: list[tuple[int, _Placed]] = []  # where each begins, and its first line

    def add(self, placed: _Placed, separator: str) -> None:
        # soft hyphens inside a line are never shown
        text = placed.line.text
        words = cleaned(text[:-1].replace("\u00ad", "") + text[-1:])[0]
        if not words:
            return
        if separator == " ":
            shorter = self._hyphens.joined(self._pieces[-1], words)
            if shorter is not None:
                self._shorten(shorter)
                separator = ""
        elif separator or not self._pieces:
            self._paragraphs.append((self._length + len(separator), placed))
        self._append(separator)
        box = placed.line.shown
        edges = (round(edge, 2) for edge in (box.left, box.top, box.right, box.bottom))
        self._runs.append(PageRun(self._length, len(words), placed.page, *edges))
        self._append(words)

    def rebuilt(self) -> Rebuilt:
        text = "".join(self._pieces)
        if not text:
            return Rebuilt("", (), (), "")
        ends = [start for start, _ in self._paragraphs[1:]] + [len(text) + len(APART)]
        spans = [
            (Span(start, start + len(text[start:end].rstrip())), placed)
            for (start, placed), end in zip(self._paragraphs, ends, strict=True)
        ]
        large = [(span, placed) for span, placed in spans if placed.line.size > _LARGE * self.usual]
        first = spans[0][1].page
        on_first = [(span, placed.line.size) for span, placed in large if placed.page == first]
        title = max(on_first, key=lambda one: (one[1], -one[0].start))[0].of(text) if on_first else ""
        return Rebuilt(text, tuple(self._runs), tuple(span for span, _ in large), title)

    def _append(self, words: str) -> None:
        if words:
            self._pieces.append(words)
            self._length += len(words)

    def _shorten(self, words: str) -> None:
        run = self._runs[-1]
        lost = len(self._pieces[-1]) - len(words)
        if lost:
            self._pieces[-1] = words
            self._length -= lost
            self._runs[-1] = PageRun(run.start, run.length - lost, run.page, run.left, run.top, run.right, run.bottom)
