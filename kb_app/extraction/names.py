"""Candidate names: runs of capitalised words, joined by the small words that names hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb_app.core.entity import EntityType
from kb_app.extraction.gazetteer import Gazetteer, KnownName, from_lexicons
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.name_cutting import CONNECTORS, Cutter, Lists, Name, cased_tokens
from kb_app.extraction.reading import Reading, Sentence
from kb_app.extraction.tokens import Token

# whose bodies have names of their own: "Workers' Party", "People's Front"
_OWNERS = frozenset(
    "people worker teacher prosecutor women woman children farmer miner student veteran doctor journalist writer "
    "lawyer citizen consumer men mother peasant employer player nurse engineer soldier officer trader pensioner "
    "general".split()
)


class NameFinder:
    """Finds candidate names; built once from the lexicons."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._words = lexicons
        self._known = from_lexicons(lexicons)
        self._particles = frozenset(lexicons.name_signs.get("particle", ()))

    def find(self, reading: Reading) -> list[Name]:
        """Return the candidates of an article in order; headlines are read after the body and lean on it."""
        found: list[Name] = []
        for sentence in reading.sentences:
            if not sentence.is_headline:
                found.extend(self._in_sentence(reading, sentence, None))
        told = Gazetteer(_told(found, self._words))
        for sentence in reading.sentences:
            if sentence.is_headline:
                found.extend(self._in_sentence(reading, sentence, told))
        return sorted(found)

    def _in_sentence(self, reading: Reading, sentence: Sentence, told: Gazetteer | None) -> Iterator[Name]:
        tokens = cased_tokens(sentence)
        cutter = Cutter(Lists(self._words, self._known, told), reading, sentence)
        at = 0
        while at < len(tokens):
            if not self._is_capitalised(tokens[at]):
                at += 1
                continue
            end = self._run_end(reading.text, tokens, at)
            yield from cutter.cut(at, end)
            at = max(end, cutter.reached)

    def _is_capitalised(self, token: Token) -> bool:
        text = token.text
        if text[0].isupper():
            return True
        head, dash, tail = text.partition("-")
        return bool(dash and tail and tail[0].isupper() and head in self._particles)

    def _run_end(self, text: str, tokens: Sequence[Token], at: int) -> int:
        end = at + 1
        while end < len(tokens) and end - at < 40:
            gap = text[tokens[end - 1].end : tokens[end].start]
            if "\n" in gap or len(gap) > 3:
                break
            if self._is_capitalised(tokens[end]):
                end += 1
                continue
            step = self._bridge(tokens, at, end)
            if not step:
                break
            end += step
        return end

    def _bridge(self, tokens: Sequence[Token], at: int, end: int) -> int:
        """Return how many lower-case tokens lead on to a capital that belongs to the same name."""
        word = tokens[end].text
        following = end + 1
        if word in ("'", "’", "'s", "’s") and tokens[end - 1].lower.rstrip("s") in _OWNERS:
            return 1 if following < len(tokens) and self._is_capitalised(tokens[following]) else 0
        if word in self._particles or word == "&" or (word == "-" and tokens[end].start == tokens[end - 1].end):
            return 1 if following < len(tokens) and self._is_capitalised(tokens[following]) else 0
        if word in CONNECTORS and self._takes_of(tokens, at, end):
            if following < len(tokens) and tokens[following].lower == "the":
                following += 1
            return following - end if following < len(tokens) and self._is_capitalised(tokens[following]) else 0
        if word == "and" and any(t.text in CONNECTORS for t in tokens[at:end]):
            topic = following < len(tokens) and tokens[following].lower in self._words.title_modifiers
            return 1 if topic and self._is_capitalised(tokens[following]) else 0
        if (
            word == "and"
            and following + 1 < len(tokens)
            and tokens[following + 1].text in self._words.institution_heads
        ):
            topic = tokens[end - 1].lower in self._words.title_modifiers
            return 1 if topic and self._is_capitalised(tokens[following]) else 0
        return 0

    def _takes_of(self, tokens: Sequence[Token], at: int, end: int) -> bool:
        last = tokens[end - 1]
        head = self._words.institution_heads.get(last.text)
        if head is not None and head.takes_of:
            return True
        if last.lower in self._words.titles and last.lower not in ("general", "major", "private"):
            return True
        return last.text in (
            "Gulf",
            "Bay",
            "Republic",
            "State",
            "Islamic",
            "Cape",
            "Bank",
            "House",
            "Kingdom",
            "Strait",
            "City",
            "Isle",
        )


def _told(found: list[Name], lexicons: Lexicons) -> Iterator[tuple[str, KnownName]]:
    """Yield the names of the body, and the surnames of its people, for headlines to lean on."""
    for name in found:
        if name.type is None:
            continue
        known = KnownName(name.canonical or name.text, name.type, name.category, name.subcategory, name.country)
        yield name.text, known
        surname = name.text.split()[-1]
        if name.type is EntityType.PERSON and surname != name.text and surname not in lexicons.not_names:
            yield surname, known._replace(name=surname)
