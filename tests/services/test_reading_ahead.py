"""A file that cannot be read holds up neither the import nor who gives it up."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb_app.core.article import SourceFile
from kb_app.core.report import InputState
from kb_app.ingest.reading import read_source
from kb_app.services import reading_ahead
from kb_app.services.importing import ImportRequest
from kb_app.services.workspace import Workspace
from tests import builders
from tests.services.driving import result_of

SECONDS_TO_CANCEL = 2.0
TEXT = f"{builders.TITLE}\n\n{builders.BODY}"


@pytest.fixture
def slow_drive(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Have files called slow hang until the event is set."""
    answers = threading.Event()

    def read(path: Path) -> SourceFile:
        if path.name == "slow.txt":
            answers.wait()
        return read_source(path)

    monkeypatch.setattr(reading_ahead, "read_source", read)
    yield answers
    answers.set()


def test_an_import_of_a_file_on_a_drive_that_hangs_is_cancelled_at_once(
    workspace: Workspace, tmp_path: Path, slow_drive: threading.Event
) -> None:
    for name in ("a.txt", "slow.txt", "z.txt"):
        (tmp_path / name).write_text(f"{TEXT} {name}", encoding="utf-8")
    paths = tuple(tmp_path / name for name in ("a.txt", "slow.txt", "z.txt"))
    steps = workspace.importing.run(ImportRequest(paths, jobs=1, extract=False))
    while next(steps).done < 1:
        pass
    longest = 0.0
    for _ in range(10):
        began = time.monotonic()
        next(steps)
        longest = max(longest, time.monotonic() - began)
    assert longest < SECONDS_TO_CANCEL
    began = time.monotonic()
    steps.close()
    assert time.monotonic() - began < SECONDS_TO_CANCEL
    unfinished = workspace.importing.unfinished()
    assert unfinished is not None and unfinished.count(InputState.WAITING) == 2
    slow_drive.set()
    report = result_of(workspace.importing.go_on(unfinished.operation, jobs=1))
    assert [outcome.state for outcome in report.outcomes] == [InputState.IMPORTED] * 3


@pytest.mark.parametrize(("error", "code"), [(MemoryError, "memory"), (KeyError, "unreadable")])
def test_a_file_that_trips_the_reader_stops_no_other(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception], code: str
) -> None:
    def read(path: Path) -> SourceFile:
        if path.name == "a.txt":
            raise error("odd")
        return read_source(path)

    monkeypatch.setattr(reading_ahead, "read_source", read)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{TEXT} {name}", encoding="utf-8")
    request = ImportRequest((tmp_path / "a.txt", tmp_path / "b.txt"), jobs=1, extract=False)
    first, second = result_of(workspace.importing.run(request)).outcomes
    assert (first.state, first.code) == (InputState.FAILED, code)
    assert second.state is InputState.IMPORTED
