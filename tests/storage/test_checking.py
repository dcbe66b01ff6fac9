"""A check names what is wrong, and finds nothing in a sound file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kb_app.core.check_report import ProblemKind
from kb_app.core.errors import NotAKnowledgeBase
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.search import search
from kb_app.storage.search_indexes import rebuild_search_indexes
from kb_app.storage.tables import APPLICATION_ID
from tests.storage.filling import checked, save


@pytest.fixture
def sound(path: Path) -> Iterator[Path]:
    with KnowledgeBase.create(path) as kb:
        save(kb, name="a.txt")
        save(kb, name="b.txt")
    yield path


def test_a_sound_file_has_no_problems_and_stays_as_it_is(sound: Path) -> None:
    before = sound.read_bytes()
    report = checked(sound)
    assert report.is_sound
    assert dict(report.counts)["mentions"] == 22
    assert sound.read_bytes() == before
    assert os.listdir(sound.parent) == [sound.name]


def test_a_file_that_is_open_is_checked_all_the_same(kb: KnowledgeBase) -> None:
    save(kb)
    assert checked(kb.path).is_sound


@pytest.mark.parametrize(
    ("damage", "kind", "words"),
    [
        ("UPDATE text SET text = replace(text, 'dam', 'DAM')", ProblemKind.TEXT, "Minister Vela opens the Orla dam"),
        ("UPDATE source SET data = zeroblob(9) WHERE id = 1", ProblemKind.BYTES, "a.txt"),
        ("UPDATE source SET size = 1 WHERE id = 2", ProblemKind.BYTES, "b.txt"),
        ("UPDATE mention SET quote = 'Velo' WHERE id = 1", ProblemKind.QUOTE, "mention 1"),
        ("UPDATE passage SET first = first + 1 WHERE id = 2", ProblemKind.QUOTE, "passage 2"),
        ("UPDATE citation SET article_id = 2 WHERE id = 1", ProblemKind.QUOTE, "citation 1"),
        ("DELETE FROM role WHERE id = 1", ProblemKind.RECORD, "role 1"),
        ("DELETE FROM text WHERE id = 2", ProblemKind.TEXT, "article 2"),
        ("UPDATE entity SET mention_count = 7 WHERE id = 1", ProblemKind.COUNT, "Anna Vela"),
        ("UPDATE event SET origin_count = 7 WHERE id = 1", ProblemKind.COUNT, "claim 1"),
        ("UPDATE article SET people = 9 WHERE id = 1", ProblemKind.COUNT, "article 1"),
        ("UPDATE article SET details = '{' WHERE id = 2", ProblemKind.RECORD, "details"),
        ("DELETE FROM entity WHERE id = 4", ProblemKind.FOREIGN_KEY, "entity"),
        ("INSERT INTO text_search(text_search) VALUES ('delete-all')", ProblemKind.FULL_TEXT, "text_search"),
        ("DROP INDEX mention_article_id_first", ProblemKind.SCHEMA, "mention_article_id_first"),
        ("CREATE TABLE spy (x)", ProblemKind.SCHEMA, "spy"),
        ("UPDATE article SET title = 'Other' WHERE id = 2", ProblemKind.RECORD, "title or the length of article 2"),
        ("UPDATE article SET characters = 7 WHERE id = 2", ProblemKind.RECORD, "title or the length of article 2"),
        ("UPDATE article SET credibility = '9' WHERE id = 2", ProblemKind.RECORD, "article 2"),
        ("UPDATE article SET warnings = '[7]' WHERE id = 2", ProblemKind.RECORD, "warnings"),
        *(
            (f"UPDATE article SET details = json_set(details, '$.{part}', json('{value}'))", ProblemKind.RECORD, words)
            for part, value, words in (
                ("spans.body", "[0, 99999]", "details"),
                ("zones", '[["quote", 0, 99999]]', "details"),
                ("candidates", '[["title", 5, "meta", 1, 2]]', "details"),
                ("candidates", '[["title", "T", "meta", 1, 99999]]', "details"),
                ("found.title", '["T", 5]', "details"),
            )
        ),
        *(
            (f"UPDATE text SET {column} = '{value}' WHERE id = 2", ProblemKind.RECORD, f"“{column}” of article 2")
            for column, value in (
                ("offset_map", "[[0, 99999, 0]]"),
                ("offset_map", '[["0", 5, 0]]'),
                ("page_map", "[[0, 5, -1, 0, 0, 1, 1]]"),
                ("page_map", "[[9, 5, 0, 0, 0, 1, 1], [0, 5, 0, 0, 0, 1, 1]]"),
                ("page_map", "[[0, 5, 0, 0, 0, 1e999, 1]]"),
            )
        ),
        ("UPDATE sketch SET prints = 'a\" OR \"b' WHERE id = 2", ProblemKind.RECORD, "sketch of article 2"),
        ("DELETE FROM sketch WHERE id = 2", ProblemKind.RECORD, "sketch of article 2"),
        ("UPDATE source SET parent_id = id WHERE id = 2", ProblemKind.RECORD, "original 2"),
        ("INSERT INTO publisher_grade VALUES (1, 'a', 'A', 'Z')", ProblemKind.RECORD, "grade 1"),
        ("INSERT INTO origins_apart VALUES (1, 1, 1, '', '')", ProblemKind.RECORD, "report 1"),
        ("INSERT INTO import_batch VALUES (1, 1, '', '', '{}', 'odd')", ProblemKind.RECORD, "import 1"),
        *(
            (f"INSERT INTO import_outcome VALUES ({row})", ProblemKind.RECORD, "outcome 7")
            for row in (
                "7, 1, 'a', 'odd', '', '', '', '[]', NULL, NULL, ''",
                "7, 1, 'a', 'failed', '', '', '', '[\"x\"]', NULL, NULL, ''",
                "7, 1, 'a', 'failed', '', '', '', '[{}]', NULL, NULL, ''",
                "7, 1, 'a', 'failed', '', '', '', '[]', NULL, 7, ''",
                "7, 1, 'a', 'failed', '', '', '', '[]', NULL, 3, ''",
            )
        ),
    ],
)
def test_each_kind_of_damage_is_named(sound: Path, damage: str, kind: ProblemKind, words: str) -> None:
    with closing(sqlite3.connect(sound)) as connection:
        connection.execute(damage)
        connection.commit()
    assert any(problem.kind is kind and words in problem.sentence for problem in checked(sound).problems)


def test_an_index_that_does_not_fit_is_made_anew_from_the_texts(kb: KnowledgeBase) -> None:
    save(kb)
    kb.database.execute_sql("INSERT INTO text_search(text_search) VALUES ('delete-all')")
    assert [p.kind for p in checked(kb.path).problems] == [ProblemKind.FULL_TEXT]
    rebuild_search_indexes(kb)
    assert checked(kb.path).is_sound
    assert search(kb, "gates").hits


def test_a_step_that_cannot_be_taken_back_is_named(kb: KnowledgeBase) -> None:
    save(kb)
    kb.database.execute_sql(
        "INSERT INTO operation_row (operation_id, action, table_name, first_id, last_id, images) "
        "VALUES (1, 'delete', 'note', 1, 1, x'00')"
    )
    assert [p.kind for p in checked(kb.path).problems] == [ProblemKind.RECORD]


def test_a_file_of_version_1_is_checked_for_what_it_has(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(Path(__file__).with_name("schema_1.sql").read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("PRAGMA user_version=1")
    assert {problem.kind for problem in checked(path).problems} <= {ProblemKind.SCHEMA}


def test_torn_pages_are_problems_and_no_crash(sound: Path) -> None:
    size = sound.stat().st_size
    with sound.open("rb+") as file:
        for at in range(8192, size, 12288):
            file.seek(at)
            file.write(os.urandom(64))
    assert not checked(sound).is_sound


def test_a_cut_off_file_is_a_problem(sound: Path) -> None:
    os.truncate(sound, sound.stat().st_size - 4096)
    assert [p.kind for p in checked(sound).problems] == [ProblemKind.SQLITE]


def test_a_stranger_cannot_be_checked(path: Path) -> None:
    path.write_text("Dear Sir")
    with pytest.raises(NotAKnowledgeBase):
        checked(path)


def test_thousands_of_problems_are_summed_up(kb: KnowledgeBase) -> None:
    for number in range(12):
        save(kb, name=f"{number}.txt")
    kb.database.execute_sql("UPDATE mention SET quote = 'x'")
    problems = [p for p in checked(kb.path).problems if p.kind is ProblemKind.QUOTE]
    assert (len(problems), problems[-1].sentence) == (101, "There are 32 more problems of this kind.")
