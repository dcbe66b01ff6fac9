"""Opens a knowledge base file and owns its lock, connections and transactions."""

from __future__ import annotations

import os
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from peewee import SqliteDatabase

from kb_app.core.errors import StoreDamaged, StoreError, StoreReadOnly
from kb_app.storage.connections import open_reader, open_writer
from kb_app.storage.failures import worded
from kb_app.storage.file_header import examine
from kb_app.storage.file_system import flush_folder, move_to_free_name
from kb_app.storage.lock import StoreLock
from kb_app.storage.migrations import STEPS, migrate
from kb_app.storage.schema import create_schema, foreign_objects
from kb_app.storage.tables import FileFact

_SUFFIX_LOG = "-wal"
_ROWS_ANALYSED = 400  # of an index, so that closing a large file stays quick (sqlite.org/lang_analyze.html)


class KnowledgeBase:
    """One open file.

    The thread that opened it writes; every other thread gets a connection of its own that cannot. Where file or
    folder cannot be written, it opens for reading only, and `read_only` says so.
    """

    def __init__(self, path: Path, lock: StoreLock | None) -> None:
        self.path = path
        self.read_only = lock is None
        self._lock = lock
        self._owner = threading.get_ident()
        self._writer: SqliteDatabase | None = None
        self._readers: dict[int, tuple[threading.Thread, SqliteDatabase]] = {}
        self._guard = threading.Lock()
        self._depth = 0
        self._care = ""
        self._open = True

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a new, empty knowledge base that only its owner can read; refuses a path that exists."""
        path = Path(path).absolute()
        if path.exists():
            raise StoreError(f"“{path.name}” is there already. It was left as it is.")
        temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.new")
        try:
            _write_empty(temporary)
            move_to_free_name(temporary, path)
            flush_folder(path.parent)
        except FileExistsError as error:
            raise StoreError(f"“{path.name}” is there already. It was left as it is.") from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise StoreError(f"“{path.name}” could not be made in “{path.parent}” ({reason}).") from error
        finally:
            temporary.unlink(missing_ok=True)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open a knowledge base; raises a StoreError that names the file and what is wrong with it."""
        path = Path(path).absolute()
        version = examine(path)
        lock = None if read_only or not os.access(path, os.W_OK) else _locked(path)
        base = cls(path, lock)
        try:
            base._start(version)
        except BaseException:  # whatever went wrong, lock and connections are given back
            base.close()
            raise
        return base

    def _start(self, version: int) -> None:
        with worded(self.path):
            unclean = _log_size(self.path) > 0
            if self._lock is None:
                if version < STEPS.newest:
                    raise StoreError(
                        f"“{self.path.name}” was written by an older Kartoteka and must be opened for writing once, "
                        "so that it can be brought up to date. The file was left as it is."
                    )
                database = self.database
            else:
                migrate(self.path, version)
                database = self._writer = open_writer(self.path)
            self._refuse_strangers(database)
            if unclean:
                _quick_check(self.path, database)
            if self._lock is not None:
                database.execute_sql("UPDATE operation SET finished = 1 WHERE finished = 0")

    def _refuse_strangers(self, database: SqliteDatabase) -> None:
        strange = foreign_objects(database.connection())
        if strange:
            raise StoreDamaged(self.path, f"it holds {', '.join(strange[:3])}, which Kartoteka never makes")

    @property
    def is_open(self) -> bool:
        """Tell whether it can still be read."""
        return self._open

    @property
    def is_writer_thread(self) -> bool:
        """Tell whether the calling thread is the one that writes."""
        return not self.read_only and threading.get_ident() == self._owner

    @property
    def database(self) -> SqliteDatabase:
        """Return the calling thread's connection; raises StoreError after the end."""
        if not self._open:
            raise StoreError(f"“{self.path.name}” is closed.")
        if self.is_writer_thread and self._writer is not None:
            return self._writer
        return self._reader()

    def _reader(self) -> SqliteDatabase:
        thread = threading.current_thread()
        with self._guard:
            for ident, (owner, database) in list(self._readers.items()):
                if not owner.is_alive():
                    database.close()
                    del self._readers[ident]
            known = self._readers.get(threading.get_ident())
            if known is not None and known[0] is thread:
                return known[1]
            database = open_reader(self.path)
            self._readers[threading.get_ident()] = (thread, database)
            return database

    @contextmanager
    def writing(self, *, bulk: bool = False) -> Iterator[SqliteDatabase]:
        """Run the block as one transaction that is on the disk when it ends; nested blocks join the outer one.

        `bulk` trades the last few steps at a power cut (never the file's health) for speed: for imports. Raises
        StoreReadOnly, DiskFull or another StoreError; then nothing of the block was kept.
        """
        if self.read_only:
            raise StoreReadOnly(self.path)
        if not self.is_writer_thread or self._writer is None:
            raise RuntimeError("only the thread that opened the knowledge base may write")
        database = self._writer
        if self._depth:
            yield database
            return
        with worded(self.path):
            self._set_care("NORMAL" if bulk and self._keeps_log else "FULL")
            self._depth += 1
            try:
                with _transaction(database.connection(), "BEGIN IMMEDIATE"):
                    yield database
            finally:
                self._depth -= 1

    @contextmanager
    def reading(self) -> Iterator[SqliteDatabase]:
        """Let the block see one state of the store, whatever is written meanwhile."""
        database = self.database
        connection = database.connection()
        if connection.in_transaction:
            yield database
            return
        with _transaction(connection, "BEGIN"):
            yield database

    @cached_property
    def _keeps_log(self) -> bool:
        return self._writer is not None and str(self._writer.pragma("journal_mode")).lower() == "wal"

    def _set_care(self, care: str) -> None:
        """Say how far a transaction has to be on the disk when it ends; asked only when it changes."""
        if self._writer is not None and self._care != care:
            self._writer.pragma("synchronous", care)
            self._care = care

    def close(self) -> None:
        """Tidy up, empty the log, close every connection and give the lock back; a second call does nothing."""
        if not self._open:
            return
        self._open = False
        with self._guard:
            readers, self._readers = list(self._readers.values()), {}
        for _, reader in readers:
            reader.close()
        try:
            self._close_writer()
        finally:
            if self._lock is not None:
                self._lock.release()

    def _close_writer(self) -> None:
        writer, self._writer = self._writer, None
        if writer is None:
            return
        try:
            with worded(self.path):
                writer.execute_sql(f"PRAGMA analysis_limit={_ROWS_ANALYSED}")
                writer.execute_sql("PRAGMA optimize")
                writer.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                # at rest it is one plain file, that can be mailed, and read without making others beside it
                writer.execute_sql("PRAGMA journal_mode=DELETE")
        except StoreError:  # all is in the log; neither a full disk nor a reader elsewhere must keep us from closing
            pass
        finally:
            writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:  # also a cancelled step is taken back
        # a full disk has SQLite end the transaction itself, and a second end would hide why
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _locked(path: Path) -> StoreLock | None:
    lock = StoreLock(path)
    try:
        lock.acquire()
    except OSError:
        return None  # the folder cannot be written: neither can a log, so it opens for reading only
    return lock


def _log_size(path: Path) -> int:
    log = path.with_name(path.name + _SUFFIX_LOG)
    return log.stat().st_size if log.exists() else 0


def _quick_check(path: Path, database: SqliteDatabase) -> None:
    answer = database.execute_sql("PRAGMA quick_check(1)").fetchone()
    if answer[0] != "ok":
        raise StoreDamaged(path, str(answer[0]))


def _write_empty(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with worded(path):
        database = SqliteDatabase(str(path), thread_safe=False)
        database.connect()
        try:
            with database.atomic("IMMEDIATE"):
                create_schema(database)
                made = datetime.now(UTC).isoformat(timespec="seconds")
                facts = [("id", uuid.uuid4().hex), ("made", made)]
                FileFact.insert_many(facts, [FileFact.key, FileFact.value]).execute(database)
        finally:
            database.close()
