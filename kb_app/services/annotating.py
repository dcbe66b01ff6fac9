"""Extracts from files without a knowledge base and writes one document an article."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb_app.core.errors import KartotekaError, UnreadableInput
from kb_app.core.progress import Progress
from kb_app.core.report import ImportReport, InputOutcome, InputState
from kb_app.exchange.annotation import annotation
from kb_app.exchange.explanation import Explanation, explanation_text, explanations
from kb_app.exchange.whole_file import write_whole
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.reading import read_source, shown_name, walk_inputs
from kb_app.services.documents import NO_FINDINGS, Answer, Document, NotUnderstood, Understood
from kb_app.services.importing import STEP_SECONDS, ImportRequest
from kb_app.services.outcomes import not_understood, taken, unreadable
from kb_app.services.pace import Pace
from kb_app.services.workers import WorkerPool


@dataclass(slots=True)
class _Bench:
    """What is under way: files by key, their hashes, and what became of those that are done."""

    files: list[Path]
    stems: list[str]
    hashes: dict[int, str] = field(default_factory=dict)
    outcomes: dict[int, InputOutcome] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExplainedArticle:
    """The findings of one input that were asked for, each with why it is believed; `text` is the same to read."""

    input: str
    told: tuple[Explanation, ...]
    text: str


class Explaining:
    """Explains the findings of each article: all, or those whose quoted words hold some words; the latter it keeps."""

    def __init__(self, words: str = "") -> None:
        self._words = words.strip()
        self._kept: dict[int, ExplainedArticle] = {}

    def tell(self, answer: Understood, name: str) -> str:
        """Return the explanation of an article as text to read."""
        told = explanations(answer.article, answer.findings, self._words)
        text = explanation_text(answer.article, told)
        if self._words:
            self._kept[answer.key] = ExplainedArticle(name, told, text)
        return text

    def kept(self) -> tuple[ExplainedArticle, ...]:
        """Return what was asked for by words, in the order of the inputs."""
        return tuple(self._kept[key] for key in sorted(self._kept))


class AnnotationService:
    """Annotates files into a folder."""

    def __init__(self, pool_of: Callable[[int], WorkerPool] = WorkerPool) -> None:
        self._pool_of = pool_of

    def run(
        self, request: ImportRequest, folder: Path, explaining: Explaining | None = None
    ) -> Generator[Progress, None, ImportReport]:
        """Write one `<stem>.json` a file, and beside it `<stem>.explained.txt` where that is asked for.

        Raises KartotekaError when the folder cannot be written.
        """
        started = time.monotonic()
        _make(folder)
        files = list(walk_inputs(request.paths))
        bench = _Bench(files, distinct_stems(files))
        pace, upcoming = Pace(len(files)), 0
        with self._pool_of(request.jobs) as pool:
            while len(bench.outcomes) < len(files):
                while upcoming < len(files) and pool.room > 0:
                    _begin(bench, upcoming, pool, request)
                    upcoming += 1
                for answer in pool.poll(STEP_SECONDS if pool.is_busy else 0.0):
                    bench.outcomes[answer.key] = _finish(bench, answer, folder, explaining)
                yield pace.progress(len(bench.outcomes))
        outcomes = tuple(bench.outcomes[at] for at in range(len(files)))
        return ImportReport(outcomes, time.monotonic() - started)


def distinct_stems(files: list[Path]) -> list[str]:
    """Name each file's document: its stem, its whole name where the stem is taken, with a number where that is too."""
    taken: set[str] = set()
    stems = []
    for file in files:
        numbered = (f"{file.name}-{number}" for number in range(2, len(files) + 2))
        stem = next(name for name in (file.stem, file.name, *numbered) if name.casefold() not in taken)
        taken.add(stem.casefold())
        stems.append(stem)
    return stems


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KartotekaError(
            f"The folder “{folder}” could not be made ({error.strerror}). Nothing was done."
        ) from error


def _begin(bench: _Bench, at: int, pool: WorkerPool, request: ImportRequest) -> None:
    file = bench.files[at]
    try:
        source = read_source(file)
    except UnreadableInput as error:
        bench.outcomes[at] = unreadable(shown_name(file), error)
        return
    bench.hashes[at] = source.sha256
    pool.submit(Document(at, source, request.given.get(file.stem, GivenMetadata())))


def _finish(bench: _Bench, answer: Answer, folder: Path, explaining: Explaining | None) -> InputOutcome:
    name, sha256 = shown_name(bench.files[answer.key]), bench.hashes[answer.key]
    if isinstance(answer, NotUnderstood):
        return not_understood(name, answer, sha256)
    warnings = (*answer.article.warnings, *answer.findings.warnings)
    if answer.findings.engine == NO_FINDINGS.engine:
        return replace(taken(name, sha256, warnings), state=InputState.FAILED)
    stem = bench.stems[answer.key]
    document = annotation(answer.article, answer.findings, stem)
    written = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    write_whole(folder / f"{stem}.json", written.encode() + b"\n")
    if explaining is not None:
        write_whole(folder / f"{stem}.explained.txt", explaining.tell(answer, name).encode())
    return taken(name, sha256, warnings)
