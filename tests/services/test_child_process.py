"""A process ends with all that it started, and what got away from it holds nobody up."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kb_app.core.article import SourceFile
from kb_app.services.child_process import SECONDS_TO_LET_GO, ChildProcess
from kb_app.services.documents import Document
from kb_app.services.opener_process import Container, OpenerProcess
from kb_app.services.workers import WorkerPool

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a matter of POSIX process groups")
SECONDS_AWAY = 30


def leaving(note: Path, *, away: bool) -> list[str]:
    """Return the command of a process that leaves another one behind, which holds its pipe, and notes its number."""
    start = f"subprocess.Popen(['sleep', '{SECONDS_AWAY}'], stdout=1, start_new_session={away})"
    return [sys.executable, "-c", f"import subprocess; open({str(note)!r}, 'w').write(str({start}.pid))"]


def noted(note: Path) -> int:
    assert until(lambda: note.exists() and bool(note.read_text()))
    return int(note.read_text())


def is_running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)
    return is_so()


@POSIX
@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks into /proc")
def test_what_a_dead_process_left_in_its_group_ends_with_it(tmp_path: Path) -> None:
    child = ChildProcess(leaving(tmp_path / "note", away=False))
    left = noted(tmp_path / "note")
    assert until(lambda: not is_running(child.pid))
    assert is_running(left)
    child.close()
    assert until(lambda: not is_running(left))


@POSIX
def test_what_holds_the_pipe_of_a_dead_process_holds_nobody_up(tmp_path: Path) -> None:
    notes = [tmp_path / "opener", tmp_path / "worker"]
    opener = OpenerProcess(Container("a.zip", "application/zip"), leaving(notes[0], away=True))
    pool = WorkerPool(1, command=leaving(notes[1], away=True))
    pool.submit(Document(1, SourceFile("a.txt", b"Words.", "0" * 64, "text/plain", "a.txt")))
    left = [noted(note) for note in notes]
    began = time.monotonic()
    opener.close()
    pool.close()
    assert time.monotonic() - began < 2 * SECONDS_TO_LET_GO + 2
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    opener._thread.join()
    pool._workers[0].join()
