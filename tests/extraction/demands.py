"""What every finding must fulfil, whatever was read; each demand yields what does not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeVar

from kb_app.core.article import Article
from kb_app.core.entity import EntityType
from kb_app.core.findings import Findings, FoundStatement, Ground, LocalId
from kb_app.core.passage import Span

T = TypeVar("T")
Placed = Iterator[tuple[str, Span]]


def faults(article: Article, findings: Findings) -> list[str]:
    """Name everything that does not fulfil its demand."""
    return [fault for demand in (misplaced, ungrounded, disordered) for fault in demand(article, findings)]


def misplaced(article: Article, findings: Findings) -> list[str]:
    """Name spans that hold no words, end in blanks, or lie outside of what is read of the article."""
    text, zones = article.text, article.read_spans()
    found = []
    for name, span in [*_words(findings), *_evidence(findings)]:
        words = span.of(text)
        if span.end > len(text) or not words.strip():
            found.append(f"{name} {span} holds no words")
    for name, span in _words(findings):
        if not any(zone.holds(span) for zone in zones):
            found.append(f"{name} {span} reaches out of what is read, {zones}")
        elif span.of(text) != span.of(text).strip():
            found.append(f"{name} {span} begins or ends with a blank")
    return found


def ungrounded(article: Article, findings: Findings) -> list[str]:
    """Name findings whose evidence is not where they are, and confidences that are none."""
    found = [
        f"the evidence {evidence} does not hold the {name} {span}"
        for name, evidence, span in _resting(findings)
        if not evidence.holds(span)
    ]
    for statement in findings.statements:
        if not statement.ground.evidence.overlaps(statement.content[0]):
            found += [f"the evidence {statement.ground.evidence} is not at the content {statement.content[0]}"]
    for dispute in findings.disputes:
        if not any(dispute.ground.evidence.overlaps(position.span) for position in dispute.positions):
            found += [f"the evidence {dispute.ground.evidence} is at no position of the dispute"]
    return found + [f"a confidence of {sure}" for sure in _confidences(findings) if not 0 <= sure <= 1]


def disordered(article: Article, findings: Findings) -> list[str]:
    """Name what the annotation schema forbids: ids that lead nowhere, names and times that cover each other, ..."""
    types = {entity.id: entity.type for entity in findings.entities}
    found = [f"{entity} is no entity" for entity in _references(findings) if entity not in types]
    if len(types) < len(findings.entities):
        found.append("two entities share an id")
    found += [f"{e.id} has no category" for e in findings.entities if _lacks_category(e.type, e.category)]
    named = sorted(m.span for e in findings.entities for m in e.mentions if m.kind.is_named)
    found += [f"two entities share the name {one}" for one, other in pairwise(named) if one == other]
    found += [f"{r.person} has a role and is no person" for r in findings.roles if types[r.person] != "person"]
    times = sorted(time.span for time in findings.times)
    found += [f"times {one} and {other} overlap" for one, other in pairwise(times) if one.overlaps(other)]
    found += [f"{r.source} is linked to itself" for r in findings.relations if r.source == r.target]
    return found + [fault for statement in findings.statements for fault in _of_statement(statement)]


def _resting(findings: Findings) -> Iterator[tuple[str, Span, Span]]:
    yield from (("mention", one.ground.evidence, one.mentions[0].span) for one in findings.entities)
    yield from (("title", one.ground.evidence, one.title_span) for one in findings.roles)
    yield from (("trigger", one.ground.evidence, one.trigger) for one in findings.events)


def _lacks_category(kind: EntityType, category: object) -> bool:
    return kind is EntityType.INSTITUTION and category is None


def _of_statement(statement: FoundStatement) -> Iterator[str]:
    if statement.speaker is None and statement.speaker_span is None:
        yield f"the statement at {statement.content[0]} has neither a speaker nor words for one"
    for one, other in pairwise(statement.content):
        if other.start < one.end:
            yield f"the contents {one} and {other} of a statement overlap or are out of order"


def _words(findings: Findings) -> Placed:
    for entity in findings.entities:
        yield from (("mention", mention.span) for mention in entity.mentions)
    yield from (("title", role.title_span) for role in findings.roles)
    yield from (("time", time.span) for time in findings.times)
    for event in findings.events:
        yield from (("trigger", span) for span in (event.trigger, *event.other_triggers))
        yield from (("date", span) for span in _given(event.date_span))
    for statement in findings.statements:
        yield from (("content", span) for span in statement.content)
        yield from (("speaker", span) for span in _given(statement.speaker_span))
        yield from (("cue", span) for span in _given(statement.cue))
    for dispute in findings.disputes:
        yield from (("position", position.span) for position in dispute.positions)


def _evidence(findings: Findings) -> Placed:
    yield from (("sentence", span) for span in findings.sentences)
    yield from (("evidence", ground.evidence) for ground in _grounds(findings))


def _grounds(findings: Findings) -> Iterator[Ground]:
    layers = (findings.entities, findings.roles, findings.events, findings.statements, findings.relations)
    for layer in (*layers, findings.disputes):
        yield from (one.ground for one in layer)


def _confidences(findings: Findings) -> Iterator[float]:
    yield from (ground.confidence for ground in _grounds(findings))
    yield from (mention.confidence for entity in findings.entities for mention in entity.mentions)
    yield from (time.confidence for time in findings.times)


def _references(findings: Findings) -> Iterator[LocalId]:
    for role in findings.roles:
        yield from (role.person, *_given(role.institution))
    for event in findings.events:
        yield from (participant.entity for participant in event.participants)
        yield from _given(event.place)
    for statement in findings.statements:
        yield from (*_given(statement.speaker), *_given(statement.addressee), *statement.via)
    for relation in findings.relations:
        yield from (relation.source, relation.target)
    for dispute in findings.disputes:
        yield from (entity for position in dispute.positions for entity in _given(position.holder))


def _given(one: T | None) -> tuple[T, ...]:
    return () if one is None else (one,)
