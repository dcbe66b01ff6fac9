"""Takes files, folders and pasted texts into a knowledge base: whole articles, one operation, every input accounted."""

from __future__ import annotations

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kb_app.core.article import SourceFile
from kb_app.core.errors import KartotekaError, StoreError, UnreadableInput
from kb_app.core.ids import ArticleId, OperationId, OutcomeId
from kb_app.core.progress import Progress
from kb_app.core.report import ImportReport, ImportSummary, InputOutcome, InputState, OutcomeQuery
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.reading import read_source, shown_name, source_from_bytes, walk_inputs
from kb_app.resolution.entities import names_to_look_up, resolve
from kb_app.services.documents import Answer, Document, NotUnderstood, Understood
from kb_app.services.import_request import ImportRequest, PastedText
from kb_app.services.outcomes import not_understood, taken, unreadable
from kb_app.services.pace import Pace
from kb_app.services.workers import WorkerPool
from kb_app.storage.import_log import outcome_page, outcomes, outcomes_by_id, unfinished_import
from kb_app.storage.importing import find_source, finish_import, known_names, save_article, save_outcomes
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import begin_import

__all__ = ["ImportRequest", "ImportService", "PastedText", "STEP_SECONDS"]

LOG = logging.getLogger(__name__)
STEP_SECONDS = 0.05
OUTCOMES_AT_ONCE = 100
BYTES_UNDER_WAY = 200 * 1024 * 1024
WORTH_ANOTHER_TRY = frozenset({"timeout", "memory", "worker-died"})


@dataclass(frozen=True, slots=True)
class _Input:
    """One input in line: its place and name, and how to read it."""

    name: str
    read: Callable[[], SourceFile]
    stem: str


class ImportService:
    """Imports into one knowledge base."""

    def __init__(self, kb: KnowledgeBase, pool_of: Callable[[int], WorkerPool] = WorkerPool) -> None:
        self._kb = kb
        self._pool_of = pool_of

    def run(self, request: ImportRequest) -> Generator[Progress, None, ImportReport]:
        """Import step by step, none longer than it takes to save an article.

        Closing the generator cancels: what was imported stays, and the operation is finished. Raises StoreError when
        the knowledge base can take no more; what it took before stays.
        """
        started = time.monotonic()
        inputs = yield from _listed(request)
        with self._pool_of(request.jobs) as pool:
            run = _Run(self._kb, pool, request, inputs)
            try:
                yield from run.steps()
            finally:
                # also when closed or failed: what was imported is accounted for and can be taken back
                run.finish()
        return ImportReport(run.report(), time.monotonic() - started)

    def unfinished(self) -> ImportSummary | None:
        """Return the newest import that was stopped before all its inputs had their turn, None where there is none."""
        return unfinished_import(self._kb)

    def go_on(self, operation: OperationId, jobs: int = 0) -> Generator[Progress, None, ImportReport]:
        """Go on with an unfinished import where it was, as part of the same step."""
        rows = outcome_page(self._kb, OutcomeQuery(operation, (InputState.WAITING,)), 0, -1)
        paths = tuple(Path(os.fsdecode(row.path)) for row in rows if row.path is not None)
        return (yield from self.run(ImportRequest(paths, jobs=jobs)))

    def retry(self, chosen: Sequence[OutcomeId], request: ImportRequest) -> Generator[Progress, None, ImportReport]:
        """Import chosen inputs once more, as a new import and in the way that `request` says; its paths do not count.

        What a container held is taken out of it again.
        """
        rows = outcomes_by_id(self._kb, chosen)
        paths = tuple(Path(os.fsdecode(row.path)) for row in rows if row.path is not None)
        return (yield from self.run(replace(request, paths=paths, texts=())))

    def latest_report(self) -> ImportReport:
        """Return what became of the inputs of the latest import."""
        return outcomes(self._kb)


def _listed(request: ImportRequest) -> Generator[Progress, None, list[_Input]]:
    inputs: list[_Input] = []
    shown = time.monotonic()
    for path in walk_inputs(request.paths):
        inputs.append(_Input(shown_name(path), partial(read_source, path), path.stem))
        if time.monotonic() - shown > STEP_SECONDS:
            shown = time.monotonic()
            yield Progress(0, 0, inputs[-1].name)
    for text in request.texts:
        read = partial(source_from_bytes, text.name, text.data)
        inputs.append(_Input(text.name, read, Path(text.name).stem))
    return inputs


