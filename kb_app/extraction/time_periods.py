"""TIMEX/EDTF values of seasons, quarters, half-years and clock times."""

from __future__ import annotations

from kb_app.extraction.time_anchors import Anchors
from kb_app.extraction.time_values import DATE, TIME, Match, Valued, group, stated_year
from kb_app.extraction.time_words import ORDINALS, SEASON_NUMBERS

DAYS_NEAR = 3  # a clock time belongs to the last day told only if that lies so near to publication


def season(match: Match, anchors: Anchors) -> Valued | None:
    """Read "the summer of 2012", "last summer", "in spring"."""
    number = SEASON_NUMBERS[group(match, "season")]
    explicit, reference = group(match, "year"), anchors.reference
    if explicit:
        return Valued(DATE, f"{explicit}-{number}")
    if reference is None or anchors.published is None:
        return Valued(DATE, f"XXXX-{number}" if not group(match, "which") else "PAST_REF", "", True)
    start = {21: 3, 22: 6, 23: 9, 24: 12}[number]
    which = group(match, "which")
    year_found = reference.year
    if "last" in which or "previous" in which or "past" in which:
        year_found -= reference.month <= start + 2
    elif "next" in which or "following" in which or (anchors.is_future and reference.month > start + 2):
        year_found += reference.month >= start
    elif not anchors.is_future and reference.month < start and "this" not in which:
        year_found -= 1
    return Valued(DATE, f"{year_found:04d}-{number}", anchors.name(), True)


def quarter(match: Match, anchors: Anchors) -> Valued | None:
    """Read "the first quarter of 2007", "Q3 2014" as months."""
    number = int(match["q"]) if match["q"] else ORDINALS.get(group(match, "ord"), 0) or int(match["ord"][0])
    found, anchor = stated_year(match, anchors)
    if found is None and anchors.reference is not None:
        now = anchors.reference
        found, anchor = now.year - (number * 3 - 2 > now.month), anchors.name()
    if found is None:
        return Valued(DATE, "PAST_REF")
    return Valued(DATE, f"{found}-{number * 3 - 2:02d}/{found}-{number * 3:02d}", anchor, bool(anchor))


def half_year(match: Match, anchors: Anchors) -> Valued | None:
    """Read "the first half of 2007" as months."""
    found, anchor = stated_year(match, anchors)
    if found is None and anchors.reference is not None:
        found, anchor = anchors.reference.year, anchors.name()
    if found is None:
        return None
    months = ("01", "06") if group(match, "ord") == "first" else ("07", "12")
    return Valued(DATE, f"{found}-{months[0]}/{found}-{months[1]}", anchor, bool(anchor))


def clock(match: Match, anchors: Anchors) -> Valued | None:
    """Read "9:45 a.m. local time", "18:00 UTC", "noon" on the last day told or the day of publication."""
    groups = match.groupdict()
    if groups.get("word"):
        hour, minute = (12, 0) if groups["word"].lower() == "noon" else (0, 0)
    else:
        hour, minute = int(groups["h"]), int(groups.get("m") or 0)
    half = (groups.get("ap") or "").lower()[:1]
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    if hour > 23 or (half and int(groups.get("h") or 0) > 12):
        return None
    told, day = anchors.told, anchors.day
    is_recent = told is not None and (day is None or abs((told - day).days) <= DAYS_NEAR)
    base = told if is_recent else day
    return Valued(TIME, f"{base or 'XXXX-XX-XX'}T{hour:02d}:{minute:02d}", str(base or ""), True)
