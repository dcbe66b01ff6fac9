"""Makes the counts that lists and cards show anew from the rows they count."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kb_app.core.changes import Changes
from kb_app.core.ids import ArticleId, EntityId, OperationId
from kb_app.core.judgement import ClaimKind, ClaimRef
from kb_app.storage.rows import columns_of
from kb_app.storage.tables import (
    CLAIM_TABLES,
    Article,
    Citation,
    Entity,
    EntityName,
    EventParticipant,
    Judgement,
    Mention,
    Note,
    PublisherGrade,
    Relation,
    Role,
    Row,
    Statement,
)

_MANY = 2000  # touched things from which a view had better load all anew
_IDS = "SELECT value FROM json_each(?)"

ENTITY_COUNTS = """
UPDATE entity SET
  mention_count = (SELECT COUNT(*) FROM mention WHERE entity_id = entity.id),
  article_count = (SELECT COUNT(DISTINCT article_id) FROM mention WHERE entity_id = entity.id),
  last_day = coalesce((SELECT MAX(a.published_day) FROM mention m JOIN article a ON a.id = m.article_id
                       WHERE m.entity_id = entity.id), 0)
"""
NAME_COUNTS = """
UPDATE entity_name SET mention_count = (
  SELECT COUNT(*) FROM mention m WHERE m.entity_id = entity_name.entity_id AND m.quote = entity_name.text
  AND m.kind IN ('full', 'short', 'acronym'))
"""
CLAIM_COUNTS = """
UPDATE "{table}" SET
  citation_count = (SELECT COUNT(*) FROM citation c WHERE c.kind = '{table}' AND c.claim = "{table}".id),
  origin_count = (SELECT COUNT(DISTINCT a.origin_id) FROM citation c JOIN article a ON a.id = c.article_id
                  WHERE c.kind = '{table}' AND c.claim = "{table}".id),
  confidence = coalesce((SELECT MAX(c.confidence) FROM citation c
                         WHERE c.kind = '{table}' AND c.claim = "{table}".id), confidence)
"""
EVENT_DAYS = """
UPDATE event SET published_day = (SELECT MIN(a.published_day) FROM citation c JOIN article a ON a.id = c.article_id
                                  WHERE c.kind = 'event' AND c.claim = event.id)
"""
LAST_DAYS = """
UPDATE entity SET last_day = coalesce((SELECT MAX(a.published_day) FROM mention m JOIN article a ON a.id = m.article_id
                                       WHERE m.entity_id = entity.id), 0)
"""
ARTICLE_COUNTS = """
UPDATE article SET
  people = (SELECT COUNT(DISTINCT e.id) FROM mention m JOIN entity e ON e.id = m.entity_id
            WHERE m.article_id = article.id AND e.type = 'person' AND e.named),
  institutions = (SELECT COUNT(DISTINCT e.id) FROM mention m JOIN entity e ON e.id = m.entity_id
                  WHERE m.article_id = article.id AND e.type = 'institution' AND e.named),
  events = (SELECT COUNT(DISTINCT c.claim) FROM citation c WHERE c.article_id = article.id AND c.kind = 'event')
