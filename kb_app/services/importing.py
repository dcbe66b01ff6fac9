"""Takes files, folders, containers and pasted texts into a knowledge base: one step, every input accounted."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path

from kb_app.core.ids import OperationId, OutcomeId
from kb_app.core.progress import Progress
from kb_app.core.report import ImportReport, ImportSummary, InputState
from kb_app.services.import_listing import list_request
from kb_app.services.import_request import ImportRequest, PastedText, pack_request, unpack_request
from kb_app.services.import_run import STEP_SECONDS, ImportRun
from kb_app.services.recognition import ENGLISH, usual_language
from kb_app.services.workers import WorkerPool
from kb_app.storage.import_batches import finish_import, give_up_waiting, listed_paths, resume_import, start_import
from kb_app.storage.import_log import (
    outcome_counts,
    outcomes,
    outcomes_by_id,
    unfinished_import,
)
from kb_app.storage.knowledge_base import KnowledgeBase

__all__ = ["ImportRequest", "ImportService", "PastedText", "STEP_SECONDS"]


class ImportService:
    """Imports into one knowledge base.

    Every import is written down before it begins. Whatever stops it (a cancelled generator, a full disk, the end of the
    process at any moment), what was imported stays as one step that can be taken back, and the rest waits: `go_on`
    imports it as part of the same step, `give_up` strikes it off.
    """

    def __init__(self, kb: KnowledgeBase, pool_of: Callable[[int], WorkerPool] = WorkerPool) -> None:
        self._kb = kb
        self._pool_of = pool_of

    def run(self, request: ImportRequest) -> Generator[Progress, None, ImportReport]:
        """Import step by step, none longer than it takes to save an article.

        Raises StoreError when the knowledge base can take no more; what it took before stays.
        """
        if not request.paths and not request.texts:
            return ImportReport()
        operation = start_import(self._kb, "Import", pack_request(request))
        return (yield from self._work(operation, request))

    def unfinished(self) -> ImportSummary | None:
        """Return the newest import that was stopped before all its inputs had their turn, None where there is none."""
        return unfinished_import(self._kb)

    def go_on(self, operation: OperationId, jobs: int = 0) -> Generator[Progress, None, ImportReport]:
        """Go on with an unfinished import where it was, as part of the same step; reports all of it.

        Raises NotFound where it is finished, was given up or taken back.
        """
        packed, is_listed = resume_import(self._kb, operation)
        request = replace(unpack_request(packed), jobs=jobs)
        return (yield from self._work(operation, request, is_listed=is_listed))

    def give_up(self, operation: OperationId) -> None:
        """End an unfinished import: what waits in it is struck off."""
        give_up_waiting(self._kb, operation)

    def retry(self, chosen: Sequence[OutcomeId], request: ImportRequest) -> Generator[Progress, None, ImportReport]:
        """Import chosen inputs once more, as a new import and in the way that `request` says; its paths do not count.

        For what a container held, the whole container is taken apart again; what is there already stays as it is.
        """
        paths = tuple(Path(os.fsdecode(path)) for path in self._files_of(chosen))
        return (yield from self.run(replace(request, paths=paths, texts=())))

    def latest_report(self) -> ImportReport:
        """Return what became of the inputs of the latest import."""
        return outcomes(self._kb)

    def _work(
        self, operation: OperationId, request: ImportRequest, *, is_listed: bool = False
    ) -> Generator[Progress, None, ImportReport]:
        started = time.monotonic()
        if request.ocr and not request.ocr_languages:
            # where none is installed, reading says so
            request = replace(request, ocr_languages=usual_language() or ENGLISH)
        try:
            if is_listed:
                count = outcome_counts(self._kb, operation).get(InputState.WAITING, 0)
            else:
                known = listed_paths(self._kb, operation)
                count = yield from list_request(self._kb, operation, request, known)
            with self._pool_of(request.jobs) as pool:
                run = ImportRun(self._kb, operation, request, pool)
                try:
                    yield from run.steps(count)
                finally:
                    run.close()
        finally:
            # also when closed or failed: what was imported is accounted for and can be taken back
            finish_import(self._kb, operation)
        return replace(outcomes(self._kb, operation), seconds=time.monotonic() - started)

    def _files_of(self, chosen: Sequence[OutcomeId]) -> list[bytes]:
        """Return the files that the chosen outcomes came from, each once."""
        files: dict[bytes, None] = {}
        wanted = list(chosen)
        while wanted:
            rows = outcomes_by_id(self._kb, wanted)
            files.update(dict.fromkeys(row.path for row in rows if row.path is not None))
            wanted = [row.parent for row in rows if row.path is None and row.parent is not None]
        return list(files)
