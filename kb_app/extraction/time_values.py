"""TIMEX/EDTF values of calendar expressions: dates, months, years, weekdays, parts of day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from kb_app.core.findings import TimexType
from kb_app.extraction.time_anchors import (
    Anchors,
    month_of,
    shift_days,
    shift_months,
    week_of,
    weekday_near,
    year_for,
    year_of,
)
from kb_app.extraction.time_words import (
    PARTS_OF_DAY,
    month_number,
    weekday_number,
)

Match = re.Match[str]
DATE, TIME, DURATION, SET = TimexType.DATE, TimexType.TIME, TimexType.DURATION, TimexType.SET
CENTURY_TURN = 50  # two-digit years below it belong to the present century
STEPS = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1, "this": 0, "current": 0}


class Valued(NamedTuple):
    """A type and TIMEX value with what it was resolved against ("" for nothing)."""

    type: TimexType
    value: str
    anchor: str = ""
    is_relative: bool = False


def group(match: Match, name: str) -> str:
    """Return a named group in lower case with single blanks, "" where it took no part."""
    found = match.groupdict().get(name)
    return " ".join(found.lower().split()) if found else ""


def step_of(words: str) -> int:
    """Return -1, 0 or 1 for last, this, next."""
    return next((step for word, step in STEPS.items() if word in words.split()), 0)


def iso_date(match: Match, anchors: Anchors) -> Valued | None:
    """Read 2020-09-03 and 2020-09-03T10:30."""
    day = _real(int(match["year"]), int(match["month"]), int(match["day"]))
    if day is None:
        return None
    if match["h"]:
        return Valued(TIME, f"{day}T{match['h']}:{match['m']}")
    return Valued(DATE, str(day))


def day_range(match: Match, anchors: Anchors) -> Valued | None:
    """Read "May 15-24" and "3 to 5 June 2020"."""
    month = month_number(match["mon"])
    first, last = _figure(match["d1"]), _figure(match["d2"])
    year, anchor = _year(match, anchors, month, first)
    if first > last:
        return None
    if year is None:
        return Valued(DATE, f"XXXX-{month:02d}-{first:02d}")
    if _real(year, month, first) is None or _real(year, month, last) is None:
        return None
    return Valued(DATE, f"{date(year, month, first)}/{date(year, month, last)}", anchor)


def month_day(match: Match, anchors: Anchors) -> Valued | None:
    """Read "September 2", "Friday, 2 September 2020"."""
    month, day = month_number(match["mon"]), _figure(match["day"])
    year, anchor = _year(match, anchors, month, day)
    if year is None:
        return Valued(DATE, f"XXXX-{month:02d}-{day:02d}") if day <= 31 else None
    found = _real(year, month, day)
    return Valued(DATE, str(found), anchor) if found else None


def figures(match: Match, anchors: Anchors) -> Valued | None:
    """Read 7/8/07 month first and 8.7.2007 day first, unless a figure rules that out."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    if match["sep"] == "." and len(match["year"]) == 2:
        return None
    if year < 100:
        year += 2000 if year < CENTURY_TURN else 1900
    month, day = (b, a) if match["sep"] == "." or a > 12 else (a, b)
    found = _real(year, month, day)
    return Valued(DATE, str(found)) if found else None


def month_year(match: Match, anchors: Anchors) -> Valued | None:
    """Read "May 2008" and "January next year"."""
    month = month_number(match["mon"])
    year, anchor = _year(match, anchors, month, 15)
    return Valued(DATE, f"{year:04d}-{month:02d}" if year else f"XXXX-{month:02d}", anchor)


def month_alone(match: Match, anchors: Anchors) -> Valued | None:
    """Read "in October", "last September", "late May"."""
    month, reference = month_number(match["mon"]), anchors.reference
    if reference is None:
        return Valued(DATE, f"XXXX-{month:02d}", "", True)
    which = group(match, "mod")
    if "last" in which or "past" in which:
        year = reference.year - (month >= reference.month)
    elif "next" in which:
        year = reference.year + (month <= reference.month)
    else:
        year = year_for(reference, month, 15, anchors.is_future)
    return Valued(DATE, f"{year:04d}-{month:02d}", anchors.name(), True)


def year_range(match: Match, anchors: Anchors) -> Valued | None:
    """Read "2000-2050" and "2010-11"."""
    first, last = match["y1"], match["y2"]
    last = first[:2] + last if len(last) == 2 else last
    return Valued(DATE, f"{first}/{last}") if first < last else None


