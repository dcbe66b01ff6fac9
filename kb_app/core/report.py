"""What became of each input of an import."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kb_app.core.ids import ArticleId


class InputState(StrEnum):
    """How one input ended."""

    IMPORTED = "imported"
    WITH_WARNINGS = "imported-with-warnings"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class InputOutcome:
    """One input's state, stable reason code ("" when all is well), a sentence for people, and what came of it."""

    input: str  # path or name as given
    state: InputState
    code: str = ""
    sentence: str = ""
    sha256: str = ""
    articles: tuple[ArticleId, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcomes of one import in order of input."""

    outcomes: tuple[InputOutcome, ...] = field(default_factory=tuple)
    seconds: float = 0.0
    cancelled: bool = False

    def count(self, state: InputState) -> int:
        """Return how many inputs ended so."""
        return sum(1 for o in self.outcomes if o.state is state)
