"""What relative time expressions are resolved against: publication, and dates told before."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from kb_app.core.stated_date import Precision, StatedDate

_FUTURE = re.compile(
    r"\b(?:will|'ll|’ll|shall|going to|plans?|planned|planning|expected|expects?|scheduled|set to|due|is to|are to"
    r"|to be|intends?|upcoming|hopes? to|begins|starts|until|would)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"(?<!be )(?<!been )\b(?:was|were|had|did|said|told|announced|held|met|took|began|came|went|made"
    r"|killed|has|have|\w{3,}ed)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Anchors:
    """The publication date, the last day told before the expression, and the clause's tense."""

    published: StatedDate | None
    told_date: StatedDate | None
    is_future: bool

    @property
    def told(self) -> date | None:
        """Return the last day told."""
        if self.told_date is None or not self.told_date.is_single_day:
            return None
        return self.told_date.earliest

    @property
    def told_roughly(self) -> date | None:
        """Return the beginning of the last date told, however coarse."""
        return self.told_date.earliest if self.told_date else None

    @property
    def day(self) -> date | None:
        """Return the day of publication where it is known to the day."""
        if self.published is None or not self.published.is_single_day:
            return None
        return self.published.earliest

    @property
    def reference(self) -> date | None:
        """Return a day that dates without a year are near to."""
        if self.published is not None and self.published.earliest is not None:
            return self.published.earliest
        return self.told_roughly

    @property
    def is_month_only(self) -> bool:
        """Tell whether publication is known to the month."""
        return self.published is not None and self.published.precision is Precision.MONTH

    def name(self) -> str:
        """Return the publication date as EDTF, or ""."""
        return self.published.edtf if self.published else ""


def looks_ahead(clause_before: str, clause_after: str) -> bool:
    """Tell whether the words around an expression speak of the future."""
    ahead = max((m.start() for m in _FUTURE.finditer(clause_before)), default=-1)
    past = max((m.start() for m in _PAST.finditer(clause_before)), default=-1)
    if ahead < 0 and past < 0:
        first_ahead, first_past = _FUTURE.search(clause_after), _PAST.search(clause_after)
        return bool(first_ahead and (not first_past or first_ahead.start() < first_past.start()))
    return ahead >= past


def shift_months(day: date, months: int) -> date:
    """Return the same day so many months on, the month's last day where it has no such day."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = max(1, min(9999, whole // 12)), whole % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def shift_days(day: date, days: int) -> date | None:
    """Return the day so many days on, None outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def week_of(day: date) -> str:
    """Return the ISO week of a day, "2020-W35"."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def month_of(day: date) -> str:
    """Return "2020-08"."""
    return f"{day.year:04d}-{day.month:02d}"


def year_of(day: date) -> str:
    """Return "2020"."""
    return f"{day.year:04d}"


def weekday_near(anchor: date, weekday: int, ahead: bool) -> date:
    """Return the weekday on or before the anchor, or on or after it."""
    if ahead:
        return anchor + timedelta(days=(weekday - anchor.weekday()) % 7)
    return anchor - timedelta(days=(anchor.weekday() - weekday) % 7)


def year_for(anchor: date, month: int, day: int, ahead: bool) -> int:
    """Return the year in which a month (and day) lies nearest to the anchor, forward where the clause looks ahead."""
    best, best_distance = anchor.year, 10**9
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        candidate = date(year, month, min(day, monthrange(year, month)[1]))
        gap = (candidate - anchor).days
        against = gap < -14 if ahead else gap > 14
        distance = abs(gap) + (200 if against else 0)
        if distance < best_distance:
            best, best_distance = year, distance
    return best
