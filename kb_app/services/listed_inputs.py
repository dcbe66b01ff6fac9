"""Hands out the inputs of an import that wait, in order, each read ahead of the work."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from kb_app.core.errors import UnreadableInput
from kb_app.core.ids import OperationId, OutcomeId
from kb_app.ingest.reading import source_from_bytes
from kb_app.services.import_request import PastedText
from kb_app.services.outcomes import not_kept
from kb_app.services.reading_ahead import ReadingAhead, ReadInput
from kb_app.storage.import_batches import WaitingInput, waiting_inputs
from kb_app.storage.knowledge_base import KnowledgeBase

LISTED_AT_ONCE = 64


class ListedInputs:
    """What waits in an import, and the files that what came out of a container brings along."""

    def __init__(self, kb: KnowledgeBase, operation: OperationId, texts: Iterable[PastedText]) -> None:
        self._kb = kb
        self._operation = operation
        self._reading = ReadingAhead()
        self._pasted = deque(texts)
        self._texts = deque[ReadInput]()
        self._last = OutcomeId(0)
        self._all_listed = False

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will come."""
        return self._all_listed and not self._texts and not self._reading.waiting

    def want(self, item: WaitingInput) -> None:
        """Have a file read that is not listed."""
        self._reading.want(item)

    def take(self) -> ReadInput | None:
        """Return the next input, None where it is not read yet."""
        self._list_more()
        return self._texts.popleft() if self._texts else self._reading.take()

    def wait(self, seconds: float) -> None:
        """Wait until the next file is read, but no longer than so many seconds."""
        self._reading.wait(seconds)

    def close(self) -> None:
        """Read no more."""
        self._reading.close()

    def _list_more(self) -> None:
        if self._all_listed or self._reading.waiting > LISTED_AT_ONCE // 2:
            return
        rows = waiting_inputs(self._kb, self._operation, self._last, LISTED_AT_ONCE)
        self._all_listed = len(rows) < LISTED_AT_ONCE
        for row in rows:
            self._last = row.id
            if row.path is None:
                self._texts.append(self._pasted_text(row))
            else:
                self._reading.want(row)

    def _pasted_text(self, row: WaitingInput) -> ReadInput:
        if not self._pasted:
            return ReadInput(row, error=not_kept(row.name))
        text = self._pasted.popleft()
        try:
            return ReadInput(row, source_from_bytes(text.name, text.data))
        except UnreadableInput as error:
            return ReadInput(row, error=error)
