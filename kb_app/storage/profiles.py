"""All that is known about one entity, with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from peewee import SqliteDatabase, fn

from kb_app.core.entity import Category, Entity, EntityName, EntityType, MentionKind
from kb_app.core.errors import NotFound
from kb_app.core.ids import EntityId, MentionId, NoteId
from kb_app.core.judgement import Status
from kb_app.core.names import normalised
from kb_app.core.profile import Figures, MentionLine, Note, Profile, Section
from kb_app.storage import tables
from kb_app.storage.claim_lines import event_lines, relation_lines, role_lines, statement_lines
from kb_app.storage.dates import day
from kb_app.storage.evidence import citations, mention_query, read_mentions
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.links import cluster

__all__ = ["citations", "entity", "entity_named", "mentions", "profile"]

LINES_SHOWN = 25
T = TypeVar("T")


def profile(kb: KnowledgeBase, entity_id: EntityId, limit: int = LINES_SHOWN) -> Profile:
    """Return the card of an entity, at most `limit` lines a section; raises NotFound."""
    with kb.reading() as database:
        subject = entity(kb, entity_id)
        own = cluster(database, subject.id)
        role, relation, statement = tables.Role, tables.Relation, tables.Statement
        about = tables.StatementSubject
        spoken = _newest_first(statement)
        return Profile(
            entity=subject,
            status=_status(database, subject.id),
            figures=_figures(database, own),
            roles=_section(database, _best(role).where(role.person.in_(own)), role_lines, limit),
            holders=_section(database, _best(role).where(role.institution.in_(own)), role_lines, limit),
            relations=_section(
                database,
                _best(relation).where(relation.subject.in_(own) | relation.object.in_(own)),
                lambda base, claims: relation_lines(base, claims, own),
                limit,
            ),
            statements_by=_section(database, spoken.where(statement.speaker.in_(own)), statement_lines, limit),
            statements_about=_section(
                database,
                spoken.where(statement.id.in_(about.select(about.statement).where(about.entity.in_(own)))),
                statement_lines,
                limit,
            ),
            events=_section(database, _events_of(own), event_lines, limit),
            mentions=Section(mentions(kb, subject.id, 0, limit), _mention_count(database, own)),
            notes=_notes(database, own),
        )


def entity(kb: KnowledgeBase, entity_id: EntityId) -> Entity:
    """Return an entity with its names, the one it was merged into where it was; raises NotFound."""
    table = tables.Entity
    fields = (table.id, table.canonical, table.type, table.name, table.category, table.subcategory, table.country)
    rows = list(table.select(*fields, table.named).where(table.id == entity_id).tuples().execute(kb.database))
    if not rows:
        raise NotFound(f"This card is not in “{kb.path.name}”: the step that brought it may have been undone.")
    number, canonical, type_, name, category, subcategory, country, named = rows[0]
    if canonical is not None and canonical != number:
        return entity(kb, EntityId(canonical))
    return Entity(
        id=EntityId(number),
        type=EntityType(type_),
        name=name,
        category=Category(category) if category else None,
        subcategory=subcategory,
        country=country,
        names=_names(kb.database, cluster(kb.database, EntityId(number))),
        named=bool(named),
    )


def mentions(kb: KnowledgeBase, entity_id: EntityId, offset: int, limit: int) -> tuple[MentionLine, ...]:
    """Return a page of an entity's mentions in context, in order of articles and of their text."""
    table = tables.Mention
    own = cluster(kb.database, entity_id)
    # the page is cut on the index alone; context is read for its lines only
    page = table.select(table.id).where(table.entity.in_(own)).order_by(table.article, table.first)
    numbers = [number for (number,) in page.offset(offset).limit(limit).tuples().execute(kb.database)]
    query = mention_query().where(table.id.in_(numbers)).order_by(table.article, table.first)
    return tuple(
        MentionLine(MentionId(number), MentionKind(kind), citation)
        for number, kind, citation in read_mentions(kb.database, query)
    )


