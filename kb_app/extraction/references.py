"""Who a pronoun or a common noun stands for, and who is the subject of a verb."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from kb_app.core.entity import Category, EntityType, MentionKind
from kb_app.core.findings import FoundMention, FoundRole, FoundTime
from kb_app.core.passage import Span
from kb_app.extraction.cast import Cast, Member
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.reading import Reading, Sentence

PERSON, INSTITUTION, PLACE = EntityType.PERSON, EntityType.INSTITUTION, EntityType.PLACE
BACK_SENTENCES = 4  # how far back a pronoun's person may have been named
PRONOUN_SURE, NOMINAL_SURE = 0.65, 0.6

PRONOUN_GENDER = {"he": "m", "she": "f", "his": "m", "her": "f", "him": "m", "i": "", "my": "", "me": ""}
_SKIPPED = frozenset(
    "has have had also later then already recently previously however again further 've 'd 's is was were be been both all "
    "now once himself herself itself just still never even did do does will would".split()
)
_DETERMINERS = frozenset("the a an this that these those some many several its his her their our my one two three both no any every another other".split())
_BREAKS = frozenset(
    "said says , . ; : ( ) \" “ ” `` '' - – — that which who and but or because while when if as to from by with in on at of for "
    "was were is are has have had will would after before than said told".split()
)
_COUNTRY_BODIES = {
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


class Speaker(NamedTuple):
    """Who speaks: an entity or just the words for it."""

    member: Member | None
    span: Span


class Referents:
    """Resolves the subjects of one article's sentences; adds the mentions that it makes out to the cast."""

    def __init__(self, reading: Reading, cast: Cast, lexicons: Lexicons, roles: tuple[FoundRole, ...]) -> None:
        self.reading = reading
        self.cast = cast
        self._words = lexicons
        self._roles = roles
        self._times: tuple[FoundTime, ...] = ()
        self._time_starts: list[int] = []

    def with_times(self, times: tuple[FoundTime, ...]) -> Referents:
        """Take the time expressions, which may stand between subject and verb."""
        self._times = times
        self._time_starts = [t.span.start for t in times]
        return self

    def subject_before(self, sentence: Sentence, verb: int) -> Speaker | None:
        """Return the subject that stands before the verb at token `verb`."""
        tokens = sentence.tokens
        at = verb - 1
        while at >= 0 and (self._is_skipped(tokens[at].lower) or self._in_time(tokens[at].start)):
            at -= 1
        if at < 0:
            return None
        if tokens[at].text == ",":
            return self._across_comma(sentence, at)
        return self.phrase_ending(sentence, at)

    def subject_after(self, sentence: Sentence, verb: int) -> Speaker | None:
        """Return the subject that follows the verb ("said Lavrov")."""
        tokens = sentence.tokens
        at = verb + 1
        if at >= len(tokens):
            return None
        if tokens[at].lower in PRONOUN_GENDER and tokens[at].lower not in ("his", "her", "my", "him", "me"):
            return self._pronoun(sentence, at)
        if tokens[at].lower in ("they", "it"):
            return self._pronoun(sentence, at)
        start = tokens[at].start
        for step in range(at, min(at + 9, len(tokens))):
            if tokens[step].text in (",", ".", ";", "\"", "“", "”", ":") or tokens[step].lower in ("that", "in", "on", "to"):
                break
            found = self.cast.starting_at(tokens[step].start)
            if found is None:
                continue
            after = self._token_after(sentence, found[0].end)
            noun = tokens[after].lower if after < len(tokens) else ""
            if found[1].type is not PERSON and noun in self._words.titles:
                continue
            if found[1].type is PLACE and step > at:
                break
            return Speaker(found[1], found[0])
        return self._common_noun_after(sentence, at, start)

    def phrase_ending(self, sentence: Sentence, at: int) -> Speaker | None:
        """Return whom the noun phrase that ends with token `at` stands for."""
        tokens = sentence.tokens
        word = tokens[at].lower
        if found := self.cast.ending_at(tokens[at].end):
            outer = self._holder_of(sentence, found[0])
            return outer or Speaker(found[1], found[0])
        if word in ("who", "which"):
            before = at - 1 - (at > 0 and tokens[at - 1].text == ",")
            return self.phrase_ending(sentence, before) if before >= 0 else None
        if word in ("he", "she", "they", "it", "i", "we"):
            return self._pronoun(sentence, at)
        return self._common_noun(sentence, at)

    def nominal(self, sentence: Sentence, start: int, noun: int) -> Member | None:
        """Return the entity that tokens [start, noun] with a common noun as head stand for."""
        tokens = sentence.tokens
        word = tokens[noun].lower
        if (kin := self._words.kinship.get(word)) and start < noun and tokens[start].lower in ("his", "her", "their", "my"):
            return self._kin(sentence, start, noun, kin.gender)
        if (country := self._country_in(sentence, start, noun)) and word in _COUNTRY_BODIES:
            return self._country_body(sentence, (start, noun), country)
        if word in self._words.titles and not word.endswith("s"):
            return self._by_title(sentence, start, noun)
        known = self._words.nominals.get(word)
        if known is None or tokens[start].lower not in ("the", "this", "that", "its", "their", "his"):
            return None
        return self._last_institution(tokens[start].start, word, known[1]) if known[0] is INSTITUTION else None

    def person_before(self, offset: int, gender: str) -> Member | None:
        """Return the person a pronoun at an offset stands for: the first one named in the nearest sentence with any."""
        quotation = self.reading.quotation_at(offset)
        limit = self.reading.sentence_at(offset).number - BACK_SENTENCES
        best: tuple[int, int, Member] | None = None
        for span, member in self.cast.before(offset - 1, 60):
            number = self.reading.sentence_at(span.start).number
            if number < limit or (best is not None and number < best[0]):
                break
            inside = self.reading.quotation_at(span.start)
            if member.type is not PERSON or (inside is not None and inside is not quotation):
                continue
            if gender and member.gender and gender != member.gender:
                continue
            if best is None or number == best[0]:
                best = (number, span.start, member)
        return best[2] if best else None

    def institution_before(self, offset: int) -> Member | None:
        """Return the institution that "it" or "they" stands for: the last one named, subjects first."""
        return self._last_institution(offset, "", ())

    def _is_skipped(self, word: str) -> bool:
        return word in _SKIPPED or (word.endswith("ly") and len(word) > 4 and word not in ("family", "assembly", "ally", "italy"))

    def _in_time(self, offset: int) -> bool:
        at = bisect_left(self._time_starts, offset + 1) - 1
        return at >= 0 and self._times[at].span.end > offset

    def _across_comma(self, sentence: Sentence, comma: int) -> Speaker | None:
        """Read "NAME, apposition, said": the first name of the clause that a comma follows."""
        tokens = sentence.tokens
        start = comma
        while start > 0 and tokens[start - 1].text not in ("\"", "“", "”", "''", "``", ";", ":") and tokens[start - 1].lower not in ("that",):
            start -= 1
        if start == comma:
            return None
        inside = [
            (span, member)
            for span, member in self.cast.within(tokens[start].start, tokens[comma].start)
            if member.type is not PLACE or span.end == tokens[comma].start
        ]
        for span, member in inside:
            after = self._token_after(sentence, span.end)
            if after < comma and tokens[after].text == "," and self._opens_clause(sentence, start, span):
                return self._holder_of(sentence, span) or Speaker(member, span)
        return self.phrase_ending(sentence, comma - 1)

    def _opens_clause(self, sentence: Sentence, start: int, span: Span) -> bool:
        """Tell whether nothing but titles and modifiers stands between the clause's start and the name."""
        before = [t for t in sentence.tokens[start:] if t.end <= span.start]
        return not any(t.lower in self._words.reporting and t.text.endswith("ed") for t in before[-8:])

    def _holder_of(self, sentence: Sentence, span: Span) -> Speaker | None:
        """Read "a spokesman for NAME": the spokesman, not NAME, is meant."""
        tokens = sentence.tokens
        at = self._token_after(sentence, span.start)
        while at > 0 and tokens[at - 1].lower in ("the", "our"):
            at -= 1
        if at < 2 or tokens[at - 1].lower not in ("for", "of", "at", "from", "with"):
            return None
        head = at - 2
        if tokens[head].lower not in self._words.titles and tokens[head].lower.rstrip("s") not in self._words.titles:
            return None
        return self._common_noun(sentence, head, Span(tokens[head].start, span.end))

    def _pronoun(self, sentence: Sentence, at: int) -> Speaker | None:
        token = sentence.tokens[at]
        word = token.lower
        span = Span(token.start, token.end)
        if word in ("he", "she"):
            member = self.person_before(token.start, PRONOUN_GENDER[word])
            if member is not None and not member.gender:
                member.gender = PRONOUN_GENDER[word]
        elif word in ("they", "it"):
            member = self.institution_before(token.start)
        else:
            return Speaker(None, span)
        if member is None:
            return Speaker(None, span)
        self.cast.mention(member, FoundMention(span, MentionKind.PRONOUN, PRONOUN_SURE, f"“{token.text}” for {member.name}"))
        return Speaker(member, span)

    def _common_noun(self, sentence: Sentence, at: int, whole: Span | None = None) -> Speaker | None:
        tokens = sentence.tokens
        word = tokens[at].lower
        start = at
        while start > 0 and at - start < 7 and tokens[start - 1].lower not in _BREAKS and tokens[start - 1].text[0].isalnum():
            start -= 1
            if tokens[start].lower in _DETERMINERS:
                break
        if word in _BREAKS or word in ("as", "this", "news", "such") or len(word) < 3:
            return None
        is_known = word in self._words.titles or word.rstrip("s") in self._words.titles or word in self._words.nominals
        is_known = is_known or word in self._words.kinship or word in _COUNTRY_BODIES
        has_article = tokens[start].lower in _DETERMINERS
        if not is_known and not has_article and not word.endswith("s"):
            return None
        if not tokens[at].text[0].isalpha():
            return None
        span = whole or Span(tokens[start].start, tokens[at].end)
        span = Span(min(span.start, tokens[start].start), span.end)
        member = self.nominal(sentence, start, at)
        if member is None and word in self._words.titles and not word.endswith("s"):
            member = self._unnamed(span, word)
        elif member is not None:
            self.cast.mention(member, FoundMention(span, MentionKind.NOMINAL, NOMINAL_SURE, f"“{span.of(self.reading.text)}” for {member.name}"))
        return Speaker(member, span)

    def _common_noun_after(self, sentence: Sentence, at: int, start: int) -> Speaker | None:
        tokens = sentence.tokens
        for step in range(at, min(at + 8, len(tokens))):
            word = tokens[step].lower
            if word in (",", ".", ";", ":", "that", "in", "on", "to", "and") or not tokens[step].text[0].isalnum():
                break
            following = tokens[step + 1].lower if step + 1 < len(tokens) else "."
            is_noun = word in self._words.titles or word.rstrip("s") in self._words.titles or word in self._words.nominals
            if is_noun and following not in self._words.titles and following not in self._words.nominals:
                return self._common_noun(sentence, step)
        return None

    def _unnamed(self, span: Span, word: str) -> Member:
        text = " ".join(span.of(self.reading.text).split())
        reason = "known only by description"
        mention = FoundMention(span, MentionKind.NOMINAL, NOMINAL_SURE, reason)
        member = Member(self.cast.new_id(), PERSON, text, [mention], named=False, reason=reason, confidence=NOMINAL_SURE)
        self.cast.add(member)
        return member

    def _kin(self, sentence: Sentence, start: int, noun: int, gender: str) -> Member:
        tokens = sentence.tokens
        span = Span(tokens[start].start, tokens[noun].end)
        for known, member in self.cast.before(span.start, 200):
            if not member.named and member.type is PERSON and known.of(self.reading.text).lower() == span.of(self.reading.text).lower():
                return member
        found = self._unnamed(span, tokens[noun].lower)
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

    def _country_in(self, sentence: Sentence, start: int, noun: int) -> str:
        for token in sentence.tokens[start:noun]:
            country = self._words.demonyms.get(token.text) or self._words.countries.get(token.text)
            if country:
                return country
        found = self.cast.ending_at(sentence.tokens[noun - 1].end) if noun else None
        return found[1].country if found is not None and found[1].type is PLACE else ""

    def _country_body(self, sentence: Sentence, where: tuple[int, int], country: str) -> Member:
        start, noun = where
        tokens = sentence.tokens
        if tokens[start].lower in _DETERMINERS and start < noun:
            first = tokens[start].start
        else:
            first = tokens[start].start
        span = Span(first, tokens[noun].end)
        word = tokens[noun].lower
        name = f"{word} of {country}"
        for member in self.cast.members:
            if member.name == name:
                return member
        mention = FoundMention(span, MentionKind.NOMINAL, NOMINAL_SURE, "a country's body")
        member = Member(
            self.cast.new_id(), INSTITUTION, name, [mention], category=_COUNTRY_BODIES[word], country=country, named=False,
            reason="a country's body", confidence=NOMINAL_SURE,
        )  # fmt: skip
        self.cast.add(member)
        return member

    def _last_institution(self, offset: int, word: str, categories: tuple[Category, ...]) -> Member | None:
        best: Member | None = None
        limit = self.reading.sentence_at(offset).number - 2 * BACK_SENTENCES
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

    def _token_after(self, sentence: Sentence, offset: int) -> int:
        return bisect_left([t.start for t in sentence.tokens], offset)
