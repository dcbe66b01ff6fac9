"""The pages of the lists: people, institutions, places, articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from peewee import JOIN, SQL, SqliteDatabase, fn

from kb_app.core.entity import Category, EntityType
from kb_app.core.ids import ArticleId, EntityId
from kb_app.core.judgement import Status
from kb_app.core.listing import (
    ArticleFilter,
    ArticleQuery,
    ArticleRow,
    ArticleSort,
    EntityQuery,
    EntityRow,
    EntitySort,
    Totals,
)
from kb_app.core.names import normalised
from kb_app.storage import tables
from kb_app.storage.article_details import unpack_words
from kb_app.storage.batches import in_batches
from kb_app.storage.dates import dates
from kb_app.storage.full_text import match_expression
from kb_app.storage.grading import grade_columns, grade_of, grade_order, graded, has_reliability
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.report_lines import copies_of, first_of_each, later_ones

_REJECTED, _SUGGESTED = str(Status.REJECTED), str(Status.SUGGESTED)


def entities(kb: KnowledgeBase, query: EntityQuery, offset: int, limit: int) -> tuple[EntityRow, ...]:
    """Return a page of the list of people, institutions or places."""
    table = tables.Entity
    fields = (table.id, table.type, table.name, table.category, table.country, table.status)
    rows = (
        table.select(*fields, table.mention_count, table.article_count)
        .where(_entity_filter(query))
        .order_by(*_entity_order(query.sort))
        .offset(offset)
        .limit(limit)
    )
    page = list(rows.tuples().execute(kb.database))
    roles = best_roles(kb.database, [row[0] for row in page])
    return tuple(
        EntityRow(
            id=EntityId(number),
            type=EntityType(type_),
            name=name,
            subtitle_title=roles.get(number, ("", ""))[0],
            subtitle_where=roles.get(number, ("", ""))[1] or country,
            mentions=mentions,
            articles=articles,
            status=Status(status),
            category=Category(category) if category else None,
        )
        for number, type_, name, category, country, status, mentions, articles in page
    )


def entity_count(kb: KnowledgeBase, query: EntityQuery) -> int:
    """Return how many lines the list has."""
    return _scalar(kb.database, tables.Entity.select(fn.COUNT(tables.Entity.id)).where(_entity_filter(query)))


def articles(kb: KnowledgeBase, query: ArticleQuery, offset: int, limit: int) -> tuple[ArticleRow, ...]:
    """Return a page of the list of articles."""
    table = tables.Article
    fields = (table.id, table.title, table.publisher, table.host, table.published, table.people, table.institutions)
    told = (table.events, table.reviewed, table.warnings, table.origin, table.language, table.source)
    rows = (
        graded(table.select(*fields, *told, *grade_columns()))
        .where(_article_filter(query))
        .order_by(*_article_order(query))
        .offset(offset)
        .limit(limit)
    )
    page = list(rows.tuples().execute(kb.database))
    published = dates(kb.database, [row[4] for row in page])
    kinds = _media_types(kb.database, [row[12] for row in page])
    copies = copies_of(kb.database, [row[10] for row in page])
    firsts = first_of_each(kb.database, [origin for origin, count in copies.items() if count > 1])
    return tuple(
        ArticleRow(
            id=ArticleId(row[0]),
            title=row[1],
            publisher=row[2],
            host=row[3],
            published=published.get(row[4]),
            people=row[5],
            institutions=row[6],
            events=row[7],
            reviewed=bool(row[8]),
            warnings=unpack_words(row[9]),
            copies=copies[row[10]],
            language=row[11],
            grade=grade_of(*row[13:]),
            is_reprint=firsts.get(row[10], row[0]) != row[0],
            media_type=kinds.get(row[12], ""),
        )
        for row in page
    )


def article_count(kb: KnowledgeBase, query: ArticleQuery) -> int:
    """Return how many lines the list has."""
    return _scalar(kb.database, tables.Article.select(fn.COUNT(tables.Article.id)).where(_article_filter(query)))


def article_ids(kb: KnowledgeBase) -> tuple[ArticleId, ...]:
    """Return the numbers of all articles, oldest import first."""
    query = tables.Article.select(tables.Article.id).order_by(tables.Article.id)
    return tuple(ArticleId(number) for (number,) in query.tuples().execute(kb.database))


def publishers(kb: KnowledgeBase) -> tuple[str, ...]:
    """Return the publishers of all articles, in order of name."""
    table = tables.Article
    query = table.select(table.publisher).where(table.publisher != "").distinct().order_by(table.publisher)
    return tuple(sorted((name for (name,) in query.tuples().execute(kb.database)), key=str.casefold))


def totals(kb: KnowledgeBase) -> Totals:
    """Return the counts of the status bar."""
    database = kb.database
    kinds = _entities_by_type(database)
    claims = {name: _count(database, table) for name, table in tables.CLAIM_TABLES.items()}
    undecided = sum(
        _scalar(database, table.select(fn.COUNT(table.id)).where(table.status == _SUGGESTED))
        for table in tables.CLAIM_TABLES.values()
    )
    return Totals(
        sources=_count(database, tables.Source),
        articles=_count(database, tables.Article),
        origins=_count(database, tables.Origin),
        people=kinds.get("person", 0),
        institutions=kinds.get("institution", 0),
        places=kinds.get("place", 0),
        events=claims["event"],
        statements=claims["statement"],
        relations=claims["relation"],
        roles=claims["role"],
        mentions=_count(database, tables.Mention),
        suggested=undecided,
    )


def best_roles(database: SqliteDatabase, people: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return title and place (institution or country) of each person's best supported role."""
    role, entity = tables.Role, tables.Entity
    order = [role.origin_count.desc(), role.confidence.desc(), role.id]
    place = fn.ROW_NUMBER().over(partition_by=[role.person], order_by=order)
    found: dict[int, tuple[str, str]] = {}
    for some in in_batches(people):
        ranked = role.select(role.id.alias("number"), place.alias("place")).where(
            role.person.in_(some) & (role.status != _REJECTED)
        )
        query = (
            role.select(role.person, role.title, entity.name, role.country)
            .join(ranked, on=(ranked.c.number == role.id))
            .switch(role)
            .join(entity, JOIN.LEFT_OUTER, on=(role.institution == entity.id))
            .where(ranked.c.place == 1)
        )
        for person, title, institution, country in query.tuples().execute(database):
            found[person] = (title, institution or country)
    return found