def entity_named(kb: KnowledgeBase, name: str) -> EntityId | None:
    """Return the entity with this name that is mentioned most, None where there is none."""
    names, table = tables.EntityName, tables.Entity
    query = (
        names.select(fn.COALESCE(table.canonical, table.id))
        .join(table)
        .where((names.normalised == normalised(name)) & (table.status != str(Status.REJECTED)))
        .order_by((names.kind == "full").desc(), table.mention_count.desc(), table.id)
        .limit(1)
    )
    rows = list(query.tuples().execute(kb.database))
    return EntityId(rows[0][0]) if rows else None


def _section(
    database: SqliteDatabase, query: Any, lines: Callable[[SqliteDatabase, Sequence[int]], tuple[T, ...]], limit: int
) -> Section[T]:
    total = _count(database, query)
    numbers = [row[0] for row in query.limit(limit).tuples().execute(database)]
    return Section(lines(database, numbers), total)


def _count(database: SqliteDatabase, query: Any) -> int:
    counted = query.clone().order_by()
    counted._returning = (fn.COUNT(),)
    return int(next(iter(counted.tuples().execute(database)))[0])


def _best(table: Any) -> Any:
    # decided ones stand where they stood, rejected ones last; then whatever most reports tell
    rejected = table.status == str(Status.REJECTED)
    order = (rejected, table.origin_count.desc(), table.confidence.desc(), table.id)
    return table.select(table.id).order_by(*order)


def _newest_first(table: Any) -> Any:
    return table.select(table.id).order_by(table.status == str(Status.REJECTED), table.id.desc())


def _events_of(own: Sequence[int]) -> Any:
    table, part = tables.Event, tables.EventParticipant
    taking_part = part.select(part.event).where(part.entity.in_(own))
    return (
        table.select(table.id).where(table.id.in_(taking_part)).order_by(table.starts.is_null(), table.starts, table.id)
    )


def _status(database: SqliteDatabase, number: EntityId) -> Status:
    query = tables.Entity.select(tables.Entity.status).where(tables.Entity.id == number)
    return Status(next(iter(query.tuples().execute(database)))[0])


def _figures(database: SqliteDatabase, own: Sequence[int]) -> Figures:
    mention, article = tables.Mention, tables.Article
    # distinct articles first: an actor has far more mentions than articles
    named_in = mention.select(mention.article).where(mention.entity.in_(own)).distinct()
    query = article.select(
        fn.COUNT(article.id),
        fn.COUNT(article.origin.distinct()),
        fn.MIN(article.published_day),
        fn.MAX(article.published_day),
    ).where(article.id.in_(named_in))
    articles, origins, first, last = next(iter(query.tuples().execute(database)))
    statement = tables.Statement
    return Figures(
        articles=articles,
        origins=origins,
        mentions=_mention_count(database, own),
        events=_count(database, _events_of(own)),
        statements=_count(database, statement.select(statement.id).where(statement.speaker.in_(own))),
        first=day(first),
        last=day(last),
    )


def _mention_count(database: SqliteDatabase, own: Sequence[int]) -> int:
    return _count(database, tables.Mention.select(tables.Mention.id).where(tables.Mention.entity.in_(own)))


def _names(database: SqliteDatabase, own: Sequence[int]) -> tuple[EntityName, ...]:
    table = tables.EntityName
    fields = (table.text, table.kind, table.script, table.language, table.mention_count)
    query = table.select(*fields).where(table.entity.in_(own)).order_by(table.mention_count.desc(), table.id)
    return tuple(EntityName(*row) for row in query.tuples().execute(database))


def _notes(database: SqliteDatabase, own: Sequence[int]) -> tuple[Note, ...]:
    table = tables.Note
    query = table.select(table.id, table.entity, table.text, table.at).where(table.entity.in_(own)).order_by(table.id)
    return tuple(
        Note(NoteId(number), EntityId(owner), text, datetime.fromisoformat(at))
        for number, owner, text, at in query.tuples().execute(database)
    )
