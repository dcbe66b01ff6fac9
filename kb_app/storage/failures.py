"""Decides what a database failure means: the world failed (a sentence for the person) or we did (raised as it is)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from kb_app.core.errors import DiskFull, StoreDamaged, StoreError, StoreLocked, StoreReadOnly

# primary result codes, sqlite.org/rescode.html
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT = 5, 6, 8, 10, 11
_FULL, _CANTOPEN, _TOOBIG, _NOTADB = 13, 14, 18, 26
_INTERRUPT = 9


def result_code(error: BaseException) -> int:
    """Return SQLite's primary result code, 0 where the error carries none."""
    seen: BaseException | None = error
    while seen is not None:
        code = getattr(seen, "sqlite_errorcode", None)
        if isinstance(code, int):
            return code & 0xFF
        seen = seen.__cause__ or seen.__context__
    return 0


def is_interrupt(error: BaseException) -> bool:
    """Tell whether the error says that a time limit ended the query."""
    return result_code(error) == _INTERRUPT


def store_error(path: Path, error: BaseException) -> StoreError | None:
    """Return the error to show for a database failure, None where the fault is in our own code."""
    code = result_code(error)
    if code == _FULL:
        return DiskFull(path)
    if code in (_BUSY, _LOCKED):
        return StoreLocked(path, "another program")
    if code == _READONLY:
        return StoreReadOnly(path)
    if code in (_CORRUPT, _NOTADB):
        return StoreDamaged(path, str(error))
    if code == _IOERR:
        return StoreError(
            f"“{path.name}” could not be read or written ({error}). The last step was taken back; "
            "everything before it is kept."
        )
    if code == _CANTOPEN:
        return StoreError(f"“{path.name}” could not be opened ({error}).")
    if code == _TOOBIG:
        return StoreError(f"What was to be written to “{path.name}” is too large for it. Nothing was changed.")
    return None


@contextmanager
def worded(path: Path) -> Iterator[None]:
    """Turn failures of the world inside the block into errors with a sentence."""
    try:
        yield
    except (sqlite3.Error, peewee.PeeweeException) as error:
        known = store_error(path, error)
        if known is None:
            raise
        raise known from error
