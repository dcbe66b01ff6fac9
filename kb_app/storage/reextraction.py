"""Puts the findings of a new run in the place of an article's old ones, and leaves every decision alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from peewee import SqliteDatabase

from kb_app.core.article import Article
from kb_app.core.changes import Changes
from kb_app.core.errors import NotFound
from kb_app.core.findings import Findings
from kb_app.core.identities import Resolution
from kb_app.core.ids import ArticleId, OperationId
from kb_app.core.judgement import Status
from kb_app.core.passage import Span
from kb_app.storage import tables
from kb_app.storage.acceptance import refuse_unfit
from kb_app.storage.claim_writer import Draft, Scene, articles_of, drafts_of, write_claims
from kb_app.storage.counts import Touched, recount
from kb_app.storage.entity_writer import joined_by_report, write_entities, write_mentions
from kb_app.storage.journal import Journal
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.time_writer import write_times

_SUGGESTED = str(Status.SUGGESTED)
# where an entity may stand in a claim, so that it must stay
_REFERENCES: tuple[Any, ...] = (
    tables.Mention.entity,
    tables.Note.entity,
    tables.EventParticipant.entity,
    tables.StatementVia.entity,
    tables.StatementSubject.entity,
    tables.Role.person,
    tables.Role.institution,
    tables.Event.place,
    tables.Statement.speaker,
    tables.Statement.addressee,
    tables.Relation.subject,
    tables.Relation.object,
    tables.Entity.canonical,
)
_CHILDREN: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        "event": (tables.EventParticipant.event,),
        "statement": (tables.StatementVia.statement, tables.StatementSubject.statement),
    }
)


@dataclass(frozen=True, slots=True)
class HeldCitation:
    """A citation of the article as it stands."""

    id: int
    kind: str
    claim: int
    key: str
    span: Span
    status: str


def replace_findings(  # noqa: PLR0913  as save_article
    kb: KnowledgeBase, operation: OperationId, article_id: ArticleId, findings: Findings, resolution: Resolution
) -> Changes:
    """Bring an article's findings up to a new run, as part of an operation.

    What is found again stays as it is, gaps are filled, what is not found again goes, and what a person decided stays
    whether it is found again or not. Raises Failed as save_article does, and NotFound.
    """
    with kb.writing(bulk=True) as database:
        scene = _scene(kb, article_id, findings)
        refuse_unfit(Article(scene.text, Span(0, len(scene.text))), findings)
        journal = Journal(database, operation)
        touched = Touched(articles={article_id})
        joined = joined_by_report(database, (article_id, *scene.copies), findings, resolution)
        ids = write_entities(journal, findings, joined, scene.text)
        scene = replace(scene, entities=ids)
        touched.entities.update(ids.values())
        touched.entities.update(_renew_mentions(journal, scene))
        _renew_claims(journal, scene, touched)
        journal.remove(tables.TimeExpression, _numbers(database, tables.TimeExpression.article, article_id))
        write_times(journal, scene)
        journal.update(tables.Article, article_id, engine=findings.engine)
        journal.flush()
        touched.entities.difference_update(_remove_unused(journal, touched.entities))
        recount(database.connection(), touched)
    return touched.changes(operation, "")


def _scene(kb: KnowledgeBase, article: ArticleId, findings: Findings) -> Scene:
    table, text = tables.Article, tables.Text
    query = table.select(text.text, table.origin, table.published_day).join(text, on=(text.id == table.id))
    rows = list(query.where(table.id == article).tuples().execute(kb.database))
    if not rows:
        raise NotFound(f"There is no article {article} in “{kb.path.name}”.")
    body, origin, day = rows[0]
    copies = tuple(number for number in articles_of(kb.database, origin) if number != article)
    return Scene(article, body, origin, day, {}, findings, copies, is_new=False)


def _renew_mentions(journal: Journal, scene: Scene) -> set[int]:
    """Return the entities that lost a mention."""
    table = tables.Mention
    query = table.select(table.id, table.first, table.last, table.entity, table.status)
    held = list(query.where(table.article == scene.article).tuples().execute(journal.database))
    there = {(first, last, entity) for _, first, last, entity, _ in held}
    found = {(m.span.start, m.span.end, scene.entities[e.id]) for e in scene.findings.entities for m in e.mentions}
    gone = [row for row in held if row[1:4] not in found and row[4] == _SUGGESTED]
    journal.remove(table, [row[0] for row in gone])
    new = tuple(
        replace(
            entity,
            mentions=tuple(
                m for m in entity.mentions if (m.span.start, m.span.end, scene.entities[entity.id]) not in there
            ),
        )
        for entity in scene.findings.entities
    )
    write_mentions(journal, replace(scene, findings=replace(scene.findings, entities=new)))
    return {row[3] for row in gone}


def _renew_claims(journal: Journal, scene: Scene, touched: Touched) -> None:
    drafts = drafts_of(scene)
    held = _held_citations(journal.database, scene.article)
    found = {_place(draft) for draft in drafts}
    there = {(h.kind, h.key, h.span) for h in held}
    touched.claims.update((h.kind, h.claim) for h in held)
    gone = [h for h in held if (h.kind, h.key, h.span) not in found and h.status == _SUGGESTED]
    journal.remove(tables.Citation, [h.id for h in gone])
    written = write_claims(journal, scene, [draft for draft in drafts if _place(draft) not in there])
    touched.claims.update((str(ref.kind), ref.id) for ref in written)
    for held_one in gone:
        _remove_uncited(journal, held_one, touched)


def _place(draft: Draft) -> tuple[str, str, Span]:
    return str(draft.kind), draft.key, draft.ground.evidence


def _held_citations(database: SqliteDatabase, article: int) -> list[HeldCitation]:
    cited, passage = tables.Citation, tables.Passage
    held: list[HeldCitation] = []
    for kind, table in tables.CLAIM_TABLES.items():
        query = (
            cited.select(cited.id, cited.claim, table.key, passage.first, passage.last, table.status)
            .join(passage)
            .switch(cited)
            .join(table, on=(table.id == cited.claim))
            .where((cited.kind == kind) & (cited.article == article))
        )
        for number, claim, key, first, last, status in query.tuples().execute(database):
            held.append(HeldCitation(number, kind, claim, key, Span(first, last), status))
    return held


def _remove_uncited(journal: Journal, held: HeldCitation, touched: Touched) -> None:
    cited = tables.Citation
    left = cited.select(cited.id).where((cited.kind == held.kind) & (cited.claim == held.claim)).limit(1)
    if list(left.tuples().execute(journal.database)):
        return
    table = tables.CLAIM_TABLES[held.kind]
    row = list(table.select().where(table.id == held.claim).tuples().execute(journal.database))
    touched.rows(table, row)
    for column in _CHILDREN.get(held.kind, ()):
        journal.remove(column.model, _numbers(journal.database, column, held.claim))
    journal.remove(table, [held.claim])
    touched.claims.discard((held.kind, held.claim))


def _remove_unused(journal: Journal, entities: set[int]) -> set[int]:
    """Remove undecided entities that nothing refers to any more, and return them."""
    removed = set()
    for number in sorted(entities):
        entity = tables.Entity
        query = entity.select(entity.status).where(entity.id == number).tuples()
        statuses = [status for (status,) in query.execute(journal.database)]
        if statuses != [_SUGGESTED] or any(_numbers(journal.database, column, number, 1) for column in _REFERENCES):
            continue
        journal.remove(tables.EntityName, _numbers(journal.database, tables.EntityName.entity, number))
        journal.remove(entity, [number])
        removed.add(number)
    return removed


def _numbers(database: SqliteDatabase, column: Any, value: int, limit: int | None = None) -> list[int]:
    table = column.model
    query = table.select(table.id).where(column == value)
    if limit is not None:
        query = query.limit(limit)
    return [number for (number,) in query.tuples().execute(database)]
