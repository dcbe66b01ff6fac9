"""Compares everything in a file with what it should be."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from peewee import PeeweeException

from kb_app.core.check_report import CheckReport, Problem, ProblemKind
from kb_app.core.errors import StoreDamaged, StoreLocked
from kb_app.core.progress import Progress
from kb_app.storage.check_content import CONTENT_CHECKS, ContentCheck, Findings, well_formed
from kb_app.storage.check_counts import count_problems
from kb_app.storage.check_records import RECORD_CHECKS, odd_rows
from kb_app.storage.connections import open_reader
from kb_app.storage.failures import store_error
from kb_app.storage.file_header import examine
from kb_app.storage.lock import StoreLock
from kb_app.storage.schema import SCHEMA_VERSION, expected_schema, schema_of
from kb_app.storage.search_indexes import unfit_indexes
from kb_app.storage.tables import SEARCH_INDEXES

_PROBLEMS_NAMED = 100  # of a kind; a torn file has thousands
_PAGES_A_STEP = 2000


def check(path: Path) -> Generator[Progress, None, CheckReport]:
    """Check a file step by step: SQLite, schema, foreign keys, full text, bytes, texts, quotes, counts, records.

    Changes nothing. Raises NotAKnowledgeBase, StoreTooNew or another StoreError where there is nothing to check; a
    damaged file is a report with problems.
    """
    path = Path(path).absolute()
    try:
        version = examine(path)
        database = open_reader(path)
    except StoreDamaged as error:
        return CheckReport((Problem(ProblemKind.SQLITE, error.sentence),))
    found = Findings(_PROBLEMS_NAMED)
    try:
        yield from _steps(path, database.connection(), found, version)
    except (sqlite3.Error, PeeweeException) as error:
        known = store_error(path, error)
        if not isinstance(known, StoreDamaged):
            raise known or error from error
        found.add(ProblemKind.SQLITE, known.sentence)
    finally:
        database.close()
    return CheckReport(found.problems, tuple(found.counts.items()))


def _steps(
    path: Path, connection: sqlite3.Connection, found: Findings, version: int
) -> Generator[Progress, None, None]:
    # what an older version declares has not all that is looked at
    checks = (*CONTENT_CHECKS, *(RECORD_CHECKS if version == SCHEMA_VERSION else ()))
    total = sum(connection.execute(f'SELECT COUNT(*) FROM "{c.table}"').fetchone()[0] for c in checks) + 5
    done = 0
    for label, step in (("SQLite", _structure), ("schema", _schema), ("links", _foreign_keys)):
        step(connection, found)
        done += 1
        yield Progress(done, total, label)
    if version == SCHEMA_VERSION:
        _full_text(path, connection, found)
    done += 1
    yield Progress(done, total, "full-text index")
    for content in checks:
        for some in _content(connection, content, found):
            done += some
            yield Progress(done, total, content.label)
    for problem in count_problems(connection):
        found.add(ProblemKind.COUNT, problem)
    well_formed(connection, found)
    if version == SCHEMA_VERSION:
        odd_rows(connection, found)
    yield Progress(total, total, "counts")


def _structure(connection: sqlite3.Connection, found: Findings) -> None:
    for (line,) in connection.execute(f"PRAGMA integrity_check({_PROBLEMS_NAMED})"):
        if line != "ok":
            found.add(ProblemKind.SQLITE, f"SQLite reports: {line}.")
    found.counts["pages"] = connection.execute("PRAGMA page_count").fetchone()[0]


def _schema(connection: sqlite3.Connection, found: Findings) -> None:
    wanted, there = set(expected_schema()), set(schema_of(connection))
    names = {name for _, name, _ in wanted}
    for kind, name, _ in sorted(wanted - there):
        found.add(ProblemKind.SCHEMA, f"The {kind} “{name}” is missing or not as it should be.")
    for kind, name, _ in sorted(there - wanted):
        # SQLite's own statistics come and go
        if name not in names and not name.startswith("sqlite_stat"):
            found.add(ProblemKind.SCHEMA, f"There is a strange {kind} “{name}”.")


def _foreign_keys(connection: sqlite3.Connection, found: Findings) -> None:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        found.add(ProblemKind.FOREIGN_KEY, f"Row {row} of “{table}” points to a row of “{parent}” that is not there.")


def _full_text(path: Path, connection: sqlite3.Connection, found: Findings) -> None:
    with _writable(path, connection) as writable:
        for name, words in unfit_indexes(writable).items():
            found.add(ProblemKind.FULL_TEXT, f"The full-text index “{name}” does not fit its text ({words}).")
        found.counts["full-text indexes"] = len(SEARCH_INDEXES)


@contextmanager
def _writable(path: Path, connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Give a connection that may write: to the file itself where nobody else does, else to a passing copy."""
    lock = StoreLock(path)
    with suppress(StoreLocked, OSError):
        lock.acquire()
        try:
            uri = f"{path.as_uri()}?mode=rw"
            with closing(sqlite3.connect(uri, uri=True, isolation_level=None, timeout=5)) as own:
                own.execute("BEGIN IMMEDIATE")
                yield own
                own.execute("ROLLBACK")
        finally:
            lock.release()
        return
    with (
        tempfile.TemporaryDirectory(prefix="kartoteka-check-") as folder,
        closing(sqlite3.connect(Path(folder) / "copy.kb", isolation_level=None)) as copy,
    ):
        connection.backup(copy, pages=_PAGES_A_STEP)
        yield copy


def _content(connection: sqlite3.Connection, content: ContentCheck, found: Findings) -> Iterator[int]:
    found.counts[content.label] = 0
    last = 0
    while True:
        sql = f"{content.sql} WHERE t.id > ? ORDER BY t.id LIMIT {content.batch}"
        rows = connection.execute(sql, (last,)).fetchall()
        if not rows:
            return
        for row in rows:
            content.look(row, found)
        last = rows[-1][0]
        found.counts[content.label] += len(rows)
        yield len(rows)
