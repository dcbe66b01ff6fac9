"""Paints the lines of a card."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kb_app.core.event import EventType
from kb_app.ui.profile.fact_line import FactLine
from kb_app.ui.profile.line_model import LINE_ROLE, Index
from kb_app.ui.profile.row_layout import NO_PART, SECOND_PLACES, Part, PartKind, RowLayout
from kb_app.ui.profile.run_text import NOTHING
from kb_app.ui.profile.state_mark import draw_state
from kb_app.ui.theme import SMALL_PIXELS, Theme, Tokens, blend, interface_font, tint
from kb_app.ui.timeline.event_style import BarLook, draw_bar, event_colour


class LineDelegate(QStyledItemDelegate):
    """Lays a line out once for a width and paints it from there; `hovered` is (row, part) under the pointer."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._layouts: dict[int, RowLayout] = {}
        self._width = 0
        self.hovered: tuple[int, Part] = (NOTHING, NO_PART)

    def set_width(self, width: int) -> None:
        """Lay out anew for another width of the list (pixels)."""
        if width != self._width:
            self._width = width
            self.forget()

    def forget(self) -> None:
        """Drop the layouts: the lines are other ones now."""
        self._layouts.clear()

    def layout(self, index: Index) -> RowLayout:
        """Return a line's layout."""
        line: FactLine = index.data(LINE_ROLE)
        found = self._layouts.get(index.row())
        if found is None or found.line is not line:
            found = self._layouts[index.row()] = RowLayout(line, float(self._width), self._theme.tokens)
        return found

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._width, round(self.layout(index).height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, tokens = self.layout(index), self._theme.tokens
        box = QRectF(option.rect)
        state = option.state
        part = self.hovered[1] if self.hovered[0] == index.row() else None
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, box, (state, part is not None))
        painter.translate(box.topLeft())
        self._draw_signs(painter, row, tokens)
        self._draw_words(painter, row, part or NO_PART)
        self._draw_aside(painter, row, part is not None and part.kind is PartKind.CHIP)
        painter.restore()

    def _draw_ground(self, painter: QPainter, box: QRectF, look: tuple[QStyle.StateFlag, bool]) -> None:
        tokens = self._theme.tokens
        state, hovered = look
        current = bool(state & QStyle.StateFlag.State_HasFocus)
        selected = bool(state & QStyle.StateFlag.State_Selected) and bool(state & QStyle.StateFlag.State_Active)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(QPointF(box.left(), box.bottom() - 0.5), QPointF(box.right(), box.bottom() - 0.5))
        if current or selected or hovered:
            painter.setPen(QPen(QColor(tokens.accent), 1.2) if current else Qt.PenStyle.NoPen)
            share = 0.10 if current or selected else 0.04
            painter.setBrush(QColor(blend(tokens.accent, tokens.canvas, share)))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -1.5), 4, 4)

    def _draw_signs(self, painter: QPainter, row: RowLayout, tokens: Tokens) -> None:
        line = row.line
        draw_state(painter, row.mark_centre, (line.support.status, line.support.disputed), tokens)
        if line.quoted:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.statement))
            painter.drawRoundedRect(row.bar_box, 1.2, 1.2)
        if line.realis is not None:
            colour = event_colour(tokens, line.event_type or EventType.OTHER)
            draw_bar(painter, row.swatch_box, BarLook(colour, line.realis))

    @staticmethod
    def _draw_words(painter: QPainter, row: RowLayout, part: Part) -> None:
        row.main.draw(painter, row.main_at, part.place)
        if row.second is not None:
            row.second.draw(painter, row.second_at, part.place - SECOND_PLACES)

    def _draw_aside(self, painter: QPainter, row: RowLayout, chip_hovered: bool) -> None:
        tokens = self._theme.tokens
        if row.aside:
            painter.setFont(row.aside_font)
            painter.setPen(QColor(tokens.date))
            where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(row.aside_box, where, row.aside)
        if not row.line.support.citation_count:
            return
        painter.setPen(QPen(QColor(tokens.accent), 1) if chip_hovered else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tint(tokens, tokens.accent)))
        painter.drawRoundedRect(row.chip, 5, 5)
        painter.setFont(interface_font(SMALL_PIXELS, QFont.Weight.DemiBold))
        painter.setPen(QColor(tokens.accent))
        painter.drawText(row.chip, Qt.AlignmentFlag.AlignCenter, row.chip_text)
