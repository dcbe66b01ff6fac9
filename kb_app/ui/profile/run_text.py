"""Runs of words laid out in a width, drawn, and found again under the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from kb_app.ui.profile.fact_line import Run
from kb_app.ui.theme import Tokens

LEADING = 3
NOTHING = -1


@dataclass(frozen=True, slots=True)
class Look:
    """How runs are drawn at the moment: struck through, and which link is under the pointer."""

    struck: bool = False
    hovered: int = NOTHING


class RunText:
    """Words in a width (pixels); `height` and `natural_width` say what they take up."""

    def __init__(self, runs: Sequence[Run], font: QFont, width: float) -> None:
        self._runs = tuple(runs)
        self._ends: list[int] = []
        length = 0
        for run in self._runs:
            length += _utf16_length(run.text)
            self._ends.append(length)
        self._layout = QTextLayout("".join(run.text for run in self._runs), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.setFormats(self._strong_formats(font))
        self.height = self._break_lines(max(width, 20.0))
        self.natural_width = self._layout.boundingRect().width()

    @property
    def line_count(self) -> int:
        """Return how many lines the words take."""
        return self._layout.lineCount()

    @property
    def first_line_height(self) -> float:
        """Return the height of the first line."""
        return self._layout.lineAt(0).height() if self._layout.lineCount() else 0.0

    def draw(self, painter: QPainter, at: QPointF, tokens: Tokens, look: Look) -> None:
        """Draw the words with their upper left corner at a point."""
        selections = [self._range(i, self._format(run, i, tokens, look)) for i, run in enumerate(self._runs)]
        painter.setPen(QColor(tokens.ink))
        self._layout.draw(painter, at, selections)

    def run_at(self, point: QPointF) -> int | None:
        """Return the position of the run under a point given from the upper left corner, None beside the words."""
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            if not line.naturalTextRect().contains(point):
                continue
            place = line.xToCursor(point.x(), line.CursorPosition.CursorOnCharacter)
            return next((i for i, end in enumerate(self._ends) if place < end), None)
        return None

    def run(self, position: int) -> Run:
        """Return a run by its position."""
        return self._runs[position]

    def _break_lines(self, width: float) -> float:
        y = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y))
            y += line.height() + LEADING
        self._layout.endLayout()
        return max(0.0, y - LEADING)

    def _strong_formats(self, font: QFont) -> list[QTextLayout.FormatRange]:
        strong = QTextCharFormat()
        strong.setFontWeight(QFont.Weight.DemiBold)
        return [self._range(i, strong) for i, run in enumerate(self._runs) if run.strong]

    def _format(self, run: Run, position: int, tokens: Tokens, look: Look) -> QTextCharFormat:
        made = QTextCharFormat()
        tone = "faint" if look.struck and not run.is_link else run.tone.value
        made.setForeground(QColor(getattr(tokens, tone)))
        made.setFontStrikeOut(look.struck)
        made.setFontUnderline(run.is_link and position == look.hovered)
        if run.strong:
            made.setFontWeight(QFont.Weight.DemiBold)
        return made

    def _range(self, position: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start = self._ends[position - 1] if position else 0  # type: ignore[misc, assignment]  # stubs: read-only
        made.length = self._ends[position] - made.start  # type: ignore[misc, assignment]
        made.format = form  # type: ignore[misc, assignment]
        return made


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2
