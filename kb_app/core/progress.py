"""How far slow work has come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """A whole step done: `done` of `total` (0 is not known yet) and what is being worked on."""

    done: int
    total: int
    label: str = ""
    seconds_left: float | None = None
