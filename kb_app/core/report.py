"""What became of each input of an import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kb_app.core.ids import ArticleId, OperationId, OutcomeId

NOT_KEPT_YET = OutcomeId(0)


class InputState(StrEnum):
    """How one input ended, or that its turn has not come."""

    WAITING = "waiting"
    IMPORTED = "imported"
    WITH_WARNINGS = "imported-with-warnings"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    FAILED = "failed"


TAKEN_STATES = (InputState.IMPORTED, InputState.WITH_WARNINGS)
TROUBLE_STATES = (InputState.REFUSED, InputState.FAILED)


@dataclass(frozen=True, slots=True)
class InputOutcome:
    """One input's state, stable reason code ("" when all is well), a sentence for people, and what came of it.

    An archive, mailbox or table has an outcome of its own with a sentence that counts what it held; each thing that it
    held has one too, whose `parent` is the container's `id`.
    """

    input: str  # path or name as given
    state: InputState
    code: str = ""
    sentence: str = ""
    sha256: str = ""
    articles: tuple[ArticleId, ...] = ()
    id: OutcomeId = NOT_KEPT_YET
    parent: OutcomeId | None = None
    media_type: str = ""
    path: bytes | None = None  # of the file, in the system's bytes; None for a text and for what a container held


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcomes of one import in order of input."""

    outcomes: tuple[InputOutcome, ...] = field(default_factory=tuple)
    seconds: float = 0.0
    cancelled: bool = False

    def count(self, state: InputState) -> int:
        """Return how many inputs ended so."""
        return sum(1 for o in self.outcomes if o.state is state)

    def articles_taken(self) -> int:
        """Return how many articles came in; a container is none, what it held is."""
        return len({article for o in self.outcomes if o.state in TAKEN_STATES for article in o.articles})


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """One import as a line of a list: what it was called, when it began, and how many inputs stand in which state.

    It is not finished while inputs wait and it can go on.
    """

    operation: OperationId
    label: str
    at: datetime  # UTC
    counts: Mapping[InputState, int]
    is_finished: bool = True

    def count(self, *states: InputState) -> int:
        """Return how many inputs stand in any of these states."""
        return sum(self.counts.get(state, 0) for state in states)

    @property
    def total(self) -> int:
        """Return how many inputs there are, with what containers held."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class OutcomeQuery:
    """Which outcomes are asked for: of one import or (None) of all, in some states or () in any, naming some words."""

    operation: OperationId | None = None
    states: tuple[InputState, ...] = ()
    text: str = ""  # in the input's name, the sentence or the code
