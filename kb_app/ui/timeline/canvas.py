"""The canvas of the timeline: zooming, panning, choosing events by pointer and by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from kb_app.core.time_axis import TimeAxis
from kb_app.core.timeline import OPEN_END, OPEN_START, TimelineData
from kb_app.ui.theme import Theme
from kb_app.ui.timeline.lane_layout import LaneIndex
from kb_app.ui.timeline.picture import AXIS_HEIGHT, COMPACT, ROOMY, Scene, TimelinePicture

_WHEEL_STEP = 1.2  # zoom factor of one notch
_DRAG_START = 4  # pixels a press may wander and still be a click
_TITLES_IN_TIP = 8
_MOST = 75  # percent of the events that the first view shows at least
_FEW = 12  # so few events are all shown
_SAMPLED = 20_000  # events looked at for that
_GAIN = 3  # how many times longer the whole must be for that


class TimelineCanvas(QAbstractScrollArea):
    """Shows lanes of events; the wheel zooms at the pointer, dragging pans, a click chooses.

    Signals: `event_chosen(int)` an event's id, `lane_chosen(int)` a lane's place in the data, `axis_changed(TimeAxis)`.
    """

    event_chosen = Signal(int)
    lane_chosen = Signal(int)
    axis_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scene = Scene(TimelineData(), TimeAxis(730_000, 10, 100))
        self._picture: TimelinePicture | None = None
        self.span: tuple[int, int] | None = None  # of all dated events; looked for once, not at every move
        self._pressed: QPointF | None = None
        self._dragged = False
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Timeline"))
        self.verticalScrollBar().valueChanged.connect(self._repaint)
        theme.changed.connect(self._repaint)

    @property
    def axis(self) -> TimeAxis:
        """Return the stretch of days in view."""
        return self._scene.axis

    @property
    def data(self) -> TimelineData:
        """Return what is shown."""
        return self._scene.data

    def show_data(self, data: TimelineData, indexes: dict[str, LaneIndex] | None = None) -> None:
        """Show other events; a chosen event stays chosen where it is still there."""
        chosen = self.selected_event()
        self._scene.data, self._scene.indexes = data, indexes or {}
        self.span = day_span(data)
        self._scene.hovered = None
        self._scene.selected = self._position_of(chosen)
        self._set_scroll_range()
        self._repaint()

    def set_compact(self, compact: bool) -> None:
        """Draw low lanes of one row, as under a card."""
        self._scene.measures = COMPACT if compact else ROOMY
        self._scene.axis = self._scene.axis.resized(self._axis_width())
        self._set_scroll_range()
        self._repaint()

    def set_axis(self, axis: TimeAxis) -> None:
        """Show another stretch of days."""
        self._scene.axis = axis.resized(self._axis_width()) if axis.width != self._axis_width() else axis
        self.axis_changed.emit(self._scene.axis)
        self._repaint()

    def fit(self) -> None:
        """Show all dated events."""
        if self.span:
            self.set_axis(TimeAxis.fitting(*self.span, self._axis_width()))

    def focus(self) -> None:
        """Show where nearly all events lie: a few far outliers do not press the rest together."""
        span = crowded_span(self._scene.data)
        if span:
            self.set_axis(TimeAxis.fitting(*span, self._axis_width()))

    def zoom(self, factor: float) -> None:
        """Zoom about the middle of the view."""
        self.set_axis(self._scene.axis.zoomed(self._axis_width() / 2, factor))

    def selected_event(self) -> int | None:
        """Return the id of the chosen event."""
        at = self._scene.selected
        return self._scene.data.ids[at] if at is not None else None

    def select_event(self, event: int | None) -> None:
        """Mark an event and bring it into view."""
        self._scene.selected = self._position_of(event)
        if self._scene.selected is not None:
            self._bring_into_view(self._scene.selected)
            self.setAccessibleDescription(self._scene.data.titles[self._scene.selected])
        self._repaint()

    def step(self, by: int) -> None:
        """Choose the next or previous event in order of time."""
        count = len(self._scene.data)
        if count:
            at = self._scene.selected
            chosen = (0 if by > 0 else count - 1) if at is None else max(0, min(count - 1, at + by))
            self.event_chosen.emit(self._scene.data.ids[chosen])

    def picture(self, font_of: QWidget) -> TimelinePicture:
        """Return a painter of the scene as it stands, for screen or export."""
        return TimelinePicture(self._scene, self._theme.tokens, font_of.font())

    def paintEvent(self, event: QPaintEvent) -> None:
        self._picture = self.picture(self)
        painter = QPainter(self.viewport())
        self._picture.paint(painter, QRectF(self.viewport().rect()), self.verticalScrollBar().value())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._scene.axis = self._scene.axis.resized(self._axis_width())
        self._set_scroll_range()
        self.axis_changed.emit(self._scene.axis)

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        x = event.position().x() - self._scene.measures.label_width
        if x < 0 or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - delta.y() // 120)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(delta.x()) > abs(delta.y()):
            self.set_axis(self._scene.axis.panned((delta.x() or delta.y()) / 2))
        elif delta.y():
            self.set_axis(self._scene.axis.zoomed(x, _WHEEL_STEP ** (delta.y() / 120)))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            self._hover(event.position())
            return
        moved = event.position() - self._pressed
        if self._dragged or moved.manhattanLength() > _DRAG_START:
            self._dragged = True
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self._pressed = event.position()
            self.set_axis(self._scene.axis.panned(moved.x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.viewport().unsetCursor()
        pressed, self._pressed = self._pressed, None
        if pressed is None or self._dragged:
            return
        found = self._at(event.position())
        if found:
            self.event_chosen.emit(self._scene.data.ids[found[0]])
        elif event.position().x() < self._scene.measures.label_width:
            lane = self._lane_at(event.position().y())
            if lane is not None:
                self.lane_chosen.emit(lane)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        third = self._axis_width() / 3
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            down = 1 if event.key() == Qt.Key.Key_Down else -1
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + down)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.set_axis(self._scene.axis.panned(third if event.key() == Qt.Key.Key_PageUp else -third))
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_WHEEL_STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(1 / _WHEEL_STEP)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_0):
            self.fit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selected_event() is not None:
            self.event_chosen.emit(self.selected_event())
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            found = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._tip(found) if found else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def _tip(self, positions: tuple[int, ...]) -> str:
        titles = [self._scene.data.titles[p] for p in positions[:_TITLES_IN_TIP]]
        more = len(positions) - len(titles)
        # a tool tip that starts with a tag is taken for rich text: the leading blank keeps it plain
        return "\u200b" + "\n".join([*titles, self.tr("and %n more", "", more)] if more else titles)

    def _hover(self, at: QPointF) -> None:
        found = self._at(at)
        hovered = found[0] if found else None
        if hovered != self._scene.hovered:
            self._scene.hovered = hovered
            pointing = Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(pointing)
            self._repaint()

    def _at(self, point: QPointF) -> tuple[int, ...] | None:
        for box, position, others in self._picture.boxes if self._picture else ():
            if box.contains(point):
                return (position, *others)
        return None

    def _lane_at(self, y: float) -> int | None:
        lane = int((y - AXIS_HEIGHT) // self._scene.measures.lane_height) + self.verticalScrollBar().value()
        return lane if y >= AXIS_HEIGHT and 0 <= lane < len(self._scene.data.lanes) else None

    def event_point(self, event: int) -> QPoint | None:
        """Return a point of the viewport that lies on an event's bar, None when it is out of view."""
        wanted = self._position_of(event)
        for box, position, others in self._picture.boxes if self._picture else ():
            if wanted == position or wanted in others:
                return box.center().toPoint()
        return None

    def _position_of(self, event: int | None) -> int | None:
        if event is None:
            return None
        try:
            return self._scene.data.ids.index(event)
        except ValueError:
            return None

    def _bring_into_view(self, position: int) -> None:
        start, end = self._scene.data.starts[position], self._scene.data.ends[position]
        day = start if start != OPEN_START else end
        axis = self._scene.axis
        if not axis.left <= day <= axis.right:
            self.set_axis(axis.panned(axis.width / 2 - axis.x(day)))
        lanes = self._scene.data.lanes
        shown = self._lanes_in_view()
        first = self.verticalScrollBar().value()
        holding = [n for n, lane in enumerate(lanes) if position in lane.events]
        if holding and not any(first <= n < first + shown for n in holding):
            self.verticalScrollBar().setValue(holding[0])

    def _lanes_in_view(self) -> int:
        return max(1, int((self.viewport().height() - AXIS_HEIGHT) // self._scene.measures.lane_height))

    def _axis_width(self) -> float:
        return max(50.0, self.viewport().width() - self._scene.measures.label_width)

    def _set_scroll_range(self) -> None:
        self.verticalScrollBar().setRange(0, max(0, len(self._scene.data.lanes) - self._lanes_in_view()))
        self.verticalScrollBar().setPageStep(self._lanes_in_view())

    def _repaint(self) -> None:
        self.viewport().update()


def crowded_span(data: TimelineData) -> tuple[int, int] | None:
    """Return the shortest stretch in which most events start, the whole span when leaving the rest out gains little."""
    whole = day_span(data)
    if whole is None or len(data) < _FEW:
        return whole
    firsts = [d for d in data.starts if d != OPEN_START][:: max(1, len(data) // _SAMPLED)]
    most = max(1, len(firsts) * _MOST // 100)
    first, last = min(zip(firsts, firsts[most - 1 :], strict=False), key=lambda pair: pair[1] - pair[0])
    return whole if whole[1] - whole[0] < _GAIN * (last + 1 - first) else (first, last + 1)


def day_span(data: TimelineData) -> tuple[int, int] | None:
    """Return the first day and the day after the last of all dated events, None when there are none."""
    firsts = (d for d in data.starts if d != OPEN_START)
    first = next(firsts, None)
    if first is None:
        return None
    return first, max((d for d in data.ends if d != OPEN_END), default=first + 1)
