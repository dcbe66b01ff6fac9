"""The legend: what the outline of a bar says."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kb_app.core.event import Realis
from kb_app.ui.theme import Theme
from kb_app.ui.timeline.event_style import BarLook, draw_bar


class Legend(QWidget):
    """One line that names the five kinds of bars and the soft end."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: tuple[tuple[str, Realis, bool], ...] = (
            (self.tr("happened"), Realis.HAPPENED, False),
            (self.tr("planned"), Realis.PLANNED, False),
            (self.tr("alleged"), Realis.ALLEGED, False),
            (self.tr("denied"), Realis.DENIED, False),
            (self.tr("supposed"), Realis.HYPOTHETICAL, False),
            (self.tr("date not exactly known"), Realis.HAPPENED, True),
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(words for words, _, _ in self._entries))
        self.setToolTip(self.accessibleName())
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(520, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(11)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        x, tokens = 0.0, self._theme.tokens
        for words, realis, soft in self._entries:
            if x + 26 + metrics.horizontalAdvance(words) > self.width():
                break  # the tool tip has them all
            draw_bar(painter, QRectF(x + 2, 4, 18, 12), BarLook(QColor(tokens.muted), realis, soft, soft))
            painter.setPen(QColor(tokens.muted))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawText(QRectF(x + 26, 0, 300, 20), Qt.AlignmentFlag.AlignVCenter, words)
            x += 26 + metrics.horizontalAdvance(words) + 20
        painter.end()
