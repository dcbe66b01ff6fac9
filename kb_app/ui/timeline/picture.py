"""Draws lanes, axis and events with any painter: the screen's, an image's or a document's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from kb_app.core.time_axis import TickStep, TickUnit, TimeAxis
from kb_app.core.timeline import EVENT_TYPES, OPEN_END, OPEN_START, REALIS, Lane, TimelineData
from kb_app.ui.shared.dates import day_words, month_words
from kb_app.ui.theme import Tokens
from kb_app.ui.timeline.event_style import BarLook, draw_bar, event_colour
from kb_app.ui.timeline.lane_layout import DENSITY_PIXELS, Bar, LaneIndex, Placed, place

AXIS_HEIGHT = 30.0
TICK_SPACING = 92.0
MARKED_PUBLICATION_DAYS = 3  # more than these would be a fence, not a sign


@dataclass(frozen=True, slots=True)
class Measures:
    """The sizes of a timeline in pixels."""

    label_width: float
    lane_height: float
    row_height: float
    rows: int

    def row_top(self, lane_top: float, row: int) -> float:
        """Return where a row of a lane begins."""
        return lane_top + (self.lane_height - self.rows * self.row_height) / 2 + row * self.row_height


ROOMY = Measures(label_width=150, lane_height=54, row_height=23, rows=2)
COMPACT = Measures(label_width=112, lane_height=38, row_height=24, rows=1)


@dataclass(slots=True)
class Scene:
    """What is drawn: the data, where the axis stands and what is selected; ids of events as in the data."""

    data: TimelineData
    axis: TimeAxis
    measures: Measures = ROOMY
    tokens: Tokens | None = None
    selected: int | None = None  # a position
    hovered: int | None = None
    indexes: dict[str, LaneIndex] = field(default_factory=dict)

    def index_of(self, lane: Lane) -> LaneIndex:
        """Return the lane's index, made when first asked for."""
        if lane.key not in self.indexes:
            self.indexes[lane.key] = LaneIndex(self.data, lane)
        return self.indexes[lane.key]


