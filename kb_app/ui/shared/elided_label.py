"""A label that shortens its text to the room there is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyle, QStyleOption, QWidget

from kb_app.ui.shared.tips import plain_tip

LEAST_WIDTH = 24


class ElidedLabel(QLabel):
    """A label of one line; where it does not fit, it ends in "…" and its tool tip holds all of it."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        style = self.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        style.drawItemText(
            painter, room, self.alignment().value, option.palette, self.isEnabled(), shown, self.foregroundRole()
        )
        painter.end()
        whole = plain_tip(self.text()) if shown != self.text() else ""
        if self.toolTip() != whole:
            self.setToolTip(whole)
