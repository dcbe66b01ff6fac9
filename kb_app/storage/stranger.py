"""Opens a file that somebody else made so that nothing in it can act: read only, limited, declared exactly as ours."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from kb_app.core.errors import NotTakenOver
from kb_app.storage.failures import is_interrupt, worded
from kb_app.storage.file_header import examine
from kb_app.storage.schema import SCHEMA_VERSION, expected_schema, schema_of

T = TypeVar("T")

# of what an older version declares, in the form of `schema_digest`
_OLDER_SCHEMAS = MappingProxyType({1: "f8ff97bcd58eb3b786cd0594037143cbe8cae85f1502017d47b896f75e9ef0a1"})
_SECONDS_A_STATEMENT = 120.0
_STEPS_BETWEEN_LOOKS = 100_000  # of SQLite's virtual machine
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, 256 << 20),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 100),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 1_000),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0),
)
_PRAGMAS = ("query_only=1", "trusted_schema=0", "cell_size_check=1", "mmap_size=0", "temp_store=2")
_ALLOWED_PRAGMAS = frozenset({"integrity_check", "foreign_key_check", "page_count", "user_version", "data_version"})
_ALLOWED_FUNCTIONS = frozenset({"coalesce", "count", "max"})
_ALLOWED_ACTIONS = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})


class _Patience:
    """Ends a statement that runs for too long."""

    def __init__(self) -> None:
        self._until = time.monotonic() + _SECONDS_A_STATEMENT

    def begin(self) -> None:
        """Grant the time of one more statement."""
        self._until = time.monotonic() + _SECONDS_A_STATEMENT

    def is_over(self) -> int:
        """Tell SQLite to go on (0) or to stop (1)."""
        return int(time.monotonic() > self._until)


class Stranger:
    """A file from elsewhere, open for reading: `select` is all that can be asked of it."""

    def __init__(self, path: Path, connection: sqlite3.Connection, version: int) -> None:
        self.path = path
        self.version = version
        self._connection = connection
        self._patience = _Patience()
        connection.set_progress_handler(self._patience.is_over, _STEPS_BETWEEN_LOOKS)

    def select(self, sql: str) -> list[tuple[object, ...]]:
        """Return the rows of a query; raises NotTakenOver."""
        return list(self.rows(sql))

    def rows(self, sql: str) -> Iterator[tuple[object, ...]]:
        """Yield the rows of a query, one at a time in memory; raises NotTakenOver."""
        cursor = self._asked(lambda: self._connection.execute(sql))
        while (row := self._asked(cursor.fetchone)) is not None:
            yield row

    def _asked(self, question: Callable[[], T]) -> T:
        self._patience.begin()
        with worded(self.path):
            try:
                return question()
            except sqlite3.Error as error:
                if is_interrupt(error):
                    raise NotTakenOver(self.path, "it takes longer to read than a sound file would") from error
                if isinstance(error, sqlite3.DatabaseError):
                    raise NotTakenOver(self.path, f"it cannot be read ({error})") from error
                raise

    def check(self) -> None:
        """Raise NotTakenOver unless SQLite finds the file whole and it declares what we declare, and nothing else."""
        for (line,) in self.select("PRAGMA integrity_check(1)"):
            if line != "ok":
                raise NotTakenOver(self.path, f"SQLite reports: {line}")
        declared = schema_of(self._connection)
        if schema_digest(declared) != _digest_of(self.version):
            strange = _strange(declared)
            raise NotTakenOver(self.path, f"it declares what Kartoteka never makes{strange}")


@contextmanager
def opened_stranger(path: Path) -> Iterator[Stranger]:
    """Open a private copy of a file from elsewhere; raises NotAKnowledgeBase, StoreTooNew or another StoreError."""
    version = examine(path)
    with worded(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False
        )
        try:
            for limit, value in _LIMITS:
                connection.setlimit(limit, value)
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            connection.set_authorizer(_authorise)
            yield Stranger(path, connection, version)
        finally:
            connection.close()


def schema_digest(declared: tuple[tuple[str, str, str], ...]) -> str:
    """Return the SHA-256 of what a file declares; SQLite's own statistics come and go."""
    kept = [entry for entry in declared if not entry[1].startswith("sqlite_stat")]
    return hashlib.sha256(repr(kept).encode()).hexdigest()


def _digest_of(version: int) -> str:
    return schema_digest(expected_schema()) if version == SCHEMA_VERSION else _OLDER_SCHEMAS.get(version, "")


def _strange(declared: tuple[tuple[str, str, str], ...]) -> str:
    known = {name for _, name, _ in expected_schema()}
    strange = [f"the {kind} “{name}”" for kind, name, _ in declared if name not in known]
    return f": {', '.join(strange[:3])}" if strange else ""


def _authorise(action: int, *what: str | None) -> int:
    first, second, *_ = what  # of a pragma or a function: its name; the rest is database and trigger
    if action in _ALLOWED_ACTIONS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and str(first).lower() in _ALLOWED_PRAGMAS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and str(second).lower() in _ALLOWED_FUNCTIONS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY
