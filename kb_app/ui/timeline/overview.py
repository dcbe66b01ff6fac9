"""The strip below the timeline: where all events lie, and a brush over the stretch in view."""

from __future__ import annotations

from array import array
from bisect import bisect_left

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kb_app.core.time_axis import TimeAxis
from kb_app.core.timeline import OPEN_START, TimelineData
from kb_app.ui.theme import Theme
from kb_app.ui.timeline.canvas import day_span

_COLUMN = 6  # pixels of a column of counts
_LEAST_BRUSH = 6  # a shorter stroke is a click
_STEP = 0.1  # of the stretch in view, moved by an arrow key


class Overview(QWidget):
    """Shows counts over the whole span; dragging selects a stretch, a click centres it.

    Signal: `stretch_selected((first, last))`, ordinals as floats.
    """

    stretch_selected = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._starts = array("i")
        self._span = (0, 1)
        self._shown = (0.0, 1.0)
        self._stroke: tuple[float, float] | None = None
        self.setAccessibleName(self.tr("Overview of all events; drag to select a stretch of time"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        theme.changed.connect(self.update)

    def show_data(self, data: TimelineData) -> None:
        """Show the counts of other events."""
        self._span = day_span(data) or (0, 1)
        self._starts = data.starts
        self.update()

    def show_axis(self, axis: TimeAxis) -> None:
        """Draw the brush over what the timeline shows."""
        self._shown = (axis.left, axis.right)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 46)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.canvas))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, 2, 0, -2), 4, 4)
        painter.setBrush(QColor(tokens.accent))
        painter.setOpacity(0.6)
        painter.drawRects(self._columns())
        painter.setOpacity(1.0)
        if len(self._starts):
            self._brush(painter)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._stroke = (event.position().x(), event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._stroke:
            self._stroke = (self._stroke[0], event.position().x())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        stroke, self._stroke = self._stroke, None
        if stroke is None:
            return
        axis = self._axis()
        if abs(stroke[1] - stroke[0]) >= _LEAST_BRUSH:
            self.stretch_selected.emit((axis.day(min(stroke)), axis.day(max(stroke))))
        else:
            half = (self._shown[1] - self._shown[0]) / 2
            middle = axis.day(event.position().x())
            self.stretch_selected.emit((middle - half, middle + half))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        length = self._shown[1] - self._shown[0]
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = length * (_STEP if event.key() == Qt.Key.Key_Right else -_STEP)
            self.stretch_selected.emit((self._shown[0] + by, self._shown[1] + by))
        else:
            super().keyPressEvent(event)

    def _axis(self) -> TimeAxis:
        return TimeAxis.fitting(*self._span, max(self.width(), 10))

    def _columns(self) -> list[QRectF]:
        axis = self._axis()
        low = bisect_left(self._starts, OPEN_START + 1)
        edges = [axis.day(x) for x in range(0, self.width() + _COLUMN, _COLUMN)]
        at = [max(low, bisect_left(self._starts, e)) for e in edges]
        counts = [b - a for a, b in zip(at, at[1:], strict=False)]
        most = max(counts, default=0)
        room = self.height() - 12
        return [
            QRectF(c * _COLUMN + 1, self.height() - 6 - h, _COLUMN - 2, h)
            for c, n in enumerate(counts)
            if n and (h := max(2.0, room * (n / most) ** 0.5))
        ]

    def _brush(self, painter: QPainter) -> None:
        axis = self._axis()
        x0, x1 = sorted(self._stroke) if self._stroke else (axis.x(self._shown[0]), axis.x(self._shown[1]))
        x0, x1 = max(1.0, x0), min(self.width() - 1.0, x1)
        if x1 <= x0:
            return
        accent = QColor(self._theme.tokens.accent)
        ground = QColor(accent)
        ground.setAlpha(34)
        painter.setBrush(ground)
        painter.setPen(QPen(accent, 1.6 if self.hasFocus() else 1))
        painter.drawRoundedRect(QRectF(QPointF(x0, 1), QPointF(x1, self.height() - 1)), 4, 4)
