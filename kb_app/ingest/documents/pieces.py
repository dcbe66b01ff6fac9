"""Words of one line that stand together on a page, with their box on it and the box in which they read upright."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

SAME_LINE = 0.5  # of the lower one's height that two words of a line share
WORD_GAP = 0.6  # line heights, beyond which words of a line belong to different columns or cells
INITIAL = 1.7  # heights of a line, from which on a single letter is the large initial of a paragraph
_OVERLAP = 0.5
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


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
        is_initial = len(texts) == 1 and len(texts[0]) == 1 and box.height > INITIAL * word.box.height
        if texts and not is_initial and _follows(box, word):
            texts.append(word.text)
            box, shown = box.around(word.box), shown.around(word.shown)
            continue
        if texts:
            pieces.append(Piece(" ".join(texts), box, shown, len(pieces)))
        texts, box, shown = [word.text], word.box, word.shown
    if texts:
        pieces.append(Piece(" ".join(texts), box, shown, len(pieces)))
    return pieces


def runs_leftwards(text: str) -> bool:
    """Tell whether a text is written from right to left."""
    return not text.isascii() and bool(_LEFTWARDS.search(text))


def _follows(before: Box, word: Word) -> bool:
    height = min(before.height, word.box.height)
    gap = word.box.left - before.right
    if gap < 0 and runs_leftwards(word.text):
        gap = before.left - word.box.right
    return before.beside(word.box) and -_OVERLAP * height <= gap <= WORD_GAP * height
