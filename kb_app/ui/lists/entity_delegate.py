"""How a person or institution looks in a list: monogram, name, role, number of mentions."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kb_app.core.judgement import Status
from kb_app.core.listing import EntityRow
from kb_app.ui.lists.entity_model import ROW_ROLE, subtitle
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.monogram import paint_monogram
from kb_app.ui.theme import SMALL_PIXELS, Theme, interface_font

ROW_HEIGHT = 50
MONOGRAM = 32
MARGIN = 12
GAP = 10


class EntityDelegate(QStyledItemDelegate):
    """Paints one row of the list."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(180, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        painter.save()
        self._paint_ground(painter, option)
        if row is not None:
            self._paint_row(painter, option.rect, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        tokens = self._theme.tokens
        ground = None
        if option.state & QStyle.StateFlag.State_Selected:
            ground = tokens.selection
        elif option.state & QStyle.StateFlag.State_MouseOver:
            ground = tokens.hover
        if ground:
            painter.fillRect(option.rect, QColor(ground))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 4, 4)

    def _paint_row(self, painter: QPainter, rect: QRect, row: EntityRow) -> None:
        tokens = self._theme.tokens
        top = rect.top() + (ROW_HEIGHT - MONOGRAM) / 2
        paint_monogram(painter, QRectF(rect.left() + MARGIN, top, MONOGRAM, MONOGRAM), row.name, (row.type, tokens))
        right = self._paint_count(painter, rect, row)
        left = rect.left() + MARGIN + MONOGRAM + GAP
        width = right - left - GAP
        below = plain(subtitle(row))
        name_font = interface_font(weight=QFont.Weight.Medium)
        name_font.setStrikeOut(row.status is Status.REJECTED)
        name_top = rect.top() + (7 if below else (ROW_HEIGHT - 20) // 2)
        ink = tokens.faint if row.status is Status.REJECTED else tokens.ink
        _paint_line(painter, QRect(left, name_top, width, 20), plain(row.name), (name_font, ink))
        if below:
            _paint_line(
                painter, QRect(left, rect.top() + 26, width, 16), below, (interface_font(SMALL_PIXELS), tokens.muted)
            )

    def _paint_count(self, painter: QPainter, rect: QRect, row: EntityRow) -> int:
        """Paint the number of mentions and the tick of the confirmed; return where they begin."""
        tokens = self._theme.tokens
        font = interface_font(SMALL_PIXELS)
        count = str(row.mentions)
        width = QFontMetrics(font).horizontalAdvance(count)
        right = rect.right() - MARGIN
        place = QRect(right - width, rect.top(), width + 1, ROW_HEIGHT)
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        if row.status is not Status.CONFIRMED:
            return place.left()
        painter.setPen(QPen(QColor(tokens.good), 1.8))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, y = place.left() - 14, rect.center().y() + 1
        painter.drawPolyline([QPointF(x, y), QPointF(x + 3, y + 3), QPointF(x + 9, y - 4)])
        return x


def _paint_line(painter: QPainter, rect: QRect, text: str, look: tuple[QFont, str]) -> None:
    font, colour = look
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
