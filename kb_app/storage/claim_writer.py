"""Writes what an article claims: each claim once, with a citation for every article that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from peewee import SqliteDatabase

from kb_app.core.claim_keys import (
    EventContent,
    RelationContent,
    RoleContent,
    StatementContent,
    event_key,
    relation_key,
    role_key,
    statement_key,
)
from kb_app.core.findings import (
    Findings,
    FoundEvent,
    FoundRelation,
    FoundRole,
    FoundStatement,
    Ground,
    LocalId,
)
from kb_app.core.ids import EntityId
from kb_app.core.judgement import ClaimKind, ClaimRef
from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate
from kb_app.storage.article_details import pack_marks, pack_words
from kb_app.storage.batches import in_batches
from kb_app.storage.dates import add_date, span_of_days
from kb_app.storage.journal import Journal
from kb_app.storage.rows import Value
from kb_app.storage.tables import (
    CLAIM_TABLES,
    Article,
    Citation,
    EventParticipant,
    Passage,
    StatementSubject,
    StatementVia,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """The article that claims are taken from, as the store knows it."""

    article: int
    text: str
    origin: int
    day: int | None
    entities: Mapping[LocalId, EntityId]
    findings: Findings
    copies: tuple[int, ...] = ()  # other articles of the same origin
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim as one article makes it, ready to be written or joined to the same claim of another."""

    kind: ClaimKind
    key: str
    values: dict[str, Value]
    ground: Ground
    date: StatedDate | None = None
    marks: tuple[Span, ...] = ()
    children: Callable[[Journal, int], None] = field(default=lambda journal, claim: None)


@dataclass(slots=True)
class Cited:
    """A claim with the citations that this article adds."""

    claim: int
    is_new: bool
    grounds: dict[Span, tuple[Ground, tuple[Span, ...]]] = field(default_factory=dict)


def drafts_of(scene: Scene) -> tuple[Draft, ...]:
    """Return all that the findings claim."""
    found = scene.findings
    return (
        *(_role(scene, role) for role in found.roles),
        *(_event(scene, event) for event in found.events),
        *(_statement(scene, statement) for statement in found.statements),
        *(_relation(scene, relation) for relation in found.relations),
    )


def write_claims(journal: Journal, scene: Scene, drafts: Sequence[Draft]) -> frozenset[ClaimRef]:
    """Write the claims and their citations, keep the counts right, and return what was touched."""
    known = _known_claims(journal, drafts)
    cited: dict[tuple[ClaimKind, str], Cited] = {}
    for draft in drafts:
        entry = cited.get((draft.kind, draft.key))
        if entry is None:
            entry = cited[(draft.kind, draft.key)] = _claim_of(journal, scene, draft, known)
        held = entry.grounds.get(draft.ground.evidence)
        if held is None or held[0].confidence < draft.ground.confidence:
            entry.grounds[draft.ground.evidence] = (draft.ground, draft.marks)
    passages = PassageWriter(journal, scene)
    for (kind, _), entry in cited.items():
        _cite(journal, passages, kind, entry)
    journal.flush()
    _count(journal, scene, cited)
    return frozenset(ClaimRef(kind, entry.claim) for (kind, _), entry in cited.items())


class PassageWriter:
    """Gives each cited stretch of an article one passage."""

    def __init__(self, journal: Journal, scene: Scene) -> None:
        self._journal = journal
        self._scene = scene
        self._known = {} if scene.is_new else _passages(journal, scene.article)

    def passage(self, span: Span) -> int:
        """Return the id of the passage at a span."""
        number = self._known.get(span)
        if number is None:
            number = self._known[span] = self._journal.add(
                Passage,
                article_id=self._scene.article,
                first=span.start,
                last=span.end,
                quote=span.of(self._scene.text),
            )
        return number


def _passages(journal: Journal, article: int) -> dict[Span, int]:
    query = Passage.select(Passage.first, Passage.last, Passage.id).where(Passage.article == article)
    return {Span(first, last): number for first, last, number in query.tuples().execute(journal.database)}


def _known_claims(journal: Journal, drafts: Sequence[Draft]) -> dict[tuple[ClaimKind, str], tuple[int, bool]]:
    """Return id and whether a date is known of the claims that are there already."""
    known: dict[tuple[ClaimKind, str], tuple[int, bool]] = {}
    for kind, table in CLAIM_TABLES.items():
        keys = sorted({draft.key for draft in drafts if draft.kind == kind})
        for at in range(0, len(keys), 500):
            some = keys[at : at + 500]
            # written out: this runs four times an article, and making the statement costs more than running it
            sql = f'SELECT key, id, date_id FROM "{table._meta.table_name}" WHERE key IN ({", ".join("?" * len(some))})'
            for key, number, date in journal.database.execute_sql(sql, some):
                known[(ClaimKind(kind), key)] = (number, date is not None)
    return known


def _claim_of(
    journal: Journal, scene: Scene, draft: Draft, known: Mapping[tuple[ClaimKind, str], tuple[int, bool]]
) -> Cited:
    table = CLAIM_TABLES[draft.kind]
    there = known.get((draft.kind, draft.key))
    if there is not None:
        number, is_dated = there
        if draft.date is not None and not is_dated:
            journal.update(table, number, date_id=add_date(journal, draft.date))
        return Cited(number, is_new=False)
    number = journal.add(table, key=draft.key, date_id=add_date(journal, draft.date), **draft.values)
    draft.children(journal, number)
    return Cited(number, is_new=True)


