"""A date as precisely as a source states it: an interval with precision, wording, rule and anchor.

Values follow EDTF (ISO 8601-2:2019, levels 0 and 1) with the ISO week form "2020-W35" that TIMEX3 uses.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

_DAY = re.compile(r"^(\d{4})-(\d\d)-(\d\d)$")
_MONTH = re.compile(r"^(\d{4})-(\d\d)$")
_WEEK = re.compile(r"^(\d{4})-W(\d\d)$")
_QUARTER = re.compile(r"^(\d{4})-Q([1-4])$")
_SEASON_NAMES = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
_SEASON = re.compile(r"^(\d{4})-(SP|SU|FA|WI)$")
_SEASON_START_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}
_NO_YEAR = re.compile(r"^XXXX-\d\d(-\d\d)?$")
_YEAR = re.compile(r"^(\d{4})$")
_DECADE = re.compile(r"^(\d{3})X?$")
_CENTURY = re.compile(r"^(\d\d)(?:XX)?$")


class Precision(StrEnum):
    """How finely a date is known."""

    TIME = "time"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"


class Resolution(StrEnum):
    """What a date's value rests on."""

    EXPLICIT = "explicit"
    RELATIVE = "relative"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True)
class StatedDate:
    """An interval of days: `earliest` belongs to it, `ruled_out` is the first day after it; None is open.

    `approximate` marks soft ends ("about", "early September"); `words` is the wording in the text, `rule` how it
    was resolved, `anchor` the day it was resolved against (ISO) or "".
    """

    edtf: str
    precision: Precision
    earliest: date | None
    ruled_out: date | None
    approximate: bool = False
    words: str = ""
    rule: str = ""
    anchor: str = ""
    resolution: Resolution = Resolution.EXPLICIT

    def resolved(self, words: str, rule: str, anchor: str, resolution: Resolution) -> StatedDate:
        """Return the same date with how it was found."""
        return replace(self, words=words, rule=rule, anchor=anchor, resolution=resolution)

    @property
    def to_the_day(self) -> StatedDate:
        """Return the date without its time of day."""
        if self.precision is not Precision.TIME or self.earliest is None:
            return self
        return replace(self, edtf=self.earliest.isoformat(), precision=Precision.DAY)

    @property
    def is_single_day(self) -> bool:
        """Tell whether the interval is exactly one day."""
        return bool(self.earliest and self.ruled_out and (self.ruled_out - self.earliest).days == 1)

    @property
    def last(self) -> date | None:
        """Return the last possible day, None when open."""
        return self.ruled_out - timedelta(days=1) if self.ruled_out else None


def parse_edtf(value: str) -> StatedDate | None:
    """Read an EDTF or TIMEX date value; None when it is no calendar date (durations, sets, vague references)."""
    text = value.strip().upper()
    approximate = text.endswith(("~", "?", "%"))
    text = text.rstrip("~?%")
    if "/" in text:
        return _interval(text, approximate)
    bounds = _bounds(text)
    if bounds is None:
        return None
    earliest, ruled_out, precision = bounds
    return StatedDate(value.strip(), precision, earliest, ruled_out, approximate)


def without_year(value: str) -> StatedDate | None:
    """Read an EDTF day or month of an unstated year ("XXXX-01-08"): no interval of days, yet not nothing."""
    match = _NO_YEAR.match(value)
    if match is None:
        return None
    return StatedDate(value, Precision.DAY if match[1] else Precision.MONTH, None, None)


def on_day(day: date) -> StatedDate:
    """Return the stated date of one calendar day."""
    return StatedDate(day.isoformat(), Precision.DAY, day, day + timedelta(days=1))


def between(first: date, last: date) -> StatedDate:
    """Return the interval from the first to the last day, both in it."""
    if first == last:
        return on_day(first)
    return StatedDate(f"{first}/{last}", Precision.INTERVAL, first, last + timedelta(days=1))


def _interval(text: str, approximate: bool) -> StatedDate | None:
    left, _, right = text.partition("/")
    open_left, open_right = left in ("..", ""), right in ("..", "", "OPEN")
    first = None if open_left else _bounds(left.rstrip("~?%"))
    last = None if open_right else _bounds(right.rstrip("~?%"))
    if (first is None and not open_left) or (last is None and not open_right) or (open_left and open_right):
        return None
    earliest = first[0] if first else None
    ruled_out = last[1] if last else None
    if earliest and ruled_out and earliest >= ruled_out:
        return None
    edtf = f"{'..' if open_left else left}/{'..' if open_right else right}"
    return StatedDate(edtf, Precision.INTERVAL, earliest, ruled_out, approximate)


def _bounds(text: str) -> tuple[date, date, Precision] | None:
    if "T" in text and _DAY.match(text.partition("T")[0]):
        found = _bounds(text.partition("T")[0])
        return (found[0], found[1], Precision.TIME) if found else None
    try:
        return _calendar_bounds(text)
    except (ValueError, OverflowError):
        return None


def _calendar_bounds(text: str) -> tuple[date, date, Precision] | None:
    if m := _DAY.match(text):
        day = date(int(m[1]), int(m[2]), int(m[3]))
        return day, day + timedelta(days=1), Precision.DAY
    if m := _WEEK.match(text):
        monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
        return monday, monday + timedelta(days=7), Precision.WEEK
    if m := _QUARTER.match(text):
        return _months(int(m[1]), int(m[2]) * 3 - 2, 3, Precision.QUARTER)
    if m := _SEASON.match(text):
        return _months(int(m[1]), _SEASON_START_MONTH[_SEASON_NAMES[m[2]]], 3, Precision.SEASON)
    if m := _MONTH.match(text):
        return _month_or_season(int(m[1]), int(m[2]))
    return _long_bounds(text)


def _long_bounds(text: str) -> tuple[date, date, Precision] | None:
    if m := _YEAR.match(text):
        return _months(int(m[1]), 1, 12, Precision.YEAR)
    if m := _DECADE.match(text):
        return _years(int(m[1]) * 10, 10, Precision.DECADE)
    if m := _CENTURY.match(text):
        return _years(int(m[1]) * 100, 100, Precision.CENTURY)
    return None


def _month_or_season(year: int, month: int) -> tuple[date, date, Precision] | None:
    if month in _SEASON_START_MONTH:
        return _months(year, _SEASON_START_MONTH[month], 3, Precision.SEASON)
    first = date(year, month, 1)
    return first, first + timedelta(days=monthrange(year, month)[1]), Precision.MONTH


def _months(year: int, month: int, count: int, precision: Precision) -> tuple[date, date, Precision]:
    after = year * 12 + month - 1 + count
    return date(year, month, 1), date(after // 12, after % 12 + 1, 1), precision


def _years(year: int, count: int, precision: Precision) -> tuple[date, date, Precision]:
    return date(year, 1, 1), date(year + count, 1, 1), precision