def _entity_filter(query: EntityQuery) -> Any:
    table = tables.Entity
    wanted = (table.type == str(query.type)) & table.named & table.canonical.is_null()
    if query.status is None:
        wanted &= table.status != _REJECTED
    else:
        wanted &= table.status == str(query.status)
    if query.text.strip():
        named = tables.EntityName.select(tables.EntityName.entity)
        wanted &= table.id.in_(named.where(tables.EntityName.id.in_(_matching("name_search", query.text))))
    return wanted


def _entity_order(sort: EntitySort) -> Sequence[Any]:
    table = tables.Entity
    if sort is EntitySort.NAME:
        return (table.name_key, table.id)
    column = table.last_day if sort is EntitySort.NEWEST else table.mention_count
    return (column.desc(), table.id.desc())


def _article_filter(query: ArticleQuery) -> Any:
    table = tables.Article
    wanted = table.id > 0
    if query.filter is ArticleFilter.NEW:
        wanted &= ~table.reviewed
    elif query.filter is ArticleFilter.UNDATED:
        # the day is indexed, and unknown wherever the date is
        wanted &= table.published_day.is_null() & table.published.is_null()
    elif query.filter is ArticleFilter.PROBLEMS:
        wanted &= table.has_warnings
    if query.publisher:
        wanted &= table.publisher_key == normalised(query.publisher)  # in any of its spellings
    if query.reliability:
        wanted &= has_reliability(table, query.reliability)
    if query.text.strip():
        wanted &= table.id.in_(_matching("text_search", query.text, "title"))
    if query.one_line_a_report:
        wanted &= table.id.not_in(later_ones(wanted))
    return wanted


def _article_order(query: ArticleQuery) -> Sequence[Any]:
    table = tables.Article
    if query.sort is ArticleSort.GRADE:
        # the best first: that is upwards
        return tuple(c.desc() if query.descending else c.asc() for c in (*grade_order(), table.id))
    column = {
        ArticleSort.PUBLISHED: table.published_day,
        ArticleSort.TITLE: table.title_key,
        ArticleSort.PUBLISHER: table.publisher_key,
        ArticleSort.IMPORTED: table.id,
    }[query.sort]
    columns = (column,) if column is table.id else (column, table.id)
    return tuple(c.desc() if query.descending else c.asc() for c in columns)


def _matching(index: str, typed: str, column: str = "") -> Any:
    expression = match_expression(typed, column=column, all_prefixes=True)
    if not expression:
        return SQL("(SELECT 0 WHERE 0)")
    return SQL(f"(SELECT rowid FROM {index} WHERE {index} MATCH ?)", (expression,))


def _media_types(database: SqliteDatabase, sources: Iterable[int]) -> dict[int, str]:
    table = tables.Source
    found: dict[int, str] = {}
    for some in in_batches(set(sources)):
        query = table.select(table.id, table.media_type).where(table.id.in_(some))
        found.update(query.tuples().execute(database))
    return found


def _entities_by_type(database: SqliteDatabase) -> dict[str, int]:
    table = tables.Entity
    wanted = table.named & table.canonical.is_null() & (table.status != _REJECTED)
    query = table.select(table.type, fn.COUNT(table.id)).where(wanted).group_by(table.type)
    return dict(query.tuples().execute(database))


def _count(database: SqliteDatabase, table: Any) -> int:
    return _scalar(database, table.select(fn.COUNT(SQL("*"))))


def _scalar(database: SqliteDatabase, query: Any) -> int:
    return int(next(iter(query.tuples().execute(database)))[0])
