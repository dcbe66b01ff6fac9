"""Looks names of places and institutions up in a run of tokens, the longest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kb_app.core.entity import Category, EntityType
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.tokens import Token, tokenise


class KnownName(NamedTuple):
    """What the word lists say of a name; `type` is None for demonyms."""

    name: str
    type: EntityType | None
    category: Category | None = None
    subcategory: str = ""
    country: str = ""


class Gazetteer:
    """Names by their first word."""

    def __init__(self, names: Iterable[tuple[str, KnownName]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], KnownName]]] = {}
        for text, known in names:
            words = tuple(token.text for token in tokenise(text, 0, len(text)))
            if words:
                self._by_first.setdefault(words[0], []).append((words, known))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, tokens: Sequence[Token], at: int, end: int) -> tuple[int, KnownName] | None:
        """Return how many tokens from `at` on the longest known name has, and what it is."""
        for words, known in self._by_first.get(_plain(tokens[at].text), ()):
            size = len(words)
            if at + size <= end and all(_plain(tokens[at + i].text) == words[i] for i in range(1, size)):
                return size, known
        return None


def from_lexicons(lexicons: Lexicons) -> Gazetteer:
    """Build the gazetteer of countries, cities, regions, institutions and demonyms; earlier kinds win."""
    place, institution = EntityType.PLACE, EntityType.INSTITUTION
    found: dict[str, KnownName] = {}
    for name, known in lexicons.institutions.items():
        found[name] = KnownName(known.name, institution, known.category, known.subcategory, known.country)
    for name, country in lexicons.countries.items():
        found.setdefault(name, KnownName(country, place, country=country))
    for name, country in lexicons.demonyms.items():
        found.setdefault(name, KnownName(name, None, country=country))
        if not name.endswith(("ese", "ish", "ch", "s")):
            found.setdefault(name + "s", KnownName(name, None, country=country))
    for name, country in (*lexicons.regions.items(), *lexicons.cities.items()):
        found.setdefault(name, KnownName(name, place, country=country))
    return Gazetteer(found.items())


def _plain(word: str) -> str:
    return word.replace("’", "'") if "’" in word else word
