"""Events along time, in columns straight from the rows."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from peewee import SqliteDatabase, fn

from kb_app.core.entity import EntityType
from kb_app.core.errors import NotFound
from kb_app.core.ids import EntityId, EventId
from kb_app.core.judgement import ClaimKind, Status
from kb_app.core.profile import EventLine
from kb_app.core.timeline import (
    EVENT_TYPES,
    OPEN_END,
    REALIS,
    Lane,
    LaneKind,
    TimeAxisKind,
    TimelineData,
    TimelineQuery,
)
from kb_app.storage import tables
from kb_app.storage.claim_lines import event_lines
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.links import cluster, links

_ROWS_AT_ONCE = 20_000
OTHERS = "others"  # the key of the lane that gathers what is in no other; the view words it
_TYPE_INDEX = {str(kind): at for at, kind in enumerate(EVENT_TYPES)}
_REALIS_INDEX = {str(realis): at for at, realis in enumerate(REALIS)}


def timeline(kb: KnowledgeBase, query: TimelineQuery) -> TimelineData:
    """Return the events of a query in columns sorted by start day, in lanes; undated ones apart."""
    database = kb.database
    ids, starts, ends = array("q"), array("i"), array("i")
    types, realis, soft = array("b"), array("b"), array("b")
    titles: list[str] = []
    cursor = database.execute(_dated(database, query))
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        columns = list(zip(*rows, strict=True))
        for column, values in zip((ids, starts, ends, soft), (*columns[:3], columns[5]), strict=True):
            column.extend(values)
        types.extend(map(_TYPE_INDEX.__getitem__, columns[3]))
        realis.extend(map(_REALIS_INDEX.__getitem__, columns[4]))
        titles += columns[6]
    undated = list(database.execute(_undated(database, query)))
    return TimelineData(
        ids=ids,
        starts=starts,
        ends=ends,
        types=types,
        realis=realis,
        soft=soft,
        titles=titles,
        lanes=_lanes(database, query, ids, types),
        undated_ids=array("q", (number for number, _ in undated)),
        undated_titles=[title for _, title in undated],
        publication_days=_publication_days(database, query),
    )


def event(kb: KnowledgeBase, event_id: EventId) -> EventLine:
    """Return one event with its evidence; raises NotFound."""
    lines = event_lines(kb.database, [event_id])
    if not lines:
        raise NotFound(f"There is no event {event_id} in “{kb.path.name}”.")
    return lines[0]


def events(kb: KnowledgeBase, query: TimelineQuery, offset: int = 0, limit: int = 500) -> tuple[EventLine, ...]:
    """Return a page of the query's dated events with their evidence, in order of start day."""
    rows = _dated(kb.database, query).offset(offset).limit(limit).tuples().execute(kb.database)
    return event_lines(kb.database, [row[0] for row in rows])


def undated_events(kb: KnowledgeBase, query: TimelineQuery) -> tuple[EventLine, ...]:
    """Return the query's undated events with their evidence."""
    rows = _undated(kb.database, query).tuples().execute(kb.database)
    return event_lines(kb.database, [row[0] for row in rows])


def _ends(query: TimelineQuery) -> tuple[Any, Any]:
    table = tables.Event
    if query.axis is TimeAxisKind.PUBLISHED:
        return table.published_day, table.published_day + 1
    return table.starts, fn.COALESCE(table.ends, OPEN_END)


def _dated(database: SqliteDatabase, query: TimelineQuery) -> Any:
    table = tables.Event
    start, end = _ends(query)
    wanted = start.is_null(False) & _wanted(database, query)
    if query.first is not None:
        wanted &= end > query.first
    if query.last is not None:
        wanted &= start <= query.last
    columns = (table.id, start, end, table.type, table.realis, table.soft, table.title)
    # as the index has them, so that nothing is sorted
    order = (start, table.id) if query.axis is TimeAxisKind.PUBLISHED else (start, table.ends, table.id)
    return table.select(*columns).where(wanted).order_by(*order)


def _undated(database: SqliteDatabase, query: TimelineQuery) -> Any:
    table = tables.Event
    start, _ = _ends(query)
    return table.select(table.id, table.title).where(start.is_null() & _wanted(database, query)).order_by(table.id)


