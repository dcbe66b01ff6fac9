"""Why each finding of an article is believed, in plain words: reason, confidence, date, and what was joined to it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kb_app.core.article import Article
from kb_app.core.event import Realis
from kb_app.core.findings import (
    Findings,
    FoundDispute,
    FoundEntity,
    FoundEvent,
    FoundMention,
    FoundRelation,
    FoundRole,
    FoundStatement,
    FoundTime,
    Ground,
    LocalId,
)
from kb_app.core.passage import Span
from kb_app.core.stated_date import Resolution, StatedDate
from kb_app.exchange.plain_text import WIDTH, safe, wrapped

_NAME_WIDTH = 15  # of the column that says what a row tells
_NARRATOR = "the article itself"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing told of a finding: what it is ("date", "merged with") and the words."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one finding is believed; `quoted` are the words of the text that it marks, `sentence` is where they stand."""

    span: Span
    kind: str
    quoted: tuple[str, ...]
    found: str
    sentence: str
    confidence: float
    reason: str
    rows: tuple[Row, ...] = ()


def explanations(article: Article, findings: Findings, words: str = "") -> tuple[Explanation, ...]:
    """Explain the findings in the order of the text: all, or those whose quoted words hold `words`."""
    teller = _Teller(article, findings)
    told = [
        *map(teller.entity, findings.entities),
        *map(teller.role, findings.roles),
        *map(teller.time, findings.times),
        *map(teller.event, findings.events),
        *map(teller.statement, findings.statements),
        *map(teller.relation, findings.relations),
        *map(teller.dispute, findings.disputes),
    ]
    wanted = " ".join(words.split()).casefold()
    chosen = [one for one in told if any(wanted in quote.casefold() for quote in one.quoted)] if wanted else told
    return tuple(sorted(chosen, key=lambda one: one.span.start))


def explanation_text(article: Article, told: Sequence[Explanation]) -> str:
    """Return explanations as text to read, one numbered block each, under the article's title."""
    title = wrapped("", safe(article.title))
    head = [title, "=" * min(len(safe(article.title)), WIDTH)]
    blocks = ["\n".join(_block(number, one)) for number, one in enumerate(told, start=1)]
    return "\n\n".join(["\n".join(head), *(blocks or ["Nothing was found."])]) + "\n"


def explanation_document(told: Explanation) -> dict[str, Any]:
    """Return an explanation as a JSON object; its offsets are those of the article's text."""
    return {
        "kind": told.kind,
        "start": told.span.start,
        "end": told.span.end,
        "quoted": list(told.quoted),
        "sentence": told.sentence,
        "found": told.found,
        "confidence": told.confidence,
        "reason": told.reason,
        "more": [{"what": row.name, "text": row.text} for row in told.rows],
    }


def _block(number: int, told: Explanation) -> Iterator[str]:
    yield wrapped(f"{number}. ", safe(f"{told.kind}: {told.found}"))
    yield _line("sentence", f"“{told.sentence}”")
    yield _line("confidence", f"{round(told.confidence * 100)} %")
    yield _line("reason", told.reason or "none was noted")
    name = ""
    for row in told.rows:
        yield _line("" if row.name == name else row.name, row.text)
        name = row.name


def _line(name: str, text: str) -> str:
    return wrapped(f"   {name:<{_NAME_WIDTH}}", safe(text))


