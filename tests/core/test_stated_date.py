"""Dates as precisely as they are stated."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_app.core.stated_date import Precision, between, on_day, parse_edtf


@pytest.mark.parametrize(
    ("edtf", "first", "after", "precision"),
    [
        ("2024-05-03", date(2024, 5, 3), date(2024, 5, 4), Precision.DAY),
        ("2024-05-03T10:30", date(2024, 5, 3), date(2024, 5, 4), Precision.TIME),
        ("2024-12", date(2024, 12, 1), date(2025, 1, 1), Precision.MONTH),
        ("2024-02", date(2024, 2, 1), date(2024, 3, 1), Precision.MONTH),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 4), Precision.WEEK),
        ("2024-Q4", date(2024, 10, 1), date(2025, 1, 1), Precision.QUARTER),
        ("2024-24", date(2024, 12, 1), date(2025, 3, 1), Precision.SEASON),
        ("2024-SU", date(2024, 6, 1), date(2024, 9, 1), Precision.SEASON),
        ("2024", date(2024, 1, 1), date(2025, 1, 1), Precision.YEAR),
        ("199X", date(1990, 1, 1), date(2000, 1, 1), Precision.DECADE),
        ("19XX", date(1900, 1, 1), date(2000, 1, 1), Precision.CENTURY),
        ("2024-05-03/2024-05-09", date(2024, 5, 3), date(2024, 5, 10), Precision.INTERVAL),
    ],
)
def test_a_value_is_an_interval_of_days(edtf: str, first: date, after: date, precision: Precision) -> None:
    stated = parse_edtf(edtf)
    assert stated is not None
    assert (stated.earliest, stated.ruled_out, stated.precision) == (first, after, precision)


def test_open_ends_stay_open() -> None:
    before, since = parse_edtf("../2020-05"), parse_edtf("2020/..")
    assert before is not None and (before.earliest, before.last) == (None, date(2020, 5, 31))
    assert since is not None and (since.earliest, since.ruled_out) == (date(2020, 1, 1), None)


def test_soft_ends_are_marked() -> None:
    stated = parse_edtf("2024-05~")
    assert stated is not None and stated.approximate and stated.edtf == "2024-05~"


VAGUE = ["", "P2D", "PRESENT_REF", "../.."]
IMPOSSIBLE = ["2024-13", "2024-02-30", "0000-01-01", "2024-W60", "2024-05-09/2024-05-03", "9999"]


@pytest.mark.parametrize("value", VAGUE + IMPOSSIBLE)
def test_what_is_no_calendar_date_is_none(value: str) -> None:
    assert parse_edtf(value) is None


def test_days_and_spans() -> None:
    assert on_day(date(2024, 5, 3)).is_single_day
    assert between(date(2024, 5, 3), date(2024, 5, 3)) == on_day(date(2024, 5, 3))
    assert between(date(2024, 5, 3), date(2024, 5, 4)) == parse_edtf("2024-05-03/2024-05-04")


@given(st.text(max_size=25))
def test_no_text_raises(value: str) -> None:
    stated = parse_edtf(value)
    if stated is not None and stated.earliest and stated.ruled_out:
        assert stated.earliest < stated.ruled_out


@given(st.dates(max_value=date(9999, 12, 30)))
def test_every_day_reads_back(day: date) -> None:
    assert parse_edtf(day.isoformat()) == on_day(day)
