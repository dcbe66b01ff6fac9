"""Calendar dates as headers and metadata write them, and which of them can be a day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate, between, on_day, parse_edtf
from kb_app.ingest.word_lists import word_lists

EARLIEST_YEAR = 1600  # no newspaper is older
_FUTURE_GRACE = timedelta(days=2)  # clocks and time zones differ
_MONTH_NAMES = ("january february march april may june july august september october november december").split()
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_WRITTEN = (
    rf"(?<![\w/]){_WEEKDAY}(?:"
    rf"{_MONTH.format('m1')}\s+(?P<d1>\d{{1,2}}){_ORDINAL},?\s+(?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}}){_ORDINAL}\s+(?:of\s+)?{_MONTH.format('m2')},?\s+(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})"
    r"|(?P<y4>\d{4})/(?P<m4>\d{1,2})/(?P<d4>\d{1,2})"
    r"|(?P<d5>\d{1,2})\.(?P<m5>\d{1,2})\.(?P<y5>\d{4})"
    r"|(?P<a6>\d{1,2})[/-](?P<b6>\d{1,2})[/-](?P<y6>\d{4})"
    r"|(?P<d7>\d{1,2})(?:\.|er|º|\s+de)?\s+ב?(?P<m7>OTHER_NAMES)\.?,?\s+(?:de\s+|del\s+)?(?P<y7>\d{4})"
    r")(?!\d|[/-]\d)"
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date with the place of its words; `doubtful` when day and month can be exchanged."""

    date: StatedDate
    span: Span
    doubtful: bool = False


@cache
def _written() -> re.Pattern[str]:
    names = sorted(word_lists().months, key=len, reverse=True)
    return re.compile(_WRITTEN.replace("OTHER_NAMES", "|".join(map(re.escape, names))), re.IGNORECASE)


def written_dates(text: str) -> Iterator[WrittenDate]:
    """Yield the full calendar dates in a text; what is no day of the calendar is left out."""
    for found in _written().finditer(text):
        parts = {key: value for key, value in found.groupdict().items() if value}
        stated = _slashed(parts) if "y6" in parts else _plain(parts)
        if stated:
            words = found[0]
            doubtful = not stated.is_single_day
            span = Span(found.start(), found.end())
            yield WrittenDate(_worded(stated, words), span, doubtful)


def first_written_date(text: str) -> WrittenDate | None:
    """Return the first full calendar date in a text."""
    return next(written_dates(text), None)


def metadata_date(value: str) -> StatedDate | None:
    """Read a date as metadata states it: ISO with or without a time, EDTF, or written out.

    The day is the one in the publisher's own time zone, as written.
    """
    value = value.strip()
    if len(value) > 100:
        return None
    if iso := re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?=$|[T\s])", value):
        day = _day(*map(int, iso.groups()))
        return _worded(on_day(day), value) if day else None
    found = first_written_date(value)
    if found:
        return _worded(found.date, value)
    stated = parse_edtf(value)
    return _worded(stated, value) if stated else None


def is_plausible(stated: StatedDate, today: date | None = None) -> bool:
    """Tell whether something can have been published then."""
    start = stated.earliest or (stated.last if stated.last else None)
    if start is None:
        return False
    return start.year >= EARLIEST_YEAR and start <= (today or date.today()) + _FUTURE_GRACE


def _worded(stated: StatedDate, words: str) -> StatedDate:
    return stated.resolved(words, "calendar date", "", stated.resolution)


def _plain(parts: dict[str, str]) -> StatedDate | None:
    for n in "123457":
        if f"y{n}" in parts:
            month = parts[f"m{n}"]
            number = int(month) if month.isdigit() else _month_number(month)
            day = _day(int(parts[f"y{n}"]), number, int(parts[f"d{n}"]))
            return on_day(day) if day else None
    return None


def _slashed(parts: dict[str, str]) -> StatedDate | None:
    first, second, year = int(parts["a6"]), int(parts["b6"]), int(parts["y6"])
    days = sorted({day for day in (_day(year, second, first), _day(year, first, second)) if day})
    return between(days[0], days[-1]) if days else None


def _month_number(name: str) -> int:
    known = word_lists().months.get(name.casefold())
    if known:
        return known
    return next(n for n, full in enumerate(_MONTH_NAMES, 1) if full.startswith(name.lower()[:3]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
