"""Cuts a run of capitalised words into names, at titles, and types them by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb_app.core.entity import Category, EntityType
from kb_app.core.passage import Span
from kb_app.extraction.gazetteer import Gazetteer, KnownName
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.reading import Reading, Sentence
from kb_app.extraction.tokens import Token

LONGEST_NAME = 12  # tokens
LONGEST_TITLE = 6  # tokens
UNDERTAKINGS = frozenset({"Operation", "Exercise", "Project", "Hurricane", "Typhoon", "Cyclone", "Flight"})
_MODEL = re.compile(
    r"^(?!(?:19|20)\d\d$)(?:[A-Z]{1,3}-?)?\d{2,4}[A-Za-z]*(?:-\w+)?$"
)  # A320, 737s: a product, not its maker
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


class Lists(NamedTuple):
    """The word lists, and the names that the body told when a headline is read."""

    words: Lexicons
    known: Gazetteer
    told: Gazetteer | None


class Cutter:
    """Cuts the runs of one sentence into names."""

    def __init__(self, lists: Lists, reading: Reading, sentence: Sentence) -> None:
        self._words = lists.words
        self._known = lists.known
        self._told = lists.told
        self._reading = reading
        self._sentence = sentence
        self.reached = 0  # the token after the last name, which may lie behind its run
        self._tokens = cased_tokens(sentence)
        self._titled = tuple(Token(t.start, t.end, t.text.capitalize()) for t in self._tokens)

    def cut(self, at: int, end: int) -> Iterator[Name]:
        """Yield the names of the run [at, end)."""
        while at < end:
            size, name = self._step(at, end)
            if name is not None:
                yield name
            at += max(1, size)
        self.reached = at

    def _step(self, at: int, end: int) -> tuple[int, Name | None]:
        if self._told is not None and (told := self._told.match(self._tokens, at, end)):
            return told[0], self._known_name((at, at + told[0]), told[1], 0.85, "named in the body")
        known = self._known.match(self._tokens, at, len(self._tokens))
        if known is None and self._tokens[at].text.isupper() and len(self._tokens[at].text) > 3:
            known = self._known.match(self._titled, at, end)
        if known is not None and known[0] > end - at:
            return known[0], self._known_name((at, at + known[0]), known[1], 0.9, "word list")
        if self._tokens[at].text in UNDERTAKINGS and end - at > 1:
            return end - at, None
        if (event := self._event_end(at, end)) and (known is None or known[0] < event - at):
            return event - at, None
        if known is not None:
            step = self._from_known(at, self._stop(at + known[0], end), known)
            if step is not None:
                return step
        return self._of_words(at, end)

    def _of_words(self, at: int, end: int) -> tuple[int, Name | None]:
        """Read what no word list knows as a whole: titles are passed over, then a body, a person, the rest."""
        word = self._tokens[at]
        size = title_length(self._tokens, at, end, self._words)
        if self._owns(at + max(size, 1), end) and (head_end := self._institution_end(at, end)):
            return head_end - at, self._institution(at, head_end)
        if size:
            return size, None
        is_modifier = word.lower in self._words.title_modifiers
        if is_modifier and (head_end := self._institution_end(at, self._stop(at, end))):
            return head_end - at, self._institution(at, head_end)
        if at and word.text in self._words.given_names and self._person_end(at, self._stop(at + 1, end)):
            return self._from_words(at, self._stop(at + 1, end))
        if self._is_empty(at, word):
            return 1, None
        return self._from_words(at, self._stop(at + 1, end))

    def _from_known(self, at: int, stop: int, known: tuple[int, KnownName]) -> tuple[int, Name | None] | None:
        size, entry = known
        rest = stop - at - size
        if rest and (head_end := self._institution_end(at, stop)):
            return head_end - at, self._institution(at, head_end)
        if self._person_end(at, stop) and rest and size == 1 and entry.type is not EntityType.INSTITUTION:
            return None
        following = self._tokens[at + size].text if at + size < len(self._tokens) else ""
        is_product = entry.category is Category.COMPANY and _MODEL.match(following) is not None
        if entry.type is None or is_product or following in ("$", "€", "£"):
            return size, None
        if rest and entry.type is EntityType.PLACE and self._tokens[stop - 1].text in self._words.place_heads:
            return stop - at, self._place(at, stop, entry.country)
        if self._sentence.is_headline and size == 1 and entry.name in self._words.given_names:
            return None
        return size, self._known_name((at, at + size), entry, 0.9, "word list")

    def _from_words(self, at: int, stop: int) -> tuple[int, Name | None]:
        if head_end := self._institution_end(at, stop):
            return head_end - at, self._institution(at, head_end)
        if person_end := self._person_end(at, stop):
            if self._sentence.is_headline:
                person_end = min(person_end, at + 2 + (len(self._tokens[at + 1].text) <= 2))
            return person_end - at, self._name((at, person_end), EntityType.PERSON, 0.85, "given name")
        tokens = self._tokens
        if stop - at > 1 and self._words.place_heads.get(tokens[stop - 1].text) == "tail":
            return stop - at, self._place(at, stop, "")
        if stop - at > 1 and self._words.place_heads.get(tokens[at].text) == "head":
            return stop - at, self._place(at, stop, "")
        if self._sentence.is_headline:
            return 1, None
        for later in range(at + 1, stop - 1):
            if tokens[later].text in self._words.given_names and tokens[later].text not in self._words.not_names:
                stop = later
                break
        while stop > at + 1 and (
            tokens[stop - 1].text in self._words.not_names or not tokens[stop - 1].text[0].isalnum()
        ):
            stop -= 1
        return stop - at, self._name((at, stop), None, 0.5, "capitalised words")

    def _owns(self, at: int, end: int) -> bool:
        """Tell whether a possessive follows soon that belongs to a body's name ("General Workers' Union")."""
        return any(t.text in ("'", "’", "'s", "’s") for t in self._tokens[at : min(at + 2, end)])

    def _event_end(self, at: int, end: int) -> int:
        """Return the end of an event's name that begins at `at` ("Paris Air Show"), 0 where there is none."""
        for i in range(at + 1, min(end, at + 5)):
            if self._words.place_heads.get(self._tokens[i].text) == "event":
                following = self._tokens[i + 1].text if i + 1 < end else ""
                return 0 if following in self._words.institution_heads or following in CONNECTORS else i + 1
            if title_length(self._tokens, i, end, self._words) or self._tokens[i].text in CONNECTORS:
                return 0
        return 0

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
            if is_tail and not all(self._says_nothing(t) for t in tokens[at:i]):
                end = i + 1
            if i + 1 < stop and tokens[i + 1].text in CONNECTORS and heads[tokens[i].text].takes_of:
                end = stop
                break
        if end and self._sentence.is_headline and end - at > 4:
            return 0
        return end

    def _says_nothing(self, token: Token) -> bool:
        return token.text in self._words.not_names and token.lower not in self._words.title_modifiers

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
        if (
            tokens[at].text in words.given_names
            or tokens[at].text.split("-")[0] in words.given_names
            or initial
            or middle
        ):
            return stop
        if self._sentence.is_headline:
            return 0
        endings = words.name_signs.get("ending", ())
        last = tokens[stop - 1].text
        if (
            stop - at <= 3
            and len(last) > 5
            and last.lower().endswith(endings)
            and last.lower() not in self._reading.lower_words
        ):
            return stop
        return 0

    def _institution(self, at: int, end: int) -> Name:
        heads, tokens = self._words.institution_heads, self._tokens
        before_of = next((i for i in range(at, end) if tokens[i].text in CONNECTORS), end)
        head = next((heads[t.text] for t in reversed(tokens[at:before_of]) if t.text in heads), None)
        country = self._country_in(at, end) or self._possessor_country(at)
        name = self._name((at, end), EntityType.INSTITUTION, 0.85, f"institution word in {tokens[at].text!r}..")
        return name._replace(
            category=head.category if head else Category.OTHER,
            subcategory=head.subcategory if head else "",
            country=country,
            reason=f"its words name an institution: “{name.text}”",
        )

    def _possessor_country(self, at: int) -> str:
        """Return the country of "Russia's Security Council"."""
        if at < 2 or self._tokens[at - 1].text not in ("'s", "’s"):
            return ""
        for start in range(max(0, at - 4), at - 1):
            known = self._known.match(self._tokens, start, at - 1)
            if known is not None and start + known[0] == at - 1 and known[1].type is EntityType.PLACE:
                return known[1].country
        return ""

    def _country_in(self, at: int, end: int) -> str:
        for i in range(at, end):
            known = self._known.match(self._tokens, i, end)
            if known is not None and known[1].country:
                return known[1].country
        return ""

    def _place(self, at: int, end: int, country: str) -> Name:
        name = self._name((at, end), EntityType.PLACE, 0.75, "its words name a place")
        return name._replace(country=country or self._country_in(at, end))

    def _known_name(self, place: tuple[int, int], known: KnownName, confidence: float, reason: str) -> Name:
        name = self._name(place, known.type, confidence, reason)
        return name._replace(
            canonical=known.name, category=known.category, subcategory=known.subcategory, country=known.country
        )

    def _name(self, place: tuple[int, int], kind: EntityType | None, confidence: float, reason: str) -> Name:
        at, end = place
        span = Span(self._tokens[at].start, self._tokens[end - 1].end)
        text = (
            " ".join(t.text for t in self._tokens[at:end]) if self._sentence.is_shouted else span.of(self._reading.text)
        )
        return Name(span, self._sentence.number, at, end, " ".join(text.split()), kind, confidence, reason)


def title_length(tokens: Sequence[Token], at: int, end: int, lexicons: Lexicons) -> int:
    """Return how many tokens a capitalised title from `at` on has, its field counted ("Minister of Transport")."""
    for size in range(min(LONGEST_TITLE, end - at), 0, -1):
        words = " ".join(t.lower for t in tokens[at : at + size])
        if words not in lexicons.titles:
            continue
        stop = at + size
        if stop + 1 < end and tokens[stop].text in CONNECTORS:
            field = stop + 1
            while field < end and (
                tokens[field].lower in lexicons.title_modifiers or tokens[field].lower in ("the", "and", "affairs")
            ):
                field += 1
            stop = field if field > stop + 1 else stop + 1
        return stop - at
    return 0


def cased_tokens(sentence: Sentence) -> Sequence[Token]:
    """Return the tokens, those of a shouted line in title case, acronyms of up to three letters left alone."""
    if not sentence.is_shouted:
        return sentence.tokens
    return tuple(
        Token(t.start, t.end, t.text.capitalize()) if t.text.isupper() and len(t.text) > 3 and t.text.isalpha() else t
        for t in sentence.tokens
    )
