"""What a person decided about a claim, apart from the machine's confidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a claim stands: as extracted, or decided by a person."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class ClaimKind(StrEnum):
    """The kinds of things a judgement can be about."""

    ENTITY = "entity"
    MENTION = "mention"
    ROLE = "role"
    EVENT = "event"
    STATEMENT = "statement"
    RELATION = "relation"


@dataclass(frozen=True, slots=True, order=True)
class ClaimRef:
    """A claim's kind and number."""

    kind: ClaimKind
    id: int
