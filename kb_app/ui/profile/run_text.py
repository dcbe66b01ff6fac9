"""Runs of words laid out in a width, drawn, and found again under the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from kb_app.ui.profile.fact_line import Run
from kb_app.ui.theme import SMALL_PIXELS, Tokens, interface_font

LEADING = 3
NOTHING = -1


@dataclass(frozen=True, slots=True)
class Ink:
    """The font and colours that runs are written in, and whether they are struck through."""

    font: QFont
    tokens: Tokens
    struck: bool = False


class RunText:
    """Words in a width (pixels); `height` and `natural_width` say what they take up."""

    def __init__(self, runs: Sequence[Run], width: float, ink: Ink) -> None:
        self._runs = tuple(runs)
        self._ink = ink
        self._ends: list[int] = []
        length = 0
        for run in self._runs:
            length += _utf16_length(run.text)
            self._ends.append(length)
        self._layout = QTextLayout("".join(run.text for run in self._runs), ink.font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.setFormats([self._range(i, run) for i, run in enumerate(self._runs)])
        self.height = self._break_lines(max(width, 20.0))

    @property
    def first_line_height(self) -> float:
        """Return the height of the first line."""
        return self._layout.lineAt(0).height() if self._layout.lineCount() else 0.0

    def draw(self, painter: QPainter, at: QPointF, hovered: int = NOTHING) -> None:
        """Draw the words with their upper left corner at a point, the link at position `hovered` underlined."""
        painter.setPen(QColor(self._ink.tokens.ink))
        self._layout.draw(painter, at)
        if 0 <= hovered < len(self._runs) and self._runs[hovered].is_link:
            painter.setPen(QPen(self._colour(self._runs[hovered]), 1))
            for line in self._lines():
                self._underline(painter, at, (line, hovered))

    def run_at(self, point: QPointF) -> int | None:
        """Return the position of the run under a point given from the upper left corner, None beside the words."""
        for line in self._lines():
            if not line.naturalTextRect().adjusted(0, 0, 0, LEADING).contains(point):
                continue
            place = line.xToCursor(point.x(), QTextLine.CursorPosition.CursorOnCharacter)
            return next((i for i, end in enumerate(self._ends) if place < end), None)
        return None

    def run(self, position: int) -> Run:
        """Return a run by its position."""
        return self._runs[position]

    def colours(self) -> tuple[str, ...]:
        """Return the colour of each run as it is laid out."""
        return tuple(made.format.foreground().color().name().upper() for made in self._layout.formats())

    def _lines(self) -> list[QTextLine]:
        return [self._layout.lineAt(number) for number in range(self._layout.lineCount())]

    def _underline(self, painter: QPainter, at: QPointF, where: tuple[QTextLine, int]) -> None:
        line, position = where
        start = max(self._start(position), line.textStart())
        end = min(self._ends[position], line.textStart() + line.textLength())
        if start >= end:
            return
        left, right = _x(line, start), _x(line, end)
        y = at.y() + line.y() + line.ascent() + 2
        painter.drawLine(QPointF(at.x() + left, y), QPointF(at.x() + right, y))

    def _break_lines(self, width: float) -> float:
        y = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y))
            y += line.height() + LEADING
        self._layout.endLayout()
        return max(0.0, y - LEADING)

    def _start(self, position: int) -> int:
        return self._ends[position - 1] if position else 0

    def _colour(self, run: Run) -> QColor:
        tone = "muted" if self._ink.struck else run.tone.value
        return QColor(getattr(self._ink.tokens, tone))

    def _range(self, position: int, run: Run) -> QTextLayout.FormatRange:
        form = QTextCharFormat()
        if run.small:
            form.setFont(interface_font(SMALL_PIXELS))
        form.setForeground(self._colour(run))
        if self._ink.struck:
            form.setFontStrikeOut(True)
        if run.strong:
            form.setFontWeight(QFont.Weight.DemiBold)
        made = QTextLayout.FormatRange()
        made.start = self._start(position)
        made.length = self._ends[position] - made.start
        made.format = form
        return made


def _x(line: QTextLine, place: int) -> float:
    found: Any = line.cursorToX(place)  # a number, or a tuple of it and the place, after the version of the bindings
    return float(found[0] if isinstance(found, tuple) else found)


def _utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2
