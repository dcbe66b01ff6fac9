"""The timeline with its tools: lanes, axis, zoom, overview, legend and the tray of undated events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kb_app.core.errors import KartotekaError
from kb_app.core.ids import EntityId, EventId
from kb_app.core.time_axis import TimeAxis
from kb_app.core.timeline import LaneKind, TimeAxisKind, TimelineData, TimelineQuery
from kb_app.ui.shared.chips import FilterChip
from kb_app.ui.shared.dates import day_words
from kb_app.ui.shared.elided_label import ElidedLabel
from kb_app.ui.theme import Theme
from kb_app.ui.timeline.canvas import TimelineCanvas
from kb_app.ui.timeline.export import export_picture
from kb_app.ui.timeline.lane_layout import LaneIndex
from kb_app.ui.timeline.legend import Legend
from kb_app.ui.timeline.overview import Overview
from kb_app.ui.timeline.picture import AXIS_HEIGHT
from kb_app.ui.timeline.undated_tray import UndatedTray

_ZOOM = 1.5
_ONE_ROW = 860  # pixels; narrower, the tools stand below each other
_ONE_ROW_COMPACT = 470
_WITH_TITLE = 640  # narrower, the rail alone says which place this is


class TimelineView(QWidget):
    """Shows a TimelineData and emits wishes.

    Signals: `event_requested(EventId)`, `entity_requested(EntityId)`, `query_requested(TimelineQuery)` when other lanes
    or another axis are wanted, `span_selected((first, last))` when a stretch was brushed, ordinals as floats.
    """

    event_requested = Signal(object)
    entity_requested = Signal(object)
    query_requested = Signal(object)
    span_selected = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._query = TimelineQuery()
        self._shown_query: TimelineQuery | None = None
        self._compact = False
        self.canvas = TimelineCanvas(theme)
        self.overview = Overview(theme)
        self.legend = Legend(theme)
        self.tray = UndatedTray(theme)
        self._lane_buttons: dict[LaneKind, FilterChip] = {}
        self._axis_buttons: dict[TimeAxisKind, FilterChip] = {}
        self._build()
        self._connect()

    def show_timeline(
        self, data: TimelineData, query: TimelineQuery, indexes: dict[str, LaneIndex] | None = None
    ) -> None:
        """Show events; the view is fitted when another question was asked, else it stays where it is."""
        asked_anew = self._shown_query is None or _question(query) != _question(self._shown_query)
        was_empty = not len(self.canvas.data)
        self._query = self._shown_query = query
        self._check_buttons()
        self.canvas.show_data(data, indexes)
        self.overview.show_data(data)
        self.tray.show_data(data)
        if asked_anew or was_empty:
            self.canvas.focus()
        self._stack.setCurrentWidget(self.canvas if len(data) else self._empty)
        self._tell(self.canvas.axis)

    def select_event(self, event: EventId | None) -> None:
        """Mark an event and bring it into view."""
        self.canvas.select_event(event)

    def lane_chip(self, kind: LaneKind) -> FilterChip:
        """Return the chip that chooses a kind of lanes."""
        return self._lane_buttons[kind]

    def axis_chip(self, kind: TimeAxisKind) -> FilterChip:
        """Return the chip that chooses an axis."""
        return self._axis_buttons[kind]

    def set_compact(self, compact: bool) -> None:
        """Show the strip that stands under a card: low lanes, no overview, legend or axis choice."""
        self._compact = compact
        self.canvas.set_compact(compact)
        for part in (self.overview_row, self.legend, *self._axis_buttons.values(), self.export_button):
            part.setVisible(not compact)
        for kind, button in self._lane_buttons.items():
            button.setVisible(not compact or kind in (LaneKind.ACTOR, LaneKind.TYPE))

    def export(self, path: Path) -> None:
        """Write all lanes as a picture; raises KartotekaError."""
        lanes = max(1, len(self.canvas.data.lanes))
        height = int(AXIS_HEIGHT + lanes * self.canvas.picture(self).lane_height + 8)
        export_picture(self.canvas.picture(self), QSize(self.canvas.viewport().width(), height), path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self._compact or event.size().width() >= _WITH_TITLE
        self._title.setVisible(roomy)
        self._lane_buttons[LaneKind.ACTOR].setText(self.tr("Lanes: actors") if roomy else self.tr("actors"))
        self._axis_buttons[TimeAxisKind.EVENT].setText(self.tr("Event time") if roomy else self.tr("events"))
        stacked = event.size().width() < (_ONE_ROW_COMPACT if self._compact else _ONE_ROW)
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if self._tool_rows.direction() is not direction:
            self._tool_rows.setDirection(direction)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tool_row())
        self._empty = QLabel(self.tr("No dated events here yet. Import articles, or choose other lanes."))
        self._empty.setObjectName("emptyHint")
        self._empty.setContentsMargins(24, 24, 24, 24)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.canvas)
        layout.addWidget(holder, 1)
        self.overview_row = QWidget()
        row = QHBoxLayout(self.overview_row)
        row.setContentsMargins(14, 6, 16, 2)
        hint = QLabel(self.tr("overview · drag to select"))
        hint.setObjectName("mutedSmall")
        hint.setFixedWidth(136)
        row.addWidget(hint)
        row.addWidget(self.overview, 1)
        layout.addWidget(self.overview_row)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 2, 16, 6)
        foot.setSpacing(2)
        foot.addWidget(self.legend)
        foot.addWidget(self.tray)
        layout.addLayout(foot)

    def _tool_row(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("placeHeader")
        self._tool_rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, bar)
        self._tool_rows.setContentsMargins(14, 6, 14, 6)
        self._tool_rows.setSpacing(6)
        self._tool_rows.addLayout(self._chip_row())
        self._tool_rows.addLayout(self._zoom_row(), 1)
        return bar

    def _chip_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self._title = QLabel(self.tr("Timeline"))
        self._title.setObjectName("placeTitle")
        row.addWidget(self._title)
        lanes = {
            LaneKind.ACTOR: self.tr("Lanes: actors"),
            LaneKind.INSTITUTION: self.tr("institutions"),
            LaneKind.TYPE: self.tr("type"),
            LaneKind.SOURCE: self.tr("source"),
        }
        axes = {TimeAxisKind.EVENT: self.tr("Event time"), TimeAxisKind.PUBLISHED: self.tr("published")}
        self._lane_group, self._axis_group = QButtonGroup(self), QButtonGroup(self)
        row.addSpacing(4)
        for lane, words in lanes.items():
            self._lane_buttons[lane] = self._chip(words, self._lane_group)
            row.addWidget(self._lane_buttons[lane])
        row.addSpacing(8)
        for axis, words in axes.items():
            self._axis_buttons[axis] = self._chip(words, self._axis_group)
            row.addWidget(self._axis_buttons[axis])
        row.addStretch(1)
        return row

    def _zoom_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.summary = ElidedLabel()
        self.summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.summary.setObjectName("muted")
        row.addWidget(self.summary, 1)
        self.zoom_out_button = self._tool("−", self.tr("Zoom out"))
        self.zoom_in_button = self._tool("+", self.tr("Zoom in"))
        self.fit_button = self._tool(self.tr("fit"), self.tr("Show all events"))
        self.export_button = self._tool(self.tr("export…"), self.tr("Save the timeline as a picture"))
        for button in (self.zoom_out_button, self.zoom_in_button, self.fit_button, self.export_button):
            row.addWidget(button)
        return row

    def _chip(self, words: str, group: QButtonGroup) -> FilterChip:
        chip = FilterChip(words)
        group.addButton(chip)
        return chip

    def _tool(self, words: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setAutoRaise(True)
        return button

    def _connect(self) -> None:
        self.canvas.event_chosen.connect(self._request_event)
        self.tray.event_chosen.connect(self._request_event)
        self.canvas.lane_chosen.connect(self._request_lane)
        self.canvas.axis_changed.connect(self.overview.show_axis)
        self.canvas.axis_changed.connect(self._tell)
        self.overview.stretch_selected.connect(self._show_stretch)
        self.zoom_in_button.clicked.connect(self._zoom_in)
        self.zoom_out_button.clicked.connect(self._zoom_out)
        self.fit_button.clicked.connect(self.canvas.fit)
        self.export_button.clicked.connect(self._ask_export)
        self._lane_group.buttonClicked.connect(self._request_query)
        self._axis_group.buttonClicked.connect(self._request_query)
        self._check_buttons()

    def _check_buttons(self) -> None:
        self._lane_buttons[self._query.lanes].setChecked(True)
        self._axis_buttons[self._query.axis].setChecked(True)

    def _request_event(self, event: int) -> None:
        self.canvas.select_event(event)
        self.event_requested.emit(EventId(event))

    def _request_lane(self, lane: int) -> None:
        entity = self.canvas.data.lanes[lane].entity
        if entity is not None:
            self.entity_requested.emit(EntityId(entity))

    def _request_query(self) -> None:
        lanes = next(kind for kind, button in self._lane_buttons.items() if button.isChecked())
        axis = next(kind for kind, button in self._axis_buttons.items() if button.isChecked())
        self.query_requested.emit(replace(self._query, lanes=lanes, axis=axis))

    def _show_stretch(self, stretch: tuple[float, float]) -> None:
        width = self.canvas.axis.width
        self.canvas.set_axis(TimeAxis(stretch[0], width / max(stretch[1] - stretch[0], 0.5), width))
        self.span_selected.emit(stretch)

    def _zoom_in(self) -> None:
        self.canvas.zoom(_ZOOM)

    def _zoom_out(self) -> None:
        self.canvas.zoom(1 / _ZOOM)

    def _ask_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the timeline as a picture"), "timeline.png", "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"
        )
        if not name:
            return
        try:
            self.export(Path(name))
        except KartotekaError as error:
            QMessageBox.warning(self, self.tr("Not saved"), error.sentence)

    def _tell(self, axis: TimeAxis) -> None:
        data = self.canvas.data
        span = self.canvas.span
        count = self.tr("1 event") if len(data) == 1 else self.tr("%n events", "", len(data))
        if span is None:
            self.summary.setText(count)
            return
        first, last = max(span[0], axis.left), min(span[1] - 1, axis.right)
        self.summary.setText(count if last < first else f"{count} · {_day_words(first)} – {_day_words(last)}")


def _day_words(day: float) -> str:
    return day_words(date.fromordinal(int(day)))


def _question(query: TimelineQuery) -> tuple[object, ...]:
    return (query.axis, query.entity, query.first, query.last)
