"""Every hostile input comes out as it should: with an outcome, the batch goes on, the file stays sound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from kb_app.core.report import InputOutcome, InputState
from kb_app.services.importing import ImportRequest, ImportService
from kb_app.services.workers import WorkerPool
from kb_app.services.workspace import Workspace
from tests.hostile.case import TEXT, Case, Want
from tests.hostile.cases import ALL
from tests.services.driving import result_of
from tests.storage.filling import checked

SECONDS_A_DOCUMENT = 120.0  # a machine that does much else at the same time is no reason to fail
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class _Shared(WorkerPool):
    """A pool that one import after another uses: leaving it does not end it."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _ in self.poll(0):
            pass

    def __enter__(self) -> Self:
        return self


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    shared = _Shared(1, seconds_a_document=SECONDS_A_DOCUMENT)
    yield shared
    shared.close()


def _outcomes(workspace: Workspace, pool: WorkerPool, path: Path) -> tuple[InputOutcome, ...]:
    """Import the input with a sound article behind it."""
    sound = workspace.path.with_name("sound.txt")
    sound.write_text(f"{TEXT}\nThe article behind.", encoding="utf-8")
    service = ImportService(workspace.kb, lambda jobs: pool)
    report = result_of(service.run(ImportRequest((path, sound), extract=False)))
    behind = [outcome for outcome in report.outcomes if outcome.input == str(sound)]
    assert [outcome.state for outcome in behind] == [InputState.IMPORTED], "the batch did not go on"
    return tuple(outcome for outcome in report.outcomes if outcome.input != str(sound))


def _fits(outcome: InputOutcome, want: Want, codes: set[str]) -> bool:
    named = want.name in outcome.input and outcome.state in want.states
    return named and (not want.codes or not codes.isdisjoint(want.codes))


def _codes(workspace: Workspace, outcome: InputOutcome) -> set[str]:
    found = {outcome.code}
    for article in outcome.articles:
        warnings = workspace.reading.article(article).article.warnings
        found.update(warning.partition(":")[0] for warning in warnings)
    return found


@pytest.mark.parametrize("case", ALL, ids=[f"{case.row}-{case.name}" for case in ALL])
def test_a_hostile_input_comes_out_as_it_should(case: Case, tmp_path: Path, pool: WorkerPool) -> None:
    folder = tmp_path / "input"
    folder.mkdir()
    path = case.make(folder)
    before = sorted(file.name for file in tmp_path.iterdir())
    with Workspace.open(tmp_path / "case.kb", create=True) as workspace:
        found = _outcomes(workspace, pool, path)
        for outcome in found:
            assert outcome.state in (InputState.IMPORTED, InputState.WAITING) or CODE.fullmatch(outcome.code), outcome
            assert outcome.state is InputState.IMPORTED or outcome.sentence, outcome
        told = [(o.input[-60:], str(o.state), _codes(workspace, o)) for o in found]
        for want in case.wants:
            assert any(_fits(o, want, _codes(workspace, o)) for o in found), (want, told)
    assert checked(tmp_path / "case.kb").is_sound
    # nothing of an archive was written beside it
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted({*before, "case.kb", "sound.txt"})
