"""Titles bound to people, with institution, country and qualifiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from kb_app.core.entity import Category, EntityType, MentionKind
from kb_app.core.findings import FoundMention, FoundRole, Ground, LocalId
from kb_app.core.names import normalised
from kb_app.core.passage import Span
from kb_app.extraction.cast import Cast, Member
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.reading import Reading, Sentence
from kb_app.extraction.title_phrases import TitlePhrase, TitleReader

# How sure each pattern is, from the share that was right on development articles, rounded down.
BEFORE, COMMA_BEFORE, APPOSITION, COPULA, WHO_HEADS = 0.9, 0.75, 0.8, 0.75, 0.8

_COMPANY_TITLES = ("ceo", "chief executive", "executive officer", "operating officer", "financial officer", "executive")
_STATE_TITLES = ("president", "minister", "secretary", "chancellor", "premier", "mayor", "governor", "senator", "king")
_COPULAS = frozenset({"is", "was", "became", "becomes", "remains", "remained"})
_AUXILIARIES = _COPULAS | {"has", "had", "been", "also", "currently", "now"}
_NAMING = frozenset(
    {
        "appointed",
        "named",
        "elected",
        "nominated",
        "sworn",
        "serves",
        "served",
        "serving",
        "works",
        "worked",
        "inaugurated",
    }
)
_HEADING = {"heads": "head", "leads": "leader", "chairs": "chairman", "headed": "head", "led": "leader", "runs": "head"}


class _Bound(NamedTuple):
    person: Member
    phrase: TitlePhrase
    confidence: float
    reason: str
    name: Span


class RoleFinder:
    """Finds roles; built once from the lexicons."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._words = lexicons

    def find(self, reading: Reading, cast: Cast) -> tuple[FoundRole, ...]:
        """Return one role for each distinct title of a person, where it is first stated."""
        found: dict[tuple[LocalId, str], FoundRole] = {}
        for sentence in reading.sentences:
            reader = TitleReader(self._words, reading, sentence, cast)
            for bound in self._in_sentence(reading, sentence, cast, reader):
                role = self._role(sentence, bound)
                key = (role.person, normalised(role.title))
                known = found.get(key)
                if known is None or (known.institution is None and role.institution is not None and not known.country):
                    found[key] = role
                self._name_nominal(cast, bound, reading)
        return tuple(found.values())

    def completed(self, reading: Reading, roles: Iterable[FoundRole], cast: Cast, home: str) -> tuple[FoundRole, ...]:
        """Return the roles with the body or country that the whole article gives; `home` is its publisher's country."""
        return tuple(self._with_countries(reading, roles, cast, home))

    def _in_sentence(self, reading: Reading, sentence: Sentence, cast: Cast, reader: TitleReader) -> Iterator[_Bound]:
        for span, member in cast.within(sentence.span.start, sentence.span.end):
            if member.type is not EntityType.PERSON:
                continue
            first, last = reader.token_at(span.start), reader.token_after(span.end)
            name = span.of(reading.text)
            for phrase in reader.before(first):
                how = COMMA_BEFORE if phrase.has_comma else BEFORE
                yield _Bound(member, phrase, how, f"title before the name: “{phrase.text} {name}”", span)
            for phrase in reader.after(last):
                yield _Bound(member, phrase, APPOSITION, f"apposition: “{name}, {phrase.text}”", span)
            yield from self._by_verb(sentence, reader, member, (span, last, name))

    def _by_verb(
        self, sentence: Sentence, reader: TitleReader, member: Member, where: tuple[Span, int, str]
    ) -> Iterator[_Bound]:
        span, last, name = where
        tokens = sentence.tokens
        if last >= len(tokens):
            return
        at = last + 1 if tokens[last].text == "," else last
        if at + 1 < len(tokens) and tokens[at].lower == "who":
            at += 1
            heading = _HEADING.get(tokens[at].lower)
            if heading:
                phrase = reader.headed(at, heading)
                if phrase is not None:
                    yield _Bound(member, phrase, WHO_HEADS, f"“{name}, who {tokens[at].text} …”", span)
                return
        while at < len(tokens) and tokens[at].lower in _AUXILIARIES:
            at += 1
            if at < len(tokens) and tokens[at - 1].lower in _COPULAS:
                for phrase in reader.at(at):
                    yield _Bound(member, phrase, COPULA, f"“{name} {tokens[at - 1].text} {phrase.text}”", span)
        if at < len(tokens) and tokens[at].lower in _NAMING:
            start = at + 1
            while start < len(tokens) and tokens[start].lower in ("as", "to", "in"):
                start += 1
            for phrase in reader.at(start):
                yield _Bound(member, phrase, COPULA, f"“{name} {tokens[at].text} {phrase.text}”", span)

    def _role(self, sentence: Sentence, bound: _Bound) -> FoundRole:
        phrase = bound.phrase
        return FoundRole(
            person=bound.person.id,
            title=phrase.text,
            title_span=phrase.span,
            ground=Ground(sentence.span, bound.confidence, bound.reason),
            institution=phrase.institution,
            country=phrase.country,
            qualifiers=phrase.qualifiers,
        )

    def _name_nominal(self, cast: Cast, bound: _Bound, reading: Reading) -> None:
        """Note the words of an apposition as a mention of the person."""
        if bound.confidence == APPOSITION and not cast.within(bound.phrase.span.start, bound.phrase.span.end):
            cast.mention(bound.person, FoundMention(bound.phrase.span, MentionKind.NOMINAL, 0.7, bound.reason))

    def _with_countries(
        self, reading: Reading, roles: Iterable[FoundRole], cast: Cast, home: str
    ) -> Iterator[FoundRole]:
        """Yield the roles; one without country takes that of its institution, or of the person's other roles."""
        given = [self._with_institution(role, cast) for role in roles]
        known = {r.person: self._country(r, cast) for r in reversed(given) if self._country(r, cast)}
        main = self._main_country(cast)
        for role in given:
            person = cast.member(role.person)
            country = self._country(role, cast) or known.get(role.person, "") or self._described(reading, cast, person)
            person.country = person.country or country  # a guess from the whole article would part one person in two
            country = country or self._state(role, home or main)
            yield replace(role, country=country)

    def _with_institution(self, role: FoundRole, cast: Cast) -> FoundRole:
        """Give a company's chief without a company the one that the article is about."""
        if role.institution or role.country or not role.title.lower().endswith(_COMPANY_TITLES):
            return role
        companies = [m for m in cast.members if m.category is Category.COMPANY and len(m.mentions) > 1]
        chosen = max(companies, key=lambda m: len(m.mentions), default=None)
        if chosen is None:
            return role
        reason = f"{role.ground.reason}; {chosen.name} from the article"
        return replace(role, institution=chosen.id, ground=replace(role.ground, confidence=0.5, reason=reason))

    def _described(self, reading: Reading, cast: Cast, person: Member) -> str:
        """Return the country in a description of a person elsewhere ("the Belarusian president")."""
        for mention in person.mentions:
            if mention.kind is not MentionKind.NOMINAL:
                continue
            for word in mention.span.of(reading.text).split():
                if word in self._words.demonyms:
                    return self._words.demonyms[word]
            for _, member in cast.within(mention.span.start, mention.span.end):
                if member.type is EntityType.PLACE and member.country:
                    return member.country
        return ""

    def _state(self, role: FoundRole, usual: str) -> str:
        """Return the country of an office of state or a rank: the title's own, else the usual one of the article."""
        title = role.title.lower()
        own = self._words.title_countries.get(title, "")
        if own:
            return own
        known = self._words.titles.get(title.split()[-1]) if title else None
        is_rank = known is not None and known.kind == "rank"
        if role.institution or not (is_rank or title.endswith(_STATE_TITLES) or title.startswith(_STATE_TITLES)):
            return ""
        return usual

    def _main_country(self, cast: Cast) -> str:
        """Return the country that most of the article's places lie in."""
        counts: Counter[str] = Counter()
        for member in cast.members:
            if member.type is EntityType.PLACE and member.country:
                counts[member.country] += len(member.mentions)
        (country, most), *_ = [*counts.most_common(1), ("", 0)]
        return country if most > 2 and most * 2 > counts.total() else ""

    def _country(self, role: FoundRole, cast: Cast) -> str:
        return role.country or (cast.member(role.institution).country if role.institution else "")
