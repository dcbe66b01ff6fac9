"""Words as the tagger reads them, with the signs of case, place, line and quotation that its vocabulary lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb_app.core.passage import Span

# how many values each sign of a word may take: case, place, line, quotation, and what hints.py says of it
SIGNS = (12, 4, 4, 2, 7, 5, 15, 11)
PLAIN_SIGNS = 4  # those that the form of the text gives
NO_SIGNS = (0,) * len(SIGNS)
LONGEST_WORD = 100  # characters; a longer run without a break is cut, so that one word cannot fill a window
TITLED_SHARE = 0.6  # of a line's longer words in capitals, from which on it reads as a headline
SHOUTED_SHARE = 0.7
LONGEST_HEADLINE = 25  # words

_WORD = re.compile(r"[^\W_]+|[^\s]")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_ENDS = frozenset(".?!…")
_CLOSERS = frozenset("\"”’')]")
_QUOTES = frozenset('"“”„«»')


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the read zones of a text: offsets and signs each."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    signs: tuple[tuple[int, ...], ...]

    def __len__(self) -> int:
        return len(self.starts)

    def part(self, first: int, last: int) -> Words:
        """Return the words from first to before last."""
        return Words(self.starts[first:last], self.ends[first:last], self.signs[first:last])


def read_words(text: str, zones: Sequence[Span]) -> Words:
    """Cut the zones of a text into words and single marks, in order; overlapping zones are read once."""
    starts: list[int] = []
    ends: list[int] = []
    signs: list[tuple[int, ...]] = []
    reached = 0
    for zone in sorted(zones):
        begin, end = max(zone.start, reached), min(zone.end, len(text))
        reached = max(reached, end)
        first = 3
        for line in _LINE.finditer(text, min(begin, end), end):
            spans = list(_words(text, line.start(), line.end()))
            if not spans:
                continue
            starts += [start for start, _ in spans]
            ends += [end for _, end in spans]
            signs += _line_signs([text[start:end] for start, end in spans], first)
            first = 1
    return Words(tuple(starts), tuple(ends), tuple(signs))


def _words(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text, begin, end):
        for start in range(match.start(), match.end(), LONGEST_WORD):
            yield start, min(start + LONGEST_WORD, match.end())


def _line_signs(words: Sequence[str], first: int) -> list[tuple[int, ...]]:
    line = line_sign(words)
    found: list[tuple[int, ...]] = []
    place, quoted = first, 0
    for word in words:
        if word in _QUOTES:
            quoted = 1 if word in "“„«" else 0 if word in "”»" else 1 - quoted
        found.append((case_sign(word), place, line, quoted, *NO_SIGNS[PLAIN_SIGNS:]))
        if word in _ENDS:
            place = 2
        elif not (place == 2 and word in _CLOSERS):
            place = 0
    return found


def line_sign(words: Sequence[str]) -> int:
    """Tell what a line's capitals say: 0 running text, 1 a headline, 2 shouted, 3 a short line without a stop."""
    letters = [word for word in words if word[0].isalpha()]
    longer = [word for word in letters if len(word) > 3]
    shouted = [word for word in letters if len(word) > 1]
    if len(shouted) > 1 and sum(word.isupper() for word in shouted) > SHOUTED_SHARE * len(shouted):
        return 2
    if not words or len(words) > LONGEST_HEADLINE or words[-1] in _ENDS or words[-1] in _CLOSERS:
        return 0
    if len(longer) > 2 and sum(word[0].isupper() for word in longer) > TITLED_SHARE * len(longer):
        return 1
    return 3


def case_sign(word: str) -> int:
    """Number the look of a word: lower case, capitalised, capitals, one capital, mixed, digits, marks."""
    first = word[0]
    if first.isalpha():
        return _letters_sign(word)
    if first.isdigit():
        return 6 if word.isdigit() else 7
    if first in _QUOTES:
        return 8
    if first in "'’‘`":
        return 9
    return 10 if first in ".,;:!?…" else 11


def _letters_sign(word: str) -> int:
    if word.islower():
        return 1
    if len(word) == 1:
        return 4 if word.isupper() else 0
    if word.isupper():
        return 3
    if word[0].isupper() and word[1:].islower():
        return 2
    return 7 if any(c.isdigit() for c in word) else 5
