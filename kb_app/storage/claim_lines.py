"""Claims as the lines of a card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from peewee import SqliteDatabase

from kb_app.core.event import EventType, Realis
from kb_app.core.judgement import ClaimKind, ClaimRef
from kb_app.core.profile import EventLine, EventParticipant, RelationLine, RoleLine, StatementLine
from kb_app.core.relation import RelationType
from kb_app.core.statement import StatementKind
from kb_app.storage import tables
from kb_app.storage.article_details import unpack_words
from kb_app.storage.batches import in_batches
from kb_app.storage.dates import dates
from kb_app.storage.evidence import Standing, supports
from kb_app.storage.links import links


class Lines:
    """Reads claims of one kind by id: rows, supports, dates and links in a few queries, whatever their number."""

    def __init__(self, database: SqliteDatabase, kind: ClaimKind, claims: Sequence[int]) -> None:
        self.database = database
        self.kind = kind
        self.rows = _claim_rows(database, tables.CLAIM_TABLES[kind], claims)
        standings = [
            Standing(n, r["status"], r["confidence"], r["citation_count"], r["origin_count"])
            for n, r in self.rows.items()
        ]
        self.supports = supports(database, kind, standings)
        self.dates = dates(database, [row["date_id"] for row in self.rows.values()])
        self.order = [number for number in claims if number in self.rows]

    def ref(self, number: int) -> ClaimRef:
        """Return a claim's reference."""
        return ClaimRef(self.kind, number)


def role_lines(database: SqliteDatabase, claims: Sequence[int]) -> tuple[RoleLine, ...]:
    """Return roles as lines, in the order of the ids."""
    lines = Lines(database, ClaimKind.ROLE, claims)
    linked = links(database, (row[c] for row in lines.rows.values() for c in ("person_id", "institution_id")))
    return tuple(
        RoleLine(
            ref=lines.ref(number),
            person=linked[row["person_id"]],
            title=row["title"],
            support=lines.supports[number],
            institution=linked.get(row["institution_id"]),
            country=row["country"],
            qualifiers=unpack_words(row["qualifiers"]),
            date=lines.dates.get(row["date_id"]),
        )
        for number, row in ((n, lines.rows[n]) for n in lines.order)
    )


def relation_lines(database: SqliteDatabase, claims: Sequence[int], own: Iterable[int]) -> tuple[RelationLine, ...]:
    """Return relations as lines, seen from the entity that the numbers `own` stand for."""
    lines = Lines(database, ClaimKind.RELATION, claims)
    linked = links(database, (row[c] for row in lines.rows.values() for c in ("subject_id", "object_id")))
    mine = set(own)
    return tuple(
        RelationLine(
            ref=lines.ref(number),
            type=RelationType(row["type"]),
            other=linked[row["object_id"] if row["subject_id"] in mine else row["subject_id"]],
            outgoing=row["subject_id"] in mine,
            support=lines.supports[number],
            date=lines.dates.get(row["date_id"]),
            realis=Realis(row["realis"]),
        )
        for number, row in ((n, lines.rows[n]) for n in lines.order)
    )


def statement_lines(database: SqliteDatabase, claims: Sequence[int]) -> tuple[StatementLine, ...]:
    """Return statements as lines, in the order of the ids."""
    lines = Lines(database, ClaimKind.STATEMENT, claims)
    via = _children(database, lines.order, tables.StatementVia.statement, ("position", "entity"))
    ends = [row[c] for row in lines.rows.values() for c in ("speaker_id", "addressee_id")]
    linked = links(database, [*ends, *(entity for chain in via.values() for _, entity in chain)])
    return tuple(
        StatementLine(
            ref=lines.ref(number),
            content=row["content"],
            kind=StatementKind(row["kind"]),
            support=lines.supports[number],
            speaker=linked.get(row["speaker_id"]),
            speaker_words=row["speaker_words"],
            addressee=linked.get(row["addressee_id"]),
            date=lines.dates.get(row["date_id"]),
            venue=row["venue"],
            via=tuple(linked[entity] for _, entity in sorted(via.get(number, ()))),
        )
        for number, row in ((n, lines.rows[n]) for n in lines.order)
    )


def event_lines(database: SqliteDatabase, claims: Sequence[int]) -> tuple[EventLine, ...]:
    """Return events as lines, in the order of the ids."""
    lines = Lines(database, ClaimKind.EVENT, claims)
    parts = _children(database, lines.order, tables.EventParticipant.event, ("entity", "part"))
    places = [row["place_id"] for row in lines.rows.values()]
    linked = links(database, [*places, *(entity for part in parts.values() for entity, _ in part)])
    return tuple(
        EventLine(
            ref=lines.ref(number),
            type=EventType(row["type"]),
            title=row["title"],
            realis=Realis(row["realis"]),
            support=lines.supports[number],
            date=lines.dates.get(row["date_id"]),
            participants=tuple(EventParticipant(linked[entity], part) for entity, part in parts.get(number, ())),
            place=linked.get(row["place_id"]),
        )
        for number, row in ((n, lines.rows[n]) for n in lines.order)
    )


def _claim_rows(database: SqliteDatabase, table: Any, claims: Sequence[int]) -> dict[int, dict[str, Any]]:
    fields = table._meta.sorted_fields
    found: dict[int, dict[str, Any]] = {}
    for some in in_batches(claims):
        for row in table.select(*fields).where(table.id.in_(some)).tuples().execute(database):
            found[row[0]] = {f.column_name: value for f, value in zip(fields, row, strict=True)}
    return found


def _children(
    database: SqliteDatabase, claims: Sequence[int], owner: Any, columns: tuple[str, str]
) -> dict[int, list[tuple[Any, Any]]]:
    found: dict[int, list[tuple[Any, Any]]] = {}
    table = owner.model
    for some in in_batches(claims):
        query = table.select(owner, *(getattr(table, c) for c in columns)).where(owner.in_(some)).order_by(table.id)
        for number, first, second in query.tuples().execute(database):
            found.setdefault(number, []).append((first, second))
    return found
