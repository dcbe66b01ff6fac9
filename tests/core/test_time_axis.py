"""The axis keeps the day under the pointer and spaces its ticks."""

from __future__ import annotations

from datetime import date

import pytest

from kb_app.core.time_axis import TickUnit, TimeAxis

AUGUST = date(2020, 8, 1).toordinal()


def test_zooming_keeps_the_day_under_the_pointer() -> None:
    axis = TimeAxis.fitting(AUGUST, AUGUST + 30, 800)
    assert axis.zoomed(200, 3).day(200) == pytest.approx(axis.day(200))


def test_panning_moves_a_day_by_as_many_pixels() -> None:
    axis = TimeAxis.fitting(AUGUST, AUGUST + 30, 800)
    assert axis.panned(50).x(AUGUST + 10) == pytest.approx(axis.x(AUGUST + 10) + 50)


def test_fitting_shows_both_ends() -> None:
    axis = TimeAxis.fitting(AUGUST, AUGUST + 400, 640)
    assert 0 < axis.x(AUGUST) < axis.x(AUGUST + 400) < 640


@pytest.mark.parametrize(
    ("days", "unit"), [(3, TickUnit.DAY), (60, TickUnit.WEEK), (700, TickUnit.MONTH), (20_000, TickUnit.YEAR)]
)
def test_ticks_follow_the_zoom(days: int, unit: TickUnit) -> None:
    axis = TimeAxis.fitting(AUGUST, AUGUST + days, 900)
    step = axis.step(80)
    assert step.unit is unit
    pixels = [axis.x(t.toordinal()) for t in axis.ticks(step)]
    assert len(pixels) >= 2
    assert all(b - a >= 70 for a, b in zip(pixels, pixels[1:], strict=False))


@pytest.mark.parametrize("edge", [date.min, date.max])
def test_ticks_end_where_the_calendar_ends(edge: date) -> None:
    axis = TimeAxis.fitting(edge.toordinal() - 10_000, edge.toordinal() + 10_000, 900)
    assert list(axis.ticks(axis.step(80)))
