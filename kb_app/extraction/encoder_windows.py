"""Overlapping windows of word pieces over the words of a text: linear in its length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WINDOW_PIECES = 384  # with the two outer marks of the vocabulary
CONTEXT_PIECES = 64  # that a window shows on each side of the words it decides on


@dataclass(frozen=True, slots=True)
class Window:
    """Words [first, last) shown at once, of which [core_first, core_last) are decided on."""

    first: int
    last: int
    core_first: int
    core_last: int


def windows(lengths: Sequence[int], room: int = WINDOW_PIECES - 2) -> Iterator[Window]:
    """Cut words, given as their numbers of pieces, into windows of at most `room` pieces that decide on each once."""
    total, first, core_first = len(lengths), 0, 0
    while core_first < total:
        last, pieces = first, 0
        while last < total and pieces + lengths[last] <= room:
            pieces += lengths[last]
            last += 1
        last = max(last, core_first + 1)
        core_last = last if last == total else max(core_first + 1, _back(lengths, last, CONTEXT_PIECES))
        yield Window(first, last, core_first, core_last)
        first = _back(lengths, core_last, CONTEXT_PIECES)
        core_first = core_last


def _back(lengths: Sequence[int], place: int, pieces: int) -> int:
    while place > 0 and pieces >= lengths[place - 1]:
        place -= 1
        pieces -= lengths[place]
    return place