class _Teller:
    """Tells of the findings of one article."""

    def __init__(self, article: Article, findings: Findings) -> None:
        self._text = article.text
        self._sentences = sorted(findings.sentences)
        self._starts = [span.start for span in self._sentences]
        self._breaks = [at for at, character in enumerate(article.text) if character == "\n"]
        self._entities = {entity.id: entity for entity in findings.entities}

    def entity(self, entity: FoundEntity) -> Explanation:
        """Explain an entity: every mention with the reason why it was folded in."""
        mentions = sorted(entity.mentions, key=lambda mention: mention.span)
        first = mentions[0].span if mentions else entity.ground.evidence
        about = [entity.category.value.replace("_", " ") if entity.category else "", entity.country]
        described = "" if entity.named else "known only by description"
        found = ", ".join(part for part in (entity.name, *about, described) if part)
        return Explanation(
            span=first,
            kind=entity.type.value,
            quoted=tuple(self._words(mention.span) for mention in mentions),
            sentence=self._words(entity.ground.evidence),
            found=found,
            confidence=entity.ground.confidence,
            reason=entity.ground.reason,
            rows=tuple(Row("mentions", self._mention(mention)) for mention in mentions),
        )

    def _mention(self, mention: FoundMention) -> str:
        how = f"{mention.kind.value}, {_percent(mention.confidence)}, line {self._line_of(mention.span)}"
        reason = f": {mention.reason}" if mention.reason else ""
        return f"“{self._words(mention.span)}” ({how}){reason}"

    def role(self, role: FoundRole) -> Explanation:
        """Explain a role: whose title it is, where it was read and its date."""
        title = " ".join((*role.qualifiers, role.title))
        where = self._name(role.institution) if role.institution else role.country
        found = f"{self._name(role.person)} is “{title}”" + (f", {where}" if where else "")
        named = self._named_in(role.ground.evidence, [role.person, role.institution])
        quoted = (self._words(role.title_span), *named)
        return Explanation(role.title_span, "role", quoted, found, *self._ground(role.ground), _dates(role.date))

    def time(self, time: FoundTime) -> Explanation:
        """Explain a time expression: the rule that read it and the day it was counted from."""
        anchor = f", counted from {time.anchor}" if time.anchor else ""
        ground = (self._sentence(time.span), time.confidence, f"the rule “{time.rule}”{anchor}")
        words = self._words(time.span)
        found = f"“{words}” ({time.type.value.lower()}): {time.value}"
        return Explanation(time.span, "time expression", (words,), found, *ground)

    def event(self, event: FoundEvent) -> Explanation:
        """Explain an event: its date and the later words that tell of the same."""
        kind = event.type.value.replace("_", " ")
        named = self._named_in(event.ground.evidence, [p.entity for p in event.participants])
        triggers = [self._words(span) for span in (event.trigger, *event.other_triggers)]
        rows = [*_dates(event.date, or_else="none was found")]
        rows += [Row("taking part", self._with_part(p.entity, p.part)) for p in event.participants]
        if event.place is not None:
            rows.append(Row("place", self._name(event.place)))
        rows += [Row("merged with", self._in_sentence(span)) for span in event.other_triggers]
        found = f"“{triggers[0]}” ({kind}, {event.realis.value}): {event.title}"
        return Explanation(event.trigger, "event", (*triggers, *named), found, *self._ground(event.ground), tuple(rows))

    def statement(self, statement: FoundStatement) -> Explanation:
        """Explain a statement: its parts, the verb that reports it, and the words for the speaker."""
        speaker = self._name(statement.speaker) if statement.speaker else ""
        said = self._words(statement.speaker_span) if statement.speaker_span else ""
        parts = [self._words(span) for span in statement.content]
        cue = self._words(statement.cue) if statement.cue else ""
        rows = [Row("cue", f"“{cue}”")] if cue else []
        rows += [Row("speaker", self._speaker(statement))] if said else []
        rows += [*_dates(statement.date)]
        rows += [Row("reported by", self._name(entity)) for entity in statement.via]
        if statement.addressee is not None:
            rows.append(Row("said to", self._name(statement.addressee)))
        rows += [Row("merged with", f"“{part}”") for part in parts[1:]]
        found = f"{speaker or said or 'somebody'} ({statement.kind.value}): {' … '.join(parts)}"
        quoted = tuple(words for words in (*parts, said, cue) if words)
        span = statement.content[0] if statement.content else statement.ground.evidence
        return Explanation(span, "statement", quoted, found, *self._ground(statement.ground), tuple(rows))

    def _speaker(self, statement: FoundStatement) -> str:
        """Say which words stand for the speaker, and why they do."""
        span = statement.speaker_span
        if span is None:
            return ""
        entity = self._entities.get(statement.speaker) if statement.speaker else None
        mention = next((m for m in entity.mentions if m.span.overlaps(span)), None) if entity else None
        if mention is not None and mention.reason:
            return f"“{self._words(span)}” ({_percent(mention.confidence)}): {mention.reason}"
        return f"“{self._words(span)}”"

    def relation(self, relation: FoundRelation) -> Explanation:
        """Explain a relation: its ends, its date and how real it is."""
        realis = "" if relation.realis is Realis.HAPPENED else f" ({relation.realis.value})"
        words = relation.type.value.replace("_", " ")
        found = f"{self._name(relation.source)} — {words} — {self._name(relation.target)}{realis}"
        evidence = relation.ground.evidence
        quoted = self._named_in(evidence, [relation.source, relation.target]) or (self._words(evidence),)
        return Explanation(evidence, "relation", quoted, found, *self._ground(relation.ground), _dates(relation.date))

    def dispute(self, dispute: FoundDispute) -> Explanation:
        """Explain a dispute: who holds what."""
        rows = []
        for position in dispute.positions:
            words = self._words(position.holder_span) if position.holder_span else _NARRATOR
            holder = self._name(position.holder) if position.holder else words
            rows.append(
                Row("position", f"{holder}: “{self._words(position.span)}” (line {self._line_of(position.span)})")
            )
        quoted = tuple(self._words(position.span) for position in dispute.positions)
        span = dispute.positions[0].span if dispute.positions else dispute.ground.evidence
        return Explanation(span, "dispute", quoted, dispute.topic, *self._ground(dispute.ground), tuple(rows))

    def _ground(self, ground: Ground) -> tuple[str, float, str]:
        return self._words(ground.evidence), ground.confidence, ground.reason

    def _words(self, span: Span) -> str:
        return " ".join(span.of(self._text).split())

    def _name(self, entity: LocalId) -> str:
        return self._entities[entity].name if entity in self._entities else str(entity)

    def _with_part(self, entity: LocalId, part: str) -> str:
        return f"{self._name(entity)} ({part})" if part else self._name(entity)

    def _named_in(self, sentence: Span, entities: Iterable[LocalId | None]) -> tuple[str, ...]:
        """Return the words of a sentence that name the entities."""
        found = [self._entities[entity] for entity in entities if entity in self._entities]
        return tuple(self._words(m.span) for entity in found for m in entity.mentions if sentence.holds(m.span))

    def _sentence(self, span: Span) -> str:
        at = bisect_right(self._starts, span.start) - 1
        return self._words(self._sentences[at] if at >= 0 and self._sentences[at].end > span.start else span)

    def _in_sentence(self, span: Span) -> str:
        return f"“{self._words(span)}” in “{self._sentence(span)}” (line {self._line_of(span)})"

    def _line_of(self, span: Span) -> int:
        return bisect_right(self._breaks, span.start - 1) + 1


def _dates(date: StatedDate | None, or_else: str = "") -> tuple[Row, ...]:
    """Tell a date with its wording, the rule that read it and the day it was counted from."""
    if date is None:
        return (Row("date", or_else),) if or_else else ()
    parts = [f"{'about ' if date.approximate else ''}{date.edtf} ({date.precision.value})"]
    if date.words:
        parts.append(f"from the words “{' '.join(date.words.split())}”")
    if date.rule:
        parts.append(f"by the rule “{date.rule}”")
    if date.anchor:
        parts.append(f"counted from {date.anchor}")
    if date.resolution is Resolution.PUBLICATION:
        parts.append("the day of publication")
    return (Row("date", ", ".join(parts)),)


def _percent(confidence: float) -> str:
    return f"{round(confidence * 100)} %"
