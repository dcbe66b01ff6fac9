"""Dates as a person enters them: EDTF or plain wording, never more precise than what was written."""

from __future__ import annotations

import re
from dataclasses import replace

from kb_app.core.stated_date import Resolution, StatedDate, parse_edtf

ENTERED = "entered by hand"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_ABOUT = re.compile(r"^(?:about|around|circa|ca?\.?)\s+(?=\S*\d|[a-z]{3})", re.IGNORECASE)
_NAME = r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
_NAME += r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})"
_FORMS = tuple(
    re.compile(rf"^{form}$", re.IGNORECASE)
    for form in (
        rf"{_DAY}\.?\s+(?:of\s+)?{_NAME},?\s+{_YEAR}",
        rf"{_NAME}\s+{_DAY},?\s+{_YEAR}",
        rf"{_NAME},?\s+{_YEAR}",
        rf"(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?{_YEAR}",
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})",
        rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
        rf"(?P<month>\d{{1,2}})/{_YEAR}",
        rf"(?P<first>\d{{1,2}})[-/](?P<second>\d{{1,2}})[-/]{_YEAR}",
    )
)
# EDTF would take an unfinished year for a century or a decade
_SHORT_NUMBER = re.compile(r"(?:^|/)\d{1,3}(?:/|$)")


def entered_date(words: str) -> StatedDate | None:
    """Read a date as a person enters it; None where it is none, or can be read in two ways (03/04/2020)."""
    text = " ".join(words.split())
    bare = _ABOUT.sub("", text)
    stated = (None if _SHORT_NUMBER.search(bare) else parse_edtf(bare)) or parse_edtf(_plain(bare))
    if stated is None:
        return None
    if bare != text and not stated.approximate:
        stated = replace(stated, edtf=f"{stated.edtf}~", approximate=True)
    return stated.resolved(text, ENTERED, "", Resolution.EXPLICIT)


def _plain(text: str) -> str:
    found = next((match for form in _FORMS if (match := form.match(text))), None)
    if found is None:
        return ""
    parts = found.groupdict()
    if "first" in parts:
        return _slashed(int(parts["first"]), int(parts["second"]), parts["year"])
    if "season" in parts:
        return f"{parts['year']}-{_SEASONS[parts['season'].lower()]}"
    month = _MONTHS.index(parts["name"][:3].lower()) + 1 if "name" in parts else int(parts["month"])
    day = f"-{int(parts['day']):02}" if "day" in parts else ""
    return f"{parts['year']}-{month:02}{day}"


def _slashed(first: int, second: int, year: str) -> str:
    """Return the day where only one of the two numbers can be the month."""
    if first == second or (first <= 12) is not (second <= 12):
        day, month = max(first, second), min(first, second)
        return f"{year}-{month:02}-{day:02}"
    return ""
