"""Writes an article's entities, their names and mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from peewee import SqliteDatabase

from kb_app.core.entity import MentionKind
from kb_app.core.findings import Findings, FoundEntity, FoundMention, LocalId
from kb_app.core.identities import Resolution
from kb_app.core.ids import EntityId
from kb_app.core.names import normalised, script_of
from kb_app.storage.batches import in_batches
from kb_app.storage.claim_writer import Scene
from kb_app.storage.journal import Journal
from kb_app.storage.tables import Entity, EntityName, Mention

GIVEN = "given"  # the kind of a name that the person gave
_COPIES_READ = 500  # the names of more reprints would say no more


def write_entities(
    journal: Journal, findings: Findings, resolution: Resolution, text: str
) -> Mapping[LocalId, EntityId]:
    """Write entities not known yet, add new spellings to known ones, and return the id of each."""
    ids: dict[LocalId, EntityId] = {}
    known = [number for number in resolution.values() if number is not None]
    names = _known_names(journal.database, known)
    held_rows = _held(journal.database, known)
    for entity in findings.entities:
        number = resolution.get(entity.id)
        if number is None:
            number = EntityId(_add_entity(journal, entity))
        else:
            _fill_gaps(journal, entity, number, held_rows[number])
        ids[entity.id] = number
        held = names.setdefault(number, set())
        for name, kind in _spellings(entity, text).items():
            if name not in held:
                held.add(name)
                _add_name(journal, number, name, kind)
    return ids


def joined_by_report(
    database: SqliteDatabase, copies: Sequence[int], findings: Findings, resolution: Resolution
) -> Resolution:
    """Return the resolution in which an entity that nothing else joined is the one that a reprint calls the same.

    `copies` are the other articles of the report. A surname alone tells nobody apart across articles, but the same
    report speaks of the same people.
    """
    if not copies:
        return resolution
    told = _named_in(database, copies)
    taken = {number for number in resolution.values() if number is not None}
    joined = dict(resolution)
    names = Counter((entity.type, entity.name) for entity in findings.entities)
    for entity in findings.entities:
        same = told.get((str(entity.type), entity.name), set()) - taken
        if joined.get(entity.id) is None and len(same) == 1 and names[(entity.type, entity.name)] == 1:
            joined[entity.id] = same.pop()
    return Resolution(joined)


def _named_in(database: SqliteDatabase, articles: Sequence[int]) -> dict[tuple[str, str], set[EntityId]]:
    found: dict[tuple[str, str], set[EntityId]] = {}
    query = (
        Entity.select(Entity.id, Entity.canonical, Entity.type, EntityName.text)
        .join(EntityName)
        .where(Entity.id.in_(Mention.select(Mention.entity).where(Mention.article.in_(list(articles)[:_COPIES_READ]))))
    )
    for number, canonical, type_, name in query.tuples().execute(database):
        found.setdefault((type_, name), set()).add(EntityId(canonical or number))
    return found


def write_mentions(journal: Journal, scene: Scene) -> None:
    """Write all mentions of the article."""
    for entity in scene.findings.entities:
        for mention in entity.mentions:
            journal.add(
                Mention,
                entity_id=scene.entities[entity.id],
                article_id=scene.article,
                first=mention.span.start,
                last=mention.span.end,
                quote=mention.span.of(scene.text),
                kind=str(mention.kind),
                confidence=mention.confidence,
                reason=mention.reason,
            )


def count_mentions(journal: Journal, scene: Scene) -> None:
    """Add the article's mentions to the counts of its entities and their names."""
    mentions: Counter[EntityId] = Counter()
    quotes: Counter[tuple[EntityId, str]] = Counter()
    for entity in scene.findings.entities:
        number = scene.entities[entity.id]
        mentions[number] += len(entity.mentions)
        quotes.update((number, m.span.of(scene.text)) for m in entity.mentions if m.kind.is_named)
    connection = journal.database.connection()
    connection.executemany(
        "UPDATE entity SET mention_count = mention_count + ?, article_count = article_count + 1, "
        "last_day = max(last_day, ?) WHERE id = ?",
        [(count, scene.day or 0, number) for number, count in mentions.items() if count],
    )
    connection.executemany(
        "UPDATE entity_name SET mention_count = mention_count + ? WHERE entity_id = ? AND text = ?",
        [(count, number, quote) for (number, quote), count in quotes.items()],
    )


def _add_entity(journal: Journal, entity: FoundEntity) -> int:
    return journal.add(
        Entity,
        type=str(entity.type),
        name=entity.name,
        name_key=normalised(entity.name),
        category=str(entity.category or ""),
        subcategory=entity.subcategory,
        country=entity.country,
        named=int(entity.named),
        confidence=entity.ground.confidence,
        reason=entity.ground.reason,
    )


def _fill_gaps(journal: Journal, entity: FoundEntity, number: EntityId, held: tuple[str, str, str]) -> None:
    name, country, category = held
    if entity.country and not country:
        journal.update(Entity, number, country=entity.country)
    if entity.category and not category:
        journal.update(Entity, number, category=str(entity.category))
    # a headline or dateline in capitals came first: another article knows how the name is written
    is_better = name.isupper() and not entity.name.isupper() and normalised(name) == normalised(entity.name)
    if is_better and not _is_given(journal.database, number, name):
        journal.update(Entity, number, name=entity.name)


def _is_given(database: SqliteDatabase, number: EntityId, name: str) -> bool:
    table = EntityName
    query = table.select(table.id).where((table.entity == number) & (table.text == name) & (table.kind == GIVEN))
    return bool(list(query.tuples().execute(database)))


def _held(database: SqliteDatabase, entities: Sequence[EntityId]) -> dict[EntityId, tuple[str, str, str]]:
    """Return name, country and category of known entities."""
    held: dict[EntityId, tuple[str, str, str]] = {}
    for some in in_batches(entities):
        query = Entity.select(Entity.id, Entity.name, Entity.country, Entity.category).where(Entity.id.in_(some))
        for number, *rest in query.tuples().execute(database):
            held[number] = (rest[0], rest[1], rest[2])
    return held


def _spellings(entity: FoundEntity, text: str) -> dict[str, str]:
    """Return the names of an entity with their kinds; an unnamed one ("his wife") has only its description."""
    names = {entity.name: "full" if entity.named else "nominal"}
    for mention in sorted(entity.mentions, key=_by_rank):
        if mention.kind.is_named:
            names.setdefault(mention.span.of(text), str(mention.kind))
    return names


def _by_rank(mention: FoundMention) -> int:
    named = (MentionKind.FULL, MentionKind.SHORT, MentionKind.ACRONYM)
    return named.index(mention.kind) if mention.kind.is_named else len(named)


def _add_name(journal: Journal, entity: EntityId, name: str, kind: str) -> None:
    journal.add(EntityName, entity_id=entity, text=name, normalised=normalised(name), kind=kind, script=script_of(name))


def _known_names(database: SqliteDatabase, entities: list[EntityId]) -> dict[EntityId, set[str]]:
    names: dict[EntityId, set[str]] = {}
    for some in in_batches(entities):
        query = EntityName.select(EntityName.entity, EntityName.text).where(EntityName.entity.in_(some)).tuples()
        for number, name in query.execute(database):
            names.setdefault(number, set()).add(name)
    return names
