"""The clause around a word, by commas, conjunctions and semicolons."""

from __future__ import annotations

from typing import NamedTuple

from kb_app.extraction.reading import Sentence

SHORTEST = 3  # tokens; what is shorter between commas is an insertion and ends no clause
_BREAKS = frozenset(
    {
        ";",
        ":",
        "but",
        "while",
        "although",
        "though",
        "whereas",
        "because",
        "who",
        "which",
        "that",
        "when",
        "where",
        "after",
        "before",
    }
)


class Clause(NamedTuple):
    """Tokens [first, last) of a sentence."""

    first: int
    last: int


def clause_around(sentence: Sentence, first: int, last: int) -> Clause:
    """Return the clause that holds tokens [first, last)."""
    tokens = sentence.tokens
    start = first
    while start > 0 and not (tokens[start - 1].lower in _BREAKS and first - start >= 1):
        start -= 1
    end = last
    while end < len(tokens) and not (tokens[end].lower in _BREAKS and end - last >= SHORTEST):
        end += 1
    return Clause(start, max(end, last))
