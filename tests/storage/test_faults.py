"""Faults at every call, a full disk, and a killed process: nothing half done, nothing acknowledged lost."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import peewee
import pytest

from kb_app.core.errors import DiskFull, StoreError
from kb_app.core.ids import OperationId
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.storage.backups import back_up
from kb_app.storage.editing import judge
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.listing import totals
from kb_app.storage.operations import begin_import, redo, undo
from tests import builders
from tests.conftest import PROJECT_ROOT
from tests.storage.filling import checked, everything, save

ROUNDS = 20
_IOERR = 10


class Fault:
    """Fails the n-th statement from when it is armed, as a disk would."""

    def __init__(self) -> None:
        self.left = -1

    def count(self) -> None:
        if self.left < 0:
            return
        self.left -= 1
        if self.left < 0:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = _IOERR
            raise error


FAULT = Fault()


class FaultyCursor(sqlite3.Cursor):
    def execute(self, *args: Any) -> Any:
        FAULT.count()
        return super().execute(*args)

    def executemany(self, *args: Any) -> Any:
        FAULT.count()
        return super().executemany(*args)


class FaultyConnection(sqlite3.Connection):
    def cursor(self, factory: Any = FaultyCursor) -> Any:
        return super().cursor(factory)

    def execute(self, *args: Any) -> Any:
        return self.cursor().execute(*args)

    def executemany(self, *args: Any) -> Any:
        return self.cursor().executemany(*args)

    def backup(self, *args: Any, **named: Any) -> Any:
        FAULT.count()
        return super().backup(*args, **named)


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fault]:
    connect = sqlite3.connect

    def connect_faulty(*args: Any, **named: Any) -> sqlite3.Connection:
        return connect(*args, **{"factory": FaultyConnection, **named})

    monkeypatch.setattr(peewee.sqlite3, "connect", connect_faulty)
    FAULT.left = -1
    yield FAULT
    FAULT.left = -1


def _back_up(kb: KnowledgeBase) -> None:
    back_up(kb, kb.path.parent / "Backups", datetime(2026, 1, 1, tzinfo=UTC))


STEPS: dict[str, tuple[Callable[[KnowledgeBase], object], Callable[[KnowledgeBase], object]]] = {
    "import": (lambda kb: begin_import(kb, "2nd"), lambda kb: save(kb, name="new.txt", operation=OperationId(2))),
    "edit": (lambda kb: None, lambda kb: judge(kb, [ClaimRef(ClaimKind.ROLE, 1)], Status.REJECTED)),
    "undo": (lambda kb: save(kb, name="new.txt"), undo),
    "redo": (lambda kb: (save(kb, name="new.txt"), undo(kb)), redo),
    "backup": (lambda kb: None, _back_up),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_fault_at_any_call_leaves_the_state_before(path: Path, faulty: Fault, name: str) -> None:
    prepare, step = STEPS[name]
    with KnowledgeBase.create(path) as kb:
        save(kb)
        prepare(kb)
        before = everything(kb)
        faults = 0
        for number in range(1000):
            faulty.left = number
            try:
                step(kb)
            except StoreError as error:
                assert "disk I/O error" in error.sentence
                faults += 1
            else:
                break
            finally:
                faulty.left = -1
            assert everything(kb) == before
            assert not list(path.parent.glob("Backups/*"))
        assert faults > (5 if name != "backup" else 1)
    assert checked(path).problems == ()


def test_a_full_disk_takes_the_last_step_back_and_keeps_the_rest(path: Path) -> None:
    with KnowledgeBase.create(path) as kb:
        save(kb)
        before = everything(kb)
        kb.database.pragma("max_page_count", kb.database.pragma("page_count") + 4)
        large = builders.article("\n\n".join(f"{random.Random(n).random()} is a number." for n in range(20_000)))
        with pytest.raises(DiskFull, match="Dam.kb"):
            save(kb, large, builders.findings(engine="none"), "large.txt")
        assert everything(kb) == before
        kb.database.pragma("max_page_count", 1 << 30)
        save(kb, large, builders.findings(engine="none"), "large.txt")
    assert checked(path).problems == ()


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None, reason="needs root to mount a disk"
)
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", str(disk)], capture_output=True).returncode:
        pytest.skip("mounting a small disk is not allowed here")
    try:
        _fill(disk / "Dam.kb")
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def _fill(path: Path) -> None:
    saved = 0
    body = "\n\n".join(f"{random.Random(n).random()} is a number." for n in range(3000))
    with KnowledgeBase.create(path) as kb:
        with pytest.raises(DiskFull):
            for number in range(100):
                save(kb, builders.article(f"{body} {number}"), builders.findings(engine="none"), f"{number}.txt")
                saved += 1
        assert totals(kb).articles == saved > 0
        with pytest.raises(DiskFull):
            back_up(kb, path.parent / "Backups")
        assert not list(path.parent.glob("Backups/*"))
    with KnowledgeBase.open(path, read_only=True) as kb:
        assert totals(kb).articles == saved
    # the check copies nothing here: there is no room
    assert checked(path).problems == ()


IMPORTER = """
import sys, pathlib
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import begin_import
from tests.storage.filling import save
with KnowledgeBase.open(pathlib.Path(sys.argv[1])) as kb:
    operation = begin_import(kb, "Import many")
    for number in range(100000):
        saved = save(kb, name=f"{sys.argv[2]}-{number}.txt", operation=operation)
        print(saved, flush=True)
"""


@pytest.mark.slow
def test_a_killed_import_loses_nothing_that_was_acknowledged(path: Path) -> None:
    KnowledgeBase.create(path).close()
    chance = random.Random(2)
    acknowledged: set[int] = set()
    for turn in range(ROUNDS):
        acknowledged |= _import_and_kill(path, turn, stop_after=chance.randint(1, 12))
        with KnowledgeBase.open(path) as kb:
            held = {number for (number,) in kb.database.execute_sql("SELECT id FROM article").fetchall()}
            assert acknowledged <= held
            if turn % 5 == 3:
                undo(kb)
                acknowledged &= {n for (n,) in kb.database.execute_sql("SELECT id FROM article").fetchall()}
        assert checked(path).problems == ()


def _import_and_kill(path: Path, turn: int, stop_after: int) -> set[int]:
    command = [sys.executable, "-c", IMPORTER, str(path), str(turn)]
    told: set[int] = set()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT_ROOT) as child:
        assert child.stdout is not None
        for line in child.stdout:
            told.add(int(line))
            if len(told) == stop_after:
                child.send_signal(signal.SIGKILL)
    # what came through the pipe before the end was acknowledged too
    return told


def test_an_import_that_was_killed_can_go_on(path: Path) -> None:
    with KnowledgeBase.create(path) as kb:
        save(kb, name="a.txt", operation=begin_import(kb, "Import 2 files"))
    with KnowledgeBase.open(path) as kb:
        save(kb, name="b.txt")
        undo(kb)
        assert totals(kb).articles == 1