def _cite(journal: Journal, passages: PassageWriter, kind: ClaimKind, entry: Cited) -> None:
    for span, (ground, marks) in entry.grounds.items():
        journal.add(
            Citation,
            kind=str(kind),
            claim=entry.claim,
            article_id=passages._scene.article,
            passage_id=passages.passage(span),
            confidence=ground.confidence,
            reason=ground.reason,
            marks=pack_marks(marks),
        )


def _count(journal: Journal, scene: Scene, cited: Mapping[tuple[ClaimKind, str], Cited]) -> None:
    connection = journal.database.connection()
    for kind, table in CLAIM_TABLES.items():
        entries = [entry for (of, _), entry in cited.items() if of == kind]
        rows = []
        for entry in entries:
            best = max(ground.confidence for ground, _ in entry.grounds.values())
            more = 0 if _is_cited_in(journal, ClaimRef(ClaimKind(kind), entry.claim), scene.copies) else 1
            # a new claim's confidence is that of its citations, not the default of its row
            rows.append((len(entry.grounds), more, int(entry.is_new), best, best, entry.claim))
        connection.executemany(
            f'UPDATE "{table._meta.table_name}" SET citation_count = citation_count + ?, '
            "origin_count = origin_count + ?, confidence = CASE WHEN ? THEN ? ELSE max(confidence, ?) END WHERE id = ?",
            rows,
        )
        if kind == ClaimKind.EVENT and scene.day is not None:
            connection.executemany(
                "UPDATE event SET published_day = min(coalesce(published_day, ?), ?) WHERE id = ?",
                [(scene.day, scene.day, entry.claim) for entry in entries],
            )


def articles_of(database: SqliteDatabase, origin: int) -> tuple[int, ...]:
    """Return the articles of an origin."""
    query = Article.select(Article.id).where(Article.origin == origin).order_by(Article.id)
    return tuple(number for (number,) in query.tuples().execute(database))


def _is_cited_in(journal: Journal, claim: ClaimRef, articles: Sequence[int]) -> bool:
    for some in in_batches(articles):
        query = Citation.select(Citation.id).where(
            (Citation.kind == str(claim.kind)) & (Citation.claim == claim.id) & Citation.article.in_(some)
        )
        if list(query.limit(1).tuples().execute(journal.database)):
            return True
    return False


def _optional(scene: Scene, local: LocalId | None) -> EntityId | None:
    return scene.entities[local] if local is not None else None


def _role(scene: Scene, role: FoundRole) -> Draft:
    person, institution = scene.entities[role.person], _optional(scene, role.institution)
    key = role_key(RoleContent(person, role.title, institution, role.country, role.qualifiers))
    values: dict[str, Value] = {
        "person_id": person,
        "title": role.title,
        "institution_id": institution,
        "country": role.country,
        "qualifiers": pack_words(role.qualifiers),
    }
    return Draft(ClaimKind.ROLE, key, values, role.ground, role.date, (role.title_span,))


def _event(scene: Scene, event: FoundEvent) -> Draft:
    parts = {(scene.entities[p.entity], p.part): None for p in event.participants}
    place = _optional(scene, event.place)
    people = frozenset(entity for entity, _ in parts)
    key = event_key(EventContent(event.type, event.title, event.realis, event.date, people, place, scene.origin))
    starts, ends = span_of_days(event.date)
    values: dict[str, Value] = {
        "type": str(event.type),
        "title": event.title,
        "realis": str(event.realis),
        "starts": starts,
        "ends": ends,
        "soft": int(bool(event.date and event.date.approximate)),
        "place_id": place,
    }

    def children(journal: Journal, number: int) -> None:
        for entity, part in parts:
            journal.add(EventParticipant, event_id=number, entity_id=entity, part=part)

    marks = (event.trigger, *event.other_triggers)
    return Draft(ClaimKind.EVENT, key, values, event.ground, event.date, marks, children)


def _statement(scene: Scene, statement: FoundStatement) -> Draft:
    speaker = _optional(scene, statement.speaker)
    words = statement.speaker_span.of(scene.text) if statement.speaker_span else ""
    content = " … ".join(span.of(scene.text) for span in statement.content)
    values: dict[str, Value] = {
        "speaker_id": speaker,
        "speaker_words": words,
        "content": content,
        "kind": str(statement.kind),
        "addressee_id": _optional(scene, statement.addressee),
        "venue": statement.venue,
    }
    about = _entities_inside(scene, statement.content) - {speaker}

    def children(journal: Journal, number: int) -> None:
        for position, local in enumerate(statement.via):
            journal.add(StatementVia, statement_id=number, position=position, entity_id=scene.entities[local])
        for entity in sorted(e for e in about if e is not None):
            journal.add(StatementSubject, statement_id=number, entity_id=entity)

    key = statement_key(StatementContent(speaker, words, content, scene.origin))
    return Draft(ClaimKind.STATEMENT, key, values, statement.ground, statement.date, statement.content, children)


def _relation(scene: Scene, relation: FoundRelation) -> Draft:
    subject, target = scene.entities[relation.source], scene.entities[relation.target]
    key = relation_key(RelationContent(subject, target, relation.type, relation.realis, relation.date))
    values: dict[str, Value] = {
        "subject_id": subject,
        "object_id": target,
        "type": str(relation.type),
        "realis": str(relation.realis),
    }
    return Draft(ClaimKind.RELATION, key, values, relation.ground, relation.date)


def _entities_inside(scene: Scene, spans: Sequence[Span]) -> set[EntityId | None]:
    return {
        scene.entities[entity.id]
        for entity in scene.findings.entities
        if any(span.holds(mention.span) for span in spans for mention in entity.mentions)
    }
