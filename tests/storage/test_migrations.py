"""An older file is brought up to date in whole steps, and a fresh one is the same as a migrated one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kb_app.core.article import Article
from kb_app.core.errors import StoreError
from kb_app.storage.article_details import pack_details
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.migrations import STEPS, Ladder, Step, migrate
from kb_app.storage.operations import undo
from kb_app.storage.schema import SCHEMA_VERSION, expected_schema, schema_of
from kb_app.storage.tables import APPLICATION_ID
from tests import builders
from tests.storage.filling import checked, is_empty, save

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


NOW = SCHEMA_VERSION
LADDER = Ladder(NOW + 2, (Step(NOW + 1, _add_colour), Step(NOW + 2, _fill_colour)))


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


def test_a_filled_file_of_version_1_keeps_its_rows_and_gives_no_id_twice(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(FROZEN.read_text(encoding="utf-8"))
        connection.execute(
            "INSERT INTO source (id, sha256, media_type, size, name, path, imported_at, how, data) "
            "VALUES (7, 'aa', 'text/plain', 3, 'a.txt', '/a.txt', '2026-01-01T00:00:00+00:00', '', x'00')"
        )
        connection.execute("DELETE FROM source")
        connection.execute("INSERT INTO text (title, text, sha256, offset_map) VALUES ('T', 'Body', 'bb', '[]')")
        connection.execute("INSERT INTO text_search (rowid, title, text) VALUES (1, 'T', 'Body')")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("PRAGMA user_version=1")
    with KnowledgeBase.open(path) as kb:
        assert kb.database.execute_sql("SELECT text, page_map FROM text").fetchall() == [("Body", "[]")]
        assert kb.database.execute_sql("SELECT rowid FROM text_search WHERE text_search MATCH 'body'").fetchall()
        last = kb.database.execute_sql("SELECT seq FROM sqlite_sequence WHERE name = 'source'").fetchone()
        assert last == (7,)


def _old_article(path: Path, article: Article, details: str, warnings: str = "[]") -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(FROZEN.read_text(encoding="utf-8"))
        connection.execute(
            "INSERT INTO source (id, sha256, media_type, size, name, path, imported_at, how, data) "
            "VALUES (1, 'aa', 'text/plain', 3, 'a.txt', '/a.txt', '2026-01-01T00:00:00+00:00', '', x'00')"
        )
        connection.execute("INSERT INTO origin (id, fingerprint) VALUES (1, 'f')")
        connection.execute(
            "INSERT INTO article (id, source_id, origin_id, title, title_key, publisher, publisher_key, host, people, "
            "institutions, events, reviewed, warnings, has_warnings, language, encoding, engine, details) "
            "VALUES (1, 1, 1, 'T', 't', '', '', '', 0, 0, 0, 0, ?, 0, 'en', 'utf-8', 'none', ?)",
            (warnings, details),
        )
        connection.execute(
            "INSERT INTO text (id, title, text, sha256, offset_map) VALUES (1, 'T', ?, 'bb', '[]')", (article.text,)
        )
        connection.execute("INSERT INTO text_search (rowid, title, text) VALUES (1, 'T', ?)", (article.text,))
        connection.execute(
            "INSERT INTO operation (id, label, kind, state, at, author, finished) "
            "VALUES (1, 'Import', 'import', 'done', '2026-01-01T00:00:00+00:00', '', 1)"
        )
        connection.execute(
            "INSERT INTO operation_row (operation_id, action, table_name, first_id, last_id) VALUES "
            "(1, 'insert', 'source', 1, 1), (1, 'insert', 'origin', 1, 1), (1, 'insert', 'article', 1, 1), "
            "(1, 'insert', 'text', 1, 1), (1, 'insert', 'paragraph_hash', 1, 3)"
        )
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("PRAGMA user_version=1")


def test_articles_of_version_1_are_found_again_when_they_are_told_again(path: Path) -> None:
    article = builders.article()
    _old_article(path, article, pack_details(article))
    with KnowledgeBase.open(path) as kb:
        save(kb, name="again.txt")
        assert kb.database.execute_sql("SELECT origin_id FROM article").fetchall() == [(1,), (1,)]
        undo(kb)
        undo(kb)
        assert is_empty(kb)


@pytest.mark.parametrize(
    ("details", "warnings"), [("{}", "[]"), ("{", "[]"), ('{"spans": {"body": [9, 1]}}', "[]"), ("{}", "{")]
)
def test_a_damaged_article_of_version_1_keeps_nothing_else_from_being_opened(
    path: Path, details: str, warnings: str
) -> None:
    _old_article(path, builders.article(), details, warnings)
    with KnowledgeBase.open(path) as kb:
        assert kb.database.execute_sql("SELECT prints FROM sketch").fetchall() == [("",)]
    assert any("details" in problem.sentence for problem in checked(path).problems)


def test_the_steps_lead_to_the_newest_version() -> None:
    assert [step.version for step in STEPS.steps] == list(range(2, SCHEMA_VERSION + 1))
    assert STEPS.newest == SCHEMA_VERSION


def test_steps_are_taken_in_order_and_recorded(old: Path) -> None:
    copy = migrate(old, NOW, LADDER)
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT text, colour FROM note").fetchall() == [("n", "red")]
    assert _version(old) == NOW + 2
    assert copy is not None and _version(copy) == NOW


def test_the_file_is_copied_before(old: Path) -> None:
    before = old.read_bytes()
    copy = migrate(old, NOW, LADDER)
    assert copy is not None and copy.name == f"Dam.before-version-{NOW + 1}.kb"
    with KnowledgeBase.open(copy, read_only=True) as kb:
        assert kb.database.execute_sql("SELECT text FROM note").fetchall() == [("n",)]
    assert len(before) == copy.stat().st_size


def test_a_file_that_is_up_to_date_is_left_alone(old: Path) -> None:
    before = old.read_bytes()
    assert migrate(old, SCHEMA_VERSION) is None
    assert (old.read_bytes(), os.listdir(old.parent)) == (before, [old.name])


@pytest.mark.parametrize("change", [_fail, _orphan])
def test_a_step_that_fails_leaves_the_version_before(old: Path, change: object) -> None:
    ladder = Ladder(NOW + 2, (Step(NOW + 1, _add_colour), Step(NOW + 2, change)))  # type: ignore[arg-type]
    with pytest.raises(StoreError, match=f"could not be brought up to version {NOW + 2}"):
        migrate(old, NOW, ladder)
    assert _version(old) == NOW + 1
    with closing(sqlite3.connect(old)) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        assert "half" not in names
        assert connection.execute("SELECT text, colour FROM note").fetchall() == [("n", "")]


def test_a_log_that_says_more_than_the_header_is_believed(old: Path) -> None:
    assert migrate(old, NOW - 1, Ladder(NOW, (Step(NOW, _fail),))) is not None
    assert _version(old) == NOW
