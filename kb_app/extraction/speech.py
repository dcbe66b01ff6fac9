"""Reporting verbs with their subjects: the cues of reported speech."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kb_app.core.entity import EntityType
from kb_app.core.findings import LocalId
from kb_app.core.passage import Span
from kb_app.extraction.cast import Member
from kb_app.extraction.lexicons import Lexicons, ReportingVerb
from kb_app.extraction.reading import Reading, Sentence
from kb_app.extraction.references import Referents, Speaker
from kb_app.extraction.tokens import Token

_BE = frozenset("be been being is are was were 's 're get gets got".split())
_MODALS = frozenset("to will would could can may might should must not n't 't please".split())
_NOUN_BEFORE = frozenset(
    "the a an this that these those its his her their our my of in no any some recent new such official".split()
)
_PLURAL_SUBJECTS = frozenset({"i", "we", "they", "who", "you", "officials", "people", "experts", "analysts", "critics"})
_FELT = frozenset({"think", "feel", "believe", "hope", "fear", "agree", "disagree", "expect", "recall", "mention"})
_CORE = frozenset(
    {"say", "tell", "add", "announce", "state", "claim", "warn", "argue", "according to", "report", "insist", "show"}
)
_NOUN_FORMS = frozenset(
    "reports claims states reasons demands requests orders calls comments remarks answers notes".split()
)
_VENUE = re.compile(
    r"\b(?:in|at|during|on|through|via)\s+(?:an?|the|his|her|its|their)?\s*(?:[\w-]+\s+){0,2}?"
    r"(?:statement|interview|press conference|news conference|press release|release|speech|letter|e-?mail|memo|report|"
    r"tweet|blog(?: post)?|post|video|briefing|address|keynote|website|Twitter|Telegram|Facebook|note)\b",
    re.IGNORECASE,
)
_THAT = re.compile(r"[^.;:\"“”]{0,90}?\bthat\b(?!\s+(?:day|time|year|month|week)\b)\s*,?\s*")
_AFTER_VERB = re.compile(
    r"(?:\s+(?:on|in|at|during|late|early|earlier|to|after|of|through|via|about|by|from)\s+(?:[^\s,:\"“”`']+\s+){0,7}?[^\s,:\"“”`']+)?\s*[,:]?\s*$"
)


class Cue(NamedTuple):
    """A reporting verb (or "according to") with its speaker; `after` is where what follows the verb begins."""

    span: Span
    sentence: Sentence
    verb: ReportingVerb
    speaker: Speaker
    after: int
    is_inverted: bool = False
    addressee: LocalId | None = None
    has_that: bool = False
    venue: str = ""
    is_according: bool = False
    via: LocalId | None = None
    phrase_start: int = 0  # where the speaker's noun phrase begins


class CueFinder:
    """Finds the cues of an article's sentences."""

    def __init__(self, reading: Reading, lexicons: Lexicons, referents: Referents) -> None:
        self._reading = reading
        self._words = lexicons
        self._referents = referents
        self._last_member: Member | None = None
        self._titled = self._title_person()

    def _title_person(self) -> Member | None:
        for sentence in self._reading.sentences:
            if sentence.in_title and "tatement" in sentence.span.of(self._reading.text):
                for _, member in self._referents.cast.within(sentence.span.start, sentence.span.end):
                    if member.type is EntityType.PERSON:
                        return member
        return None

    def find(self) -> list[Cue]:
        """Return the cues in order."""
        found: list[Cue] = []
        for sentence in self._reading.sentences:
            if not sentence.is_shouted:
                found.extend(self._in_sentence(sentence))
        return found

    def _in_sentence(self, sentence: Sentence) -> Iterator[Cue]:
        last: Speaker | None = None
        quoted_by: Speaker | None = None
        for at, token in enumerate(sentence.tokens):
            quotation = self._reading.quotation_at(token.start)
            if quotation is not None and len(quotation.span) > 25:
                continue
            if token.lower == "according" and at + 2 < len(sentence.tokens) and sentence.tokens[at + 1].lower == "to":
                cue = self._according(sentence, at)
            else:
                cue = self._verb(sentence, at, last)
            if cue is None:
                continue
            if cue.verb.lemma == "quote":
                quoted_by = cue.speaker
                continue
            if quoted_by is not None and quoted_by.member is not None and not cue.is_inverted:
                cue = cue._replace(via=quoted_by.member.id)
            last = cue.speaker
            yield self._own(cue)

    def _own(self, cue: Cue) -> Cue:
        """Give "I" and "we" outside quotations to whom the title names, or to the last speaker."""
        if cue.speaker.member is not None:
            self._last_member = cue.speaker.member
            return cue
        if cue.speaker.span.of(self._reading.text).lower() not in ("i", "we"):
            return cue
        member = self._titled or self._last_member
        return cue._replace(speaker=Speaker(member, cue.speaker.span))

    def _according(self, sentence: Sentence, at: int) -> Cue | None:
        tokens = sentence.tokens
        stop = at + 2
        while stop < len(tokens) and tokens[stop].text not in (",", ".", ";", ":") and stop - at < 14:
            stop += 1
        if stop == at + 2:
            return None
        whole = Span(tokens[at + 2].start, tokens[stop - 1].end)
        named = [
            (s, m) for s, m in self._referents.cast.within(whole.start, whole.end) if m.type is not EntityType.PLACE
        ]
        near = self._referents.subject_after(sentence, at + 1)
        if near is not None and near.member is not None and near.span.end <= whole.end:
            speaker = near
        else:
            speaker = Speaker(named[-1][1], whole) if named else Speaker(None, whole)
        span = Span(tokens[at].start, tokens[at + 1].end)
        verb = ReportingVerb("according to", "qt", False)
        return Cue(span, sentence, verb, speaker, max(speaker.span.end, whole.end), is_according=True)

    def _verb(self, sentence: Sentence, at: int, last: Speaker | None) -> Cue | None:
        tokens = sentence.tokens
        size, verb = self._lexical(sentence, at)
        if verb is None:
            return None
        token = tokens[at]
        before = tokens[at - 1].lower if at else ""
        if token.text[0].isupper() and (not sentence.is_headline or self._is_in_name(token)):
            return None
        if before in _NOUN_BEFORE or before in _MODALS:
            return None
        if before in _BE and not token.lower.endswith("ing"):
            return None
        is_gerund = token.lower.endswith("ing") and verb.lemma not in ("bring",)
        speaker, inverted = self._speaker(sentence, at, verb, (last, is_gerund))
        if speaker is None or not self._may_speak(speaker, verb, token):
            return None
        span = Span(token.start, tokens[at + size - 1].end)
        after = speaker.span.end if inverted else span.end
        cue = Cue(span, sentence, verb, speaker, after, inverted)
        return self._completed(cue)

    def _is_in_name(self, token: Token) -> bool:
        return bool(self._referents.cast.within(token.start, token.end)) or any(
            span.end > token.start for span, _ in self._referents.cast.before(token.start, 3)
        )

    def _may_speak(self, speaker: Speaker, verb: ReportingVerb, token: Token) -> bool:
        """Tell whether the verb is one that such a subject says something with."""
        if speaker.member is not None:
            return not (speaker.member.type is EntityType.PLACE and verb.lemma in _FELT)
        words = speaker.span.of(self._reading.text).lower()
        if words in ("i", "we"):
            return verb.lemma not in _FELT
        last = words.split()[-1]
        is_human = (
            last in self._words.titles
            or last.rstrip("s") in self._words.titles
            or last in ("they", "he", "she", "people")
        )
        if token.lower in _NOUN_FORMS and not is_human:
            return False
        return is_human or verb.lemma in _CORE

    def _lexical(self, sentence: Sentence, at: int) -> tuple[int, ReportingVerb | None]:
        word = sentence.tokens[at].lower
        if at + 1 < len(sentence.tokens):
            two = f"{word} {sentence.tokens[at + 1].lower}"
            if two in self._words.reporting:
                return 2, self._words.reporting[two]
        return 1, self._words.reporting.get(word)

    def _speaker(
        self, sentence: Sentence, at: int, verb: ReportingVerb, context: tuple[Speaker | None, bool]
    ) -> tuple[Speaker | None, bool]:
        last, is_gerund = context
        tokens = sentence.tokens
        before = tokens[at - 1].lower if at else ""
        if is_gerund and before == "as" and at > 1 and (found := self._referents.phrase_ending(sentence, at - 2)):
            return found, False
        if is_gerund:
            if "t" not in verb.frames and "q" not in verb.frames:
                return None, False
            near = self._referents.subject_before(sentence, at) if before not in (",", "as", "by", "and") else None
            if near is not None and near.member is not None:
                return near, False
            return last or self._first_subject(sentence, at), False
        if before in (",", '"', "”", "''", "»", "’", "'") and at and "q" in verb.frames:
            speaker = self._referents.subject_after(sentence, at)
            if speaker is not None and (
                before != ","
                or self._ends_quotation(tokens[at - 1].start)
                or tokens[at + 1].text[0].isupper()
                or tokens[at + 1].lower in ("he", "she")
            ):
                return speaker, True
        if at == 0:
            return None, False
        speaker = self._referents.subject_before(sentence, at)
        if speaker is None and before in ("and", "but", ","):
            speaker = last if before != "," or last else None
        if speaker is not None and verb.is_base and not self._is_plural(speaker, before):
            return None, False
        return speaker, False

    def _is_plural(self, speaker: Speaker, before: str) -> bool:
        words = speaker.span.of(self._reading.text).lower()
        return before in _PLURAL_SUBJECTS or words in _PLURAL_SUBJECTS or words.endswith("s")

    def _ends_quotation(self, offset: int) -> bool:
        return self._reading.quotation_at(max(0, offset - 1)) is not None

    def _first_subject(self, sentence: Sentence, at: int) -> Speaker | None:
        inside = self._referents.cast.within(sentence.span.start, sentence.tokens[at].start)
        actors = [(s, m) for s, m in inside if m.type is not EntityType.PLACE]
        return Speaker(actors[0][1], actors[0][0]) if actors else None

    def _completed(self, cue: Cue) -> Cue:
        """Add addressee, venue and where the content begins ("told X that", "said in a statement that")."""
        text, end = self._reading.text, cue.sentence.span.end
        after, addressee = cue.after, None
        if "a" in cue.verb.frames and not cue.is_inverted:
            after, addressee = self._addressee(cue)
        rest = text[after : min(end, after + 120)]
        venue = _VENUE.match(rest.lstrip(" ,"))
        words = venue.group() if venue else ""
        has_that = False
        match = _THAT.match(rest)
        if match is not None and self._only_phrases(rest[: match.end()]):
            after += match.end()
            has_that = True
        start = self._referents.phrase_start(cue.sentence, cue.speaker.span)
        return cue._replace(after=after, addressee=addressee, has_that=has_that, venue=words, phrase_start=start)

    def _addressee(self, cue: Cue) -> tuple[int, LocalId | None]:
        tokens = [t for t in cue.sentence.tokens if t.start >= cue.span.end]
        if not tokens:
            return cue.after, None
        if found := self._referents.cast.starting_at(tokens[0].start):
            return found[0].end, found[1].id
        for words, token in enumerate(tokens[:4], start=1):
            if token.lower in (
                "reporters",
                "journalists",
                "him",
                "her",
                "me",
                "them",
                "us",
                "parliament",
                "media",
                "people",
                "lawmakers",
            ):
                return token.end, None
            found = self._referents.cast.starting_at(token.start)
            if found is not None and words <= 3 and cue.verb.lemma == "tell":
                return found[0].end, found[1].id
        return cue.after, None

    def _only_phrases(self, words: str) -> bool:
        """Tell whether the words before "that" hold no clause of their own."""
        return not re.search(r"\b(?:said|is|are|was|were|will|would|has|have|had|,\s*\w+ing)\b", words)
