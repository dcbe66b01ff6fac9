"""Paints the rows of the report of imports."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kb_app.core.report import InputOutcome, InputState
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.row_ground import paint_row_ground
from kb_app.ui.shared.signs import Sign, paint_sign
from kb_app.ui.sources.report_rows import OUTCOME_ROLE, ReportColumn
from kb_app.ui.theme import Theme, interface_font

ROW_HEIGHT = 32
MARGIN = 10
SIGN = 10
MEMBER_INDENT = 20
LONGEST = 400  # characters of a cell that can be seen at most


@dataclass(frozen=True, slots=True)
class Look:
    """The sign of a state and the name of its colour."""

    sign: Sign
    token: str


LOOKS = {
    InputState.WAITING: Look(Sign.RING, "muted"),
    InputState.IMPORTED: Look(Sign.TICK, "good"),
    InputState.WITH_WARNINGS: Look(Sign.TRIANGLE, "date"),
    InputState.DUPLICATE: Look(Sign.COPIES, "muted"),
    InputState.REFUSED: Look(Sign.CROSS, "warning"),
    InputState.FAILED: Look(Sign.TRIANGLE, "warning"),
}


class ReportDelegate(QStyledItemDelegate):
    """Paints a state with its sign, and what a container held under it, further in."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        outcome = index.data(OUTCOME_ROLE)
        painter.save()
        paint_row_ground(painter, option, self._theme.tokens)
        if outcome is not None:
            cell = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)
            self._paint_cell(painter, cell, outcome, (ReportColumn(index.column()), str(index.data())))
        painter.restore()

    def _paint_cell(
        self, painter: QPainter, cell: QRect, outcome: InputOutcome, what: tuple[ReportColumn, str]
    ) -> None:
        tokens = self._theme.tokens
        column, words = what
        colour, elide = tokens.muted, Qt.TextElideMode.ElideRight
        if column is ReportColumn.STATE:
            look = LOOKS[outcome.state]
            colour = getattr(tokens, look.token)
            sign = QRectF(cell.left(), cell.center().y() - SIGN / 2 + 1, SIGN, SIGN)
            paint_sign(painter, look.sign, sign, colour)
            cell = cell.adjusted(SIGN + 8, 0, 0, 0)
        elif column is ReportColumn.INPUT:
            colour, elide = tokens.ink, Qt.TextElideMode.ElideMiddle
            if outcome.parent is not None:
                cell = cell.adjusted(MEMBER_INDENT, 0, 0, 0)
        elif column is ReportColumn.KEPT and outcome.articles:
            colour = tokens.accent
        painter.setFont(interface_font())
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(plain(words, LONGEST), elide, cell.width())
        painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
