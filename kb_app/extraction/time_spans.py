"""TIMEX values of spans of time: durations, ages, sets, distances ("two weeks ago") and vague references."""

from __future__ import annotations

import re

from kb_app.extraction.time_anchors import Anchors, month_of, shift_days, shift_months, year_of
from kb_app.extraction.time_values import DATE, DURATION, SET, TIME, Match, Valued, group
from kb_app.extraction.time_words import CLOCK_UNITS, UNITS, number_value, unit_name

LIKELY_YEARS = range(1500, 2100)  # "the 2018 day" is a year and a day, not so many days
_RANGE = re.compile(r"\s*(?:-|–|--|\bto\b|\bor\b)\s*")


def ago(match: Match, anchors: Anchors) -> Valued | None:
    """Read "two weeks ago", "almost two years ago": a day, month or year as fine as the unit."""
    count, unit = number_value(group(match, "n")), unit_name(match["unit"])
    if count is None:
        return Valued(DATE, "PAST_REF", "", True)
    return _moved(-count, unit, anchors, told=False)


def later(match: Match, anchors: Anchors) -> Valued | None:
    """Read "three days later", "two years before" against the last day told."""
    words, way = group(match, "n"), group(match, "way")
    count = number_value(words)
    if not group(match, "unit"):
        if words not in ("years", "months", "weeks", "days"):
            return None
        return Valued(DATE, "PAST_REF", "", True)
    unit = unit_name(match["unit"])
    if count is None:
        return Valued(DATE, "PAST_REF", "", True)
    if unit in CLOCK_UNITS:
        return Valued(DURATION, _length(count, unit))
    return _moved(count if way in ("later", "afterward", "afterwards") else -count, unit, anchors, told=True)


def age(match: Match, anchors: Anchors) -> Valued | None:
    """Read "19-year-old" and "aged 55" as durations."""
    groups = match.groupdict()
    count = number_value(groups.get("n") or groups.get("n2") or groups.get("n3") or "")
    if count is None:
        return None
    return Valued(DURATION, _length(count, unit_name(groups.get("unit") or "year")))


def duration(match: Match, anchors: Anchors) -> Valued | None:
    """Read "six months", "the next two weeks", "several years", "two and a half years", "30-40 days"."""
    words, unit = group(match, "n"), unit_name(match["unit"])
    half = words.endswith("and a half")
    parts = _RANGE.split(words.removesuffix("and a half").strip())
    count = number_value(parts[-1])
    if words in ("a", "an", "another") and unit == "second":
        return None
    if count is not None and count in LIKELY_YEARS and "," not in words:
        return None
    if count is None:
        code = "T" + UNITS[unit] if unit in CLOCK_UNITS else UNITS[unit]
        return Valued(DURATION, f"PT{'X'}{UNITS[unit]}" if code.startswith("T") else f"PX{code}")
    return Valued(DURATION, _length(count + 0.5 if half else count, unit))


def unnumbered(match: Match, anchors: Anchors) -> Valued | None:
    """Read "the past decade" as ten years and "the last years" as some."""
    unit = unit_name(match["unit"])
    which = group(match, "which")
    if match["unit"].lower() == unit:
        if (
            which in ("last", "past")
            and unit not in ("decade", "century")
            and not match.group().lower().startswith("the")
        ):
            return None
        if which == "following":
            return None
        return Valued(DURATION, _length(1, unit))
    if which == "recent":
        return Valued(DATE, "PAST_REF", "", True)
    return Valued(DURATION, f"PTX{UNITS[unit]}" if unit in CLOCK_UNITS else f"PX{UNITS[unit]}")


def bare_units(match: Match, anchors: Anchors) -> Valued | None:
    """Read "years", "hours" as spans of unknown length."""
    unit = unit_name(match["unit"])
    return Valued(DURATION, f"PTX{UNITS[unit]}" if unit in CLOCK_UNITS else f"PX{UNITS[unit]}")


def some_time(match: Match, anchors: Anchors) -> Valued | None:
    """Read "a while" as a span of unknown length."""
    return Valued(DURATION, "PX")


def every(match: Match, anchors: Anchors) -> Valued | None:
    """Read "every day", "twice a week", "each year"."""
    unit = group(match, "unit")
    if unit in ("night", "morning", "evening"):
        return Valued(SET, "P1D")
    if unit == "weekend":
        return Valued(SET, "P1W")
    if unit == "quarter":
        return Valued(SET, "P3M")
    count = number_value(group(match, "n") or "1") or 1
    if " other " in " " + match.group().lower() + " ":
        count = 2
    return Valued(SET, _length(count, unit_name(unit)))


def weekly(match: Match, anchors: Anchors) -> Valued | None:
    """Read "Mondays" and "every Monday"."""
    return Valued(SET, "P1W")


def adverb(match: Match, anchors: Anchors) -> Valued | None:
    """Read daily, weekly, annual."""
    word = group(match, "adverb")
    lengths = {
        "dai": "P1D",
        "nig": "P1D",
        "wee": "P1W",
        "mon": "P1M",
        "qua": "P3M",
        "yea": "P1Y",
        "ann": "P1Y",
        "hou": "PT1H",
    }
    return Valued(SET, lengths.get(word[:3], "P2Y" if "annual" in word else "P2W"))


def past_ref(match: Match, anchors: Anchors) -> Valued | None:
    """Read "recently", "not long ago"."""
    return Valued(DATE, "PAST_REF")


def present_ref(match: Match, anchors: Anchors) -> Valued | None:
    """Read "now", "currently"."""
    return Valued(DATE, "PRESENT_REF")


def future_ref(match: Match, anchors: Anchors) -> Valued | None:
    """Read "soon", "the near future"."""
    return Valued(DATE, "FUTURE_REF")


def _length(count: float, unit: str) -> str:
    scale = {"decade": 10, "century": 100, "fortnight": 2}.get(unit, 1)
    amount = f"{count * scale:g}" if count * scale < 1e6 else str(int(count * scale))
    return f"P{'T' if unit in CLOCK_UNITS else ''}{amount}{UNITS[unit]}"


def _moved(count: float, unit: str, anchors: Anchors, told: bool) -> Valued | None:
    exact = unit in CLOCK_UNITS or unit in ("day", "week", "fortnight")
    before = anchors.told if exact else anchors.told_roughly
    base = (before if told else None) or anchors.day or anchors.reference
    if base is None or unit in ("century", "centurie") or abs(count) > 9000:
        return Valued(DATE, "PAST_REF" if count < 0 or told else "FUTURE_REF", "", True)
    anchor = str(base)
    if unit in CLOCK_UNITS:
        hours = count * {"hour": 1, "minute": 1 / 60, "second": 1 / 3600}[unit]
        moved = shift_days(base, round(hours / 24))
        return Valued(TIME if abs(hours) < 24 else DATE, str(moved), anchor, True)
    if unit in ("day", "week", "fortnight"):
        moved = shift_days(base, round(count * {"day": 1, "week": 7, "fortnight": 14}[unit]))
        return Valued(DATE, str(moved), anchor, True) if moved else None
    if unit == "month":
        return Valued(DATE, month_of(shift_months(base, round(count))), anchor, True)
    years = count * (10 if unit == "decade" else 1)
    target = shift_months(base, round(years * 12)) if abs(years) < base.year - 1 else None
    return Valued(DATE, year_of(target), anchor, True) if target else Valued(DATE, "PAST_REF", "", True)
