"""Spell words in the pieces of an uncased BERT vocabulary (WordPiece), as the encoder was pretrained."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

START, STOP, UNKNOWN = 101, 102, 100
MOST_PIECES_A_WORD = 24  # the first of a longer word are kept
REMEMBERED_WORDS = 50_000

_CONTROLS = frozenset({"Cc", "Cf", "Co", "Cs"})
_IDEOGRAPHS = (
    *((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F)),
    *((0x2B740, 0x2B81F), (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)),
)


class Speller:
    """Cuts words into numbers of pieces; remembers words it has met, which changes no answer."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._longest = max(map(len, vocabulary), default=1)
        self.spell = lru_cache(REMEMBERED_WORDS)(self._spell)

    @classmethod
    def load(cls, path: Path) -> Speller:
        """Read a vocabulary with a piece a line."""
        lines = path.read_text(encoding="utf-8").split("\n")
        return cls({piece: number for number, piece in enumerate(lines) if piece})

    def _spell(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        for part in _parts(normal_form(word)):
            found += self._pieces(part)
        return tuple(found[:MOST_PIECES_A_WORD]) or (UNKNOWN,)

    def _pieces(self, part: str) -> list[int]:
        """Take the longest piece that fits, again and again; a part that cannot be spelled is one unknown piece."""
        found: list[int] = []
        start = 0
        while start < len(part):
            mark = "##" if start else ""
            for end in range(min(len(part), start + self._longest), start, -1):
                number = self._vocabulary.get(mark + part[start:end])
                if number is not None:
                    break
            else:
                return [UNKNOWN]
            found.append(number)
            start = end
        return found


def normal_form(word: str) -> str:
    """Drop control characters and accents, and put in lower case."""
    if word.isascii() and word.isprintable():
        return word.lower()
    kept = "".join(c for c in word if c != "\ufffd" and unicodedata.category(c) not in _CONTROLS)
    plain = (c for c in unicodedata.normalize("NFD", kept) if unicodedata.category(c) != "Mn")
    return "".join(plain).lower()


def _parts(word: str) -> Iterator[str]:
    """Set ideographs and marks apart."""
    if word.isascii() and word.isalnum():
        yield word
        return
    begin = 0
    for at, character in enumerate(word):
        if _stands_alone(character):
            if begin < at:
                yield word[begin:at]
            if not character.isspace():
                yield character
            begin = at + 1
    if begin < len(word):
        yield word[begin:]


def _stands_alone(character: str) -> bool:
    number = ord(character)
    if character.isascii():
        return not character.isalnum()
    if any(low <= number <= high for low, high in _IDEOGRAPHS):
        return True
    return character.isspace() or unicodedata.category(character).startswith("P")
