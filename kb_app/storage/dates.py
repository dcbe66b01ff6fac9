"""Stated dates as rows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from peewee import SqliteDatabase

from kb_app.core.stated_date import Precision, Resolution
from kb_app.core.stated_date import StatedDate as Stated
from kb_app.core.timeline import OPEN_END, OPEN_START
from kb_app.storage.batches import in_batches
from kb_app.storage.journal import Journal
from kb_app.storage.tables import StatedDate


def add_date(journal: Journal, stated: Stated | None) -> int | None:
    """Queue a date's row and return its id."""
    if stated is None:
        return None
    return journal.add(
        StatedDate,
        edtf=stated.edtf,
        precision=str(stated.precision),
        earliest=stated.earliest.toordinal() if stated.earliest else None,
        ruled_out=stated.ruled_out.toordinal() if stated.ruled_out else None,
        approximate=int(stated.approximate),
        words=stated.words,
        rule=stated.rule,
        anchor=stated.anchor,
        resolution=str(stated.resolution),
    )


def span_of_days(stated: Stated | None) -> tuple[int | None, int | None]:
    """Return first day and first day after as ordinals, OPEN_START and OPEN_END where open, None without a date."""
    if stated is None or (stated.earliest is None and stated.ruled_out is None):
        return None, None  # also a day without its year
    first = stated.earliest.toordinal() if stated.earliest else OPEN_START
    return first, stated.ruled_out.toordinal() if stated.ruled_out else OPEN_END


def first_day(stated: Stated | None) -> int | None:
    """Return the ordinal by which a published date sorts, None where it has no beginning."""
    return stated.earliest.toordinal() if stated and stated.earliest else None


def dates(database: SqliteDatabase, numbers: Collection[int | None]) -> dict[int, Stated]:
    """Return the dates with these ids."""
    found: dict[int, Stated] = {}
    fields = StatedDate._meta.sorted_fields
    for some in in_batches(n for n in numbers if n is not None):
        query = StatedDate.select(*fields).where(StatedDate.id.in_(some)).tuples()
        for number, edtf, precision, earliest, ruled_out, *rest in query.execute(database):
            approximate, words, rule, anchor, resolution = rest
            found[number] = Stated(
                edtf=edtf,
                precision=Precision(precision),
                earliest=day(earliest),
                ruled_out=day(ruled_out),
                approximate=bool(approximate),
                words=words,
                rule=rule,
                anchor=anchor,
                resolution=Resolution(resolution),
            )
    return found


def day(ordinal: int | None) -> date | None:
    """Return the day of an ordinal, None where it is open."""
    return date.fromordinal(ordinal) if ordinal is not None else None
