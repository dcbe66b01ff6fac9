"""Begins imports, lists what waits in them, and ends them or lets them go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peewee import SqliteDatabase

from kb_app.core.changes import Changes
from kb_app.core.errors import NotFound
from kb_app.core.ids import OperationId, OutcomeId
from kb_app.core.operation import OperationState
from kb_app.core.report import InputState
from kb_app.storage.import_log import ENDED, LISTING, RUNNING
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import begin_import, discard_undone, finish_steps, now, strike_waiting
from kb_app.storage.tables import ImportBatch, ImportOutcome, Operation, OperationRow

_WAITING = str(InputState.WAITING)


@dataclass(frozen=True, slots=True)
class WaitingInput:
    """An input whose turn has not come; `path` is None for a text."""

    name: str
    path: bytes | None
    id: OutcomeId = OutcomeId(0)


def start_import(kb: KnowledgeBase, label: str, options: str) -> OperationId:
    """Open an operation with its batch; `options` is what was asked for, to go on with.

    It takes the place of imports that were asked for the same and were stopped: what waits in them is struck off.
    """
    with kb.writing() as database:
        same = (ImportBatch.options == options) & (ImportBatch.state != ENDED)
        for (earlier,) in list(ImportBatch.select(ImportBatch.operation).where(same).tuples().execute(database)):
            strike_waiting(database, OperationId(earlier))
            _drop_empty(database, OperationId(earlier))
        operation = begin_import(kb, label)
        row = {"operation": operation, "label": label, "at": now(), "options": options, "state": LISTING}
        ImportBatch.insert(**row).execute(database)
        return operation


def list_inputs(kb: KnowledgeBase, operation: OperationId, inputs: Sequence[WaitingInput]) -> None:
    """Write inputs down as waiting."""
    with kb.writing() as database:
        database.connection().executemany(
            "INSERT INTO import_outcome (operation, input, state, code, sentence, sha256, articles, path, media_type) "
            "VALUES (?, ?, ?, '', '', '', '[]', ?, '')",
            [(operation, item.name, _WAITING, item.path) for item in inputs],
        )


def end_listing(kb: KnowledgeBase, operation: OperationId, label: str) -> None:
    """Say that all inputs are written down, and what the import is called now that their number is known."""
    with kb.writing() as database:
        ImportBatch.update(state=RUNNING, label=label).where(ImportBatch.operation == operation).execute(database)
        Operation.update(label=label).where(Operation.id == operation).execute(database)


def listed_paths(kb: KnowledgeBase, operation: OperationId) -> frozenset[bytes]:
    """Return the paths that are written down already."""
    rows = ImportOutcome.select(ImportOutcome.path).where(ImportOutcome.operation == operation)
    return frozenset(bytes(path) for (path,) in rows.tuples().execute(kb.database) if path is not None)


def waiting_inputs(kb: KnowledgeBase, operation: OperationId, after: OutcomeId, limit: int) -> tuple[WaitingInput, ...]:
    """Return the next inputs that wait, behind one of them; what a container held does not wait by itself."""
    rows = (
        ImportOutcome.select(ImportOutcome.id, ImportOutcome.input, ImportOutcome.path)
        .where((ImportOutcome.operation == operation) & (ImportOutcome.state == _WAITING))
        .where(ImportOutcome.parent.is_null() & (ImportOutcome.id > after))
        .order_by(ImportOutcome.id)
        .limit(limit)
    )
    return tuple(
        WaitingInput(name, None if path is None else bytes(path), OutcomeId(number))
        for number, name, path in rows.tuples().execute(kb.database)
    )


def resume_import(kb: KnowledgeBase, operation: OperationId) -> tuple[str, bool]:
    """Open an unfinished import's operation again; return its options, and whether its inputs are all listed.

    Raises NotFound where there is nothing to go on with.
    """
    with kb.writing() as database:
        rows = ImportBatch.select(ImportBatch.options, ImportBatch.state).where(ImportBatch.operation == operation)
        options, state = next(iter(rows.tuples().execute(database)), ("", ENDED))
        if state == ENDED:
            raise NotFound("There is no unfinished import to go on with.")
        # what comes now stands on what is there: a step taken back before it cannot be done again
        discard_undone(database)
        Operation.update(finished=False).where(Operation.id == operation).execute(database)
        return options, state == RUNNING


def give_up_waiting(kb: KnowledgeBase, operation: OperationId) -> None:
    """End an unfinished import: what waits is struck off, what was imported stays."""
    with kb.writing() as database:
        strike_waiting(database, operation)
        _drop_empty(database, operation)


def finish_import(kb: KnowledgeBase, operation: OperationId) -> Changes:
    """Close an import's operation; one in which inputs wait can go on, one that brought no article leaves no step."""
    with kb.writing() as database:
        goes_on_behind = finish_steps(database, operation)
        waits = (ImportOutcome.operation == operation) & (ImportOutcome.state == _WAITING)
        batch = (ImportBatch.operation == operation) & (ImportBatch.state != ENDED)
        unfinished = _any(ImportBatch.select().where(batch), database) and (
            _any(ImportOutcome.select().where(waits), database)
            or _any(ImportBatch.select().where(batch & (ImportBatch.state == LISTING)), database)
        )
        if not unfinished:
            ImportBatch.update(state=ENDED).where(ImportBatch.operation == operation).execute(database)
            if not _any(ImportOutcome.select().where(ImportOutcome.operation == operation), database):
                # nothing was found to import: there is nothing to tell of it
                ImportBatch.delete().where(ImportBatch.operation == operation).execute(database)
            if _drop_empty(database, operation):
                return Changes(everything=goes_on_behind)
        Operation.update(finished=True).where(Operation.id == operation).execute(database)
        labels = Operation.select(Operation.label).where(Operation.id == operation)
        label = next(iter(labels.tuples().execute(database)))[0]
    return Changes(everything=True, operation=operation, label=label)


def _drop_empty(database: SqliteDatabase, operation: OperationId) -> bool:
    if _any(OperationRow.select().where(OperationRow.operation == operation), database):
        return False
    is_done = Operation.state == str(OperationState.DONE)
    Operation.delete().where((Operation.id == operation) & is_done).execute(database)
    return True


def _any(query: object, database: SqliteDatabase) -> bool:
    return bool(list(query.limit(1).tuples().execute(database)))  # type: ignore[attr-defined]