class TimelinePicture:
    """Paints a scene; after painting, `boxes` tells what lies where."""

    def __init__(self, scene: Scene, tokens: Tokens, font: QFont) -> None:
        self._scene = scene
        self._tokens = tokens
        self._font = QFont(font)
        self._small = QFont(font)
        self._small.setPixelSize(max(font.pixelSize() - 2, 10) if font.pixelSize() > 0 else 11)
        self._metrics = QFontMetricsF(self._small)
        self.boxes: list[tuple[QRectF, int, tuple[int, ...]]] = []

    @property
    def lane_height(self) -> float:
        """Return the height of a lane in pixels."""
        return self._scene.measures.lane_height

    def paint(self, painter: QPainter, area: QRectF, first_lane: int) -> None:
        """Paint the axis on top and the lanes from `first_lane` on as far as the area reaches."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, QColor(self._tokens.panel))
        self.boxes.clear()
        scene, measures = self._scene, self._scene.measures
        axis_left = area.left() + measures.label_width
        step = scene.axis.step(TICK_SPACING)
        self._ticks(painter, area, axis_left, step)
        top = area.top() + AXIS_HEIGHT
        for lane in scene.data.lanes[first_lane:]:
            if top >= area.bottom():
                break
            self._lane(painter, lane, QRectF(area.left(), top, area.width(), measures.lane_height))
            top += measures.lane_height
        self._publication_days(painter, QRectF(axis_left, area.top(), scene.axis.width, top - area.top()))

    def _ticks(self, painter: QPainter, area: QRectF, axis_left: float, step: TickStep) -> None:
        painter.setFont(self._small)
        previous, right = 0, area.left() + area.width()
        painter.setClipRect(QRectF(axis_left, area.top(), area.width() - axis_left + area.left(), area.height()))
        for day in self._scene.axis.ticks(step):
            x = axis_left + self._scene.axis.x(day.toordinal())
            painter.setPen(QPen(QColor(self._tokens.line), 1))
            painter.drawLine(
                QPointF(round(x) + 0.5, area.top() + AXIS_HEIGHT - 6), QPointF(round(x) + 0.5, area.bottom())
            )
            words = tick_words(day, step, previous)
            half = self._metrics.horizontalAdvance(words) / 2
            if axis_left <= x - half and x + half <= right:  # words cut at an edge would say another date
                painter.setPen(QColor(self._tokens.muted))
                painter.drawText(QPointF(x - half, area.top() + 18), words)
                previous = day.year
        painter.setClipping(False)

    def _lane(self, painter: QPainter, lane: Lane, box: QRectF) -> None:
        scene, measures, tokens = self._scene, self._scene.measures, self._tokens
        index = scene.index_of(lane)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(QPointF(box.left(), box.bottom() - 0.5), QPointF(box.right(), box.bottom() - 0.5))
        self._lane_label(painter, lane, box, len(index))
        placed = place(index, scene.axis, measures.rows, self._metrics.horizontalAdvance)
        painter.save()
        painter.setClipRect(QRectF(box.left() + measures.label_width, box.top(), scene.axis.width, box.height()))
        painter.translate(box.left() + measures.label_width, 0)
        if placed.density:
            self._density(painter, placed, box)
        for bar in placed.bars:
            self._bar(painter, bar, box)
        painter.restore()

    def _lane_label(self, painter: QPainter, lane: Lane, box: QRectF, count: int) -> None:
        room = self._scene.measures.label_width - 22
        compact = self._scene.measures is COMPACT
        painter.setFont(self._font)
        metrics = QFontMetricsF(self._font)
        words = lane.label or QCoreApplication.translate("TimelinePicture", "all others")
        name = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(self._tokens.ink))
        middle = box.center().y() + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(box.left() + 14, middle if compact else middle - 8), name)
        if not compact:
            painter.setFont(self._small)
            painter.setPen(QColor(self._tokens.muted))
            painter.drawText(QPointF(box.left() + 14, middle + 9), QLocale().toString(count))

    def _bar(self, painter: QPainter, bar: Bar, lane: QRectF) -> None:
        scene, tokens = self._scene, self._tokens
        data, p = scene.data, bar.position
        row_top = scene.measures.row_top(lane.top(), bar.row)
        box = QRectF(bar.x0, row_top + 3, bar.x1 - bar.x0, scene.measures.row_height - 7)
        soft = bool(data.soft[p])
        fade = (soft or data.starts[p] == OPEN_START, soft or data.ends[p] == OPEN_END)
        colour = event_colour(tokens, EVENT_TYPES[data.types[p]])
        draw_bar(painter, box, BarLook(colour, REALIS[data.realis[p]], *fade))
        if bar.label:
            self._bar_label(painter, bar, box, colour)
        chosen = (bar.position, *bar.others)
        if scene.selected in chosen or scene.hovered in chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2.2 if scene.selected in chosen else 1.2))
            painter.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), 4, 4)
        left, right = box.left(), box.right()
        if bar.label:
            left, right = min(left, bar.label_x), max(right, bar.label_x + bar.label_width)
        shift = lane.left() + scene.measures.label_width
        self.boxes.append((QRectF(left + shift, box.top() - 3, right - left, box.height() + 6), p, tuple(bar.others)))

    def _bar_label(self, painter: QPainter, bar: Bar, box: QRectF, colour: QColor) -> None:
        inside = bar.label_x >= bar.x0 and bar.label_x + bar.label_width <= bar.x1
        happened = REALIS[self._scene.data.realis[bar.position]].value == "happened"
        ink = QColor(self._tokens.ink)
        if inside and happened:
            ink = QColor("#FFFFFF") if colour.lightnessF() < 0.55 else QColor("#15181C")
        painter.setPen(ink)
        painter.setFont(self._small)
        words = self._metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, bar.label_width + 1)
        painter.drawText(QPointF(bar.label_x, box.center().y() + self._metrics.ascent() / 2 - 1.5), words)

    def _density(self, painter: QPainter, placed: Placed, lane: QRectF) -> None:
        room = lane.height() - 16
        most = max(placed.density)
        if most == 0:
            return
        colour = QColor(self._tokens.accent)
        colour.setAlpha(170)
        bars = [
            QRectF(c * DENSITY_PIXELS, lane.bottom() - 8 - h, DENSITY_PIXELS - 1, h)
            for c, n in enumerate(placed.density)
            if n and (h := max(2.0, room * (n / most) ** 0.5))
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawRects(bars)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _publication_days(self, painter: QPainter, box: QRectF) -> None:
        days = self._scene.data.publication_days
        if not 0 < len(days) <= MARKED_PUBLICATION_DAYS:
            return
        painter.save()
        painter.setClipRect(box.adjusted(0, 0, 0, 16))
        painter.setFont(self._small)
        for day in days:
            x = box.left() + self._scene.axis.x(day + 0.5)
            painter.setPen(QPen(QColor(self._tokens.accent), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, box.top() + AXIS_HEIGHT), QPointF(x, box.bottom() + 14))
            words = QCoreApplication.translate("TimelinePicture", "published")
            painter.drawText(QPointF(x + 4, box.bottom() + 13), words)
        painter.restore()


def tick_words(day: date, step: TickStep, previous_year: int) -> str:
    """Return a tick's label: the day and month, the month, or the year; the year is told where it changes."""
    if step.unit is TickUnit.YEAR:
        return str(day.year)
    if step.unit is TickUnit.MONTH:
        name = month_words(day.month)
        return f"{name} {day.year}" if day.year != previous_year else name
    words = day_words(day, with_year=False)
    return f"{words} {day.year}" if previous_year not in (0, day.year) else words
