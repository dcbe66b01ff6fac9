"""Extracts from files without a knowledge base and writes one document an article."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from pathlib import Path

from kb_app.core.errors import KartotekaError
from kb_app.core.progress import Progress
from kb_app.core.report import ImportReport, InputOutcome, InputState
from kb_app.exchange.annotation import annotation
from kb_app.exchange.explanation import Explanation, explanation_text, explanations
from kb_app.exchange.whole_file import write_whole
from kb_app.ingest.media_type import PLAIN_TEXT
from kb_app.services.annotation_inputs import AnnotationInputs, Upcoming
from kb_app.services.documents import NO_FINDINGS, Answer, Document, NotUnderstood, Understood
from kb_app.services.importing import STEP_SECONDS, ImportRequest
from kb_app.services.outcomes import not_understood, taken
from kb_app.services.pace import Pace
from kb_app.services.workers import WorkerPool


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
        """Write one `<stem>.json` an article, and beside it `<stem>.explained.txt` where that is asked for.

        Raises KartotekaError when the folder cannot be written.
        """
        started = time.monotonic()
        _make(folder)
        inputs, under_way = AnnotationInputs(request), dict[int, Upcoming]()
        pace = Pace(inputs.total)
        try:
            with self._pool_of(request.jobs) as pool:
                while under_way or not inputs.is_over:
                    _submit(inputs, under_way, pool, request)
                    if not pool.is_busy:
                        inputs.wait(STEP_SECONDS)
                    for answer in pool.poll(STEP_SECONDS if pool.is_busy else 0.0):
                        done = under_way.pop(answer.key)
                        inputs.settle(_outcome(done, answer, folder, explaining), done.box)
                    pace.total = inputs.total
                    yield pace.progress(len(inputs.outcomes))
        finally:
            inputs.close()
        return ImportReport(inputs.report(), time.monotonic() - started)


def _submit(inputs: AnnotationInputs, under_way: dict[int, Upcoming], pool: WorkerPool, request: ImportRequest) -> None:
    """Have articles read while workers have room and there are some, for no longer than a step."""
    until = time.monotonic() + STEP_SECONDS
    while pool.room > 0 and not inputs.is_over and time.monotonic() < until:
        upcoming = inputs.take()
        if upcoming is not None:
            under_way[upcoming.number] = upcoming
            given = request.given_for(upcoming.given)
            pool.submit(Document(upcoming.number, upcoming.source, given, encoding=request.encoding))
        elif pool.is_busy:
            return
        else:
            inputs.wait(STEP_SECONDS)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KartotekaError(
            f"The folder “{folder}” could not be made ({error.strerror}). Nothing was done."
        ) from error


def _outcome(done: Upcoming, answer: Answer, folder: Path, explaining: Explaining | None) -> InputOutcome:
    """Write the document of an article and say what became of its input."""
    kind, sha256 = done.source.media_type, done.source.sha256
    if isinstance(answer, NotUnderstood):
        return replace(not_understood(done.name, answer, sha256), id=done.number, media_type=kind)
    warnings = (*done.warnings, *answer.article.warnings, *answer.findings.warnings)
    outcome = replace(taken(done.name, sha256, warnings), id=done.number, media_type=kind)
    if answer.findings.engine == NO_FINDINGS.engine:
        return replace(outcome, state=InputState.FAILED)
    document = annotation(answer.article, answer.findings, done.stem)
    if done.box is not None or kind != PLAIN_TEXT:
        # no file on the disk holds the text that the offsets refer to
        document["article"]["text"] = answer.article.text
    written = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    write_whole(folder / f"{done.stem}.json", written.encode() + b"\n")
    if explaining is not None:
        write_whole(folder / f"{done.stem}.explained.txt", explaining.tell(answer, done.name).encode())
    return outcome
