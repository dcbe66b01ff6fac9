"""Kills imports with SIGKILL at random moments and has them go on, round after round; counts what was tried and lost.

python -m tests.benchmarks.faults --rounds 200
"""

from __future__ import annotations

import argparse
import io
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path

from kb_app.core.report import InputState
from kb_app.services.checking import check
from kb_app.services.workspace import Workspace
from tests.benchmarks.corpus import as_text, story
from tests.benchmarks.figures import drive

ROOT = Path(__file__).resolve().parents[2]
PLAIN, ZIPPED, NESTED = 12, 12, 12  # articles of one import: as files, in an archive, in an archive within it
LONGEST_LIFE = 0.6  # seconds from the first step, or from the first article, to the kill

# tells after each step how many articles are in the file: what was told was acknowledged
IMPORTER = """
import pathlib, sys
from kb_app.services.importing import ImportRequest
from kb_app.services.workspace import Workspace
with Workspace.open(pathlib.Path(sys.argv[1]), create=True) as workspace:
    stopped = workspace.importing.unfinished()
    if stopped is None:
        steps = workspace.importing.run(ImportRequest((pathlib.Path(sys.argv[2]),), jobs=1, extract=False))
    else:
        steps = workspace.importing.go_on(stopped.operation, 1)
    for step in steps:
        print(workspace.listing.totals().articles, flush=True)
print("end", flush=True)
"""


@dataclass(slots=True)
class Tally:
    """What was tried and what came of it."""

    rounds: int = 0
    killed: int = 0
    imports_finished: int = 0
    articles: int = 0
    lost: int = 0  # articles that were acknowledged and are not there
    doubled: int = 0  # inputs that are reported twice or were read again as duplicates
    problems: list[str] = field(default_factory=list)  # what `kb-app check` named


def main() -> int:
    """Run as many rounds as asked for."""
    parser = argparse.ArgumentParser(description="Kill imports and count what is lost; exit code 1 when anything is.")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = kill_rounds(Path(folder), options.rounds, options.seed)
    print(json.dumps(asdict(tally), indent=1))
    return 1 if tally.lost or tally.doubled or tally.problems else 0


def kill_rounds(folder: Path, rounds: int, seed: int = 1) -> Tally:
    """Import batch after batch into one file, each killed again and again until it is through."""
    chance, tally, batch = random.Random(seed), Tally(), 0
    base = folder / "killed.kb"
    inputs = _inputs(folder, batch)
    while tally.rounds < rounds:
        tally.rounds += 1
        # half of the time early, while inputs are listed and processes start; half of the time among the articles
        among = chance.random() < 0.5
        acknowledged, is_through = _run_and_kill(base, inputs, chance.uniform(0, LONGEST_LIFE), among)
        tally.killed += not is_through
        if not base.exists():
            continue
        _look(base, acknowledged, tally)
        if is_through:
            tally.imports_finished += 1
            batch += 1
            _look_at_report(base, tally)
            inputs = _inputs(folder, batch)
    return tally


def _run_and_kill(base: Path, inputs: Path, seconds: float, among: bool) -> tuple[int, bool]:
    """Return how many articles were acknowledged, and whether the import came to its end."""
    told = ["0"]
    command = [sys.executable, "-c", IMPORTER, str(base), str(inputs)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        if child.stdout is None:
            raise RuntimeError("no pipe")
        deadline = None
        for line in child.stdout:
            told.append(line.strip())
            if deadline is None and (not among or told[-1] != told[1]):
                deadline = time.monotonic() + seconds
            if deadline is not None and time.monotonic() > deadline and told[-1] != "end":
                child.send_signal(signal.SIGKILL)
    counts = [int(count) for count in told if count != "end"]
    return counts[-1], told[-1] == "end"


def _look(base: Path, acknowledged: int, tally: Tally) -> None:
    report, _ = drive(check(base))
    tally.problems += [problem.sentence for problem in report.problems]
    with Workspace.open(base, read_only=True) as workspace:
        tally.articles = workspace.listing.totals().articles
    tally.lost += max(0, acknowledged - tally.articles)


def _look_at_report(base: Path, tally: Tally) -> None:
    with Workspace.open(base, read_only=True) as workspace:
        outcomes = workspace.importing.latest_report().outcomes
    expected = PLAIN + ZIPPED + NESTED
    fresh = [o for o in outcomes if o.state is InputState.IMPORTED and o.articles]
    tally.lost += max(0, expected - len(fresh))
    tally.doubled += len(outcomes) - len({(o.parent, o.input) for o in outcomes})
    tally.doubled += sum(1 for o in outcomes if o.state is InputState.DUPLICATE)


def _inputs(folder: Path, batch: int) -> Path:
    inputs = folder / f"batch-{batch:03}"
    inputs.mkdir()
    numbers = iter(range(batch * 10_000, (batch + 1) * 10_000))
    for number in islice(numbers, PLAIN):
        (inputs / f"{number}.txt").write_text(_words(number), encoding="utf-8")
    inner = _zip([(f"in-{number}.txt", _words(number).encode()) for number in islice(numbers, NESTED)])
    members = [(f"{number}.txt", _words(number).encode()) for number in islice(numbers, ZIPPED)]
    half = len(members) // 2
    (inputs / "archive.zip").write_bytes(_zip([*members[:half], ("inner.zip", inner), *members[half:]]))
    return inputs


def _words(number: int) -> str:
    return f"{as_text(story(number))}\nNumber {number}.\n"


def _zip(members: list[tuple[str, bytes]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main())
