"""Names that lead to cards, and the rows that stand for one entity."""

from __future__ import annotations

from collections.abc import Iterable

from peewee import SqliteDatabase

from kb_app.core.entity import EntityType
from kb_app.core.ids import EntityId
from kb_app.core.profile import EntityLink
from kb_app.storage.batches import in_batches
from kb_app.storage.tables import Entity


def links(database: SqliteDatabase, numbers: Iterable[int | None]) -> dict[int, EntityLink]:
    """Return the link of each entity; a merged one leads to the one it was merged into."""
    rows: dict[int, tuple[int | None, str, str]] = {}
    wanted = {n for n in numbers if n is not None}
    rows.update(_rows(database, wanted))
    rows.update(_rows(database, {c for c, _, _ in rows.values() if c is not None} - rows.keys()))
    found = {}
    for number in wanted & rows.keys():
        target = rows[number][0] or number
        _, type_, name = rows[target]
        found[number] = EntityLink(EntityId(target), name, EntityType(type_))
    return found


def cluster(database: SqliteDatabase, entity: EntityId) -> list[int]:
    """Return the numbers of all rows that were merged into an entity, its own first."""
    query = Entity.select(Entity.id).where(Entity.canonical == entity).order_by(Entity.id)
    return [entity, *(number for (number,) in query.tuples().execute(database))]


def _rows(database: SqliteDatabase, numbers: Iterable[int]) -> dict[int, tuple[int | None, str, str]]:
    found: dict[int, tuple[int | None, str, str]] = {}
    for some in in_batches(numbers):
        query = Entity.select(Entity.id, Entity.canonical, Entity.type, Entity.name).where(Entity.id.in_(some))
        for number, canonical, type_, name in query.tuples().execute(database):
            found[number] = (canonical, type_, name)
    return found