def year(match: Match, anchors: Anchors) -> Valued | None:
    """Read a year alone."""
    if match.string[max(0, match.start() - 2) : match.start()].strip().endswith(("$", "#", "/", ".")):
        return None
    return Valued(DATE, match["year"])


def decade(match: Match, anchors: Anchors) -> Valued | None:
    """Read "the 1990s", "the late 1980's" as intervals of years."""
    first = int(match.groupdict().get("dec") or 1900 + int(match["short"]))
    start, end = {"early": (0, 4), "mid": (4, 6), "late": (5, 9)}.get(group(match, "mod"), (0, 9))
    return Valued(DATE, f"{first + start}/{first + end}")


def century(match: Match, anchors: Anchors) -> Valued | None:
    """Read "the 19th century" as an interval of years."""
    first = (int(match["cent"]) - 1) * 100
    start, end = {"early": (0, 33), "mid": (33, 66), "late": (67, 99)}.get(group(match, "mod"), (0, 99))
    return Valued(DATE, f"{first + start:04d}/{first + end:04d}") if 0 <= first <= 2900 else None


def weekday(match: Match, anchors: Anchors) -> Valued | None:
    """Read "Friday", "last Friday", "the following Friday", "Friday evening"."""
    which, part = group(match, "mod"), PARTS_OF_DAY.get(group(match, "part"), "")
    anchor = anchors.day
    if ("following" in which or "previous" in which) and anchors.told:
        anchor = anchors.told + timedelta(days=1 if "following" in which else -1)
        found = weekday_near(anchor, weekday_number(match["wd"]), "following" in which)
        return _of_day(found, part, str(anchors.told))
    if anchor is None:
        if anchors.is_month_only:
            return Valued(DATE, anchors.name(), anchors.name(), True)
        ahead = anchors.is_future or "next" in which
        return Valued(TIME if part else DATE, "FUTURE_REF" if ahead else "PAST_REF", "", True)
    ahead = anchors.is_future and "last" not in which and "past" not in which
    if "next" in which or "coming" in which:
        anchor, ahead = anchor + timedelta(days=1), True
    elif "last" in which:
        anchor, ahead = anchor - timedelta(days=1), False
    return _of_day(weekday_near(anchor, weekday_number(match["wd"]), ahead), part, str(anchors.day))


def day_word(match: Match, anchors: Anchors) -> Valued | None:
    """Read today, yesterday, tomorrow, tonight, "yesterday afternoon"."""
    word = group(match, "word")
    part = PARTS_OF_DAY.get("tonight" if word == "tonight" else group(match, "part"), "")
    by = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    return _days_away(by, part, anchors)


def two_away(match: Match, anchors: Anchors) -> Valued | None:
    """Read "the day before yesterday" and "the day after tomorrow"."""
    return _days_away(-2 if "before" in group(match, "way") else 2, "", anchors)


def part_of_day(match: Match, anchors: Anchors) -> Valued | None:
    """Read "this morning" and "last night"."""
    found = _days_away(-1 if group(match, "which") == "last" else 0, PARTS_OF_DAY[group(match, "part")], anchors)
    return found._replace(type=TIME)


def calendar_unit(match: Match, anchors: Anchors) -> Valued | None:
    """Read "last week", "earlier this year", "next month", "this weekend"."""
    step, unit, reference = step_of(group(match, "which")), group(match, "unit"), anchors.reference
    anchor = anchors.name()
    if anchors.published is None or reference is None:
        return Valued(DATE, ("PAST_REF", "PRESENT_REF", "FUTURE_REF")[step + 1], "", True)
    if unit in ("decade", "century"):
        size = 10 if unit == "decade" else 100
        first = reference.year // size * size + step * size
        return Valued(DATE, f"{first}/{first + size - 1}", anchor, True)
    if unit == "year":
        return Valued(DATE, f"{reference.year + step:04d}", anchor, True)
    if unit == "month":
        return Valued(DATE, month_of(shift_months(reference, step)), anchor, True)
    if unit == "quarter":
        return Valued(DATE, quarter_of(shift_months(reference, 3 * step)), anchor, True)
    if anchors.day is None:
        return Valued(DATE, anchor, anchor, True)
    if unit == "weekend" and not step:
        return weekend(match, anchors)
    moved = shift_days(anchors.day, 7 * step)
    if moved is None:
        return None
    return Valued(DATE, _weekend(moved) if unit == "weekend" else week_of(moved), anchor, True)


