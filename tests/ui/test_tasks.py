"""The threads behind the window: edits slip in, the latest wish wins, nothing takes the thread down."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from kb_app.core.errors import StoreError
from kb_app.core.progress import Progress
from kb_app.services.workspace import Workspace
from kb_app.ui.tasks import Failure, Job, LongTask, ReaderThread, Steps, StoreThread, TaskProgress

PATIENCE_MS = 10_000


@pytest.fixture
def store(qtbot: QtBot, tmp_path: Path) -> Iterator[StoreThread]:
    thread = StoreThread(lambda: Workspace.open(tmp_path / "new.kb", create=True))
    with qtbot.waitSignal(thread.opened, timeout=PATIENCE_MS):
        thread.start()
    yield thread
    with qtbot.waitSignal(thread.closed, timeout=PATIENCE_MS):
        thread.stop()
    thread.join()


def wait_for_progress(store: StoreThread, qtbot: QtBot, task: LongTask) -> object:
    """Start the work and return its first progress; waitSignal is torn down while this signal still comes."""
    seen: list[object] = []
    store.progressed.connect(seen.append)
    store.run_long(task)
    qtbot.waitUntil(lambda: bool(seen), timeout=PATIENCE_MS)
    return seen[0]


def steps_until(gate: threading.Event, log: list[str]) -> Steps:
    """Step until the gate is open."""
    try:
        done = 0
        while not gate.is_set():
            done += 1
            yield Progress(done, 0)
        return "whole"
    finally:
        log.append("tidied")


def test_an_edit_slips_in_between_the_steps_of_long_work(store: StoreThread, qtbot: QtBot) -> None:
    gate, log, results = threading.Event(), [], []
    wait_for_progress(store, qtbot, LongTask("long", lambda _w: steps_until(gate, log), results.append))

    def edit(_workspace: Workspace) -> str:
        gate.set()
        return "edited"

    store.submit(Job("edit", edit, results.append))
    qtbot.waitUntil(lambda: results == ["edited", "whole"], timeout=PATIENCE_MS)
    assert log == ["tidied"]


def test_cancelling_closes_the_long_work_and_says_so(store: StoreThread, qtbot: QtBot) -> None:
    log: list[str] = []
    results: list[Any] = []
    task = LongTask("long", lambda _w: steps_until(threading.Event(), log), results.append)
    assert isinstance(wait_for_progress(store, qtbot, task), TaskProgress)
    with qtbot.waitSignal(store.task_ended, timeout=PATIENCE_MS):
        store.cancel()
    qtbot.waitUntil(lambda: results == [None], timeout=PATIENCE_MS)
    assert log == ["tidied"]


def test_a_failed_edit_is_told_and_the_next_one_is_done(store: StoreThread, qtbot: QtBot) -> None:
    def fail(_workspace: Workspace) -> None:
        raise StoreError("The disk is full.")

    results: list[Any] = []
    with qtbot.waitSignal(store.failed, timeout=PATIENCE_MS) as told:
        store.submit(Job("edit", fail, results.append))
    failure = told.args[0]
    assert isinstance(failure, Failure)
    assert failure.sentence == "The disk is full."
    store.submit(Job("edit", lambda _w: "done", results.append))
    qtbot.waitUntil(lambda: results == ["done"], timeout=PATIENCE_MS)


def test_our_own_mistake_comes_with_its_traceback(store: StoreThread, qtbot: QtBot) -> None:
    with qtbot.waitSignal(store.failed, timeout=PATIENCE_MS) as told:
        store.submit(Job("edit", lambda _w: {}["no such key"], lambda _r: None))
    assert told.args[0].error is None
    assert "KeyError" in told.args[0].details


def test_a_file_that_cannot_be_opened_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "no.kb").write_bytes(b"just words")
    thread = StoreThread(lambda: Workspace.open(tmp_path / "no.kb"))
    with qtbot.waitSignal(thread.open_failed, timeout=PATIENCE_MS) as told:
        thread.start()
    thread.join()
    assert "no.kb" in told.args[0].sentence


def test_the_latest_wish_of_a_slot_wins(qtbot: QtBot, base_file: Path) -> None:
    workspace = Workspace.open(base_file, read_only=True)
    reader = ReaderThread(workspace)
    hold, answers = threading.Event(), []
    reader.start()
    reader.read("card", Job("card", lambda _w: (hold.wait(10), "first")[1], answers.append))
    reader.read("card", Job("card", lambda _w: "second", answers.append))
    reader.read("card", Job("card", lambda _w: "third", answers.append))
    reader.read("search", Job("search", lambda _w: "found", answers.append))
    hold.set()
    qtbot.waitUntil(reader.is_idle, timeout=PATIENCE_MS)
    assert answers == ["third", "found"]
    with qtbot.waitSignal(reader.closed, timeout=PATIENCE_MS):
        reader.stop()
    reader.join()
    workspace.close()
