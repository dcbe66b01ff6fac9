"""Candidate names: runs of capitalised words, cut at titles and typed by their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb_app.core.entity import Category, EntityType
from kb_app.core.passage import Span
from kb_app.extraction.gazetteer import Gazetteer, KnownName, from_lexicons
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.reading import Reading, Sentence
from kb_app.extraction.tokens import Token

LONGEST_NAME = 12  # tokens
LONGEST_TITLE = 6  # tokens
UNDERTAKINGS = frozenset({"Operation", "Exercise", "Project", "Hurricane", "Typhoon", "Cyclone", "Flight"})
CONNECTORS = frozenset({"of", "for"})


class Name(NamedTuple):
    """A candidate mention; tokens [first, last) of its sentence. An untyped one is decided by its contexts."""

    span: Span
    sentence: int
    first: int
    last: int
    text: str
    type: EntityType | None
    confidence: float
    reason: str
    canonical: str = ""
    category: Category | None = None
    subcategory: str = ""
    country: str = ""


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
        told = Gazetteer(
            (n.text, KnownName(n.canonical or n.text, n.type, n.category, n.subcategory, n.country)) for n in found if n.type
        )
        for sentence in reading.sentences:
            if sentence.is_headline:
                found.extend(self._in_sentence(reading, sentence, told))
        return sorted(found)

    def _in_sentence(self, reading: Reading, sentence: Sentence, told: Gazetteer | None) -> Iterator[Name]:
        tokens = _cased(sentence.tokens) if sentence.is_shouted else sentence.tokens
        cutter = _Cutter(self, reading, sentence, tokens, told)
        at = 0
        while at < len(tokens):
            if not self._is_capitalised(tokens[at]):
                at += 1
                continue
            end = self._run_end(reading.text, tokens, at)
            yield from cutter.cut(at, end)
            at = end

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
        if word in self._particles or word == "&" or (word == "-" and tokens[end].start == tokens[end - 1].end):
            return 1 if following < len(tokens) and self._is_capitalised(tokens[following]) else 0
        if word in CONNECTORS and self._takes_of(tokens, at, end):
            if following < len(tokens) and tokens[following].lower == "the":
                following += 1
            return following - end if following < len(tokens) and self._is_capitalised(tokens[following]) else 0
        if word == "and" and any(t.text in CONNECTORS for t in tokens[at:end]):
            topic = following < len(tokens) and tokens[following].lower in self._words.title_modifiers
            return 1 if topic and self._is_capitalised(tokens[following]) else 0
        if word == "and" and following + 1 < len(tokens) and tokens[following + 1].text in self._words.institution_heads:
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
        return last.text in ("Gulf", "Bay", "Republic", "State", "Islamic", "Cape", "Bank", "House", "Kingdom", "Strait", "City", "Isle")


class _Cutter:
    """Cuts the runs of one sentence into names."""

    def __init__(
        self, finder: NameFinder, reading: Reading, sentence: Sentence, tokens: Sequence[Token], *told: Gazetteer | None
    ) -> None:
        self._words = finder._words
        self._known = finder._known
        self._reading = reading
        self._sentence = sentence
        self._tokens = tokens
        self._told = told[0]

    def cut(self, at: int, end: int) -> Iterator[Name]:
        """Yield the names of the run [at, end)."""
        while at < end:
            size, name = self._step(at, end)
            if name is not None:
                yield name
            at += max(1, size)

    def _step(self, at: int, end: int) -> tuple[int, Name | None]:
        if self._told is not None and (told := self._told.match(self._tokens, at, end)):
            return told[0], self._known_name(at, at + told[0], told[1], 0.85, "named in the body")
        known = self._known.match(self._tokens, at, len(self._tokens))
        if known is not None and known[0] > end - at:
            return known[0], self._known_name(at, at + known[0], known[1], 0.9, "word list")
        if self._tokens[at].text in UNDERTAKINGS and end - at > 1:
            return end - at, None
        stop = self._stop(at + (known[0] if known else 1), end)
        if known is not None:
            step = self._from_known(at, stop, known)
            if step is not None:
                return step
        size = title_length(self._tokens, at, end, self._words)
        if size:
            return size, None
        word = self._tokens[at]
        if self._is_empty(at, word):
            return 1, None
        return self._from_words(at, stop)

    def _from_known(self, at: int, stop: int, known: tuple[int, KnownName]) -> tuple[int, Name | None] | None:
        size, entry = known
        rest = stop - at - size
        if rest and (head_end := self._institution_end(at, stop)):
            return head_end - at, self._institution(at, head_end)
        if self._person_end(at, stop) and rest and size == 1 and entry.type is not EntityType.INSTITUTION:
            return None
        following = self._tokens[at + size].text if at + size < len(self._tokens) else ""
        if entry.type is None or following in "$€£" and following:
            return size, None
        if rest and entry.type is EntityType.PLACE and self._tokens[stop - 1].text in self._words.place_heads:
            return stop - at, self._place(at, stop, entry.country)
        if self._sentence.is_headline and size == 1 and entry.name in self._words.given_names:
            return None
        return size, self._known_name(at, at + size, entry, 0.9, "word list")

    def _from_words(self, at: int, stop: int) -> tuple[int, Name | None]:
        if head_end := self._institution_end(at, stop):
            return head_end - at, self._institution(at, head_end)
        if person_end := self._person_end(at, stop):
            if self._sentence.is_headline:
                person_end = min(person_end, at + 2 + (len(self._tokens[at + 1].text) <= 2))
            return person_end - at, self._name(at, person_end, EntityType.PERSON, 0.85, "given name")
        tokens = self._tokens
        if stop - at > 1 and self._words.place_heads.get(tokens[stop - 1].text) == "tail":
            return stop - at, self._place(at, stop, "")
        if stop - at > 1 and self._words.place_heads.get(tokens[at].text) == "head":
            return stop - at, self._place(at, stop, "")
        if self._sentence.is_headline:
            return 1, None
        while stop > at + 1 and (tokens[stop - 1].text in self._words.not_names or not tokens[stop - 1].text[0].isalnum()):
            stop -= 1
        return stop - at, self._name(at, stop, None, 0.5, "capitalised words")

    def _stop(self, at: int, end: int) -> int:
        """Return where the name that holds the token before `at` must end: at a title or the run's end."""
        for i in range(at, min(end, at + LONGEST_NAME)):
            size = title_length(self._tokens, i, end, self._words)
            if size and i + size < end and self._tokens[i + size].text not in self._words.institution_heads:
                return i
            if size and i + size == end and self._tokens[i].text not in self._words.institution_heads:
                return i
        return min(end, at + LONGEST_NAME)

    def _is_empty(self, at: int, word: Token) -> bool:
        if word.text in self._words.not_names or not word.text[0].isalpha():
            return True
        if len(word.text) > 2 and word.text.lower() in self._reading.lower_words and at == 0:
            return True
        return any(c.isdigit() for c in word.text) or (len(word.text) == 1 and at + 1 >= len(self._tokens))

    def _institution_end(self, at: int, stop: int) -> int:
        """Return the end of an institution's name that begins at `at`, 0 where there is none."""
        heads, tokens = self._words.institution_heads, self._tokens
        end = 0
        if stop - at > 2 and self._words.place_heads.get(tokens[stop - 1].text) == "tail":
            return stop if any(t.text in CONNECTORS for t in tokens[at:stop]) and tokens[at].text in heads else 0
        for i in range(at, stop):
            if tokens[i].text not in heads:
                continue
            is_tail = i > at and tokens[i - 1].text not in CONNECTORS
            if is_tail and not all(t.text in self._words.not_names for t in tokens[at:i]):
                end = i + 1
            if i + 1 < stop and tokens[i + 1].text in CONNECTORS and heads[tokens[i].text].takes_of:
                end = stop
                break
        if end and self._sentence.is_headline and end - at > 4:
            return 0
        return end

    def _person_end(self, at: int, stop: int) -> int:
        """Return the end of a person's name that begins at `at`, 0 where there is none."""
        tokens, words = self._tokens, self._words
        if stop - at < 2 or any(t.text in CONNECTORS for t in tokens[at:stop]):
            stop = next((i for i in range(at, stop) if tokens[i].text in CONNECTORS), stop)
            if stop - at < 2:
                return 0
        for i in range(at + 1, stop):
            if tokens[i].text in words.not_names and len(tokens[i].text) > 3:
                stop = i
                break
        if stop - at < 2:
            return 0
        initial = len(tokens[at].text) <= 2 and tokens[at].text.endswith(".")
        middle = stop - at > 2 and tokens[at + 1].text.endswith(".") and len(tokens[at + 1].text) == 2
        if tokens[at].text in words.given_names or tokens[at].text.split("-")[0] in words.given_names or initial or middle:
            return stop
        endings = words.name_signs.get("ending", ())
        last = tokens[stop - 1].text
        if stop - at <= 3 and len(last) > 5 and last.lower().endswith(endings) and last.lower() not in self._reading.lower_words:
            return stop
        return 0

    def _institution(self, at: int, end: int) -> Name:
        heads, tokens = self._words.institution_heads, self._tokens
        before_of = next((i for i in range(at, end) if tokens[i].text in CONNECTORS), end)
        head = next((heads[t.text] for t in reversed(tokens[at:before_of]) if t.text in heads), None)
        country = self._country_in(at, end)
        name = self._name(at, end, EntityType.INSTITUTION, 0.85, f"institution word in {tokens[at].text!r}..")
        return name._replace(
            category=head.category if head else Category.OTHER,
            subcategory=head.subcategory if head else "",
            country=country,
            reason=f"its words name an institution: “{name.text}”",
        )

    def _country_in(self, at: int, end: int) -> str:
        for i in range(at, end):
            known = self._known.match(self._tokens, i, end)
            if known is not None and known[1].country:
                return known[1].country
        return ""

    def _place(self, at: int, end: int, country: str) -> Name:
        name = self._name(at, end, EntityType.PLACE, 0.75, "its words name a place")
        return name._replace(country=country or self._country_in(at, end))

    def _known_name(self, at: int, end: int, known: KnownName, confidence: float, reason: str) -> Name:
        name = self._name(at, end, known.type, confidence, reason)
        return name._replace(
            canonical=known.name, category=known.category, subcategory=known.subcategory, country=known.country
        )

    def _name(self, at: int, end: int, kind: EntityType | None, confidence: float, reason: str) -> Name:
        span = Span(self._tokens[at].start, self._tokens[end - 1].end)
        text = " ".join(t.text for t in self._tokens[at:end]) if self._sentence.is_shouted else span.of(self._reading.text)
        return Name(span, self._sentence.number, at, end, " ".join(text.split()), kind, confidence, reason)


def title_length(tokens: Sequence[Token], at: int, end: int, lexicons: Lexicons) -> int:
    """Return how many tokens a capitalised title from `at` on has, with "of" and its field ("Minister of Transport")."""
    for size in range(min(LONGEST_TITLE, end - at), 0, -1):
        words = " ".join(t.lower for t in tokens[at : at + size])
        if words not in lexicons.titles:
            continue
        stop = at + size
        if stop + 1 < end and tokens[stop].text in CONNECTORS:
            field = stop + 1
            while field < end and (tokens[field].lower in lexicons.title_modifiers or tokens[field].lower in ("the", "and", "affairs")):
                field += 1
            stop = field if field > stop + 1 else stop + 1
        return stop - at
    return 0


def _cased(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens of a shouted line in title case, acronyms of up to three letters left alone."""
    return tuple(
        Token(t.start, t.end, t.text.capitalize()) if t.text.isupper() and len(t.text) > 3 and t.text.isalpha() else t
        for t in tokens
    )
