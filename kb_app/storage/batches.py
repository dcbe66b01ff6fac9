"""Cuts long lists of ids into pieces that one statement takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

IDS_A_STATEMENT = 500


def in_batches(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Yield the distinct numbers in ascending order, a few hundred at a time."""
    rest = iter(sorted(set(numbers)))
    while some := list(islice(rest, IDS_A_STATEMENT)):
        yield some
