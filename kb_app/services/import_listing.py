"""Writes down what an import is to take in before it begins, so that it can go on after any interruption."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Generator, Iterator
from pathlib import Path
from types import MappingProxyType

from kb_app.core.ids import OperationId
from kb_app.core.progress import Progress
from kb_app.core.report import InputOutcome, InputState
from kb_app.ingest.reading import shown_name, walk_inputs
from kb_app.services.import_request import ImportRequest
from kb_app.storage.import_batches import WaitingInput, end_listing, list_inputs
from kb_app.storage.importing import import_step
from kb_app.storage.knowledge_base import KnowledgeBase

STEP_SECONDS = 0.05
INPUTS_A_STEP = 500
MOST_LEFT_OUT = 10_000
_REASONS = MappingProxyType(
    {
        "outside-link": "“{}” is a link that leads out of the chosen folder, so it was not followed.",
        "loop": "“{}” is a folder that was looked into already, under another name.",
        "not-a-file": "“{}” is not a regular file, so it was not opened.",
    }
)
_OWN_ENDINGS = ("", "-wal", "-shm", "-journal", ".lock")  # of the knowledge base, which may lie in a chosen folder


def list_request(
    kb: KnowledgeBase, operation: OperationId, request: ImportRequest, known: Collection[bytes] = ()
) -> Generator[Progress, None, int]:
    """Write down the inputs of a request step by step; return how many there are. `known` paths are there already."""
    count = len(known)
    first = ""
    left_out = _LeftOut(known)
    for some in _chunks(_inputs(request, left_out, kb.path)):
        if some:
            first = first or some[0].name
            list_inputs(kb, operation, some)
            count += len(some)
        yield Progress(0, 0, some[-1].name if some else "")
    if left_out.outcomes:
        with import_step(kb, operation) as step:
            for outcome in left_out.outcomes:
                step.settle(outcome)
    end_listing(kb, operation, _label(first, count))
    return count


class _LeftOut:
    """Notes what lies in the chosen folders and is not taken, where a person would miss it."""

    def __init__(self, known: Collection[bytes]) -> None:
        self.known = known
        self.outcomes: list[InputOutcome] = []

    def note(self, path: Path, reason: str) -> None:
        """Take note of a path and why it was passed over; hidden files and the parts of saved pages go without."""
        words, place = _REASONS.get(reason), os.fsencode(path.absolute())
        if words is not None and place not in self.known and len(self.outcomes) < MOST_LEFT_OUT:
            name = shown_name(path)
            self.outcomes.append(InputOutcome(name, InputState.REFUSED, reason, words.format(name), path=place))


def _inputs(request: ImportRequest, left_out: _LeftOut, base: Path) -> Iterator[WaitingInput]:
    own = {os.fsencode(base.with_name(base.name + ending)) for ending in _OWN_ENDINGS}
    for path in walk_inputs(request.paths, left_out.note):
        place = os.fsencode(path.absolute())
        if place not in left_out.known and place not in own:
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
