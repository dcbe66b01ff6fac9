"""Takes steps back and does them again, after a restart too."""

from __future__ import annotations

from kb_app.core.changes import Changes
from kb_app.core.operation import Operation
from kb_app.storage import operations
from kb_app.storage.knowledge_base import KnowledgeBase

STEPS_SHOWN = 200


class UndoService:
    """Walks the history of one knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def undo(self) -> Changes | None:
        """Take the last step back; None where there is none."""
        return operations.undo(self._kb)

    def redo(self) -> Changes | None:
        """Do again what was taken back last; None where there is nothing."""
        return operations.redo(self._kb)

    def next_undo(self) -> Operation | None:
        """Return the step that undo would take back."""
        return operations.next_undo(self._kb)

    def next_redo(self) -> Operation | None:
        """Return the step that redo would do again."""
        return operations.next_redo(self._kb)

    def history(self, limit: int = STEPS_SHOWN) -> tuple[Operation, ...]:
        """Return the steps, newest first."""
        return operations.history(self._kb, limit)
