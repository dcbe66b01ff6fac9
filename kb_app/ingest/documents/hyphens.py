"""Whether a hyphen at the end of a line belongs to the word or only to the line."""

from __future__ import annotations

import re
from collections.abc import Iterable

SOFT = "\u00ad"
HYPHENS = "-\u2010\u00ad"
_WORDS = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LAST = re.compile(rf"([^\W\d_]+(?:[-\u2010][^\W\d_]+)*)[{HYPHENS}]$")
_FIRST = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# first halves that are joined to what follows by a hyphen, and those that are joined without one
_HYPHENED = frozenset("self well half vice cross self-made long short high low mid north south east west".split())
_CLOSED = frozenset(
    "some every any no with under over out up down news there where here mean after before for in on to be through"
    " house work school land sea water sun day night week fire foot hand head home life line side time what who".split()
)
_SHORTEST = 3


class Hyphens:
    """Knows the words of a document, and by them which hyphens are real."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._compounds: set[str] = set()
        for line in lines:
            # what stands at either end of a line may be half a word
            inner = _LAST.sub("", line)
            for word in _WORDS.findall(inner.casefold().replace("\u2010", "-")):
                (self._compounds if "-" in word else self._words).add(word)

    def joined(self, before: str, after: str) -> str | None:
        """Return a line without its last hyphen if that goes, as it is if that stays, None where no word goes on."""
        last, first = _LAST.search(before), _FIRST.match(after)
        if not before or before[-1] not in HYPHENS or len(before) < 2 or before[-2].isspace():
            return None
        if last is None or first is None:
            # "2019-" and "20", "F-" and "16"
            return before if after[:1].isalnum() and before[-1] != SOFT else None
        if before[-1] == SOFT:
            return before[:-1]
        return before if self._is_real(last[1], first[0]) else before[:-1]

    def _is_real(self, first: str, second: str) -> bool:
        if second[0].isupper() and not (first.isupper() and len(first) > 1):
            return True
        one, other = first.casefold(), second.casefold()
        if f"{one}-{other}" in self._compounds:
            return True
        if one + other in self._words:
            return False
        if "-" in one or one in _HYPHENED:
            return True
        if one in _CLOSED:
            return False
        known = one in self._words and other in self._words
        return known and len(one) >= _SHORTEST and len(other) >= _SHORTEST
