"""Which article stands for its report where a list has one line a report, and how many articles tell it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from peewee import Case, SqliteDatabase, fn

from kb_app.storage.batches import in_batches
from kb_app.storage.tables import Article

_NO_DAY = 10_000_000  # behind every day there is


def later_ones(among: Any) -> Any:
    """Return the query for the articles that another of their report comes before, among those of a condition.

    The earliest comes first, of those of one day what is no other's reprint, of those the fullest; those without a
    date come last.
    """
    # most reports are told once: only the others need an order
    several = Article.select(Article.origin).group_by(Article.origin).having(fn.COUNT(Article.id) > 1)
    ranked = _ranked().where(Article.origin.in_(several) & among)
    return ranked.select_from(ranked.c.number).where(ranked.c.place > 1)


def copies_of(database: SqliteDatabase, origins: Iterable[int]) -> dict[int, int]:
    """Return how many articles tell each report."""
    found: dict[int, int] = {}
    for some in in_batches(origins):
        query = Article.select(Article.origin, fn.COUNT(Article.id)).where(Article.origin.in_(some))
        found.update(query.group_by(Article.origin).tuples().execute(database))
    return found


def first_of_each(database: SqliteDatabase, origins: Iterable[int]) -> dict[int, int]:
    """Return the article that stands for each report."""
    found: dict[int, int] = {}
    for some in in_batches(origins):
        ranked = _ranked().where(Article.origin.in_(some))
        first = ranked.select_from(ranked.c.origin, ranked.c.number).where(ranked.c.place == 1)
        found.update(first.tuples().execute(database))
    return found


def _ranked() -> Any:
    reprinted = Case(None, (((Article.host != "") & (Article.host != Article.publisher), 1),), 0)
    day = fn.COALESCE(Article.published_day, _NO_DAY)
    order = [day, reprinted, Article.characters.desc(), Article.id]
    place = fn.ROW_NUMBER().over(partition_by=[Article.origin], order_by=order)
    return Article.select(Article.id.alias("number"), Article.origin.alias("origin"), place.alias("place"))
