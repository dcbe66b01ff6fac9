"""Reads title phrases in a sentence: head, modifiers, qualifiers, institution and country."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from kb_app.core.entity import EntityType
from kb_app.core.findings import LocalId
from kb_app.core.passage import Span
from kb_app.extraction.cast import Cast, Member
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.reading import Reading, Sentence
from kb_app.extraction.tokens import Token

LONGEST_TITLE = 6  # tokens
MOST_ADJECTIVES = 4  # unknown words between article and title head
MOST_TITLES = 3  # in one row
_ARTICLES = frozenset({"a", "an", "the", "its", "his", "her", "their", "our", "one", "of", "'s", "’s"})
_OPENERS = frozenset({"the", "a", "an", "its", "his", "her", "my", "their", "our", "'s", "’s"})
_PREPOSITIONS = frozenset({"of", "for", "at", "in", "with", "to", "from", "on"})
_STOPPERS = frozenset(
    "who which that and or but said says was were is are has had have will would by as when where while if not he she "
    'they it we i after before during since told also , . ; : ( ) " “ ” - – —'.split()
)


class TitlePhrase(NamedTuple):
    """A title with what it is bound to."""

    text: str
    span: Span
    kind: str
    relation: str
    institution: LocalId | None
    country: str
    qualifiers: tuple[str, ...]
    has_comma: bool = False


class _Head(NamedTuple):
    start: int
    end: int
    kind: str
    relation: str


class _Bonds(NamedTuple):
    institution: LocalId | None
    country: str


class TitleReader:
    """Reads the title phrases of one sentence."""

    def __init__(self, lexicons: Lexicons, reading: Reading, sentence: Sentence, cast: Cast) -> None:
        self._words = lexicons
        self._reading = reading
        self._tokens = sentence.tokens
        self._cast = cast
        self._starts = [t.start for t in sentence.tokens]
        self._mentions = cast.within(sentence.span.start, sentence.span.end)
        self._by_start: dict[int, tuple[Span, Member]] = {}
        self._by_end: dict[int, tuple[Span, Member]] = {}
        for span, member in self._mentions:
            known = self._by_start.get(span.start)
            if known is None or len(span) > len(known[0]):
                self._by_start[span.start] = (span, member)
            self._by_end.setdefault(span.end, (span, member))

    def token_at(self, offset: int) -> int:
        """Return the number of the token that begins at or after an offset."""
        return bisect_left(self._starts, offset)

    def token_after(self, offset: int) -> int:
        """Return the number of the first token that begins at or after the end of a span."""
        return bisect_left(self._starts, offset)

    def before(self, name: int) -> Iterator[TitlePhrase]:
        """Yield the titles that stand before the name that begins at token `name`, the nearest first."""
        end = name
        has_comma = end > 0 and self._tokens[end - 1].text == ","
        if has_comma:
            end -= 1
            if phrase := self._with_of_before(end):
                yield phrase._replace(has_comma=True)
                return
        for _ in range(MOST_TITLES):
            head = self._head_ending(end)
            if head is None:
                return
            start, bonds, qualifiers = self._left_of(head.start)
            if has_comma and not (bonds.institution or bonds.country or self._is_noun_phrase_start(start)):
                return
            if head.kind != "honorific":
                yield self._phrase(head, bonds, qualifiers)._replace(has_comma=has_comma)
            end, has_comma = start, False

    def after(self, at: int) -> Iterator[TitlePhrase]:
        """Yield the titles of an apposition: token `at` must be the comma after the name."""
        tokens = self._tokens
        if at < len(tokens) and tokens[at].text in (",", "(", "–", "—") and at + 1 < len(tokens):
            yield from self.at(at + 1)

    def at(self, at: int) -> Iterator[TitlePhrase]:
        """Yield the titles of the noun phrase that begins at a token, and those joined to it by "and"."""
        for _ in range(MOST_TITLES):
            found = self._forward(at)
            if found is None:
                return
            phrase, end = found
            yield phrase
            if end >= len(self._tokens) or self._tokens[end].lower != "and":
                return
            at = end + 1

    def headed(self, verb: int, title: str) -> TitlePhrase | None:
        """Return the title that "who heads X" gives; its words are the verb."""
        at = self._past_articles(verb + 1)
        bonds, _ = self._bond_at(at)
        if bonds is None:
            return None
        token = self._tokens[verb]
        return TitlePhrase(
            title, Span(token.start, token.end), "office", "head_of", bonds.institution, bonds.country, ()
        )

    def _forward(self, at: int) -> tuple[TitlePhrase, int] | None:
        tokens = self._tokens
        bonds, unknown = _Bonds(None, ""), 0
        qualifiers: list[str] = []
        first_plain = -1
        while at < len(tokens) and unknown <= MOST_ADJECTIVES:
            head = self._head_at(at)
            if head is not None and not self._goes_on(head.end):
                if self._names_another(head.end):
                    return None
                start = first_plain if first_plain >= 0 else head.start
                return self._finished(head._replace(start=start), bonds, tuple(qualifiers))
            found, end = self._bond_at(at)
            word = tokens[at].lower
            if found is not None:
                bonds, at, first_plain = _merged(bonds, found), end, -1
            elif word in _ARTICLES or word in self._words.qualifiers:
                if word in self._words.qualifiers:
                    qualifiers.append(tokens[at].text)
                at, first_plain = at + 1, -1
            elif tokens[at].text in self._words.demonyms:
                bonds = _merged(bonds, _Bonds(None, self._words.demonyms[tokens[at].text]))
                at, first_plain = at + 1, -1
            elif (
                word in _STOPPERS
                or word in _PREPOSITIONS
                or word in self._words.reporting
                or not tokens[at].text[0].isalnum()
            ):
                return None
            else:
                first_plain = at if first_plain < 0 else first_plain
                at, unknown = at + 1, unknown + 1
        return None

    def _names_another(self, end: int) -> bool:
        """Tell whether a person's name follows, whose title this is."""
        found = self._by_start.get(self._tokens[end].start) if end < len(self._tokens) else None
        return found is not None and found[1].type is EntityType.PERSON

    def _goes_on(self, end: int) -> bool:
        """Tell whether a further title word follows directly, so that the head is yet to come ("vice president")."""
        for at in range(end, min(end + 3, len(self._tokens))):
            word = self._tokens[at]
            if word.lower in self._words.titles:
                return word.text[0].islower() or at == end
            if word.lower in _STOPPERS or word.lower in _PREPOSITIONS or not word.text[0].islower():
                return False
        return False

    def _finished(self, head: _Head, bonds: _Bonds, qualifiers: tuple[str, ...]) -> tuple[TitlePhrase, int] | None:
        """Read what follows the head: "of ORG", "for COUNTRY", ", ORG"."""
        tokens, end = self._tokens, head.end
        if head.kind == "honorific":
            return None
        stop = end
        if end < len(tokens) and tokens[end].lower in _PREPOSITIONS:
            at = self._past_articles(end + 1)
            found, after = self._bond_at(at)
            if found is None:
                field = at
                while field < len(tokens) and field - at < 5 and self._is_field_word(field):
                    field += 1
                if field > at and tokens[end].lower in ("of", "for"):
                    head, stop = head._replace(end=field), field
                    if field < len(tokens) and tokens[field].lower in _PREPOSITIONS:
                        found, after = self._bond_at(self._past_articles(field + 1))
            if found is not None:
                bonds, stop = _merged(found, bonds), after
        elif end + 1 < len(tokens) and tokens[end].text == ",":
            found, after = self._bond_at(end + 1)
            if found is not None and found.institution is not None and bonds.institution is None:
                bonds, stop = _merged(found, bonds), after
        return self._phrase(head, bonds, qualifiers), stop

    def _is_field_word(self, at: int) -> bool:
        token = self._tokens[at]
        return (
            token.text[0].isalpha()
            and (token.text[0].islower() or token.lower in self._words.title_modifiers)
            and token.lower not in _STOPPERS | _PREPOSITIONS
            and token.start not in self._by_start
        )

    def _head_at(self, at: int) -> _Head | None:
        """Return the longest title that begins at a token, before any mention."""
        tokens = self._tokens
        for size in range(min(LONGEST_TITLE, len(tokens) - at), 0, -1):
            title = self._words.titles.get(" ".join(t.lower for t in tokens[at : at + size]))
            if title is not None:
                return _Head(at, at + size, title.kind, title.relation)
        return None

    def _head_ending(self, end: int) -> _Head | None:
        """Return the longest title that ends before a token, with the modifiers before it."""
        tokens = self._tokens
        for size in range(min(LONGEST_TITLE, end), 0, -1):
            title = self._words.titles.get(" ".join(t.lower for t in tokens[end - size : end]))
            if title is not None:
                start = end - size
                while (
                    start > 0
                    and tokens[start - 1].lower in self._words.title_modifiers
                    and tokens[start - 1].end not in self._by_end
                ):
                    start -= 1
                return _Head(start, end, title.kind, title.relation)
        return None

    def _with_of_before(self, end: int) -> TitlePhrase | None:
        """Read "head of ORG" before a comma."""
        if not end or (found := self._by_end.get(self._tokens[end - 1].end)) is None:
            return None
        at = self.token_at(found[0].start)
        if at > 0 and self._tokens[at - 1].lower == "the":
            at -= 1
        if at < 2 or self._tokens[at - 1].lower not in ("of", "for", "at"):
            return None
        head = self._head_ending(at - 1)
        if head is None or head.kind == "honorific":
            return None
        _, bonds, qualifiers = self._left_of(head.start)
        return self._phrase(head, _merged(_bonds_of(found[1]), bonds), qualifiers)

    def _left_of(self, start: int) -> tuple[int, _Bonds, tuple[str, ...]]:
        """Read qualifiers, demonyms, countries and institutions to the left of a title; return where they begin."""
        tokens, bonds = self._tokens, _Bonds(None, "")
        qualifiers: list[str] = []
        while start > 0:
            token = tokens[start - 1]
            if token.lower in self._words.qualifiers:
                qualifiers.insert(0, token.text)
                start -= 1
            elif token.text in self._words.demonyms:
                bonds = _merged(bonds, _Bonds(None, self._words.demonyms[token.text]))
                start -= 1
            elif token.text in ("'s", "’s", "’", "'") and start > 1 and tokens[start - 2].end in self._by_end:
                start -= 1
            elif (found := self._by_end.get(token.end)) is not None and found[1].type is not EntityType.PERSON:
                bonds = _merged(bonds, _bonds_of(found[1]))
                start = min(start - 1, self.token_at(found[0].start))  # a mention may begin within a token
                if bonds.institution:
                    break
            elif (body := self._body_named(token)) is not None:
                bonds = _merged(bonds, _bonds_of(body))
                start -= 1
                break
            else:
                break
        return start, bonds, tuple(qualifiers)

    def _is_noun_phrase_start(self, start: int) -> bool:
        return start == 0 or self._tokens[start - 1].lower in _OPENERS

    def _body_named(self, token: Token) -> Member | None:
        """Return the institution that a common noun recalls ("the council's head"): one with the noun in its name."""
        known = self._words.nominals.get(token.lower)
        if known is None or known[0] is not EntityType.INSTITUTION or token.text[0].isupper():
            return None
        for _, member in self._cast.before(token.start, 60):
            if member.type is EntityType.INSTITUTION and token.lower in member.name.lower().split():
                return member
        return None

    def _bond_at(self, at: int) -> tuple[_Bonds | None, int]:
        """Return the institution or country mentioned at a token and the token after it."""
        if at >= len(self._tokens):
            return None, at
        found = self._by_start.get(self._tokens[at].start)
        if found is None and self._tokens[at - 1].lower in _OPENERS:
            body = self._body_named(self._tokens[at])
            following = self._tokens[at + 1].lower if at + 1 < len(self._tokens) else ""
            if body is not None and following not in self._words.titles:
                return _bonds_of(body), at + 1
        if found is None or found[1].type is EntityType.PERSON:
            return None, at
        return _bonds_of(found[1]), self.token_at(found[0].end)

    def _past_articles(self, at: int) -> int:
        while at < len(self._tokens) and self._tokens[at].lower in ("the", "a", "an", "its", "their", "his", "her"):
            at += 1
        return at

    def _phrase(self, head: _Head, bonds: _Bonds, qualifiers: tuple[str, ...]) -> TitlePhrase:
        span = Span(self._tokens[head.start].start, self._tokens[head.end - 1].end)
        text = " ".join(span.of(self._reading.text).split())
        return TitlePhrase(text, span, head.kind, head.relation, bonds.institution, bonds.country, qualifiers)


def _bonds_of(member: Member) -> _Bonds:
    if member.type is EntityType.INSTITUTION:
        return _Bonds(member.id, member.country)
    return _Bonds(None, member.country or member.name)


def _merged(first: _Bonds, second: _Bonds) -> _Bonds:
    return _Bonds(first.institution or second.institution, first.country or second.country)
