"""The strip beside the text that shows where its marks stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kb_app.core.reading import MarkKind
from kb_app.ui.theme import Theme, blend, mark_colour

WIDTH = 12
TICK = 2.5
NEAR = 6  # pixels: a click that close means the tick


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark's place: `share` of the text's height, the offset it leads to, and whether it is the subject's."""

    share: float
    offset: int
    kind: MarkKind
    strong: bool = False


class Ruler(QWidget):
    """Paints a tick for each mark. `place_chosen` carries the offset that a click leads to."""

    place_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ticks: tuple[Tick, ...] = ()
        self._framed: float | None = None
        self.setFixedWidth(WIDTH)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Where the marks stand"))
        self.setToolTip(self.tr("Where the marks stand in the article; click to go there"))
        theme.changed.connect(self.update)

    def show_ticks(self, ticks: Sequence[Tick]) -> None:
        """Show the marks of a text."""
        self._ticks = tuple(ticks)
        self.update()

    def show_frame(self, share: float | None) -> None:
        """Show where the framed passage stands."""
        self._framed = share
        self.update()

    def ticks(self) -> tuple[Tick, ...]:
        """Return the ticks shown."""
        return self._ticks

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(blend(tokens.ink, tokens.panel, 0.04)))
        painter.drawRoundedRect(QRectF(2, 0, WIDTH - 4, self.height()), 3, 3)
        for (y, strong), kind in sorted(self._rows().items()):
            colour = QColor(mark_colour(tokens, kind))
            colour.setAlphaF(1.0 if strong else 0.55)
            inset = 1.0 if strong else 3.0
            painter.setBrush(colour)
            painter.drawRect(QRectF(inset, y - TICK / 2, WIDTH - 2 * inset, TICK))
        if self._framed is not None:
            painter.setBrush(QColor(tokens.focus_mark))
            painter.drawEllipse(QPointF(WIDTH / 2, self._y(self._framed)), 4, 4)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(event.position().y())

    def _choose(self, y: float) -> None:
        nearest = min(self._ticks, key=lambda tick: (abs(self._y(tick.share) - y), not tick.strong), default=None)
        if nearest is not None:
            self.place_chosen.emit(nearest.offset)

    def _y(self, share: float) -> float:
        return 4 + share * max(1, self.height() - 8)

    def _rows(self) -> dict[tuple[int, bool], MarkKind]:
        """Return one tick a row of pixels: ten thousand marks are painted as a few hundred."""
        return {(round(self._y(tick.share)), tick.strong): tick.kind for tick in self._ticks}
