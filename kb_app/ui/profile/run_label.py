"""A paragraph of runs as a widget of its own, with links that can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kb_app.ui.profile.fact_line import HARD_SPACE, Run
from kb_app.ui.profile.run_text import NOTHING, Ink, RunText
from kb_app.ui.theme import Theme, interface_font


class RunLabel(QWidget):
    """Shows runs, broken into as many lines as the width needs. `run_clicked` carries the run of a link."""

    run_clicked = Signal(object)  # Run

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._runs: tuple[Run, ...] = ()
        self._text = self._laid_out(100)
        self._hovered = NOTHING
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        theme.changed.connect(self._redress)

    def show_runs(self, runs: Sequence[Run]) -> None:
        """Show other words."""
        self._runs = tuple(runs)
        self._hovered = NOTHING
        self.setAccessibleName("".join(run.text for run in runs).replace(HARD_SPACE, " "))
        self._lay_out()
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._laid_out(width).height)

    def sizeHint(self) -> QSize:
        return QSize(240, round(self._text.height))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._text.draw(painter, QPointF(0, 0), self._hovered)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._link_at(event.position())
        if found != self._hovered:
            self._hovered = found
            self.setCursor(Qt.CursorShape.ArrowCursor if found == NOTHING else Qt.CursorShape.PointingHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._link_at(event.position())
        if found != NOTHING and event.button() is Qt.MouseButton.LeftButton:
            self.run_clicked.emit(self._text.run(found))

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = NOTHING
        self.update()

    def _redress(self) -> None:
        self._lay_out()
        self.update()

    def _link_at(self, point: QPointF) -> int:
        found = self._text.run_at(point)
        return found if found is not None and self._text.run(found).is_link else NOTHING

    def _lay_out(self) -> None:
        self._text = self._laid_out(self.width())

    def _laid_out(self, width: float) -> RunText:
        return RunText(self._runs, width, Ink(interface_font(), self._theme.tokens))
