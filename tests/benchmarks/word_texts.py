"""Texts of 400 words that share nothing but their words, drawn as a language draws them; the same every time."""

from __future__ import annotations

import random
from functools import cache
from itertools import accumulate
from pathlib import Path

WORDS_A_TEXT = 400
VOCABULARY = 200_000
_SENTENCE, _PARAGRAPH = 14, 70  # words
_COMMON = (
    "the of and to in a that with for on as at by from was were is are be been has have had would will not but his her "
    "their its they he she it who which this said"
).split()
_BEGINNINGS = "b c d f g h k l m n p r s t v z st tr pl br cl".split()
_MIDDLES = "a e i o u ai ou ea".split()
_ENDS = ("", "", "n", "r", "s", "t", "l")


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    chance = random.Random(1)
    syllables = [start + middle + end for start in _BEGINNINGS for middle in _MIDDLES for end in _ENDS]
    words = dict.fromkeys(_COMMON)
    while len(words) < VOCABULARY:
        words["".join(chance.choices(syllables, k=chance.choice((1, 2, 2, 3, 3))))] = None
    # Zipf's law as Mandelbrot mended it
    return list(words), list(accumulate((rank + 2.7) ** -1.15 for rank in range(VOCABULARY)))


def word_text(number: int) -> str:
    """Return a text with a title line."""
    words, weights = _vocabulary()
    chance = random.Random(number)
    drawn = chance.choices(words, cum_weights=weights, k=WORDS_A_TEXT)
    paragraphs = [" ".join(drawn[:8]).capitalize()]
    for start in range(8, WORDS_A_TEXT, _PARAGRAPH):
        some = drawn[start : min(start + _PARAGRAPH, WORDS_A_TEXT)]
        sentences = (" ".join(some[at : at + _SENTENCE]).capitalize() for at in range(0, len(some), _SENTENCE))
        paragraphs.append(". ".join(sentences) + ".")
    return "\n\n".join(paragraphs) + "\n"


def write_word_texts(folder: Path, count: int) -> None:
    """Write texts of one folder a thousand."""
    for number in range(count):
        place = folder / f"{number // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.txt").write_text(word_text(number), encoding="utf-8")
