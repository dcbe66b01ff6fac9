"""Faults of the world in the middle of an import: killed, a failing disk at any call, files that go away."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import peewee
import pytest

from kb_app.core.errors import KartotekaError
from kb_app.core.report import InputState
from kb_app.services import worker
from kb_app.services.backups import BackupService
from kb_app.services.checking import check
from kb_app.services.documents import Answer, Document, Order, Task
from kb_app.services.importing import ImportRequest, ImportService
from kb_app.services.worker_process import believed
from kb_app.services.workspace import Workspace
from tests import builders
from tests.benchmarks.faults import kill_rounds
from tests.services.driving import result_of

ROUNDS = 20
MOST_CALLS = 2_000
IOERR = 10


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_imports_killed_again_and_again_lose_nothing_and_go_on(tmp_path: Path) -> None:
    tally = kill_rounds(tmp_path, ROUNDS)
    assert tally.problems == []
    assert (tally.lost, tally.doubled) == (0, 0)
    assert tally.killed > ROUNDS / 3
    assert tally.imports_finished >= 1


class HerePool:
    """Reads documents in this process: a pool whose start does not have to be waited for."""

    def __init__(self, jobs: int) -> None:
        self._answers: list[Answer] = []

    room = 8
    is_busy = True

    def submit(self, task: Task) -> None:
        assert isinstance(task, Document)
        source = task.source
        order = Order(source.name, source.sha256, source.media_type, source.path, task.given, task.extract)
        self._answers.append(believed(task, worker.answer(order, source.data)))

    def poll(self, seconds: float) -> Iterator[Answer]:
        answers, self._answers = self._answers, []
        yield from answers

    def __enter__(self) -> HerePool:
        return self

    def __exit__(self, *error: object) -> None:
        pass


class Fault:
    """Fails the n-th call from when it is armed, as a disk would."""

    def __init__(self) -> None:
        self.left = -1
        self.has_struck = False
        self._guard = threading.Lock()

    def is_due(self) -> bool:
        with self._guard:
            if self.left < 0:
                return False
            self.left -= 1
            self.has_struck = self.left < 0
            return self.has_struck

    @contextmanager
    def at_call(self, number: int) -> Iterator[None]:
        self.left, self.has_struck = number, False
        try:
            yield
        finally:
            self.left = -1


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Fault:
    armed = Fault()

    def failing_statement(method: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            if armed.is_due():
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode = IOERR
                raise error
            return method(*arguments)

        return run

    def failing_call(call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            if armed.is_due():
                raise OSError(errno.EIO, "Input/output error")
            return call(*arguments, **named)

        return run

    class Cursor(sqlite3.Cursor):
        execute = failing_statement(sqlite3.Cursor.execute)
        executemany = failing_statement(sqlite3.Cursor.executemany)

    class Connection(sqlite3.Connection):
        execute = failing_statement(sqlite3.Connection.execute)
        executemany = failing_statement(sqlite3.Connection.executemany)

        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def backup(self, *arguments: Any, **named: Any) -> None:
            failing_call(super().backup)(*arguments, **named)

    connect = sqlite3.connect
    monkeypatch.setattr(peewee.sqlite3, "connect", lambda *a, **n: connect(*a, **{"factory": Connection, **n}))
    for name in ("open", "read", "fstat", "fsync", "replace", "rename", "scandir"):
        monkeypatch.setattr(os, name, failing_call(getattr(os, name)))
    return armed


@pytest.mark.slow
def test_a_fault_at_any_call_of_an_import_loses_nothing_and_the_import_goes_on(tmp_path: Path, fault: Fault) -> None:
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    for number in range(2):
        (inputs / f"{number}.txt").write_text(f"{builders.TITLE}\n\n{builders.BODY}\n\nNo. {number}.", encoding="utf-8")
    for number in range(MOST_CALLS):
        base = tmp_path / f"{number}.kb"
        with Workspace.open(base, create=True) as workspace:
            with fault.at_call(number):
                _import(workspace, inputs)
            if not fault.has_struck:
                break
            kept = workspace.listing.totals().articles
        assert result_of(check(base)).problems == ()
        with Workspace.open(base) as workspace:
            assert workspace.listing.totals().articles == kept
            _import(workspace, inputs)
            # what failed was settled as failed, and is there when it is imported again
            _import(workspace, inputs)
            assert workspace.listing.totals().articles == 2
            assert workspace.importing.unfinished() is None
        base.unlink()
    assert number > 60


def _import(workspace: Workspace, inputs: Path) -> None:
    """Import, or go on where something waits; a failure of the world is what is looked for here."""
    service = ImportService(workspace.kb, HerePool)  # type: ignore[arg-type]
    with suppress(KartotekaError, OSError):
        stopped = service.unfinished()
        request = ImportRequest((inputs,), extract=False)
        result_of(service.run(request) if stopped is None else service.go_on(stopped.operation))


def test_a_fault_at_any_call_of_a_backup_leaves_no_half_copy(tmp_path: Path, fault: Fault) -> None:
    with Workspace.open(tmp_path / "case.kb", create=True) as workspace:
        backups = BackupService(workspace.kb)
        faults = 0
        for number in range(MOST_CALLS):
            with fault.at_call(number), suppress(KartotekaError, OSError):
                backups.back_up()
            if not fault.has_struck:
                break
            faults += 1
            for copy in [path for path in (tmp_path / "case.kb-backups").rglob("*") if path.is_file()]:
                # whole before the call that failed, as when the folder could not be flushed any more
                assert result_of(check(copy)).problems == ()
                copy.unlink()
        assert faults > 3
    assert result_of(check(tmp_path / "case.kb")).problems == ()


def test_files_that_go_away_or_shrink_while_an_import_runs_are_named(tmp_path: Path) -> None:
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (inputs / name).write_text(f"{builders.TITLE}\n\n{builders.BODY}\n\n{name}", encoding="utf-8")
    with Workspace.open(tmp_path / "case.kb", create=True) as workspace:
        steps = workspace.importing.run(ImportRequest((inputs,), jobs=1, extract=False))
        next(steps)  # listed
        (inputs / "a.txt").unlink()
        (inputs / "b.txt").write_bytes(b"")
        report = result_of(steps)
        assert [(o.state, o.code) for o in report.outcomes] == [
            (InputState.FAILED, "vanished"),
            (InputState.REFUSED, "empty"),
            (InputState.IMPORTED, ""),
        ]
