"""A small switch for one kind of marks, which is their legend too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from kb_app.core.reading import MarkKind
from kb_app.ui.source_pane.mark_painter import paint_mark
from kb_app.ui.source_pane.mark_words import kind_words
from kb_app.ui.theme import SMALL_PIXELS, Theme, blend, interface_font

HEIGHT = 20
SWATCH_X = 5
TEXT_X = 22
PAD = 6


class MarkSwitch(QAbstractButton):
    """Shows how marks of a kind look; off, the sign is an empty box and the words are faint."""

    def __init__(self, theme: Theme, kind: MarkKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = kind
        self.setCheckable(True)
        self.setText(kind_words(kind))
        self.setFont(interface_font(SMALL_PIXELS))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(interface_font(SMALL_PIXELS)).horizontalAdvance(self.text())
        return QSize(TEXT_X + words + PAD, HEIGHT)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 1.2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(blend(tokens.ink, tokens.panel, 0.05)))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        box = QRectF(SWATCH_X, 5, 11, 9)
        if self.isChecked():
            paint_mark(painter, box, self._kind, tokens)
        else:
            painter.setPen(QPen(QColor(tokens.faint), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 1.5), 2, 2)
        painter.setFont(interface_font(SMALL_PIXELS))
        painter.setPen(QColor(tokens.ink if self.isChecked() else tokens.muted))
        where = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(TEXT_X, 0, 0, 0), where, self.text())
        painter.end()
