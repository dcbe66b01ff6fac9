"""Drives work in steps to its end, as the command line does."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

from kb_app.core.progress import Progress

T = TypeVar("T")


def result_of(steps: Generator[Progress, None, T]) -> T:
    """Run the work and return its result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result
