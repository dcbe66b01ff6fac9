"""Names as the tagger cuts and types them, with what rules and word lists know of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb_app.core.entity import Category, EntityType
from kb_app.core.passage import Span
from kb_app.extraction.encoder import Tag
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.name_cutting import UNDERTAKINGS, Name
from kb_app.extraction.reading import Reading

REASON = "read as a name in its context"
ADJECTIVES = ("ian", "ean", "ese", "ish")  # endings of the adjectives of countries
PLAIN = frozenset("and or in on of to at is was has had will for from with by as who which that".split())
ENOUGH_OF_TYPE = 0.7  # share of an article's confidence in a name's types from which on it has that type everywhere


class NameMerger:
    """Brings the tagger's names and the rules' together; built once from the lexicons."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._words = lexicons
        self._ranks = {
            title.rstrip(".") for title, known in lexicons.titles.items() if known.kind in ("rank", "office")
        }

    def merged(self, reading: Reading, ruled: Sequence[Name], tags: Iterable[Tag]) -> list[Name]:
        """Return the tagger's names in order, each with one type in the article."""
        tags = [self._without_title(reading, tag) for tag in tags if self._is_name(reading, tag)]
        types = {**_types(reading.text, tags), **self._listed(reading.text, tags)}
        by_span = {name.span: name for name in ruled if name.type is not None}
        found = [self._name(reading, tag, types, by_span) for tag in tags]
        return sorted(found)

    def _is_name(self, reading: Reading, tag: Tag) -> bool:
        """Tell whether words can be a name: no title, no operation or storm, no adjective of a country."""
        words = tag.span.of(reading.text)
        if words.split()[0] in UNDERTAKINGS and " " in words:
            return False
        return words.lower().rstrip(".") not in self._ranks and not self._is_adjective(reading, tag)

    def _is_adjective(self, reading: Reading, tag: Tag) -> bool:
        """Tell whether a word that no list knows is the adjective of a country ("the Vardovian minister")."""
        word = tag.span.of(reading.text)
        if tag.label != EntityType.PLACE or not word.endswith(ADJECTIVES) or self._is_known(word):
            return False
        if word.endswith("an") and re.search(rf"\b{re.escape(word[:-1])}\b", reading.text):
            return True  # "Vardovian" beside "Vardovia"
        sentence = reading.sentence_at(tag.span.start)
        _, last = sentence.tokens_of(tag.span)
        following = sentence.tokens[last] if last < len(sentence.tokens) else None
        if following is None or not following.text[0].isalpha():
            return False
        return (following.text[0].islower() and following.text not in PLAIN) or following.lower in self._words.titles

    def _without_title(self, reading: Reading, tag: Tag) -> Tag:
        """Cut the titles off the front of a person's name: they are no part of it."""
        if tag.label != EntityType.PERSON:
            return tag
        sentence = reading.sentence_at(tag.span.start)
        first, last = sentence.tokens_of(tag.span)
        while last - first > 1 and sentence.tokens[first].lower in self._words.titles:
            first += 1
        start = max(tag.span.start, sentence.tokens[first].start)
        return tag if start == tag.span.start or start >= tag.span.end else replace(tag, span=Span(start, tag.span.end))

    def _listed(self, text: str, tags: Iterable[Tag]) -> dict[str, EntityType]:
        """Give the names of institutions and countries that a list holds the type that it says."""
        names = {" ".join(tag.span.of(text).split()) for tag in tags}
        institutions = {name: EntityType.INSTITUTION for name in names if name in self._words.institutions}
        return {name: EntityType.PLACE for name in names if name in self._words.countries} | institutions

    def _is_known(self, word: str) -> bool:
        return word in self._words.countries or word in self._words.regions or word in self._words.cities

    def _name(self, reading: Reading, tag: Tag, types: dict[str, EntityType], by_span: dict[Span, Name]) -> Name:
        text = " ".join(tag.span.of(reading.text).split())
        kind = types.get(text, EntityType(tag.label))
        ruled = by_span.get(tag.span)
        if ruled is not None and ruled.type is kind:
            return ruled._replace(confidence=tag.confidence)
        sentence = reading.sentence_at(tag.span.start)
        first, last = sentence.tokens_of(tag.span)
        name = Name(tag.span, sentence.number, first, last, text, kind, tag.confidence, REASON)
        return self._known(name, tag)

    def _known(self, name: Name, tag: Tag) -> Name:
        """Add what the word lists know of the name."""
        words = self._words
        if name.type is EntityType.PLACE:
            if name.text in words.countries:
                return name._replace(canonical=words.countries[name.text], country=words.countries[name.text])
            return name._replace(country=words.regions.get(name.text) or words.cities.get(name.text, ""))
        if name.type is EntityType.INSTITUTION:
            known = words.institutions.get(name.text)
            if known is not None:
                return name._replace(
                    canonical=known.name,
                    category=known.category,
                    subcategory=known.subcategory,
                    country=known.country,
                )
            value = tag.value("category")
            return name._replace(category=Category(value) if value else Category.OTHER)
        return name


def _types(text: str, tags: Iterable[Tag]) -> dict[str, EntityType]:
    """Give each name the type that the tagger is most confident of over the article, where one is clear."""
    weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for tag in tags:
        weights[" ".join(tag.span.of(text).split())][tag.label] += tag.confidence
    found = {}
    for name, kinds in weights.items():
        best = max(kinds, key=lambda kind: kinds[kind])
        if kinds[best] >= ENOUGH_OF_TYPE * sum(kinds.values()):
            found[name] = EntityType(best)
    return found