def end_of_unit(match: Match, anchors: Anchors) -> Valued | None:
    """Read "the end of the month" as the month that is meant."""
    reference, unit = anchors.reference, group(match, "unit")
    if reference is None:
        return Valued(DATE, "FUTURE_REF" if anchors.is_future else "PAST_REF", "", True)
    values = {
        "year": year_of(reference),
        "month": month_of(reference),
        "week": week_of(reference),
        "day": str(reference),
    }
    first = reference.year // 10 * 10
    return Valued(DATE, values.get(unit, f"{first}/{first + 9}"), anchors.name(), True)


def later_in_unit(match: Match, anchors: Anchors) -> Valued | None:
    """Read "later in the day" against the last day told."""
    base = anchors.told or anchors.day
    if base is None:
        return Valued(DATE, "FUTURE_REF" if group(match, "mod") == "later" else "PAST_REF", "", True)
    unit = group(match, "unit")
    values = {"year": year_of(base), "month": month_of(base), "week": week_of(base), "day": str(base)}
    return Valued(DATE, values[unit], str(base), True)


def weekend(match: Match, anchors: Anchors) -> Valued | None:
    """Read "the weekend" as the last Saturday and Sunday, or the coming ones."""
    if anchors.day is None:
        return Valued(DATE, "PRESENT_REF", "", True)
    saturday = weekday_near(anchors.day, 5, anchors.is_future)
    return Valued(DATE, f"{saturday}/{saturday + timedelta(days=1)}", anchors.name(), True)


def narrative(match: Match, anchors: Anchors) -> Valued | None:
    """Read "the next day", "that month", "the year before" against the last day told."""
    unit = group(match, "u1") or group(match, "u2") or group(match, "u3")
    words = group(match, "step") or group(match, "step2")
    by = 0 if group(match, "that") else (1 if words in ("next", "following", "after") else -1)
    is_day = unit not in ("week", "weekend", "month", "year")
    base = anchors.told if is_day else anchors.told_roughly
    base = base or anchors.reference
    if base is None:
        return Valued(DATE, "PAST_REF", "", True)
    anchor = str(base)
    if unit in ("week", "weekend"):
        moved = shift_days(base, 7 * by)
        return (
            None if moved is None else Valued(DATE, week_of(moved) if unit == "week" else _weekend(moved), anchor, True)
        )
    if unit == "month":
        return Valued(DATE, month_of(shift_months(base, by)), anchor, True)
    if unit == "year":
        return Valued(DATE, f"{base.year + by:04d}", anchor, True)
    moved = shift_days(base, by)
    return None if moved is None else _of_day(moved, PARTS_OF_DAY.get(unit, ""), anchor)


def _days_away(by: int, part: str, anchors: Anchors) -> Valued:
    kind = TIME if part else DATE
    if anchors.day is not None:
        moved = shift_days(anchors.day, by)
        if moved is not None:
            return _of_day(moved, part, anchors.name())
    if anchors.published is not None and abs(by) <= 2:
        return Valued(kind, anchors.name(), anchors.name(), True)
    return Valued(kind, ("PAST_REF", "PRESENT_REF", "FUTURE_REF")[(by > 0) - (by < 0) + 1], "", True)


def _of_day(day: date, part: str, anchor: str) -> Valued:
    return Valued(TIME, f"{day}T{part}", anchor, True) if part else Valued(DATE, str(day), anchor, True)


def _weekend(day: date) -> str:
    saturday = day + timedelta(days=5 - day.weekday())
    return f"{saturday}/{saturday + timedelta(days=1)}"


def quarter_of(day: date) -> str:
    """Return the three months of a day's quarter."""
    first = (day.month - 1) // 3 * 3 + 1
    return f"{day.year}-{first:02d}/{day.year}-{first + 2:02d}"


def _figure(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def _real(year_number: int, month: int, day: int) -> date | None:
    try:
        return date(year_number, month, day)
    except ValueError:
        return None


def stated_year(match: Match, anchors: Anchors) -> tuple[int | None, str]:
    """Return the year that a match states or implies ("next year"), and the anchor it used."""
    if group(match, "year"):
        return int(match["year"]), ""
    if group(match, "rel") and anchors.reference is not None:
        return anchors.reference.year + step_of(group(match, "rel")), anchors.name()
    return None, ""


def _year(match: Match, anchors: Anchors, month: int, day: int) -> tuple[int | None, str]:
    found, anchor = stated_year(match, anchors)
    if found is not None:
        return found, anchor
    reference = anchors.reference
    if reference is None or not 1 < reference.year < 9998:
        return None, ""
    return year_for(reference, month, min(day, 28), anchors.is_future), anchors.name() or str(reference)
