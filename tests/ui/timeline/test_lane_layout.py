"""Events find their rows, labels never overlap, crowds become a density strip."""

from __future__ import annotations

from datetime import date, timedelta

from kb_app.core.event import EventType, Realis
from kb_app.core.time_axis import TimeAxis
from kb_app.core.timeline import OPEN_END
from kb_app.ui.timeline.lane_layout import BAR_LEAST, LaneIndex, extent, place
from tests.ui.timeline.events import timeline

START = date(2031, 8, 1)


def _width(words: str) -> float:
    return 6.0 * len(words)


def _told(count: int, days_apart: int = 1, length: int = 1) -> list[tuple[str, date, int, EventType, Realis]]:
    return [
        (f"event {n}", START + timedelta(days=n * days_apart), length, EventType.OTHER, Realis.HAPPENED)
        for n in range(count)
    ]


def _axis(days: int, width: float = 900) -> TimeAxis:
    return TimeAxis.fitting(START.toordinal(), START.toordinal() + days, width)


def test_bars_and_labels_of_one_row_never_overlap() -> None:
    data = timeline(_told(50, 3, 2))
    placed = place(LaneIndex(data, data.lanes[0]), _axis(160), 2, _width)
    for row in (0, 1):
        taken = sorted(
            (min(b.x0, b.label_x if b.label else b.x0), max(b.x1, b.label_x + b.label_width))
            for b in placed.bars
            if b.row == row
        )
        assert taken
        assert all(left[1] <= right[0] + 0.01 for left, right in zip(taken, taken[1:], strict=False))


def test_every_event_in_view_is_drawn_or_counted_with_another() -> None:
    data = timeline(_told(30, 0, 1))
    placed = place(LaneIndex(data, data.lanes[0]), _axis(30), 2, _width)
    assert sorted(p for b in placed.bars for p in (b.position, *b.others)) == list(range(30))


def test_a_crowd_becomes_a_density_strip_that_counts_all() -> None:
    data = timeline(_told(5_000))
    placed = place(LaneIndex(data, data.lanes[0]), _axis(5_000), 2, _width)
    assert not placed.bars
    assert sum(placed.density) == 5_000


def test_an_event_that_began_long_before_the_view_is_still_found() -> None:
    data = timeline(
        [("occupation", START - timedelta(days=9_000), 20_000, EventType.OTHER, Realis.HAPPENED), *_told(3)]
    )
    placed = place(LaneIndex(data, data.lanes[0]), _axis(10), 2, _width)
    assert 0 in [b.position for b in placed.bars]


def test_an_event_before_the_view_is_left_out() -> None:
    data = timeline(_told(100))
    index = LaneIndex(data, data.lanes[0])
    assert index.within(START.toordinal() + 50, START.toordinal() + 60) == list(range(50, 60))


def test_an_open_end_gets_room_to_fade_and_a_day_is_wide_enough_to_hit() -> None:
    data = timeline(_told(1))
    axis = _axis(4_000)
    x0, x1 = extent(data, 0, axis)
    assert x1 - x0 == BAR_LEAST
    data.ends[0] = OPEN_END
    x0, x1 = extent(data, 0, axis)
    assert x1 - x0 > 5 * BAR_LEAST
