"""What a check of a knowledge base found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """What is wrong."""

    SQLITE = "sqlite"  # the file's own structure
    SCHEMA = "schema"  # tables that are missing, changed or strange
    FOREIGN_KEY = "foreign-key"
    FULL_TEXT = "full-text"
    BYTES = "bytes"  # an archived original is not what was imported
    TEXT = "text"  # an article's text is not what was imported
    QUOTE = "quote"  # a passage does not stand in its text
    COUNT = "count"
    RECORD = "record"  # a field that cannot be read


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in a sentence that names it."""

    kind: ProblemKind
    sentence: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The problems found, none in a sound file, and how many things of each kind were looked at."""

    problems: tuple[Problem, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    indexes_rebuilt: bool = False  # the search indexes did not fit and were made anew from the texts

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.problems
