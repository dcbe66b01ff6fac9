"""The ground of a table's cell: chosen, under the pointer, the line below, where the keyboard is."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from kb_app.ui.theme import Tokens


def paint_row_ground(painter: QPainter, option: QStyleOptionViewItem, tokens: Tokens) -> None:
    """Paint what lies under the words of a cell."""
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(tokens.selection))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(tokens.hover))
    painter.setPen(QPen(QColor(tokens.line), 1))
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(tokens.accent), 1.5))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -2), 4, 4)
