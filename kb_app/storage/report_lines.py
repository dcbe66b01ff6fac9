"""Which article stands for its report where a list has one line a report, and how many articles tell it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from peewee import Case, SqliteDatabase, fn

from kb_app.storage.batches import in_batches
from kb_app.storage.tables import Article

_NO_DAY = 10_000_000  # behind every day there is


def is_first(table: Any, other: Any, among: Any) -> Any:
    """Return the condition that no other article of the report comes before one, among those of a condition.

    The earliest comes first, of those of one day what is no other's reprint, of those the fullest; those without a
    date come last.
    """
    day, other_day = fn.COALESCE(table.published_day, _NO_DAY), fn.COALESCE(other.published_day, _NO_DAY)
    longer = (other.characters > table.characters) | ((other.characters == table.characters) & (other.id < table.id))
    same = is_reprinted(other) == is_reprinted(table)
    before = (other_day < day) | ((other_day == day) & ((is_reprinted(other) < is_reprinted(table)) | (same & longer)))
    return ~fn.EXISTS(other.select(other.id).where((other.origin == table.origin) & before & among))


def is_reprinted(table: Any) -> Any:
    """Return the expression, 0 or 1, for an article that stands on another's site."""
    return Case(None, (((table.host != "") & (table.host != table.publisher), 1),), 0)


def copies_of(database: SqliteDatabase, origins: Iterable[int]) -> dict[int, int]:
    """Return how many articles tell each report."""
    found: dict[int, int] = {}
    for some in in_batches(origins):
        query = Article.select(Article.origin, fn.COUNT(Article.id)).where(Article.origin.in_(some))
        found.update(query.group_by(Article.origin).tuples().execute(database))
    return found


def first_of_each(database: SqliteDatabase, origins: Iterable[int]) -> dict[int, int]:
    """Return the article that stands for each report."""
    other = Article.alias()
    found: dict[int, int] = {}
    for some in in_batches(origins):
        query = Article.select(Article.origin, Article.id)
        first = query.where(Article.origin.in_(some) & is_first(Article, other, other.id > 0))
        found.update(first.tuples().execute(database))
    return found
