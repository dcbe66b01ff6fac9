"""The steps that a person took: each one transaction with what takes it back, kept in the file."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from peewee import SqliteDatabase, fn

from kb_app.core.changes import Changes
from kb_app.core.errors import StoreError
from kb_app.core.ids import OperationId
from kb_app.core.operation import Operation, OperationState
from kb_app.core.report import InputState
from kb_app.storage import tables
from kb_app.storage.counts import Touched
from kb_app.storage.import_log import ENDED
from kb_app.storage.journal import Journal
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.reversal import put_back, take_back
from kb_app.storage.rows import Value

EDIT, IMPORT = "edit", "import"
_RESTED_ON = ("source", "origin", "entity")  # tables to whose rows those of an article lead

_STOP_CONTAINERS = (
    "UPDATE import_outcome SET state = 'failed', code = 'stopped', "
    "sentence = 'Taking “' || input || '” apart was stopped before its end.' "
    "WHERE operation = ? AND state = 'waiting' AND id IN (SELECT parent FROM import_outcome WHERE parent IS NOT NULL)"
)


class Edit(Journal):
    """A journal that also gathers what the step touched, for the views."""

    def __init__(self, database: SqliteDatabase, operation: OperationId, label: str) -> None:
        super().__init__(database, operation)
        self.label = label
        self.touched = Touched()

    def update(self, table: type[tables.Row], number: int, **values: Value) -> bool:
        """Change a row's columns; return whether any of them was different."""
        changed = super().update(table, number, **values)
        if changed:
            self.touched.columns(self.database.connection(), table, number, values)
        return changed

    @property
    def changes(self) -> Changes:
        """Return what was touched; nothing when no row was changed."""
        return self.touched.changes(self.operation, self.label)


def author() -> str:
    """Return the name under which this person's steps are kept: the system's."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def now() -> str:
    """Return the time for a row: UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def edit(kb: KnowledgeBase, label: str) -> Iterator[Edit]:
    """Run the block as one step with the wording of its menu item; one that changes no row leaves no trace."""
    with kb.writing() as database:
        # the next number, taken for good only when something was changed: a step without effect must not end redo
        step = Edit(database, _add_operation(database, label, EDIT), label)
        yield step
        step.flush()
        changed = tables.OperationRow.select().where(tables.OperationRow.operation == step.operation).limit(1)
        if list(changed.tuples().execute(database)):
            discard_undone(database)
        else:
            tables.Operation.delete().where(tables.Operation.id == step.operation).execute(database)


def begin_import(kb: KnowledgeBase, label: str) -> OperationId:
    """Open an operation that the articles of one import will belong to."""
    with kb.writing() as database:
        number = _add_operation(database, label, IMPORT)
        tables.Operation.update(finished=False).where(tables.Operation.id == number).execute(database)
        return number


def step_of_import(database: SqliteDatabase, operation: OperationId) -> OperationId:
    """Return the step to which an import adds now: its own, or one behind steps that brought what it may rest on.

    They could not be taken back before it.
    """
    is_later = (tables.Operation.id > operation) & (tables.Operation.state == str(OperationState.DONE))
    brought = (tables.OperationRow.action == "insert") & tables.OperationRow.table_name.in_(_RESTED_ON)
    rows = tables.OperationRow.select().where((tables.OperationRow.operation == tables.Operation.id) & brought)
    query = tables.Operation.select(tables.Operation.id, tables.Operation.label, tables.Operation.kind)
    later = query.where(is_later & _exists(rows)).order_by(tables.Operation.id.desc()).limit(1)
    newest = next(iter(later.tuples().execute(database)), None)
    if newest is None:
        return operation
    number, label, kind = newest
    continued = _continued(database, operation)
    if (label, kind) == (continued, IMPORT):
        return OperationId(number)
    opened = _add_operation(database, continued, IMPORT)
    tables.Operation.update(finished=False).where(tables.Operation.id == opened).execute(database)
    return opened


def finish_steps(database: SqliteDatabase, operation: OperationId) -> bool:
    """Close the steps that an import opened behind its own; return whether there are any."""
    table = tables.Operation
    label = _continued(database, operation)
    opened = (table.id > operation) & (table.kind == IMPORT) & (table.label == label)
    rows = tables.OperationRow.select().where(tables.OperationRow.operation == table.id)
    table.delete().where(opened & ~_exists(rows) & (table.state == str(OperationState.DONE))).execute(database)
    return bool(table.update(finished=True).where(opened).execute(database))


def _continued(database: SqliteDatabase, operation: OperationId) -> str:
    query = tables.Operation.select(tables.Operation.label).where(tables.Operation.id == operation)
    (label,) = next(iter(query.tuples().execute(database)), ("Import",))
    return f"{label}, continued"


