"""The real timeline under real events: wheel, drag, click, keys, brush."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kb_app.core.errors import KartotekaError
from kb_app.core.event import EventType, Realis
from kb_app.core.timeline import LaneKind, TimeAxisKind, TimelineQuery
from kb_app.ui.theme import Theme
from kb_app.ui.timeline.timeline_view import TimelineView
from tests.ui.timeline.events import timeline

START = date(2031, 8, 1)
TOLD = [
    ("election", START, 1, EventType.ELECTION, Realis.HAPPENED),
    ("protests", START + timedelta(days=2), 20, EventType.PROTEST, Realis.HAPPENED),
    ("talks", START + timedelta(days=30), 14, EventType.MEETING_VISIT, Realis.PLANNED),
    ("arrests", START + timedelta(days=33), 1, EventType.ARREST_DETENTION, Realis.ALLEGED),
    ("a raid", START + timedelta(days=36), 1, EventType.CRACKDOWN_VIOLENCE, Realis.DENIED),
]


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[TimelineView]:
    widget = TimelineView(Theme())
    qtbot.addWidget(widget)
    widget.resize(1000, 600)
    widget.show()
    qtbot.waitExposed(widget)
    widget.show_timeline(timeline(TOLD, {"Ana": [0, 1], "Ministry": [2, 3, 4]}, ["a rumour"]), TimelineQuery())
    qtbot.waitUntil(lambda: widget.canvas.event_point(100) is not None)
    yield widget


def _wheel(view: TimelineView, at: QPointF, notches: int) -> None:
    target = view.canvas.viewport()
    event = QWheelEvent(
        at,
        QPointF(target.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(target, event)


def test_clicking_a_bar_asks_for_its_event(view: TimelineView, qtbot: QtBot) -> None:
    point = view.canvas.event_point(103)
    assert point is not None
    with qtbot.waitSignal(view.event_requested) as asked:
        qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert asked.args == [103]
    assert view.canvas.selected_event() == 103


def test_the_wheel_zooms_at_the_pointer(view: TimelineView) -> None:
    at = QPointF(600, 100)
    before = view.canvas.axis.day(600 - 150)
    _wheel(view, at, 3)
    assert view.canvas.axis.day(600 - 150) == pytest.approx(before)
    assert view.canvas.axis.scale > 10


def test_dragging_pans_and_chooses_nothing(view: TimelineView, qtbot: QtBot) -> None:
    port, left = view.canvas.viewport(), view.canvas.axis.left
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(500, 200))
    qtbot.mouseMove(port, QPoint(420, 200))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(420, 200))
    assert view.canvas.axis.left > left
    assert view.canvas.selected_event() is None


def test_double_click_fits_everything(view: TimelineView, qtbot: QtBot) -> None:
    view.canvas.zoom(9)
    qtbot.mouseDClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(500, 300))
    assert view.canvas.axis.left < START.toordinal()
    assert view.canvas.axis.right > START.toordinal() + 43


def test_arrow_keys_step_through_events_in_order(view: TimelineView, qtbot: QtBot) -> None:
    asked: list[int] = []
    view.event_requested.connect(asked.append)
    for _ in range(3):
        qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Left)
    assert asked == [100, 101, 102, 101]


def test_clicking_a_lane_label_asks_for_its_card(view: TimelineView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.entity_requested) as asked:
        qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 50))
    assert asked.args == [1]


def test_choosing_lanes_and_axis_asks_for_other_data(view: TimelineView, qtbot: QtBot) -> None:
    asked: list[TimelineQuery] = []
    view.query_requested.connect(asked.append)
    view.lane_chip(LaneKind.TYPE).click()
    view.axis_chip(TimeAxisKind.PUBLISHED).click()
    assert asked[0].lanes is LaneKind.TYPE
    assert asked[1].axis is TimeAxisKind.PUBLISHED


def test_brushing_the_overview_shows_that_stretch(view: TimelineView, qtbot: QtBot) -> None:
    strip = view.overview
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(100, 20))
    qtbot.mouseMove(strip, QPoint(300, 20))
    with qtbot.waitSignal(view.span_selected) as brushed:
        qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(300, 20))
    first, last = brushed.args[0]
    assert view.canvas.axis.left == pytest.approx(first)
    assert view.canvas.axis.right == pytest.approx(last)


def test_undated_events_wait_in_their_tray(view: TimelineView, qtbot: QtBot) -> None:
    assert "1" in view.tray.button.text()
    qtbot.mouseClick(view.tray.button, Qt.MouseButton.LeftButton)
    index = view.tray.model.index(0)
    with qtbot.waitSignal(view.event_requested) as asked:
        qtbot.mouseClick(
            view.tray.list.viewport(), Qt.MouseButton.LeftButton, pos=view.tray.list.visualRect(index).center()
        )
    assert asked.args == [900]


def test_the_tray_model_is_sound(view: TimelineView) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    assert QAbstractItemModelTester(view.tray.model, mode).model() is view.tray.model


def test_a_selected_event_out_of_view_comes_into_view(view: TimelineView) -> None:
    view.canvas.zoom(40)
    view.select_event(100)  # type: ignore[arg-type]  # ids are plain ints at run time
    assert view.canvas.axis.left <= START.toordinal() <= view.canvas.axis.right


def test_the_same_question_keeps_the_view_and_another_fits_it(view: TimelineView) -> None:
    view.canvas.zoom(5)
    scale = view.canvas.axis.scale
    view.show_timeline(timeline(TOLD), TimelineQuery(lanes=LaneKind.TYPE))
    assert view.canvas.axis.scale == scale
    view.show_timeline(timeline(TOLD), TimelineQuery(axis=TimeAxisKind.PUBLISHED))
    assert view.canvas.axis.scale < scale


@pytest.mark.parametrize(("ending", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_the_picture_is_saved_in_the_wanted_format(
    view: TimelineView, tmp_path: Path, ending: str, magic: bytes
) -> None:
    path = tmp_path / f"timeline.{ending}"
    view.export(path)
    assert path.read_bytes().startswith(magic)


def test_a_picture_that_cannot_be_written_says_so(view: TimelineView, tmp_path: Path) -> None:
    with pytest.raises(KartotekaError, match="not written"):
        view.export(tmp_path / "no such folder" / "timeline.png")


def test_far_outliers_do_not_press_the_first_view_together(view: TimelineView) -> None:
    days = [(f"day {n}", START + timedelta(days=n), 1, EventType.OTHER, Realis.HAPPENED) for n in range(20)]
    old = ("long ago", START - timedelta(days=9_000), 1, EventType.OTHER, Realis.HAPPENED)
    view.show_timeline(timeline([old, *days]), TimelineQuery(axis=TimeAxisKind.PUBLISHED))
    assert view.canvas.axis.left > START.toordinal() - 30
    view.fit_button.click()
    assert view.canvas.axis.left < START.toordinal() - 9_000


def test_the_first_events_of_an_empty_timeline_are_brought_into_view(view: TimelineView, qtbot: QtBot) -> None:
    view.show_timeline(timeline([], {}, []), TimelineQuery())
    view.show_timeline(timeline(TOLD, {"Ana": [0, 1], "Ministry": [2, 3, 4]}, []), TimelineQuery())
    qtbot.waitUntil(lambda: view.canvas.event_point(100) is not None)
    day = START.toordinal()
    assert view.canvas.axis.left <= day <= view.canvas.axis.right
