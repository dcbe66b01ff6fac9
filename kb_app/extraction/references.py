"""Who a pronoun or a common noun stands for, and who is the subject of a verb."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from kb_app.core.entity import EntityType, MentionKind
from kb_app.core.findings import FoundMention, FoundRole, FoundTime
from kb_app.core.passage import Span
from kb_app.extraction.cast import Cast, Member
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.nominals import COUNTRY_BODIES, DETERMINERS, Nominals
from kb_app.extraction.reading import Reading, Sentence

PERSON, INSTITUTION, PLACE = EntityType.PERSON, EntityType.INSTITUTION, EntityType.PLACE
BACK_SENTENCES = 4  # how far back a pronoun's person may have been named
PRONOUN_SURE, NOMINAL_SURE = 0.65, 0.6

PRONOUN_GENDER = {"he": "m", "she": "f", "his": "m", "her": "f", "him": "m", "i": "", "my": "", "me": ""}
_SKIPPED = frozenset(
    "has have had also later then already recently previously however again further 've 'd 's is was were be been both "
    "all now once himself herself itself just still never even did do does will would".split()
)
_BREAKS = frozenset(
    "said says , . ; : ( ) \" “ ” `` '' - – — that which who and but or because while when if as to from by with in on "
    "at of for was were is are has have had will would after before than said told".split()
)


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
        self._nominals = Nominals(reading, cast, lexicons, roles)
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
        while at >= 0 and (
            self._is_skipped(tokens[at].lower)
            or self._in_time(tokens[at].start)
            or (tokens[at].lower in ("on", "in", "at", "late", "early") and self._in_time(tokens[at + 1].start))
        ):
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
            if tokens[step].text in (",", ".", ";", '"', "“", "”", ":") or tokens[step].lower in (
                "that",
                "in",
                "on",
                "to",
            ):
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
            if found[1].type is not PERSON and (titled := self._titled_behind(sentence, after)):
                return titled
            return Speaker(found[1], found[0])
        return self._common_noun_after(sentence, at, start)

    def _titled_behind(self, sentence: Sentence, at: int) -> Speaker | None:
        """Read "ORG senior vice president NAME": the person whose title follows the institution."""
        tokens = sentence.tokens
        for step in range(at, min(at + 8, len(tokens))):
            found = self.cast.starting_at(tokens[step].start)
            if found is not None and found[1].type is PERSON:
                return Speaker(found[1], found[0]) if tokens[step - 1].lower in self._words.titles else None
            if not tokens[step].text[0].isalpha() and tokens[step].text not in ("'s", "’s", "-"):
                return None
        return None

    def phrase_start(self, sentence: Sentence, span: Span) -> int:
        """Return where the noun phrase of a name begins, its titles and articles counted in."""
        tokens = sentence.tokens
        at = self._token_after(sentence, span.start)
        while at > 0 and tokens[at - 1].text[0].isalnum() | (tokens[at - 1].text in ("'s", "’s")):
            word = tokens[at - 1]
            named = self.cast.ending_at(word.end)
            is_title = word.lower in self._words.titles or word.lower in self._words.title_modifiers
            is_title = is_title or word.lower in self._words.qualifiers or word.text in self._words.demonyms
            if named is not None and named[1].type is not PERSON:
                at = min(at - 1, self._token_after(sentence, named[0].start))  # a mention may begin within a token
            elif is_title or word.lower in DETERMINERS or word.text in ("'s", "’s"):
                at -= 1
            else:
                break
        return tokens[at].start if at < len(tokens) else span.start

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

    def unnamed(self, span: Span, kind: EntityType) -> Member:
        """Add an entity known only by description."""
        return self._nominals.unnamed(span, kind)

    def institution_before(self, offset: int) -> Member | None:
        """Return the institution that "it" or "they" stands for: the last one named, subjects first."""
        return self._nominals.last_institution(offset, "", ())

    def _is_skipped(self, word: str) -> bool:
        return word in _SKIPPED or (
            word.endswith("ly") and len(word) > 4 and word not in ("family", "assembly", "ally", "italy")
        )

    def _in_time(self, offset: int) -> bool:
        at = bisect_left(self._time_starts, offset + 1) - 1
        return at >= 0 and self._times[at].span.end > offset

    def _across_comma(self, sentence: Sentence, comma: int) -> Speaker | None:
        """Read "NAME, apposition, said": the first name of the clause that a comma follows."""
        tokens = sentence.tokens
        last = self.cast.ending_at(tokens[comma - 1].end) if comma else None
        if last is not None and last[1].type is PERSON and self._follows_title(sentence, last[0]):
            return Speaker(last[1], last[0])
        start = comma
        while (
            start > 0
            and tokens[start - 1].text not in ('"', "“", "”", "''", "``", ";", ":")
            and tokens[start - 1].lower not in ("that",)
        ):
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

    def _follows_title(self, sentence: Sentence, span: Span) -> bool:
        """Tell whether a name between commas tells who a title is ("a spokesman for ORG, NAME, said")."""
        tokens = sentence.tokens
        at = self._token_after(sentence, span.start)
        if at < 2 or tokens[at - 1].text != ",":
            return False
        start = max(0, at - 10)
        phrase = tokens[start : at - 1]
        has_person = any(m.type is PERSON and m.named for _, m in self.cast.within(tokens[start].start, span.start))
        return not has_person and any(t.lower in self._words.titles and t.text[0].islower() for t in phrase)

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
        if at < 2 or tokens[at - 1].lower not in ("for", "of", "at", "from", "with", "in"):
            return None
        head = at - 2
        if tokens[head].lower in self._words.nominals and tokens[at - 1].lower == "in":
            return self._common_noun(sentence, head, Span(tokens[head].start, span.end))
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
        self.cast.mention(
            member, FoundMention(span, MentionKind.PRONOUN, PRONOUN_SURE, f"“{token.text}” for {member.name}")
        )
        return Speaker(member, span)

    def _common_noun(self, sentence: Sentence, at: int, whole: Span | None = None) -> Speaker | None:
        tokens = sentence.tokens
        word = tokens[at].lower
        start = at
        while (
            start > 0
            and at - start < 7
            and tokens[start - 1].lower not in _BREAKS
            and tokens[start - 1].text[0].isalnum()
        ):
            start -= 1
            if tokens[start].lower in DETERMINERS:
                break
        if start > 1 and tokens[start - 1].text in ("'s", "’s") and word in self._words.kinship:
            owner = self.cast.ending_at(tokens[start - 2].end)
            start = self._token_after(sentence, owner[0].start) if owner else start
        if word in _BREAKS or word in ("as", "this", "news", "such") or len(word) < 3:
            return None
        is_known = word in self._words.titles or word.rstrip("s") in self._words.titles or word in self._words.nominals
        is_known = is_known or word in self._words.kinship or word in COUNTRY_BODIES
        has_article = tokens[start].lower in DETERMINERS
        if not is_known and not has_article and not word.endswith("s"):
            return None
        if not tokens[at].text[0].isalpha():
            return None
        span = whole or Span(tokens[start].start, tokens[at].end)
        span = Span(min(span.start, tokens[start].start), span.end)
        if (person := self._beside(sentence, start, at)) is not None:
            return person
        member = self._nominals.nominal(sentence, start, at)
        is_titled = word in self._words.titles and not word.endswith("s")
        if member is None and is_titled and not sentence.is_headline:
            member = self._nominals.unnamed(span)
        elif member is not None:
            self.cast.mention(
                member,
                FoundMention(
                    span, MentionKind.NOMINAL, NOMINAL_SURE, f"“{span.of(self.reading.text)}” for {member.name}"
                ),
            )
        return Speaker(member, span)

    def _beside(self, sentence: Sentence, start: int, at: int) -> Speaker | None:
        """Return the person whom a noun phrase stands in apposition to ("NAME, an engineer, said")."""
        tokens = sentence.tokens
        is_opened = tokens[start].lower in ("a", "an", "the", "its", "his", "her")
        if is_opened and start > 1 and tokens[start - 1].text == ",":
            found = self.cast.ending_at(tokens[start - 2].end)
            if found is not None and found[1].type is PERSON and found[1].named:
                return Speaker(found[1], found[0])
        if at + 2 < len(tokens) and tokens[at + 1].text == "," and tokens[at].lower in self._words.titles:
            behind = self.cast.starting_at(tokens[at + 2].start)
            if behind is not None and behind[1].type is PERSON and behind[1].named:
                return Speaker(behind[1], behind[0])
        return None

    def _common_noun_after(self, sentence: Sentence, at: int, start: int) -> Speaker | None:
        tokens = sentence.tokens
        for step in range(at, min(at + 8, len(tokens))):
            word = tokens[step].lower
            if word in (",", ".", ";", ":", "that", "in", "on", "to", "and") or not tokens[step].text[0].isalnum():
                break
            following = tokens[step + 1].lower if step + 1 < len(tokens) else "."
            is_noun = (
                word in self._words.titles or word.rstrip("s") in self._words.titles or word in self._words.nominals
            )
            if is_noun and following not in self._words.titles and following not in self._words.nominals:
                return self._common_noun(sentence, step)
        return None

    def _token_after(self, sentence: Sentence, offset: int) -> int:
        return bisect_left([t.start for t in sentence.tokens], offset)
