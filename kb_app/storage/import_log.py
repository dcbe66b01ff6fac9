"""The log of imports: which there were, what became of each input, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from peewee import fn

from kb_app.core.ids import ArticleId, OperationId, OutcomeId
from kb_app.core.report import ImportReport, ImportSummary, InputOutcome, InputState, OutcomeQuery
from kb_app.storage.article_details import unpack_words
from kb_app.storage.batches import in_batches
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.tables import ImportBatch, ImportOutcome

LISTING, RUNNING, ENDED = "listing", "running", "ended"
_COLUMNS = ("id", "input", "state", "code", "sentence", "sha256", "articles", "parent", "media_type", "path")


def imports(kb: KnowledgeBase, offset: int = 0, limit: int = 100) -> tuple[ImportSummary, ...]:
    """Return the imports that were made since the file keeps a log of them, newest first."""
    query = ImportBatch.select(*_SUMMARY).order_by(ImportBatch.operation.desc()).offset(offset).limit(limit)
    return tuple(_summary(kb, row) for row in query.tuples().execute(kb.database))


def import_count(kb: KnowledgeBase) -> int:
    """Return how many imports there are to page through."""
    return int(next(iter(ImportBatch.select(fn.COUNT(ImportBatch.id)).tuples().execute(kb.database)))[0])


def unfinished_import(kb: KnowledgeBase) -> ImportSummary | None:
    """Return the newest import that still has inputs waiting and can go on, None where there is none."""
    query = ImportBatch.select(*_SUMMARY).where(ImportBatch.state != ENDED).order_by(ImportBatch.operation.desc())
    return next((_summary(kb, row) for row in query.limit(1).tuples().execute(kb.database)), None)


def outcome_page(kb: KnowledgeBase, query: OutcomeQuery, offset: int, limit: int) -> tuple[InputOutcome, ...]:
    """Return a page of outcomes in the order in which the inputs came, what a container held after the container."""
    together = fn.COALESCE(ImportOutcome.parent, ImportOutcome.id)
    rows = ImportOutcome.select(*_fields()).where(_wanted(query)).order_by(together, ImportOutcome.id)
    return tuple(_outcome(row) for row in rows.offset(offset).limit(limit).tuples().execute(kb.database))


def outcome_count(kb: KnowledgeBase, query: OutcomeQuery) -> int:
    """Return how many outcomes a query has."""
    rows = ImportOutcome.select(fn.COUNT(ImportOutcome.id)).where(_wanted(query))
    return int(next(iter(rows.tuples().execute(kb.database)))[0])


def outcome_ids(kb: KnowledgeBase, query: OutcomeQuery) -> tuple[OutcomeId, ...]:
    """Return the ids of all outcomes of a query, in the order of `outcome_page`."""
    together = fn.COALESCE(ImportOutcome.parent, ImportOutcome.id)
    rows = ImportOutcome.select(ImportOutcome.id).where(_wanted(query)).order_by(together, ImportOutcome.id)
    return tuple(OutcomeId(number) for (number,) in rows.tuples().execute(kb.database))


def outcome_counts(kb: KnowledgeBase, operation: OperationId | None) -> Mapping[InputState, int]:
    """Return how many inputs of an import, or (None) of all, stand in each state; states without any are left out."""
    rows = (
        ImportOutcome.select(ImportOutcome.state, fn.COUNT(ImportOutcome.id))
        .where(_wanted(OutcomeQuery(operation)))
        .group_by(ImportOutcome.state)
    )
    return {InputState(state): count for state, count in rows.tuples().execute(kb.database)}


def outcomes_by_id(kb: KnowledgeBase, numbers: Sequence[OutcomeId]) -> tuple[InputOutcome, ...]:
    """Return the outcomes with these ids, in order of id; unknown ids are passed over."""
    found: list[InputOutcome] = []
    for some in in_batches(sorted(set(numbers))):
        rows = ImportOutcome.select(*_fields()).where(ImportOutcome.id.in_(some)).order_by(ImportOutcome.id)
        found += (_outcome(row) for row in rows.tuples().execute(kb.database))
    return tuple(found)


def outcomes_within(kb: KnowledgeBase, container: OutcomeId) -> tuple[InputOutcome, ...]:
    """Return the outcomes of what a container held."""
    rows = ImportOutcome.select(*_fields()).where(ImportOutcome.parent == container).order_by(ImportOutcome.id)
    return tuple(_outcome(row) for row in rows.tuples().execute(kb.database))


def outcomes_that_made(kb: KnowledgeBase, article: ArticleId) -> tuple[InputOutcome, ...]:
    """Return the outcomes of the inputs that an article was imported from, newest first."""
    made = fn.INSTR(ImportOutcome.articles, f'"{article}"') > 0
    rows = ImportOutcome.select(*_fields()).where(made).order_by(ImportOutcome.id.desc())
    return tuple(_outcome(row) for row in rows.tuples().execute(kb.database))


def outcomes(kb: KnowledgeBase, operation: OperationId | None = None) -> ImportReport:
    """Return what became of all inputs of an import whose turn came, of the newest one without a number."""
    if operation is None:
        newest = ImportOutcome.select(fn.MAX(ImportOutcome.operation)).tuples().execute(kb.database)
        operation = OperationId(next(iter(newest))[0] or 0)
    settled = tuple(state for state in InputState if state is not InputState.WAITING)
    return ImportReport(outcome_page(kb, OutcomeQuery(operation, settled), 0, -1))


_SUMMARY = (ImportBatch.operation, ImportBatch.label, ImportBatch.at, ImportBatch.state)


def _summary(kb: KnowledgeBase, row: tuple[Any, ...]) -> ImportSummary:
    number, label, at, state = row
    began = datetime.fromisoformat(at).astimezone(UTC)
    operation = OperationId(number)
    return ImportSummary(operation, label, began, outcome_counts(kb, operation), state == ENDED)


def _fields() -> list[Any]:
    return [getattr(ImportOutcome, name) for name in _COLUMNS]


def _wanted(query: OutcomeQuery) -> Any:
    wanted = ImportOutcome.id > 0
    if query.operation is not None:
        wanted &= ImportOutcome.operation == query.operation
    if query.states:
        wanted &= ImportOutcome.state.in_([str(state) for state in query.states])
    for word in query.text.lower().split():
        # knows no wildcards, unlike LIKE: a name with % or _ is found as it stands
        held = ImportOutcome.input.concat(" ").concat(ImportOutcome.sentence).concat(" ").concat(ImportOutcome.code)
        wanted &= fn.INSTR(fn.LOWER(held), word) > 0
    return wanted


def _outcome(row: tuple[Any, ...]) -> InputOutcome:
    number, name, state, code, sentence, sha256, articles, parent, media_type, path = row
    return InputOutcome(
        name,
        InputState(state),
        code,
        sentence,
        sha256,
        tuple(ArticleId(int(article)) for article in unpack_words(articles)),
        OutcomeId(number),
        None if parent is None else OutcomeId(parent),
        media_type,
        None if path is None else bytes(path),
    )
