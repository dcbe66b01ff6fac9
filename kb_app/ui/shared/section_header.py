"""The heading of a section that can be folded."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from kb_app.ui.theme import GRID, SMALL_PIXELS, Theme, interface_font, tint

HEIGHT = 26


class SectionHeader(QWidget):
    """A small heading in capitals with a count; a click, Space or Enter folds. `folded` carries True or False."""

    folded = Signal(bool)

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = title
        self._count = 0
        self._is_folded = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(HEIGHT)
        self._name_it()
        theme.changed.connect(self.update)

    def show_count(self, count: int) -> None:
        """Show how many lines the section has; 0 shows none."""
        self._count = count
        self._name_it()
        self.update()

    def is_folded(self) -> bool:
        """Tell whether the section's lines are hidden."""
        return self._is_folded

    def fold(self, folded: bool) -> None:
        """Fold or unfold the section."""
        if folded != self._is_folded:
            self._is_folded = folded
            self._name_it()
            self.update()
            self.folded.emit(folded)

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.fold(not self._is_folded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.fold(not self._is_folded)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = interface_font(SMALL_PIXELS, QFont.Weight.Bold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._title.upper())
        if self.underMouse() or self.hasFocus() or self._is_folded:
            self._paint_arrow(painter, QFontMetrics(font).horizontalAdvance(self._title.upper()) + GRID + 4)
        if self._count:
            self._paint_count(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _paint_arrow(self, painter: QPainter, x: float) -> None:
        y = self.height() / 2
        right, down = [(-2, -4), (3, 0), (-2, 4)], [(-4, -2), (0, 3), (4, -2)]
        points = [QPointF(x + dx, y + dy) for dx, dy in (right if self._is_folded else down)]
        painter.setPen(QPen(QColor(self._theme.tokens.faint), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))

    def _paint_count(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        painter.setFont(interface_font(SMALL_PIXELS, QFont.Weight.Bold))
        text = str(self._count)
        width = painter.fontMetrics().horizontalAdvance(text) + 12
        pill = self.rect().adjusted(self.width() - width, 4, 0, -4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tint(tokens, tokens.accent)))
        painter.drawRoundedRect(pill, 5, 5)
        painter.setPen(QColor(tokens.accent))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _name_it(self) -> None:
        state = self.tr("folded") if self._is_folded else self.tr("open")
        self.setAccessibleName(f"{self._title}, {self._count}, {state}")
