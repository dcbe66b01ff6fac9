"""Steps that a person took, each undoable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kb_app.core.ids import OperationId


class OperationState(StrEnum):
    """Where a step stands in the history."""

    DONE = "done"
    UNDONE = "undone"
    DISCARDED = "discarded"  # undone, and something else was done since


@dataclass(frozen=True, slots=True)
class Operation:
    """One step with the wording of its menu item."""

    id: OperationId
    label: str
    at: datetime  # UTC
    author: str
    state: OperationState
    kind: str  # "edit" or "import"
