"""Takes what a file from elsewhere holds into a new knowledge base, row by row, and leaves the file as it is."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kb_app.core.errors import DiskFull, NotTakenOver, StoreError
from kb_app.core.operation import OperationState
from kb_app.core.progress import Progress
from kb_app.storage import tables
from kb_app.storage.checking import check
from kb_app.storage.file_header import examine
from kb_app.storage.file_system import free_bytes, move_to_free_name
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.migrations import migrate
from kb_app.storage.operations import strike_all_waiting
from kb_app.storage.row_fitness import Unfit, check_row
from kb_app.storage.rows import Value, columns_of, insert_rows
from kb_app.storage.schema import SCHEMA_VERSION
from kb_app.storage.stranger import Stranger, opened_stranger
from kb_app.storage.tables import Row

# what belongs to the other person's computer: their undo steps, their folders, the file's own facts
LEFT_BEHIND = frozenset({tables.OperationRow, tables.WatchedFolder, tables.WatchedFile, tables.FileFact})
_ROWS = 500
_CHARACTERS = 8 * 1024**2  # and bytes: after so many of them a batch ends
_ROOM = 3  # times the file's size: the private copy, the new file and its log
_BESIDE = ("-wal", "-journal")


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What came of it: the new file, rows a table, and what the person should know."""

    path: Path
    rows: tuple[tuple[str, int], ...]
    log_left: bool = False  # the file had a log beside it, whose last changes were left out


def take_over(path: Path, target: Path) -> Generator[Progress, None, TakenOver]:
    """Check a file that somebody else made and copy its rows into a new one, step by step.

    A private copy is opened for reading only, with limits; it must declare just what Kartoteka declares, and every row
    must be one that Kartoteka could have written. The steps of its maker stay in the log and can no longer be taken
    back. Raises NotAKnowledgeBase, StoreTooNew, NotTakenOver or another StoreError; then there is no new file.
    Closing the generator ends it the same way.
    """
    path, target = Path(path).absolute(), Path(target).absolute()
    examine(path)
    if target.exists():
        raise StoreError(f"“{target.name}” is there already. It was left as it is.")
    if free_bytes(target.parent) < _ROOM * path.stat().st_size:
        raise DiskFull(target)
    log_left = any(_size(path.with_name(path.name + ending)) for ending in _BESIDE)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
        yield Progress(0, 0, path.name)
        copy = _private_copy(path, Path(folder))
        finished = Path(folder) / "new.kb"
        rows = yield from _copied(copy, finished)
        yield from _checked(finished, path)
        try:
            move_to_free_name(finished, target)
        except FileExistsError as error:
            raise StoreError(f"“{target.name}” is there already. It was left as it is.") from error
    return TakenOver(target, rows, log_left)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _private_copy(path: Path, folder: Path) -> Path:
    copy = folder / path.name
    try:
        shutil.copyfile(path, copy)
        os.chmod(copy, 0o600)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"“{path.name}” could not be copied ({reason}). It was left as it is.") from error
    version = examine(copy)
    if version < SCHEMA_VERSION:
        with opened_stranger(copy) as stranger:
            stranger.check()
        migrate(copy, version)
    return copy


def _copied(copy: Path, finished: Path) -> Generator[Progress, None, tuple[tuple[str, int], ...]]:
    with opened_stranger(copy) as stranger:
        stranger.check()
        wanted = [table for table in tables.TABLES if table not in LEFT_BEHIND]
        sizes = {table: _count(stranger, table) for table in wanted}
        total, done = sum(sizes.values()), 0
        with KnowledgeBase.create(finished) as kb:
            # parents may follow their children inside a table; the check at the end looks at all links
            kb.database.pragma("foreign_keys", 0)
            for table in wanted:
                for rows in _batches(stranger, table):
                    with kb.writing(bulk=True) as database:
                        insert_rows(database.connection(), table, rows)
                    done += len(rows)
                    yield Progress(done, total, table._meta.table_name.replace("_", " "))
            with kb.writing() as database:
                strike_all_waiting(database)
    return tuple((table._meta.table_name, count) for table, count in sizes.items())


def _count(stranger: Stranger, table: type[Row]) -> int:
    count = stranger.select(f'SELECT count(*) FROM "{table._meta.table_name}"')[0][0]
    return count if isinstance(count, int) else 0


def _batches(stranger: Stranger, table: type[Row]) -> Iterator[list[tuple[Value, ...]]]:
    name = table._meta.table_name
    columns = ", ".join(f'"{column}"' for column in columns_of(table).names)
    batch: list[tuple[Value, ...]] = []
    size = 0
    for row in stranger.rows(f'SELECT {columns} FROM "{name}" ORDER BY id'):
        batch.append(_taken(stranger.path, table, row))
        size += sum(len(value) for value in row if isinstance(value, str | bytes))
        if len(batch) >= _ROWS or size >= _CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _taken(path: Path, table: type[Row], row: tuple[object, ...]) -> tuple[Value, ...]:
    try:
        checked = check_row(table, row)
    except Unfit as error:
        name = table._meta.table_name.replace("_", " ")
        raise NotTakenOver(path, f"row {row[0]} of “{name}” is none that Kartoteka writes: {error}") from error
    return _with(table, checked, _CHANGED.get(table, {}))


def _with(table: type[Row], row: tuple[Value, ...], changed: dict[str, Value]) -> tuple[Value, ...]:
    if not changed:
        return row
    positions = columns_of(table).positions
    values = list(row)
    for column, value in changed.items():
        values[positions[column]] = value
    return tuple(values)


# nobody may be made to read files of this computer by trying a stranger's import again
_CHANGED: Mapping[type[Row], dict[str, Value]] = MappingProxyType(
    {
        tables.Operation: {"state": str(OperationState.DISCARDED), "finished": 1},
        tables.ImportOutcome: {"path": None},
        tables.ImportBatch: {"state": "ended"},
    }
)


def _checked(finished: Path, path: Path) -> Generator[Progress, None, None]:
    report = yield from check(finished)
    if report.problems:
        more = f" ({len(report.problems)} problems)" if len(report.problems) > 1 else ""
        raise NotTakenOver(path, report.problems[0].sentence.rstrip(".") + more)
