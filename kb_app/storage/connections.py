"""Opens connections with the settings that keep a knowledge base safe and quick."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from peewee import SqliteDatabase

from kb_app.core.errors import StoreLocked
from kb_app.storage.failures import result_code, worded
from kb_app.storage.file_system import can_share_memory

_CANTOPEN = 14
_BUSY_SECONDS = 5
_DEFENSIVE = 1010  # SQLITE_DBCONFIG_DEFENSIVE

_FOR_ALL = (
    ("foreign_keys", 1),
    ("trusted_schema", 0),  # a file from elsewhere must not call functions through its triggers and views
    ("cell_size_check", 1),
    ("mmap_size", 0),  # an I/O error would be a crash
    ("temp_store", 2),
    ("cache_size", -65536),
)


class StoreDatabase(SqliteDatabase):
    """A connection whose failures are worded for the person where the world is at fault."""

    def __init__(self, path: Path, mode: str, settings: tuple[tuple[str, int], ...]) -> None:
        # one object a thread, so peewee's own bookkeeping by thread is off and any thread may close it at the end
        super().__init__(
            f"{path.absolute().as_uri()}?mode={mode}",
            pragmas=list(settings),
            timeout=_BUSY_SECONDS,
            uri=True,
            thread_safe=False,
            check_same_thread=False,
        )
        self._path = path

    def execute_sql(self, sql: str, params: Any = None) -> sqlite3.Cursor:
        """Run one statement; raises a StoreError where the file or the disk fails."""
        with worded(self._path):
            untyped: Any = super()
            return cast(sqlite3.Cursor, untyped.execute_sql(sql, params))


def open_writer(path: Path) -> SqliteDatabase:
    """Open the one connection that writes and checkpoints; raises a StoreError."""
    database: SqliteDatabase = StoreDatabase(path, "rw", _FOR_ALL)
    with worded(path):
        database.connect()
        # a reader elsewhere can keep the journal as it is: then writing() keeps to FULL, and waits for readers
        with suppress(StoreLocked):
            database.pragma("journal_mode", "wal" if can_share_memory(path) else "delete")
        database.pragma("journal_size_limit", 64 << 20)
        database.pragma("synchronous", "FULL")
        connection: Any = database.connection()
        if hasattr(connection, "setconfig"):  # Python 3.12
            connection.setconfig(_DEFENSIVE, True)
    return database


def open_reader(path: Path) -> SqliteDatabase:
    """Open a connection that cannot write, also on a medium that cannot be written; raises a StoreError."""
    settings = (*_FOR_ALL, ("query_only", 1))
    database = StoreDatabase(path, "ro", settings)
    with worded(path):
        try:
            _try_reading(database)
        except Exception as error:  # told apart by SQLite's code, then raised again
            database.close()
            if result_code(error) != _CANTOPEN or not _may_be_immutable(path):
                raise
            database = StoreDatabase(path, "ro&immutable=1", settings)
            _try_reading(database)
    return database


def _try_reading(database: SqliteDatabase) -> None:
    database.connect()
    database.execute_sql("SELECT COUNT(*) FROM sqlite_master").fetchone()


def _may_be_immutable(path: Path) -> bool:
    # a log with content would be left out, and the reader would see an older state
    log = path.with_name(path.name + "-wal")
    return not log.exists() or log.stat().st_size == 0
