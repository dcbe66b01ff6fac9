"""Answers the search box: names, events and the full text of articles."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import peewee
from peewee import SqliteDatabase

from kb_app.core.entity import EntityType
from kb_app.core.names import normalised
from kb_app.core.search import HitKind, SearchHit, SearchResults
from kb_app.storage.failures import is_interrupt
from kb_app.storage.full_text import match_expression
from kb_app.storage.grading import grade_of
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.listing import best_roles
from kb_app.storage.snippets import cut_snippet, light_up, marked_spans

SECONDS = 1.0
# ranking reads every match: beyond this many the newest come first instead
RANKED_AT_MOST = 20_000
_STEPS_BETWEEN_LOOKS = 10_000  # of SQLite's machine, some ten microseconds
_SHORTEST_BEGINNING = 2  # letters: nearly every text holds a word that begins with any one
_READ_AT_MOST = 300_000  # characters of an article in which the words are marked
_TITLE_WEIGHT, _TEXT_WEIGHT = 5.0, 1.0

_NAMES = """
SELECT coalesce(e.canonical_id, e.id) AS who, e.type, max(e.mention_count), max(n.normalised = ?), min(n.text)
FROM name_search s JOIN entity_name n ON n.id = s.rowid JOIN entity e ON e.id = n.entity_id
WHERE name_search MATCH ? AND e.named AND e.status <> 'rejected'
GROUP BY who ORDER BY 4 DESC, 3 DESC, who
"""
_EVENTS = """
SELECT event_search.rowid FROM event_search JOIN event e ON e.id = event_search.rowid
WHERE event_search MATCH ? AND e.status <> 'rejected' ORDER BY {order} LIMIT ?
"""
_EVENTS_SHOWN = """
SELECT e.id, e.title, '', d.edtf, e.title FROM event e LEFT JOIN stated_date d ON d.id = e.date_id
WHERE e.id IN ({numbers})
"""
_ARTICLES = "SELECT rowid FROM text_search WHERE text_search MATCH ? ORDER BY {order} LIMIT ?"
_ARTICLES_SHOWN = f"""
SELECT a.id, a.title, a.publisher, d.edtf, g.reliability, a.credibility, substr(x.text, 1, {_READ_AT_MOST})
FROM article a JOIN text x ON x.id = a.id LEFT JOIN stated_date d ON d.id = a.published_id
LEFT JOIN publisher_grade g ON g.publisher_key = a.publisher_key
WHERE a.id IN ({{numbers}})
"""
_COUNT = "SELECT COUNT(*) FROM {index} WHERE {index} MATCH ?"


@dataclass(slots=True)
class Answer:
    """What was found so far."""

    hits: list[SearchHit] = field(default_factory=list)
    totals: dict[HitKind, int] = field(default_factory=dict)


def search(kb: KnowledgeBase, query: str, limit: int = 50) -> SearchResults:
    """Return up to `limit` answers of each kind, best first, within a second: what is found by then counts.

    The last word may be unfinished. Articles come by relevance; those of a word that nearly all hold, newest first.
    """
    began = time.perf_counter()
    answer = Answer()
    expression = match_expression(query)
    in_texts = match_expression(query, shortest=_SHORTEST_BEGINNING)
    if expression:
        with _time_limit(kb.database, SECONDS):
            for look in (_find_names, _find_events, _find_articles):
                wanted = Looking(kb.database, query, expression if look is _find_names else in_texts, limit)
                if not _within_time(look, wanted, answer):
                    break
    took = (time.perf_counter() - began) * 1000
    return SearchResults(query, tuple(answer.hits), tuple(answer.totals.items()), took)


@dataclass(frozen=True, slots=True)
class Looking:
    """What is looked for, where, and how many answers are wanted."""

    database: SqliteDatabase
    typed: str
    expression: str
    limit: int


def _within_time(look: Callable[[Looking, Answer], None], wanted: Looking, answer: Answer) -> bool:
    try:
        look(wanted, answer)
    except (sqlite3.OperationalError, peewee.OperationalError) as error:
        if not is_interrupt(error):
            raise
        return False
    return True


@contextmanager
def _time_limit(database: SqliteDatabase, seconds: float) -> Iterator[None]:
    connection = database.connection()
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: int(time.monotonic() > end), _STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def _find_names(wanted: Looking, answer: Answer) -> None:
    rows = _rows(wanted, _NAMES, (normalised(wanted.typed), wanted.expression))
    shown: dict[str, list[Any]] = {}
    for row in rows:
        shown.setdefault(row[1], []).append(row)
    for type_ in (EntityType.PERSON, EntityType.INSTITUTION, EntityType.PLACE):
        found = shown.get(str(type_), [])
        if found:
            answer.totals[HitKind(str(type_))] = len(found)
            answer.hits += _name_hits(wanted.database, HitKind(str(type_)), found[: wanted.limit])


def _name_hits(database: SqliteDatabase, kind: HitKind, rows: list[Any]) -> Iterator[SearchHit]:
    numbers = [row[0] for row in rows]
    marks = ", ".join("?" * len(numbers))
    names = dict(database.execute_sql(f"SELECT id, name FROM entity WHERE id IN ({marks})", numbers).fetchall())
    roles = best_roles(database, numbers) if kind is HitKind.PERSON else {}
    for number, _, _, _, spelling in rows:
        subtitle = ", ".join(part for part in roles.get(number, ()) if part)
        # found by another spelling than the one shown: say which
        other = spelling if spelling != names[number] else ""
        yield SearchHit(kind, number, names[number], subtitle, other)


def _find_events(wanted: Looking, answer: Answer) -> None:
    total = _total(wanted, "event_search")
    order = "rank" if total <= RANKED_AT_MOST else "event_search.rowid DESC"
    best = [row[0] for row in _rows(wanted, _EVENTS.format(order=order), (wanted.expression, wanted.limit))]
    if best:
        answer.totals[HitKind.EVENT] = total
        for number, title, _, date, lit in _shown(wanted, _EVENTS_SHOWN, best):
            answer.hits.append(SearchHit(HitKind.EVENT, number, title, date or "", title, marked_spans(lit)))


def _find_articles(wanted: Looking, answer: Answer) -> None:
    total = _total(wanted, "text_search")
    if not total:
        return
    answer.totals[HitKind.ARTICLE] = total
    by_rank = f"bm25(text_search, {_TITLE_WEIGHT}, {_TEXT_WEIGHT}), rowid DESC"
    sql = _ARTICLES.format(order=by_rank if total <= RANKED_AT_MOST else "rowid DESC")
    best = [row[0] for row in _rows(wanted, sql, (wanted.expression, wanted.limit))]
    for number, title, publisher, date, *grade, lit in _shown(wanted, _ARTICLES_SHOWN, best):
        snippet = cut_snippet(lit)
        subtitle = " · ".join(part for part in (publisher, date) if part)
        found = (snippet.text, snippet.marked, snippet.place, grade_of(*grade))
        answer.hits.append(SearchHit(HitKind.ARTICLE, number, title, subtitle, *found))


def _shown(wanted: Looking, sql: str, best: list[int]) -> list[Any]:
    """Return the rows in the given order, the found words in the last column marked."""
    numbers = ", ".join(str(number) for number in best)
    rows = {row[0]: row for row in _rows(wanted, sql.format(numbers=numbers), ())}
    lit = light_up(wanted.expression, {number: row[-1] for number, row in rows.items()})
    return [(*rows[number][:-1], lit[number]) for number in best if number in rows]


def _total(wanted: Looking, index: str) -> int:
    return int(_rows(wanted, _COUNT.format(index=index), (wanted.expression,))[0][0])


def _rows(wanted: Looking, sql: str, values: tuple[Any, ...]) -> list[Any]:
    return list(wanted.database.execute_sql(sql, values).fetchall())
