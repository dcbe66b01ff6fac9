"""Whom a common noun stands for: "the ministry", "his wife", "the Iraqi army", "the minister"."""

from __future__ import annotations

from kb_app.core.entity import Category, EntityType, MentionKind
from kb_app.core.findings import FoundMention, FoundRole
from kb_app.core.passage import Span
from kb_app.extraction.cast import Cast, Member
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.reading import Reading, Sentence

PERSON, INSTITUTION, PLACE = EntityType.PERSON, EntityType.INSTITUTION, EntityType.PLACE
SENTENCES_BACK = 8  # how far back an institution may have been named
NOMINAL_SURE = 0.6
DETERMINERS = frozenset(
    "the a an this that these those some many several its his her their our my one two three both no any every "
    "another other".split()
)
COUNTRY_BODIES = {
    "government": Category.GOVERNMENT,
    "authorities": Category.GOVERNMENT,
    "regime": Category.GOVERNMENT,
    "parliament": Category.GOVERNMENT,
    "army": Category.MILITARY,
    "military": Category.MILITARY,
    "forces": Category.MILITARY,
    "police": Category.SECURITY_SERVICE,
    "court": Category.COURT,
    "ministry": Category.MINISTRY,
    "embassy": Category.GOVERNMENT,
    "opposition": Category.PARTY_MOVEMENT,
}


class Nominals:
    """Resolves the common nouns of one article; adds the entities known only by description to the cast."""

    def __init__(self, reading: Reading, cast: Cast, lexicons: Lexicons, roles: tuple[FoundRole, ...]) -> None:
        self.reading = reading
        self.cast = cast
        self._words = lexicons
        self._roles = roles

    def nominal(self, sentence: Sentence, start: int, noun: int) -> Member | None:
        """Return the entity that tokens [start, noun] with a common noun as head stand for."""
        tokens = sentence.tokens
        word = tokens[noun].lower
        if (
            (kin := self._words.kinship.get(word))
            and start < noun
            and (tokens[start].lower in ("his", "her", "their", "my") or tokens[noun - 1].text in ("'s", "’s"))
        ):
            return self._kin(sentence, start, noun, kin.gender)
        if (country := self.country_in(sentence, start, noun)) and word in COUNTRY_BODIES:
            return self._country_body(sentence, (start, noun), country)
        if word in self._words.titles and not word.endswith("s"):
            return self._by_title(sentence, start, noun)
        known = self._words.nominals.get(word)
        if tokens[start].lower not in ("the", "this", "that", "its", "their", "his"):
            return None
        found = None
        if known is not None and known[0] is INSTITUTION:
            found = self.last_institution(tokens[start].start, word, known[1])
        if found is None and word in COUNTRY_BODIES and start + 1 == noun:
            return self._body(word, Span(tokens[start].start, tokens[noun].end), "", word)
        return found

    def unnamed(self, span: Span, kind: EntityType = PERSON) -> Member:
        """Add an entity known only by description."""
        text = " ".join(span.of(self.reading.text).split())
        reason = "known only by description"
        mention = FoundMention(span, MentionKind.NOMINAL, NOMINAL_SURE, reason)
        member = Member(self.cast.new_id(), kind, text, [mention], named=False, reason=reason)
        member.confidence = NOMINAL_SURE
        member.category = Category.OTHER if kind is INSTITUTION else None
        self.cast.add(member)
        return member

    def _kin(self, sentence: Sentence, start: int, noun: int, gender: str) -> Member:
        tokens = sentence.tokens
        span = Span(tokens[start].start, tokens[noun].end)
        for known, member in self.cast.before(span.start, 200):
            if (
                not member.named
                and member.type is PERSON
                and known.of(self.reading.text).lower() == span.of(self.reading.text).lower()
            ):
                return member
        found = self.unnamed(span)
        found.gender = gender if gender in ("m", "f") else ""
        return found

    def _by_title(self, sentence: Sentence, start: int, noun: int) -> Member | None:
        """Return the person last mentioned who holds the title that the noun names."""
        tokens = sentence.tokens
        if tokens[start].lower not in ("the", "this", "that") or noun - start > 3:
            return None
        word = tokens[noun].lower
        holders = {r.person for r in self._roles if word in r.title.lower().split()}
        for _, member in self.cast.before(tokens[start].start - 1, 200):
            if member.id in holders:
                return member
        return None

    def country_in(self, sentence: Sentence, start: int, noun: int) -> str:
        for token in sentence.tokens[start:noun]:
            country = self._words.demonyms.get(token.text) or self._words.countries.get(token.text)
            if country:
                return country
        found = self.cast.ending_at(sentence.tokens[noun - 1].end) if noun else None
        return found[1].country if found is not None and found[1].type is PLACE else ""

    def _country_body(self, sentence: Sentence, where: tuple[int, int], country: str) -> Member:
        start, noun = where
        tokens = sentence.tokens
        word = tokens[noun].lower
        return self._body(word, Span(tokens[start].start, tokens[noun].end), country, f"{word} of {country}")

    def _body(self, word: str, span: Span, country: str, name: str) -> Member:
        for member in self.cast.members:
            if member.name == name:
                return member
        mention = FoundMention(span, MentionKind.NOMINAL, NOMINAL_SURE, "a country's body")
        member = Member(
            self.cast.new_id(),
            INSTITUTION,
            name,
            [mention],
            category=COUNTRY_BODIES[word],
            country=country,
            named=False,
            reason="a country's body",
            confidence=NOMINAL_SURE,
        )
        self.cast.add(member)
        return member

    def last_institution(self, offset: int, word: str, categories: tuple[Category, ...]) -> Member | None:
        """Return the institution last named before an offset that a noun can mean; "" is any."""
        best: Member | None = None
        limit = self.reading.sentence_at(offset).number - SENTENCES_BACK
        for span, member in self.cast.before(offset - 1, 120):
            if member.type is not INSTITUTION:
                continue
            if word and word in member.name.lower().split():
                return member
            if self.reading.sentence_at(span.start).number < limit:
                break
            fits = not categories or member.category in categories
            if best is None and fits:
                best = member
                if not word:
                    break
        return best
