"""A file from somebody else is copied into a new one row by row, or refused; it is never written and never obeyed."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from kb_app.core.errors import NotAKnowledgeBase, NotTakenOver, StoreError, StoreTooNew
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.progress import Progress
from kb_app.storage.editing import judge
from kb_app.storage.import_log import unfinished_import
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import history, next_undo
from kb_app.storage.search import search
from kb_app.storage.tables import APPLICATION_ID
from kb_app.storage.taking_over import TakenOver, take_over
from tests import builders
from tests.storage.filling import checked, everything, save

FIRST_VERSION = Path(__file__).parent / "schema_1.sql"


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    path = tmp_path / "Elsewhere.kb"
    with KnowledgeBase.create(path) as kb:
        save(kb)
        role = kb.database.execute_sql("SELECT id FROM role").fetchone()[0]
        judge(kb, [ClaimRef(ClaimKind.ROLE, role)], Status.CONFIRMED)
        with kb.writing() as database:
            database.execute_sql("INSERT INTO watched_folder (path, since) VALUES (x'2f', '')")
            database.execute_sql(
                "INSERT INTO import_outcome "
                "(operation, input, state, code, sentence, sha256, articles, path, media_type) "
                "VALUES (1, 'a', 'failed', '', '', '', '[]', x'2f657463', '')"
            )
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "Mine.kb"


def _taken(path: Path, target: Path) -> TakenOver:
    return _end(take_over(path, target))


def _end(steps: Generator[Progress, None, TakenOver]) -> TakenOver:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def _change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def _is_refused(path: Path, target: Path, words: str) -> None:
    before = path.read_bytes()
    with pytest.raises(NotTakenOver, match=words):
        _taken(path, target)
    assert path.read_bytes() == before
    assert sorted(file.name for file in target.parent.iterdir()) == [path.name]


def test_a_sound_file_comes_over_whole_and_stays_as_it_is(foreign: Path, target: Path) -> None:
    before = foreign.read_bytes()
    taken = _taken(foreign, target)
    assert foreign.read_bytes() == before and taken.path == target and not taken.log_left
    assert checked(target).is_sound
    with KnowledgeBase.open(foreign, read_only=True) as theirs, KnowledgeBase.open(target) as ours:
        there, here = everything(theirs), everything(ours)
        assert there.pop("watched_folder") and not here.pop("watched_folder")
        assert there == here
        assert search(ours, "Vela", 5).hits


def test_what_concerns_the_other_computer_stays_behind(foreign: Path, target: Path) -> None:
    _taken(foreign, target)
    with KnowledgeBase.open(target) as kb:
        assert next_undo(kb) is None and [step.kind for step in history(kb)] == ["edit", "import"]
        assert kb.database.execute_sql("SELECT path FROM import_outcome").fetchall() == [(None,)]


def test_a_file_of_version_1_comes_over(tmp_path: Path, target: Path) -> None:
    path = tmp_path / "Old.kb"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(FIRST_VERSION.read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("PRAGMA user_version=1")
    before = path.read_bytes()
    _taken(path, target)
    assert path.read_bytes() == before and checked(target).is_sound


def test_what_waits_in_an_import_of_the_other_computer_is_struck_off(foreign: Path, target: Path) -> None:
    _change(
        foreign,
        "INSERT INTO import_batch VALUES (1, 7, 'Import', '2026-01-01T00:00:00+00:00', '{}', 'running')",
        "INSERT INTO import_outcome VALUES (7, 7, 'a.zip', 'waiting', '', '', '', '[]', x'2f', NULL, '')",
        "INSERT INTO import_outcome VALUES (8, 7, 'a.txt', 'failed', 'empty', 'Empty.', '', '[]', NULL, 7, '')",
        "INSERT INTO import_outcome VALUES (9, 7, 'b.txt', 'waiting', '', '', '', '[]', x'2f', NULL, '')",
    )
    _taken(foreign, target)
    with KnowledgeBase.open(target) as kb:
        assert unfinished_import(kb) is None
        rows = kb.database.execute_sql("SELECT id, state, code FROM import_outcome WHERE operation = 7").fetchall()
    assert rows == [(7, "failed", "stopped"), (8, "failed", "empty")]


def test_the_new_tables_come_over(foreign: Path, target: Path) -> None:
    with KnowledgeBase.open(foreign) as kb:
        save(kb, builders.article("The ferry stayed in port. Nobody came aboard."), name="b.txt")
        with kb.writing() as database:
            database.execute_sql("INSERT INTO origins_apart VALUES (1, 1, 2, 'me', '2026-01-01T00:00:00+00:00')")
            database.execute_sql("INSERT INTO publisher_grade VALUES (1, 'courier', 'Courier', 'B')")
            database.execute_sql(
                "INSERT INTO source_address VALUES (1, 1, 'a', '/a', '', '', 'file', '2026-01-01T00:00:00+00:00')"
            )
    _taken(foreign, target)
    with KnowledgeBase.open(target) as kb:
        for table in ("origins_apart", "publisher_grade", "source_address"):
            assert kb.database.execute_sql(f"SELECT id FROM {table}").fetchall() == [(1,)]
        assert kb.database.execute_sql("SELECT count(*) FROM sketch").fetchone() == (2,)
        # the index of sketches came along: what is told again is known
        save(kb, name="again.txt", source=builders.source("again.txt", b"again"))
        assert kb.database.execute_sql("SELECT origin_id FROM article ORDER BY id").fetchall() == [(1,), (2,), (1,)]


@pytest.mark.parametrize(
    "declared",
    [
        "CREATE TRIGGER late AFTER UPDATE ON note BEGIN DELETE FROM note; END",
        "CREATE VIEW everybody AS SELECT * FROM entity",
        "CREATE TABLE more (x)",
        "CREATE VIRTUAL TABLE more USING fts5(x)",
        "CREATE INDEX more ON note (text)",
        "ALTER TABLE note ADD COLUMN sum INTEGER GENERATED ALWAYS AS (id + 1)",
        "DROP INDEX mention_article_id_first",
    ],
)
def test_a_file_that_declares_anything_else_is_refused(foreign: Path, target: Path, declared: str) -> None:
    _change(foreign, declared)
    _is_refused(foreign, target, "declares what Kartoteka never makes")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE article SET title = x'00ff'", "“title” holds bytes"),
        ("UPDATE entity SET type = 'robot'", "“type” is 'robot'"),
        ("UPDATE role SET status = 'obvious'", "“status” is 'obvious'"),
        ("UPDATE article SET details = '[]'", "“details” cannot be read"),
        ("UPDATE article SET warnings = '{'", "“warnings” cannot be read"),
        ("UPDATE stated_date SET earliest = 99999999", "“earliest” cannot be read"),
        ("UPDATE mention SET first = 'x'", "“first” holds str"),
        ("UPDATE entity SET name = 'a' || char(0) || 'b'", "never written"),
        ("UPDATE passage SET quote = 'Nobody said this.'", "does not stand so"),
        ("UPDATE text SET sha256 = 'aa'", "is not what was imported"),
        ("UPDATE source SET data = zeroblob(300)", "archived original"),
        ("UPDATE citation SET claim = 999", "that is not there"),
        ("UPDATE mention SET entity_id = 999", "that is not there"),
        ("UPDATE sketch SET prints = 'a\" OR \"b'", "sketch of article 1"),
        ("INSERT INTO origins_apart VALUES (1, 1, 1, '', 'then')", "“at” cannot be read"),
        ("INSERT INTO source_address VALUES (1, 1, '', '', '', '', '', 'then')", "“seen_at” cannot be read"),
        ("INSERT INTO source_address VALUES (1, 9, '', '', '', '', '', '2026-01-01')", "that is not there"),
        ("INSERT INTO publisher_grade VALUES (1, 'a', 'A', 'Z')", "“reliability” is 'Z'"),
        ("INSERT INTO import_batch VALUES (1, 1, '', '2026-01-01', '{}', 'odd')", "“state” is 'odd'"),
        ("UPDATE import_outcome SET parent = id", "outcome 1"),
        ("INSERT INTO note VALUES (-1, 1, 'n', '2026-01-01')", "its number is -1"),
    ],
)
def test_a_row_that_kartoteka_never_writes_is_refused(foreign: Path, target: Path, change: str, words: str) -> None:
    _change(foreign, "PRAGMA foreign_keys=OFF", change)
    _is_refused(foreign, target, words)


def test_an_original_that_unpacks_to_more_than_it_says_is_refused(foreign: Path, target: Path) -> None:
    bomb = zlib.compress(bytes(200 << 20), 9)
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("UPDATE source SET data = ?", (bomb,))
        connection.commit()
    _is_refused(foreign, target, "archived original")


def test_a_torn_file_is_refused(foreign: Path, target: Path) -> None:
    data = bytearray(foreign.read_bytes())
    data[8192:12288] = bytes(4096)
    foreign.write_bytes(data)
    with pytest.raises(StoreError):
        _taken(foreign, target)
    assert not target.exists()


def test_other_files_are_refused_in_their_own_words(foreign: Path, target: Path, tmp_path: Path) -> None:
    _change(foreign, "PRAGMA user_version=99")
    with pytest.raises(StoreTooNew):
        _taken(foreign, target)
    text = tmp_path / "letter.kb"
    text.write_text("Dear colleague")
    with pytest.raises(NotAKnowledgeBase):
        _taken(text, target)


def test_nothing_is_overwritten(foreign: Path, target: Path) -> None:
    target.write_text("mine")
    with pytest.raises(StoreError, match="there already"):
        _taken(foreign, target)
    assert target.read_text() == "mine"


def test_a_log_beside_the_file_is_left_out_and_told(foreign: Path, target: Path) -> None:
    foreign.with_name(foreign.name + "-wal").write_bytes(b"x" * 100)
    assert _taken(foreign, target).log_left


def test_giving_up_half_way_leaves_nothing(foreign: Path, target: Path) -> None:
    steps = take_over(foreign, target)
    for _ in range(3):
        next(steps)
    steps.close()
    assert [file.name for file in target.parent.iterdir()] == [foreign.name]
