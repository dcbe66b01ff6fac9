"""Opening, locking, threads and transactions."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kb_app.core.errors import (
    NotAKnowledgeBase,
    StoreDamaged,
    StoreError,
    StoreLocked,
    StoreReadOnly,
    StoreTooNew,
)
from kb_app.storage.editing import set_reviewed
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.listing import totals
from kb_app.storage.lock import StoreLock
from tests.conftest import PROJECT_ROOT
from tests.storage.filling import save


def test_a_new_file_is_for_its_owner_alone(kb: KnowledgeBase, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_create_refuses_a_file_that_is_there(path: Path) -> None:
    path.write_bytes(b"mine")
    with pytest.raises(StoreError, match="is there already"):
        KnowledgeBase.create(path)
    assert path.read_bytes() == b"mine"
    assert os.listdir(path.parent) == [path.name]


def test_create_in_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="could not be made"):
        KnowledgeBase.create(tmp_path / "absent" / "a.kb")


def test_closing_leaves_one_file(path: Path) -> None:
    with KnowledgeBase.create(path) as kb:
        save(kb)
    assert os.listdir(path.parent) == [path.name]


def test_the_settings_are_those_that_keep_it_safe(kb: KnowledgeBase) -> None:
    names = ("foreign_keys", "trusted_schema", "cell_size_check", "mmap_size", "temp_store", "journal_size_limit")
    assert [kb.database.pragma(name) for name in names] == [1, 0, 1, 0, 2, 64 << 20]
    assert kb.database.pragma("busy_timeout") == 5000
    assert kb.database.pragma("cache_size") == -65536


def test_edits_wait_for_the_disk_and_imports_do_not(kb: KnowledgeBase) -> None:
    with kb.writing() as database:
        assert database.pragma("synchronous") == 2
    with kb.writing(bulk=True) as database:
        assert database.pragma("synchronous") == (1 if database.pragma("journal_mode") == "wal" else 2)


def test_without_shared_memory_there_is_no_log(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb_app.storage.connections.can_share_memory", lambda _: False)
    with KnowledgeBase.create(path) as kb:
        save(kb)
        assert kb.database.pragma("journal_mode") == "delete"
        with kb.writing(bulk=True) as database:
            assert database.pragma("synchronous") == 2


@pytest.mark.parametrize("content", [b"", b"Dear Sir,\n", b"\x00\xff" * 4000, b"SQLite format 3\x00", b"%PDF-1.7"])
def test_a_stranger_is_refused_and_left_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(NotAKnowledgeBase, match=r"Dam\.kb"):
        KnowledgeBase.open(path)
    assert path.read_bytes() == content
    assert os.listdir(path.parent) == [path.name]


def test_another_programs_database_is_refused(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE contacts (name TEXT)")
    other.close()
    with pytest.raises(NotAKnowledgeBase):
        KnowledgeBase.open(path)


def test_a_folder_is_refused(path: Path) -> None:
    path.mkdir()
    with pytest.raises(NotAKnowledgeBase):
        KnowledgeBase.open(path)


def test_an_absent_file_is_named(path: Path) -> None:
    with pytest.raises(StoreError, match=r"no file “Dam\.kb”"):
        KnowledgeBase.open(path)
    assert not path.exists()


def test_a_newer_file_is_refused_and_stays_byte_identical(path: Path) -> None:
    KnowledgeBase.create(path).close()
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 99")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreTooNew, match="store version 99"):
        KnowledgeBase.open(path)
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


def test_a_cut_off_file_is_damaged(path: Path) -> None:
    KnowledgeBase.create(path).close()
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(StoreDamaged, match="cut off"):
        KnowledgeBase.open(path)


def test_a_strangers_trigger_is_refused(path: Path) -> None:
    KnowledgeBase.create(path).close()
    other = sqlite3.connect(path)
    other.execute("CREATE TRIGGER spy AFTER INSERT ON note BEGIN SELECT 1; END")
    other.commit()
    other.close()
    with pytest.raises(StoreDamaged, match="spy"):
        KnowledgeBase.open(path)
    assert not path.with_name("Dam.kb.lock").exists()


def test_a_second_writer_is_refused_and_told_who_writes(kb: KnowledgeBase, path: Path) -> None:
    with pytest.raises(StoreLocked, match=f"process {os.getpid()}"):
        KnowledgeBase.open(path)


def test_what_is_open_elsewhere_can_be_read(kb: KnowledgeBase, path: Path) -> None:
    save(kb)
    with KnowledgeBase.open(path, read_only=True) as reader:
        assert totals(reader).articles == 1
        with pytest.raises(StoreReadOnly):
            set_reviewed(reader, [1], True)


def test_in_a_folder_that_cannot_be_written_it_opens_for_reading(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with KnowledgeBase.create(path) as kb:
        save(kb)

    def refuse(_: StoreLock) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(StoreLock, "acquire", refuse)
    with KnowledgeBase.open(path) as kb:
        assert (kb.read_only, totals(kb).articles) == (True, 1)
    assert os.listdir(path.parent) == [path.name]


def test_another_process_keeps_its_lock_until_it_ends(path: Path) -> None:
    script = (
        "import sys, pathlib; from kb_app.storage.knowledge_base import KnowledgeBase\n"
        "KnowledgeBase.create(pathlib.Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT_ROOT) as other:
        assert other.stdout is not None and other.stdout.readline() == "open\n"
        with pytest.raises(StoreLocked, match=f"process {other.pid}"):
            KnowledgeBase.open(path)
        other.kill()
    with KnowledgeBase.open(path) as kb:
        assert totals(kb).articles == 0


def test_a_lock_of_another_computer_is_respected(path: Path) -> None:
    KnowledgeBase.create(path).close()
    lock = path.with_name("Dam.kb.lock")
    lock.write_text('{"pid": 7, "host": "an-other-desk", "started": "2026-01-01 10:00"}')
    with pytest.raises(StoreLocked, match="an-other-desk"):
        KnowledgeBase.open(path)
    with KnowledgeBase.open(path, read_only=True) as kb:
        assert kb.read_only


def test_a_lock_left_by_a_dead_process_is_taken_over(path: Path) -> None:
    KnowledgeBase.create(path).close()
    lock = StoreLock(path)
    lock.path.write_text("half a li")
    with KnowledgeBase.open(path) as kb:
        assert not kb.read_only
    assert not lock.path.exists()


def test_each_thread_reads_on_its_own_and_cannot_write(kb: KnowledgeBase) -> None:
    save(kb)
    seen: list[object] = []

    def read() -> None:
        seen.append(totals(kb).articles)
        try:
            kb.database.execute_sql("DELETE FROM article")
        except Exception as error:  # told by its words below
            seen.append(str(error))
        try:
            set_reviewed(kb, [1], True)
        except RuntimeError as error:
            seen.append(str(error))

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert seen == [
        1,
        "“Dam.kb” is open for reading only, so the change was not made.",
        "only the thread that opened the knowledge base may write",
    ]


def test_readers_of_ended_threads_are_closed(kb: KnowledgeBase) -> None:
    for _ in range(5):
        thread = threading.Thread(target=lambda: totals(kb))
        thread.start()
        thread.join()
    assert len(kb._readers) <= 1


def test_two_knowledge_bases_are_open_at_once(kb: KnowledgeBase, tmp_path: Path) -> None:
    with KnowledgeBase.create(tmp_path / "Other.kb") as other:
        save(other)
        assert (totals(kb).articles, totals(other).articles) == (0, 1)


def test_what_fails_in_a_transaction_leaves_nothing(kb: KnowledgeBase) -> None:
    with pytest.raises(KeyError), kb.writing() as database:
        database.execute_sql("INSERT INTO origin (id) VALUES (1)")
        raise KeyError
    assert totals(kb).origins == 0


def test_a_closed_one_says_so(path: Path) -> None:
    kb = KnowledgeBase.create(path)
    kb.close()
    kb.close()
    with pytest.raises(StoreError, match="closed"):
        totals(kb)


def test_odd_names_are_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "50% of #1? (ü).kb"
    with KnowledgeBase.create(path) as kb:
        save(kb)
    with KnowledgeBase.open(path, read_only=True) as kb:
        assert totals(kb).articles == 1
