"""Words of one line that stand together on a page, with their box on it and the box in which they read upright."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SAME_LINE = 0.5  # of the lower one's height that two words of a line share
WORD_GAP = 0.6  # line heights, beyond which words of a line belong to different columns or cells
_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `top` is above `bottom` and smaller, as on a screen."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return how wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return how high it is."""
        return self.bottom - self.top

    def around(self, other: Box) -> Box:
        """Return the smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def beside(self, other: Box) -> bool:
        """Tell whether the two stand on one line."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared >= SAME_LINE * max(min(self.height, other.height), 0.01)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with single blanks between them; `order` is their place in the file."""

    text: str
    box: Box  # upright: lines run from left to right and follow from top to bottom
    shown: Box  # in points from the upper left corner of the page as it is shown
    order: int


@dataclass(frozen=True, slots=True)
class Word:
    """One word on its way into a piece."""

    text: str
    box: Box
    shown: Box


def pieces_of(words: Iterable[Word]) -> list[Piece]:
    """Gather words that follow each other, in the file and on their line."""
    pieces: list[Piece] = []
    texts: list[str] = []
    box = shown = Box(0, 0, 0, 0)
    for word in words:
        if texts and _follows(box, word.box):
            texts.append(word.text)
            box, shown = box.around(word.box), shown.around(word.shown)
            continue
        if texts:
            pieces.append(Piece(" ".join(texts), box, shown, len(pieces)))
        texts, box, shown = [word.text], word.box, word.shown
    if texts:
        pieces.append(Piece(" ".join(texts), box, shown, len(pieces)))
    return pieces


def _follows(before: Box, word: Box) -> bool:
    height = min(before.height, word.height)
    gap = word.left - before.right
    return before.beside(word) and -_OVERLAP * height <= gap <= WORD_GAP * height
