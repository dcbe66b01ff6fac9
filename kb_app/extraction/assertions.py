"""What is asserted in an article and by whom, sentence by sentence: said, alleged, or told by the article itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from kb_app.core.article import Article
from kb_app.core.entity import MentionKind
from kb_app.core.event import Realis
from kb_app.core.findings import Findings, FoundEntity, FoundStatement, LocalId
from kb_app.core.passage import Span
from kb_app.core.relation import RelationType
from kb_app.extraction.span_index import SpanIndex

SHORTEST = 2  # words; less asserts nothing
_OWNED = re.compile(r"^(?:his|her|its|their|my|our|your)\b|['’]s?\s", re.IGNORECASE)
_PRONOUN = re.compile(r"^(?:he|she|it|they|we|i|you|who|which|that|this|these|those|one|some|others)$", re.IGNORECASE)
_SIDES = frozenset({RelationType.HEAD_OF, RelationType.SPOKESPERSON_OF, RelationType.PART_OF})
_PAST = frozenset({"former", "ex", "late", "past", "ousted", "dismissed"})


class Holder(NamedTuple):
    """Who holds something: an entity, words for somebody who is none, or neither for the article itself."""

    entity: LocalId | None = None
    span: Span | None = None


class Kind(StrEnum):
    """How something comes to be asserted."""

    SAID = "said"
    ACCUSED = "accused"
    ALLEGED = "alleged"
    TOLD = "told"


class Assertion(NamedTuple):
    """Words that assert something, in one sentence."""

    span: Span
    sentence: int
    holder: Holder
    kind: Kind


class Assertions:
    """All that is asserted in one article outside its title, in order, and who stands on one side with whom."""

    def __init__(self, article: Article, findings: Findings, alleging: frozenset[str]) -> None:
        """Read the findings; `alleging` are the forms of verbs that mark what they report as not granted."""
        self._text = article.text
        self._alleging = alleging
        self._findings = findings
        self._entities = {entity.id: entity for entity in findings.entities}
        self.sentences = tuple(
            s for s in findings.sentences if article.title_span is None or not s.overlaps(article.title_span)
        )
        self._starts = [span.start for span in self.sentences]
        self._sides = _sides(findings)
        said = sorted(self._said(), key=_span)
        talk = SpanIndex([statement.ground.evidence for statement in findings.statements])
        self.claimed = tuple(sorted([*said, *self._accused(), *self._alleged(talk)], key=_span))
        self.told = tuple(
            Assertion(span, at, Holder(), Kind.TOLD)
            for at, span in enumerate(self.sentences)
            if not talk.overlapping(span)
        )

    def sentence_at(self, offset: int) -> int | None:
        """Return the number of the sentence that holds an offset, None in the title."""
        at = bisect_right(self._starts, offset) - 1
        return at if at >= 0 and offset < self.sentences[at].end else None

    def holder_of(self, statement: FoundStatement) -> Holder | None:
        """Return who speaks; "X's lawyer" is not X, and of a pronoun for nobody known nothing can be held."""
        words = statement.speaker_span.of(self._text) if statement.speaker_span else ""
        if statement.speaker is None:
            return None if not words or _PRONOUN.match(words) else Holder(None, statement.speaker_span)
        owned = _OWNED.search(words)
        if statement.speaker_span and owned and not self._is_named_after(statement, owned.end()):
            return Holder(None, statement.speaker_span)
        return Holder(statement.speaker, statement.speaker_span)

    def is_one_side(self, one: Holder, other: Holder) -> bool:
        """Tell whether two holders may be one, or speak for one another."""
        if one.entity is not None and one.entity == other.entity:
            return True
        words = self._words(one)
        if words == self._words(other) and (words or one == other) and not _PRONOUN.match(words):
            return True
        return frozenset({one.entity, other.entity}) in self._sides

    def _words(self, holder: Holder) -> str:
        return holder.span.of(self._text).lower() if holder.span else ""

    def _is_named_after(self, statement: FoundStatement, offset: int) -> bool:
        entity: FoundEntity | None = self._entities.get(statement.speaker) if statement.speaker else None
        start = statement.speaker_span.start + offset if statement.speaker_span else 0
        named = [m.span for m in entity.mentions if m.kind is not MentionKind.PRONOUN] if entity else []
        return any(start <= span.start and span.overlaps(statement.speaker_span or span) for span in named)

    def _said(self) -> Iterator[Assertion]:
        for statement in self._findings.statements:
            holder = self.holder_of(statement)
            if holder is None:
                continue
            cue = statement.cue.of(self._text).lower() if statement.cue else ""
            kind = Kind.ACCUSED if cue in self._alleging else Kind.SAID
            first = statement.content[0].start if statement.content else 0
            if self._text[:first].rstrip().endswith((" whether", " if")):
                continue  # a question asserts nothing
            for content in statement.content:
                yield from (Assertion(span, at, holder, kind) for at, span in self._pieces(content))

    def _pieces(self, span: Span) -> Iterator[tuple[int, Span]]:
        """Yield the parts of a stretch that lie in one sentence each."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        for at in range(first, len(self.sentences)):
            sentence = self.sentences[at]
            if sentence.start >= span.end:
                return
            start, end = max(sentence.start, span.start), min(sentence.end, span.end)
            if end > start and len(self._text[start:end].split()) >= SHORTEST:
                yield at, Span(start, end)

    def _accused(self) -> Iterator[Assertion]:
        stated = {s.ground.evidence for s in self._findings.statements}
        for relation in self._findings.relations:
            at = self.sentence_at(relation.ground.evidence.start)
            if relation.type is RelationType.ACCUSED and at is not None and relation.ground.evidence not in stated:
                yield Assertion(relation.ground.evidence, at, Holder(relation.source), Kind.ACCUSED)

    def _alleged(self, talk: SpanIndex) -> Iterator[Assertion]:
        for event in self._findings.events:
            at = self.sentence_at(event.trigger.start)
            if event.realis is Realis.ALLEGED and at is not None and not talk.overlapping(event.trigger):
                yield Assertion(self.sentences[at], at, Holder(), Kind.ALLEGED)


def _sides(findings: Findings) -> frozenset[frozenset[LocalId | None]]:
    linked: set[frozenset[LocalId | None]] = {
        frozenset({r.source, r.target}) for r in findings.relations if r.type in _SIDES
    }
    held: set[frozenset[LocalId | None]] = {
        frozenset({role.person, role.institution})
        for role in findings.roles
        if role.institution is not None and not _PAST.intersection(role.qualifiers)
    }
    return frozenset(linked | held)


def _span(assertion: Assertion) -> Span:
    return assertion.span
