"""Stated dates in the words of the interface, never more precise than they are known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QLocale

from kb_app.core.stated_date import Precision, StatedDate, parse_edtf

Translate = Callable[[str], str]
_OF_DAYS = (Precision.DAY, Precision.TIME, Precision.WEEK)
_SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}


def translate_dates(text: str) -> str:
    """Translate a wording of this module."""
    return QCoreApplication.translate("dates", text)


def day_words(day: date, *, with_year: bool = True) -> str:
    """Return "3 Sep 2020", or "3 Sep" without the year."""
    words = f"{day.day} {month_words(day.month)}"
    return f"{words} {day.year}" if with_year else words


def moment_words(at: datetime) -> str:
    """Return "3 Sep 2020, 14:05" in this computer's time zone."""
    here = at.astimezone()
    return f"{day_words(here.date())}, {here:%H:%M}"


def month_words(number: int) -> str:
    """Return the short name of a month, in English always of three letters."""
    locale = QLocale()
    words = locale.monthName(number, QLocale.FormatType.ShortFormat)
    # British English has "Sept" for this one month alone
    return words[:3] if locale.language() is QLocale.Language.English else words


def span_words(first: date, last: date) -> str:
    """Return "9 Aug – 3 Sep 2020" with what the two days share said once."""
    if first == last:
        return day_words(first)
    if first.year != last.year:
        return f"{day_words(first)} – {day_words(last)}"
    if first.month != last.month:
        return f"{day_words(first, with_year=False)} – {day_words(last)}"
    return f"{first.day}–{day_words(last)}"


def date_words(stated: StatedDate | None, translate: Translate = translate_dates) -> str:
    """Return a stated date in words, "no date" where there is none."""
    if stated is None:
        return translate("no date")
    if stated.earliest is None and stated.ruled_out is None:
        return stated.words or translate("no date")  # a day without its year
    words = _words(stated, translate)
    return translate("about %s").replace("%s", words) if stated.approximate else words


def _words(stated: StatedDate, translate: Translate) -> str:
    first, last = stated.earliest, stated.last
    if first is None and last is not None:
        return translate("until %s").replace("%s", _end_words(stated, 1, translate) or day_words(last))
    if first is not None and last is None:
        return translate("from %s").replace("%s", _end_words(stated, 0, translate) or day_words(first))
    if first is None or last is None:
        return translate("no date")
    return _bounded_words(stated, (first, last), translate)


def _bounded_words(stated: StatedDate, bounds: tuple[date, date], translate: Translate) -> str:
    first, last = bounds
    if stated.is_single_day:
        return day_words(first)
    if stated.precision is Precision.MONTH:
        return f"{month_words(first.month)} {first.year}"
    if stated.precision is Precision.YEAR:
        return str(first.year)
    if stated.precision is Precision.SEASON and first.month in _SEASONS:
        return f"{translate(_SEASONS[first.month])} {first.year}"
    if stated.precision is Precision.QUARTER:
        return f"Q{(first.month + 2) // 3} {first.year}"
    if stated.precision is Precision.DECADE:
        return translate("%ss").replace("%s", str(first.year))
    if stated.precision is Precision.CENTURY:
        return f"{first.year}–{last.year}"
    ends = [_end_words(stated, at, translate) for at in (0, 1)]
    return f"{ends[0]} – {ends[1]}" if all(ends) else span_words(first, last)


def _end_words(stated: StatedDate, at: int, translate: Translate) -> str:
    """Return the words of one end of an interval that is known no finer than a month, else ""."""
    parts = stated.edtf.split("/")
    end = parse_edtf(parts[at]) if len(parts) == 2 else None
    if end is None or end.earliest is None or end.last is None or end.precision in _OF_DAYS:
        return ""
    return _bounded_words(end, (end.earliest, end.last), translate)
