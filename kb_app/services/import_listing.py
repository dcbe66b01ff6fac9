"""Writes down what an import is to take in before it begins, so that it can go on after any interruption."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Generator, Iterator
from pathlib import Path

from kb_app.core.ids import OperationId
from kb_app.core.progress import Progress
from kb_app.ingest.reading import shown_name, walk_inputs
from kb_app.services.import_request import ImportRequest
from kb_app.storage.import_batches import WaitingInput, end_listing, list_inputs
from kb_app.storage.knowledge_base import KnowledgeBase

STEP_SECONDS = 0.05
INPUTS_A_STEP = 500
_OWN_ENDINGS = ("", "-wal", "-shm", "-journal", ".lock")  # of the knowledge base, which may lie in a chosen folder


def list_request(
    kb: KnowledgeBase, operation: OperationId, request: ImportRequest, known: Collection[bytes] = ()
) -> Generator[Progress, None, int]:
    """Write down the inputs of a request step by step; return how many there are. `known` paths are there already."""
    count = len(known)
    first = ""
    for some in _chunks(_inputs(request, known, kb.path)):
        if some:
            first = first or some[0].name
            list_inputs(kb, operation, some)
            count += len(some)
        yield Progress(0, 0, some[-1].name if some else "")
    end_listing(kb, operation, _label(first, count))
    return count


def _inputs(request: ImportRequest, known: Collection[bytes], base: Path) -> Iterator[WaitingInput]:
    own = {os.fsencode(base.with_name(base.name + ending)) for ending in _OWN_ENDINGS}
    for path in walk_inputs(request.paths):
        place = os.fsencode(path.absolute())
        if place not in known and place not in own:
            yield WaitingInput(shown_name(path), place)
    for text in request.texts:
        yield WaitingInput(text.name, None)


def _chunks(inputs: Iterator[WaitingInput]) -> Iterator[list[WaitingInput]]:
    """Gather inputs until there are enough for a step or its time is over."""
    some: list[WaitingInput] = []
    until = time.monotonic() + STEP_SECONDS
    for item in inputs:
        some.append(item)
        if len(some) >= INPUTS_A_STEP or time.monotonic() > until:
            yield some
            some = []
            until = time.monotonic() + STEP_SECONDS
    yield some


def _label(first: str, count: int) -> str:
    return f"Import “{Path(first).name}”" if count == 1 else f"Import {count} files"
