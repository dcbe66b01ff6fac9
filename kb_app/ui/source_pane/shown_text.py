"""An article's text as it is shown, and the way between its offsets and those of the text document.

The records count code points of the stored text. Qt counts UTF-16 units of what is shown, where folded lines and
needless characters are missing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from kb_app.core.passage import Span

MARKS_KEPT = 4
LONG_PARAGRAPH = 20_000  # code points; Qt lays out a paragraph in one go
PARAGRAPH_STEP = 4_000
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_BLANK_LINES = re.compile(r"\n[ \t\u00a0]*(?:\n[ \t\u00a0]*)+")
# a line end between a word and a small letter is where a program wrapped a paragraph, not its end
_WRAPPED_LINE = re.compile(r"(?<=[\w,;–—-])\n(?=[a-zа-яґєії])")
_COMBINING = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_PILED_MARKS = re.compile(f"[{_COMBINING}]{{{MARKS_KEPT + 1},}}")
# characters that a text document gives a meaning of its own, one for one
_SPECIAL = {0: "\ufffd", 0x0D: " ", 0x0B: " ", 0x0C: " ", 0xFDD0: "\ufffd", 0xFDD1: "\ufffd", 0xFFFC: "\ufffd"}


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int  # code points of the stored text
    end: int
    shown: int  # UTF-16 units of the shown text


class ShownText:
    """Cuts hidden spans, blank lines and piled-up combining marks out of a text and maps offsets both ways."""

    def __init__(self, text: str, hidden: Iterable[Span] = ()) -> None:
        cuts = sorted([*(_widened(text, span) for span in hidden), *_needless(text)])
        self._text_length = len(text)
        self._pieces: list[_Piece] = []
        self._astral: list[int] = [found.start() for found in _ASTRAL.finditer(text)]
        self.text = self._assemble(_with_joined_lines(text, cuts), cuts)
        self._starts = [piece.start for piece in self._pieces]
        self._shown_starts = [piece.shown for piece in self._pieces]

    def to_shown(self, offset: int) -> int:
        """Return the document's position of a code point; inside a cut, the position after it."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return 0
        piece = self._pieces[at]
        if offset > piece.end and at + 1 < len(self._pieces):
            return self._pieces[at + 1].shown
        return piece.shown + self._units(piece.start, min(offset, piece.end))

    def to_text(self, position: int) -> int:
        """Return the code point at a position of the document."""
        at = bisect_right(self._shown_starts, position) - 1
        if at < 0:
            return 0
        piece = self._pieces[at]
        low, high = piece.start, piece.end
        wanted = position - piece.shown
        while low < high:  # the last code point that begins at or before the position
            middle = (low + high + 1) // 2
            if self._units(piece.start, middle) <= wanted:
                low = middle
            else:
                high = middle - 1
        return low

    def span_shown(self, span: Span) -> tuple[int, int]:
        """Return a span's start and end in the document; equal where nothing of it is shown."""
        start, end = self.to_shown(span.start), self.to_shown(span.end)
        return (start, end) if self.is_shown(span) else (start, start)

    def is_shown(self, span: Span) -> bool:
        """Tell whether any character of a span is shown."""
        at = max(0, bisect_right(self._starts, span.start) - 1)
        while at < len(self._pieces) and self._pieces[at].start < max(span.end, span.start + 1):
            if self._pieces[at].end > span.start:
                return True
            at += 1
        return False

    def _units(self, start: int, end: int) -> int:
        return end - start + bisect_left(self._astral, end) - bisect_left(self._astral, start)

    def _assemble(self, text: str, cuts: list[Span]) -> str:
        parts: list[str] = []
        at = shown = 0
        for cut in (*cuts, Span(len(text), len(text))):
            if cut.start > at:
                parts.append(text[at : cut.start])
                self._pieces.append(_Piece(at, cut.start, shown))
                shown += self._units(at, cut.start)
            at = max(at, cut.end)
        if not self._pieces:
            self._pieces.append(_Piece(0, 0, 0))
        return _with_breaks("".join(parts).translate(_SPECIAL))


def _widened(text: str, span: Span) -> Span:
    """Take in the line ends after a span of whole lines, so that no empty line is left."""
    end = span.end
    if span.start == 0 or text[span.start - 1] == "\n":
        while end < len(text) and text[end].isspace():
            end += 1
    return Span(span.start, end)


def _needless(text: str) -> list[Span]:
    spans = [Span(found.start() + MARKS_KEPT, found.end()) for found in _PILED_MARKS.finditer(text)]
    # a blank line is one paragraph's end: its first line feed stays
    spans += [Span(found.start() + 1, found.end()) for found in _BLANK_LINES.finditer(text)]
    lead = len(text) - len(text.lstrip())
    return [Span(0, lead), *spans] if lead else spans


def _with_joined_lines(text: str, cuts: list[Span]) -> str:
    """Turn the line ends inside wrapped paragraphs into spaces, save those in front of a cut."""
    kept = {cut.start - 1 for cut in cuts}
    return _WRAPPED_LINE.sub(lambda found: "\n" if found.start() in kept else " ", text)


def _with_breaks(shown: str) -> str:
    """End paragraphs of monstrous length at a space now and then, one character for one."""
    if len(shown) < LONG_PARAGRAPH:
        return shown
    return "\n".join(line if len(line) < LONG_PARAGRAPH else _broken(line) for line in shown.split("\n"))


def _broken(line: str) -> str:
    parts: list[str] = []
    at = 0
    while len(line) - at > PARAGRAPH_STEP:
        space = line.find(" ", at + PARAGRAPH_STEP)
        if space < 0:
            break
        parts.append(line[at:space])
        at = space + 1
    return "\n".join([*parts, line[at:]])