class _Run:
    """One import under way."""

    def __init__(self, kb: KnowledgeBase, pool: WorkerPool, request: ImportRequest, inputs: list[_Input]) -> None:
        self._kb = kb
        self._pool = pool
        self._request = request
        self._inputs = inputs
        self._next = 0
        self._outcomes: dict[int, InputOutcome] = {}
        self._unsaved: list[InputOutcome] = []
        self._under_way: dict[int, SourceFile] = {}
        self._twins: dict[str, list[int]] = {}  # inputs with the same bytes as one under way
        self._answers: deque[Answer] = deque()
        self._read_only: dict[int, str] = {}  # why an input is read once more, without extraction
        self._pace = Pace(len(inputs))
        self._operation: OperationId | None = None

    def steps(self) -> Iterator[Progress]:
        if not self._inputs:
            return
        self._operation = begin_import(self._kb, _label(self._inputs))
        while len(self._outcomes) < len(self._inputs):
            self._feed()
            if not self._answers:
                wait = STEP_SECONDS if self._under_way else 0.0
                self._answers.extend(self._pool.poll(wait))
            label = ""
            if self._answers:
                label = self._take(self._answers.popleft())
            if len(self._unsaved) >= OUTCOMES_AT_ONCE:
                self._save_outcomes()
            yield self._pace.progress(len(self._outcomes), label)

    def finish(self) -> None:
        if self._operation is None:
            return
        try:
            self._save_outcomes()
        finally:
            finish_import(self._kb, self._operation)

    def report(self) -> tuple[InputOutcome, ...]:
        return tuple(self._outcomes[at] for at in sorted(self._outcomes))

    def _feed(self) -> None:
        """Read the next inputs while workers have room, for no longer than a step."""
        until = time.monotonic() + STEP_SECONDS
        while self._next < len(self._inputs) and self._pool.room > 0 and time.monotonic() < until:
            if sum(len(source.data) for source in self._under_way.values()) > BYTES_UNDER_WAY:
                return
            at = self._next
            self._next += 1
            self._begin(at)

    def _begin(self, at: int) -> None:
        item = self._inputs[at]
        try:
            source = item.read()
        except UnreadableInput as error:
            self._settle(at, unreadable(item.name, error))
            return
        if source.sha256 in self._twins:
            self._twins[source.sha256].append(at)
        elif known := self._known(source.sha256):
            self._settle(at, _duplicate(item.name, source.sha256, known))
        else:
            self._twins[source.sha256] = []
            self._submit(at, source)

    def _known(self, sha256: str) -> tuple[ArticleId, ...]:
        found = find_source(self._kb, sha256)
        return found[1] if found else ()

    def _submit(self, at: int, source: SourceFile) -> None:
        self._under_way[at] = source
        given = self._request.given.get(self._inputs[at].stem, GivenMetadata())
        extract = self._request.extract and at not in self._read_only
        self._pool.submit(Document(at, source, given, extract))

    def _take(self, answer: Answer) -> str:
        source = self._under_way.pop(answer.key)
        name = self._inputs[answer.key].name
        if isinstance(answer, NotUnderstood):
            if answer.code in WORTH_ANOTHER_TRY and self._request.extract and answer.key not in self._read_only:
                # the text may be sound and only too much for extraction: it is kept, and can be extracted from later
                self._read_only[answer.key] = answer.code
                self._submit(answer.key, source)
                return source.name
            outcome = not_understood(name, answer, source.sha256)
        else:
            outcome = self._save(name, source, self._with_reason(answer))
        self._settle(answer.key, outcome)
        for twin in self._twins.pop(source.sha256):
            twin_name = self._inputs[twin].name
            if outcome.articles:
                self._settle(twin, _duplicate(twin_name, source.sha256, outcome.articles))
            else:
                again = InputOutcome(twin_name, outcome.state, outcome.code, outcome.sentence, source.sha256)
                self._settle(twin, again)
        return source.name

    def _with_reason(self, understood: Understood) -> Understood:
        reason = self._read_only.get(understood.key)
        if reason is None:
            return understood
        warning = f"extraction-{reason}: Extraction was given up ({reason}); the text is kept without findings."
        return replace(understood, findings=replace(understood.findings, warnings=(warning,)))

    def _save(self, name: str, source: SourceFile, understood: Understood) -> InputOutcome:
        findings = understood.findings
        warnings = (*understood.article.warnings, *findings.warnings)
        # what extraction could not do is kept with the article, where the list of problems looks for it
        article = replace(understood.article, warnings=warnings)
        if self._operation is None:
            raise RuntimeError("an article before its import began")
        try:
            known = known_names(self._kb, names_to_look_up(findings, article.text))
            resolution = resolve(findings, known, article.text)
            saved = save_article(self._kb, self._operation, source, article, findings, resolution)
        except StoreError:
            raise  # the file takes no more: the next article would fare no better
        except UnreadableInput as error:
            return unreadable(name, error, source.sha256)
        except Exception as error:  # one article that does not fit must not end the import of the others
            LOG.exception("%s was not saved", name)
            return InputOutcome(name, InputState.FAILED, "not-saved", _not_saved(name, error), source.sha256)
        return taken(name, source.sha256, warnings, (saved,))

    def _settle(self, at: int, outcome: InputOutcome) -> None:
        self._outcomes[at] = outcome
        self._unsaved.append(outcome)

    def _save_outcomes(self) -> None:
        if self._unsaved and self._operation is not None:
            save_outcomes(self._kb, self._operation, self._unsaved)
            self._unsaved = []


def _label(inputs: list[_Input]) -> str:
    return f"Import “{Path(inputs[0].name).name}”" if len(inputs) == 1 else f"Import {len(inputs)} files"


def _duplicate(name: str, sha256: str, articles: tuple[ArticleId, ...]) -> InputOutcome:
    sentence = f"“{name}” is in the knowledge base already, byte for byte, and was not imported again."
    return InputOutcome(name, InputState.DUPLICATE, "duplicate", sentence, sha256, articles)


def _not_saved(name: str, error: Exception) -> str:
    if isinstance(error, KartotekaError):
        return error.sentence
    return f"“{name}” was read, but could not be saved ({type(error).__name__}). Nothing of it was kept."