"""


@dataclass(slots=True)
class Touched:
    """The articles, entities and claims that changed rows belong to."""

    articles: set[int] = field(default_factory=set)
    entities: set[int] = field(default_factory=set)
    claims: set[tuple[str, int]] = field(default_factory=set)
    dated: set[int] = field(default_factory=set)  # articles whose day of publication is another one
    everything: bool = False
    moved: set[int] = field(default_factory=set)  # articles that belong to another origin now

    def rows(self, table: type[Row], rows: Iterable[Sequence[str | int | float | bytes | None]]) -> None:
        """Note what these rows belong to."""
        at = columns_of(table).positions
        for row in rows:
            self._note(table, {name: row[position] for name, position in at.items()})

    def row(self, connection: sqlite3.Connection, table: type[Row], number: int) -> None:
        """Note what the row with this id belongs to."""
        columns = columns_of(table)
        name = table._meta.table_name
        listed = ", ".join(f'"{n}"' for n in columns.names)
        row = connection.execute(f'SELECT {listed} FROM "{name}" WHERE id = ?', (number,)).fetchone()
        if row is not None:
            self.rows(table, [row])

    def columns(self, connection: sqlite3.Connection, table: type[Row], number: int, names: Iterable[str]) -> None:
        """Note what the row with this id belongs to, of which these columns changed."""
        self.row(connection, table, number)
        if table is Article and "published_day" in names:
            self.dated.add(number)
        if table is Article and "origin_id" in names:
            self.moved.add(number)

    def _note(self, table: type[Row], row: dict[str, str | int | float | bytes | None]) -> None:
        if table is Entity:
            self._add(self.entities, row["id"])
        elif table is Article:
            self._add(self.articles, row["id"])
        elif table is PublisherGrade:
            self.everything = True  # it stands at every citation of the publisher's articles
        elif table in (Mention, EntityName, Note, EventParticipant):
            self._add(self.entities, row["entity_id"])
        if table is Role:
            self._add(self.entities, row["person_id"], row["institution_id"])
        elif table is Relation:
            self._add(self.entities, row["subject_id"], row["object_id"])
        elif table is Statement:
            self._add(self.entities, row["speaker_id"])
        if table in CLAIM_TABLES.values():
            self.claims.add((table._meta.table_name, int(row["id"] or 0)))
        if table in (Citation, Judgement):
            self.claims.add((str(row["kind"]), int(row["claim"] or 0)))
        if table in (Citation, Mention):
            self._add(self.articles, row["article_id"])

    @staticmethod
    def _add(numbers: set[int], *values: str | int | float | bytes | None) -> None:
        numbers.update(value for value in values if isinstance(value, int))

    def changes(self, operation: OperationId, label: str, *, everything: bool = False) -> Changes:
        """Return what was touched for the views."""
        many = len(self.articles) + len(self.entities) + len(self.claims) > _MANY
        return Changes(
            articles=frozenset(ArticleId(n) for n in self.articles),
            entities=frozenset(EntityId(n) for n in self.entities),
            claims=frozenset(ClaimRef(ClaimKind(kind), n) for kind, n in self.claims),
            everything=many or everything or self.everything,
            operation=operation,
            label=label,
        )


def recount(connection: sqlite3.Connection, touched: Touched) -> None:
    """Make the counts of what was touched anew."""
    if touched.dated:
        _follow_days(connection, touched)
    entities = _listed(touched.entities)
    connection.execute(f"{ENTITY_COUNTS} WHERE id IN ({_IDS})", (entities,))
    connection.execute(f"{NAME_COUNTS} WHERE entity_id IN ({_IDS})", (entities,))
    moved = _listed(touched.moved)
    sql = f"SELECT DISTINCT kind, claim FROM citation WHERE article_id IN ({_IDS})"
    touched.claims.update(connection.execute(sql, (moved,)))
    for kind in CLAIM_TABLES:
        claims = _listed(n for k, n in touched.claims if k == kind)
        connection.execute(f"{CLAIM_COUNTS.format(table=kind)} WHERE id IN ({_IDS})", (claims,))
        if kind == "event":
            connection.execute(f"{EVENT_DAYS} WHERE id IN ({_IDS})", (claims,))
    connection.execute(f"{ARTICLE_COUNTS} WHERE id IN ({_IDS})", (_listed(touched.articles),))


def _follow_days(connection: sqlite3.Connection, touched: Touched) -> None:
    """Count by the new days of publication, and touch the events that they date."""
    articles = (_listed(touched.dated),)
    mentioned = f"SELECT entity_id FROM mention WHERE article_id IN ({_IDS})"
    connection.execute(f"{LAST_DAYS} WHERE id IN ({mentioned})", articles)
    told = f"SELECT DISTINCT claim FROM citation WHERE kind = 'event' AND article_id IN ({_IDS})"
    touched.claims.update(("event", claim) for (claim,) in connection.execute(told, articles))


def _listed(numbers: Iterable[int]) -> str:
    return "[" + ",".join(str(n) for n in sorted(numbers)) + "]"
