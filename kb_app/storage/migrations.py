"""Brings an older file up to date: ordered steps, each in one transaction with its record."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kb_app.core.errors import StoreError
from kb_app.storage.failures import worded
from kb_app.storage.file_system import flush_folder
from kb_app.storage.schema import SCHEMA_VERSION
from kb_app.storage.second_version import to_second_version

_PAGES_A_STEP = 2000


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a version to the next."""

    version: int  # the version it leads to
    change: Callable[[sqlite3.Connection], None]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps in order and the version that they lead to."""

    newest: int
    steps: tuple[Step, ...] = ()

    def after(self, version: int) -> tuple[Step, ...]:
        """Return the steps that a file of this version still needs."""
        return tuple(step for step in self.steps if step.version > version)


STEPS = Ladder(SCHEMA_VERSION, (Step(2, to_second_version),))


def migrate(path: Path, version: int, ladder: Ladder = STEPS) -> Path | None:
    """Bring the file to the newest version and return the copy made before, None where nothing was to do.

    Raises StoreError when a step fails: the file is then of the last version that was reached whole, and the copy
    is kept.
    """
    steps = ladder.after(version)
    if not steps:
        return None
    with worded(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # the header may be behind a log that an unclean end left
        found = int(connection.execute("PRAGMA user_version").fetchone()[0])
        copy = _copy_before(path, connection, found)
        for step in ladder.after(found):
            _take(step, connection, path)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return copy


def _take(step: Step, connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        step.change(connection)
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise sqlite3.IntegrityError(f"rows of {broken[0]} would point nowhere")
        connection.execute(f"PRAGMA user_version={step.version}")
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        connection.rollback()
        raise StoreError(
            f"“{path.name}” could not be brought up to version {step.version} ({error}). It was left at the version "
            "before, and a copy made before the attempt is beside it."
        ) from error


def _copy_before(path: Path, connection: sqlite3.Connection, version: int) -> Path:
    copy = _free_name(path, version)
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        with closing(sqlite3.connect(copy)) as target:
            connection.backup(target, pages=_PAGES_A_STEP)
    except BaseException:  # half a copy is worse than none
        copy.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)
    return copy


def _free_name(path: Path, version: int) -> Path:
    number = 0
    while True:
        extra = f"-{number}" if number else ""
        name = path.with_name(f"{path.stem}.before-version-{version + 1}{extra}{path.suffix}")
        if not name.exists():
            return name
        number += 1
