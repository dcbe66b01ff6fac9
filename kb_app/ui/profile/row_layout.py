"""Where the parts of one line stand: mark, words, date, citation chip."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from kb_app.core.judgement import Status
from kb_app.ui.profile.fact_line import FactLine, Run, Tone
from kb_app.ui.profile.run_text import Ink, RunText
from kb_app.ui.profile.state_mark import RADIUS, mark_box
from kb_app.ui.theme import SMALL_PIXELS, Tokens, interface_font

PADDING = 7.0
MARK_X = 4.0 + RADIUS
TEXT_X = 22.0
BAR_X = TEXT_X
BAR_INDENT = 12.0
SWATCH_INDENT = 20.0
CHIP_HEIGHT = 17.0
GAP = 8.0
SECOND_GAP = 3.0
ASIDE_SHARE = 0.42  # a longer date goes into the small print


class PartKind(StrEnum):
    """The parts of a line that can be pointed at."""

    NONE = "none"
    MARK = "mark"
    LINK = "link"
    CHIP = "chip"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line; `run` for links, `place` tells links apart: main runs from 0, small print from 1000."""

    kind: PartKind = PartKind.NONE
    run: Run | None = None
    place: int = -1


SECOND_PLACES = 1000
NO_PART = Part()


class RowLayout:
    """The parts of a line laid out in a width (pixels), from the row's upper left corner."""

    def __init__(self, line: FactLine, width: float, tokens: Tokens) -> None:
        self.line = line
        font, small = interface_font(), interface_font(SMALL_PIXELS)
        self.chip_text = str(line.support.citation_count)
        self.chip = self._chip_box(width)
        aside_width = QFontMetricsF(small).horizontalAdvance(line.aside) if line.aside else 0.0
        moved = aside_width > width * ASIDE_SHARE
        self.aside = "" if moved else line.aside
        self._text_x = TEXT_X + (BAR_INDENT if line.quoted else SWATCH_INDENT if line.realis is not None else 0.0)
        self._aside_right = self.chip.left() - GAP
        text_right = self._aside_right - (aside_width + GAP if self.aside else 0.0)
        struck = line.support.status is Status.REJECTED
        self.main = RunText(line.main, text_right - self._text_x, Ink(font, tokens, struck))
        second = (*line.second, *self._moved_aside(line)) if moved else line.second
        self.second = RunText(second, self._aside_right - self._text_x, Ink(small, tokens)) if second else None
        self.height = PADDING * 2 + max(CHIP_HEIGHT, self.main.height + self._second_height())
        self._small = small

    @property
    def main_at(self) -> QPointF:
        """Return where the words begin."""
        return QPointF(self._text_x, PADDING)

    @property
    def second_at(self) -> QPointF:
        """Return where the small print begins."""
        return QPointF(self._text_x, PADDING + self.main.height + SECOND_GAP)

    @property
    def aside_box(self) -> QRectF:
        """Return the box of the date, its words at the right edge."""
        return QRectF(0, PADDING, self._aside_right, self.main.first_line_height)

    @property
    def mark_centre(self) -> QPointF:
        """Return the middle of the state mark."""
        return QPointF(MARK_X, PADDING + self.main.first_line_height / 2)

    @property
    def swatch_box(self) -> QRectF:
        """Return the box of the sign that tells how real an event is."""
        return QRectF(TEXT_X, self.mark_centre.y() - 5, 13, 10)

    @property
    def bar_box(self) -> QRectF:
        """Return the bar beside a statement."""
        return QRectF(BAR_X, PADDING, 2.5, self.height - PADDING * 2)

    @property
    def aside_font(self) -> QFont:
        """Return the font of date and chip."""
        return self._small

    def part_at(self, point: QPointF) -> Part:
        """Return what stands at a point."""
        if self.chip.adjusted(-4, -4, 4, 4).contains(point):
            return Part(PartKind.CHIP)
        if mark_box(self.mark_centre).contains(point):
            return Part(PartKind.MARK)
        found = self.main.run_at(point - self.main_at)
        if found is not None and self.main.run(found).is_link:
            return Part(PartKind.LINK, self.main.run(found), found)
        if self.second is not None:
            found = self.second.run_at(point - self.second_at)
            if found is not None and self.second.run(found).is_link:
                return Part(PartKind.LINK, self.second.run(found), found + SECOND_PLACES)
        return NO_PART

    def _chip_box(self, width: float) -> QRectF:
        bold = interface_font(SMALL_PIXELS, QFont.Weight.DemiBold)
        chip_width = max(18.0, QFontMetricsF(bold).horizontalAdvance(self.chip_text) + 10.0)
        return QRectF(width - chip_width, PADDING - 1, chip_width, CHIP_HEIGHT)

    def _second_height(self) -> float:
        return self.second.height + SECOND_GAP if self.second is not None else 0.0

    @staticmethod
    def _moved_aside(line: FactLine) -> tuple[Run, ...]:
        lead = (Run(" · ", Tone.FAINT),) if line.second else ()
        return (*lead, Run(line.aside, Tone.DATE))