def discard_undone(database: SqliteDatabase) -> None:
    """Give up what was taken back: something else was done since. The steps stay in the log."""
    undone = tables.Operation.select(tables.Operation.id).where(tables.Operation.state == str(OperationState.UNDONE))
    tables.OperationRow.delete().where(tables.OperationRow.operation.in_(undone)).execute(database)
    tables.Operation.update(state=str(OperationState.DISCARDED)).where(
        tables.Operation.state == str(OperationState.UNDONE)
    ).execute(database)


def strike_waiting(database: SqliteDatabase, operation: OperationId) -> None:
    """Strike off what waits in an import and end its batch, in the caller's transaction.

    A container of which something came out stays, as stopped, for its outcomes to belong to.
    """
    database.execute_sql(_STOP_CONTAINERS, (operation,))
    waits = (tables.ImportOutcome.operation == operation) & (tables.ImportOutcome.state == str(InputState.WAITING))
    tables.ImportOutcome.delete().where(waits).execute(database)
    tables.ImportBatch.update(state=ENDED).where(tables.ImportBatch.operation == operation).execute(database)


def strike_all_waiting(database: SqliteDatabase) -> None:
    """Strike off what waits in all imports, in the caller's transaction."""
    waits = tables.ImportOutcome.state == str(InputState.WAITING)
    query = tables.ImportOutcome.select(tables.ImportOutcome.operation).where(waits).distinct()
    for (operation,) in list(query.tuples().execute(database)):
        strike_waiting(database, OperationId(operation))


def undo(kb: KnowledgeBase) -> Changes | None:
    """Take the last step back; None where there is none. Raises StoreError while that step is a running import."""
    with kb.writing() as database:
        step = _next(database, OperationState.DONE)
        if step is None:
            return None
        if not _is_finished(database, step.id):
            raise StoreError(f"“{step.label}” is still running. It can be taken back when it has ended.")
        changes = take_back(database, step)
        # an import that was stopped half-way ends with this: going on would add to what is taken back
        strike_waiting(database, step.id)
        _set_state(database, step.id, OperationState.UNDONE)
        return changes


def redo(kb: KnowledgeBase) -> Changes | None:
    """Do the step again that was taken back last; None where there is none."""
    with kb.writing() as database:
        step = _next(database, OperationState.UNDONE)
        if step is None:
            return None
        changes = put_back(database, step)
        _set_state(database, step.id, OperationState.DONE)
        return changes


def next_undo(kb: KnowledgeBase) -> Operation | None:
    """Return the step that undo would take back."""
    return _next(kb.database, OperationState.DONE)


def next_redo(kb: KnowledgeBase) -> Operation | None:
    """Return the step that redo would do again."""
    return _next(kb.database, OperationState.UNDONE)


def history(kb: KnowledgeBase, limit: int = 200) -> tuple[Operation, ...]:
    """Return the steps, newest first; an import that brought nothing yet is not one."""
    query = _with_rows_or_log().order_by(tables.Operation.id.desc()).limit(limit)
    return tuple(_record(row) for row in query.tuples().execute(kb.database))


def _next(database: SqliteDatabase, state: OperationState) -> Operation | None:
    # steps are numbered in the order they were begun, which is the order they stand on each other
    order = tables.Operation.id.desc() if state is OperationState.DONE else tables.Operation.id.asc()
    query = _with_rows_or_log().where(tables.Operation.state == str(state)).order_by(order).limit(1)
    rows = list(query.tuples().execute(database))
    return _record(rows[0]) if rows else None


def _with_rows_or_log() -> Any:
    rows = tables.OperationRow.select().where(tables.OperationRow.operation == tables.Operation.id)
    kept = tables.Operation.state == str(OperationState.DISCARDED)
    fields = (f for f in tables.Operation._meta.sorted_fields if f.name != "finished")
    return tables.Operation.select(*fields).where(kept | _exists(rows))


def _exists(query: Any) -> Any:
    return fn.EXISTS(query)


def _record(row: tuple[Any, ...]) -> Operation:
    number, label, kind, state, at, who = row
    return Operation(OperationId(number), label, datetime.fromisoformat(at), who, OperationState(state), kind)


def _is_finished(database: SqliteDatabase, number: OperationId) -> bool:
    query = tables.Operation.select(tables.Operation.finished).where(tables.Operation.id == number)
    return bool(next(iter(query.tuples().execute(database)))[0])


def _set_state(database: SqliteDatabase, number: OperationId, state: OperationState) -> None:
    tables.Operation.update(state=str(state)).where(tables.Operation.id == number).execute(database)


def _add_operation(database: SqliteDatabase, label: str, kind: str) -> OperationId:
    row = {"label": label, "kind": kind, "state": str(OperationState.DONE), "at": now(), "author": author()}
    return OperationId(tables.Operation.insert(**row).execute(database))