def _wanted(database: SqliteDatabase, query: TimelineQuery) -> Any:
    table, part = tables.Event, tables.EventParticipant
    wanted = table.id > 0
    if not query.with_rejected:
        wanted &= table.status != str(Status.REJECTED)
    if query.entity is not None:
        own = cluster(database, query.entity)
        wanted &= table.id.in_(part.select(part.event).where(part.entity.in_(own)))
    return wanted


def _lanes(database: SqliteDatabase, query: TimelineQuery, ids: array[int], types: array[int]) -> tuple[Lane, ...]:
    if query.lanes is LaneKind.TYPE:
        by_type: dict[str, array[int]] = {}
        for at, number in enumerate(types):
            by_type.setdefault(str(EVENT_TYPES[number]), array("I")).append(at)
        order = sorted(by_type, key=lambda kind: (-len(by_type[kind]), kind))
        return tuple(Lane(kind, kind, by_type[kind]) for kind in order)
    if query.lanes is LaneKind.SOURCE:
        return _most(query, len(ids), _gathered(ids, _publishers(database)), {})
    actors = (EntityType.PERSON, EntityType.INSTITUTION)
    wanted = actors[1:] if query.lanes is LaneKind.INSTITUTION else actors
    gathered = _gathered(ids, _participants(database, wanted))
    chosen = _largest(gathered, query.lane_limit)
    linked = links(database, chosen)
    return _most(query, len(ids), gathered, {number: linked[number].name for number in chosen})


def _participants(database: SqliteDatabase, types: Iterable[EntityType]) -> Iterator[tuple[int, int]]:
    part, entity = tables.EventParticipant, tables.Entity
    who = fn.COALESCE(entity.canonical, entity.id)
    kinds = [str(type_) for type_ in types]
    query = part.select(part.event, who).join(entity).where(entity.type.in_(kinds) & entity.named)
    yield from database.execute(query)


def _publishers(database: SqliteDatabase) -> Iterator[tuple[int, str]]:
    cited, article = tables.Citation, tables.Article
    query = cited.select(cited.claim, article.publisher).join(article).where(cited.kind == str(ClaimKind.EVENT))
    yield from database.execute(query.distinct())


def _gathered(ids: array[int], pairs: Iterable[tuple[int, Any]]) -> dict[Any, set[int]]:
    """Return the positions of each lane's events."""
    positions = {number: at for at, number in enumerate(ids)}
    found: dict[Any, set[int]] = {}
    for number, key in pairs:
        at = positions.get(number)
        if at is not None:
            found.setdefault(key, set()).add(at)
    return found


def _largest(gathered: Mapping[Any, set[int]], limit: int) -> list[Any]:
    return sorted(gathered, key=lambda key: (-len(gathered[key]), key))[:limit]


def _most(
    query: TimelineQuery, count: int, gathered: Mapping[Any, set[int]], names: Mapping[int, str]
) -> tuple[Lane, ...]:
    """Return the lanes with most events, and one for all events that stand in none of them."""
    chosen = _largest({key: found for key, found in gathered.items() if key != ""}, query.lane_limit)
    lanes = [_lane(key, gathered[key], names) for key in chosen]
    placed: set[int] = set()
    for key in chosen:
        placed |= gathered[key]
    rest = [at for at in range(count) if at not in placed]
    if rest:
        lanes.append(Lane(OTHERS, "", array("I", rest)))
    return tuple(lanes)


def _lane(key: Any, found: set[int], names: Mapping[int, str]) -> Lane:
    ordered = array("I", sorted(found))
    if isinstance(key, int):
        return Lane(f"entity-{key}", names[key], ordered, EntityId(key))
    return Lane(f"source-{key}", key, ordered)


def _publication_days(database: SqliteDatabase, query: TimelineQuery) -> array[int]:
    table, mention = tables.Article, tables.Mention
    wanted = table.published_day.is_null(False)
    if query.entity is not None:
        own = cluster(database, query.entity)
        wanted &= table.id.in_(mention.select(mention.article).where(mention.entity.in_(own)))
    rows = table.select(table.published_day).where(wanted).distinct().order_by(table.published_day)
    return array("i", (day for (day,) in rows.tuples().execute(database)))
