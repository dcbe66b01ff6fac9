"""What the words of a stretch of text speak of: their stems, whom they name, and what they deny."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from kb_app.core.findings import FoundEntity, LocalId
from kb_app.core.passage import Span
from kb_app.extraction.tokens import Token, tokenise

SCOPE = 8  # words behind a negation that it turns
SUCH_REACH = 2  # words behind "such" among which its noun stands
SHORTEST_STEM = 3
_ENDINGS = ("ations", "ation", "ings", "ing", "ied", "ies", "ions", "ion", "ed", "es", "s", "e", "y")
_STOPS = frozenset(',;:.!?()[]"“”—–')


class Wording:
    """Reads stretches of one article; a name stands for its entity, whatever its words."""

    def __init__(self, text: str, entities: Iterable[FoundEntity], cues: Mapping[str, frozenset[str]]) -> None:
        self.text = text
        self._cues = cues
        self.mentions = _outermost(entities)
        self._starts = [span.start for span, _ in self.mentions]
        # the same clause is compared with many others
        self._words: dict[Span, frozenset[str]] = {}
        self._keys: dict[Span, frozenset[str]] = {}
        self._denied: dict[Span, frozenset[str]] = {}

    def tokens(self, span: Span) -> list[Token]:
        """Return the words and marks of a stretch."""
        return tokenise(self.text, span.start, span.end)

    def words(self, span: Span) -> list[str]:
        """Return the words of a stretch in lower case."""
        return [token.lower for token in self.tokens(span)]

    def has(self, span: Span, words: frozenset[str]) -> bool:
        """Tell whether one of some words stands in a stretch."""
        if span not in self._words:
            self._words[span] = frozenset(self.words(span))
        return not words.isdisjoint(self._words[span])

    def keys(self, span: Span) -> frozenset[str]:
        """Return stems of the words that say something, and the entities named."""
        if span not in self._keys:
            self._keys[span] = frozenset(key for token in self.tokens(span) if (key := self._key(token)))
        return self._keys[span]

    def said(self, span: Span, keys: frozenset[str]) -> str:
        """Return the words of a stretch that stand for some keys, as they stand there."""
        return " ".join(token.text for token in self.tokens(span) if self._key(token) in keys)

    def denied(self, span: Span) -> frozenset[str]:
        """Return the keys that stand in the reach of a negation."""
        if span not in self._denied:
            self._denied[span] = frozenset(self._negated(self.tokens(span)))
        return self._denied[span]

    def _negated(self, tokens: list[Token]) -> Iterator[str]:
        for at, token in enumerate(tokens):
            follows = tokens[at + 1].lower if at + 1 < len(tokens) else ""
            if token.lower in self._cues["negation"] and follows not in self._cues["harmless"]:
                yield from self._reach(tokens[at + 1 :])

    def such(self, span: Span) -> frozenset[str]:
        """Return the keys of what is named as "such": it was spoken of before."""
        tokens = self.tokens(span)
        found: set[str] = set()
        for at, token in enumerate(tokens):
            if token.lower == "such" and at + 1 < len(tokens) and tokens[at + 1].lower != "as":
                found.update(key for key in map(self._key, tokens[at + 1 : at + 1 + SUCH_REACH]) if key)
        return frozenset(found)

    def _reach(self, tokens: list[Token]) -> Iterator[str]:
        for number, token in enumerate(tokens):
            if number >= SCOPE or token.text in _STOPS or token.lower == "but":
                return
            key = self._key(token)
            if key:
                yield key

    def entity_at(self, offset: int) -> LocalId | None:
        """Return whom the words at an offset name."""
        at = bisect_right(self._starts, offset) - 1
        if at >= 0 and self.mentions[at][0].end > offset:
            return self.mentions[at][1]
        return None

    def named_before(self, start: int, end: int) -> tuple[Span, LocalId] | None:
        """Return the last mention that lies between two offsets."""
        at = bisect_right(self._starts, end) - 1
        while at >= 0 and self.mentions[at][0].start >= start:
            if self.mentions[at][0].end <= end:
                return self.mentions[at]
            at -= 1
        return None

    def _key(self, token: Token) -> str:
        entity = self.entity_at(token.start)
        if entity is not None:
            return f"@{entity}"
        word = token.lower
        if not word[0].isalpha() or word in self._cues["stop"] or word in self._cues["negation"]:
            return ""
        return stem(word)


def stem(word: str) -> str:
    """Return what is left of a word without its ending: the same for most forms of it."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > SHORTEST_STEM and word[-1] == word[-2] else word


def entities_of(keys: Iterable[str]) -> frozenset[str]:
    """Return those of the keys that stand for entities."""
    return frozenset(key for key in keys if key.startswith("@"))


def key_of(entity: LocalId) -> str:
    """Return the key that stands for an entity."""
    return f"@{entity}"


def _outermost(entities: Iterable[FoundEntity]) -> list[tuple[Span, LocalId]]:
    mentions = sorted(
        ((m.span, e.id) for e in entities for m in e.mentions), key=lambda item: (item[0].start, -item[0].end)
    )
    found: list[tuple[Span, LocalId]] = []
    for span, entity in mentions:
        if not found or found[-1][0].end <= span.start:
            found.append((span, entity))
    return found
