"""The evidence grade of the Admiralty scale: how reliable a publisher is, how credible what an article says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reliability(StrEnum):
    """How far a publisher can be relied on."""

    COMPLETE = "A"
    USUAL = "B"
    FAIR = "C"
    SELDOM = "D"
    NONE = "E"
    UNJUDGED = "F"  # it cannot be judged


class Credibility(StrEnum):
    """How far what an article says is borne out."""

    CONFIRMED = "1"
    PROBABLE = "2"
    POSSIBLE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    UNJUDGED = "6"  # it cannot be judged


@dataclass(frozen=True, slots=True)
class SourceGrade:
    """What a person said of a publisher and an article; None is not graded yet.

    It is neither the machine's confidence in what it extracted nor where a claim stands.
    """

    reliability: Reliability | None = None
    credibility: Credibility | None = None

    @property
    def code(self) -> str:
        """Return the two signs of the scale, as "B2"; what nobody graded cannot be judged: F and 6."""
        return f"{self.reliability or Reliability.UNJUDGED}{self.credibility or Credibility.UNJUDGED}"

    @property
    def is_given(self) -> bool:
        """Tell whether somebody graded the publisher or the article."""
        return self.reliability is not None or self.credibility is not None


@dataclass(frozen=True, slots=True)
class GradedPublisher:
    """A publisher with how many articles it has, the spellings of its name and its grade."""

    name: str  # the commonest spelling
    articles: int
    reliability: Reliability | None = None
    spellings: tuple[str, ...] = ()  # the others
