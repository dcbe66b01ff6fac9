"""An older file is brought up to date in whole steps, and a fresh one is the same as a migrated one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kb_app.core.errors import StoreError
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.migrations import STEPS, Ladder, Step, migrate
from kb_app.storage.schema import SCHEMA_VERSION, expected_schema, schema_of
from tests.storage.filling import save

FROZEN = Path(__file__).parent / "schema_1.sql"


def _add_colour(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE note ADD COLUMN colour TEXT NOT NULL DEFAULT ''")


def _fill_colour(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE note SET colour = 'red'")


def _fail(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE half (x)")
    connection.execute("INSERT INTO nowhere VALUES (1)")


def _orphan(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO note (entity_id, text, at) VALUES (999, '', '')")


LADDER = Ladder(3, (Step(2, _add_colour), Step(3, _fill_colour)))


@pytest.fixture
def old(path: Path) -> Path:
    with KnowledgeBase.create(path) as kb:
        save(kb)
        kb.database.execute_sql("INSERT INTO note (entity_id, text, at) VALUES (1, 'n', '')")
    return path


def _version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_the_first_version_is_frozen_and_migrates_to_what_a_fresh_file_is(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(FROZEN.read_text(encoding="utf-8"))
        for step in STEPS.after(1):
            step.change(connection)
        assert schema_of(connection) == expected_schema()


def test_the_steps_lead_to_the_newest_version() -> None:
    assert [step.version for step in STEPS.steps] == list(range(2, SCHEMA_VERSION + 1))
    assert STEPS.newest == SCHEMA_VERSION


def test_steps_are_taken_in_order_and_recorded(old: Path) -> None:
    copy = migrate(old, 1, LADDER)
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT text, colour FROM note").fetchall() == [("n", "red")]
    assert _version(old) == 3
    assert copy is not None and _version(copy) == 1


def test_the_file_is_copied_before(old: Path) -> None:
    before = old.read_bytes()
    copy = migrate(old, 1, LADDER)
    assert copy is not None and copy.name == "Dam.before-version-2.kb"
    with KnowledgeBase.open(copy, read_only=True) as kb:
        assert kb.database.execute_sql("SELECT text FROM note").fetchall() == [("n",)]
    assert len(before) == copy.stat().st_size


def test_a_file_that_is_up_to_date_is_left_alone(old: Path) -> None:
    before = old.read_bytes()
    assert migrate(old, SCHEMA_VERSION) is None
    assert (old.read_bytes(), os.listdir(old.parent)) == (before, [old.name])


@pytest.mark.parametrize("change", [_fail, _orphan])
def test_a_step_that_fails_leaves_the_version_before(old: Path, change: object) -> None:
    ladder = Ladder(3, (Step(2, _add_colour), Step(3, change)))  # type: ignore[arg-type]
    with pytest.raises(StoreError, match="could not be brought up to version 3"):
        migrate(old, 1, ladder)
    assert _version(old) == 2
    with closing(sqlite3.connect(old)) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        assert "half" not in names
        assert connection.execute("SELECT text, colour FROM note").fetchall() == [("n", "")]


def test_a_log_that_says_more_than_the_header_is_believed(old: Path) -> None:
    assert migrate(old, 0, Ladder(1, (Step(1, _fail),))) is not None
    assert _version(old) == 1
