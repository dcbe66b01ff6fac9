"""Findings in the form of the annotation schema 1.0: one JSON document an article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb_app.core.article import Article, Found, ZoneKind
from kb_app.core.event import Realis
from kb_app.core.findings import (
    Findings,
    FoundDispute,
    FoundEntity,
    FoundEvent,
    FoundMention,
    FoundPosition,
    FoundRelation,
    FoundRole,
    FoundStatement,
    FoundTime,
    LocalId,
)
from kb_app.core.passage import Span
from kb_app.core.stated_date import Precision, StatedDate

SCHEMA_VERSION = "1.0"
NARRATOR = "narrator"  # the schema's word for the article itself as a holder
_PRECISIONS = {Precision.QUARTER: "season", Precision.CENTURY: "decade", Precision.INTERVAL: None}

Json = dict[str, Any]


def annotation(article: Article, findings: Findings, doc_id: str) -> Json:
    """Return the findings as schema JSON, its offsets into the article's text.

    That text is the decoded file itself for plain text; for markup the document carries it under `article.text`.
    """
    writer = _Writer(article)
    names = {entity.id: entity.name for entity in findings.entities}
    return {
        "schema_version": SCHEMA_VERSION,
        "doc_id": doc_id,
        "text_file": f"articles/{doc_id}.txt",
        "article": writer.article(),
        "entities": [writer.entity(e) for e in findings.entities],
        "roles": [writer.role(r) for r in findings.roles],
        "events": [writer.event(e, f"ev{n}") for n, e in enumerate(findings.events, start=1)],
        "statements": [writer.statement(s, f"s{n}") for n, s in enumerate(findings.statements, start=1)],
        "relations": [writer.relation(r) for r in findings.relations],
        "contested_claims": [writer.dispute(d, names) for d in findings.disputes],
        "time_expressions": [writer.time(t) for t in findings.times],
        "engine": findings.engine,
        "warnings": [*article.warnings, *findings.warnings],
    }


def original_span(article: Article, span: Span) -> Span:
    """Return where a span of the clean text lies in the decoded original; the same where no map is kept."""
    if not article.offset_map:
        return span
    start = _original(article, span.start)
    end = _original(article, span.end - 1) + 1 if len(span) else start
    return Span(start, max(start, end))


def _original(article: Article, offset: int) -> int:
    place = 0
    for segment in article.offset_map:
        if segment.text_start > offset:
            break
        place = segment.original_start + min(offset - segment.text_start, segment.length)
    return place


def _realis(realis: Realis) -> str:
    """Return the schema's word; it has none for what is denied, which is what someone else alleges."""
    return Realis.ALLEGED.value if realis is Realis.DENIED else realis.value


def _first_line(text: str) -> Span:
    """Return the first line that holds words: the schema wants a place for every title."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return Span(start, end if end > start else len(text))


def _value(date: StatedDate | None) -> str | None:
    return date.edtf if date else None


def _words(found: Found | None) -> str | None:
    return found.value if found and found.value else None


class _Writer:
    """Writes the records of one article."""

    def __init__(self, article: Article) -> None:
        self._article = article

    def span(self, span: Span) -> Json:
        """Write a span with its words, without blanks around them."""
        words = span.of(self._article.text)
        start = span.start + len(words) - len(words.lstrip())
        words = words.strip()
        return {"start": start, "end": start + len(words), "text": words}

    def span_or_none(self, span: Span | None) -> Json | None:
        """Write a span that may be missing."""
        return self.span(span) if span is not None else None

    def article(self) -> Json:
        """Write what is known about the article."""
        article, about = self._article, self._article.metadata
        title = article.title_span or _first_line(article.text)
        body = self.span(article.body)
        holes = [z for z in article.zones if z.kind is ZoneKind.BOILERPLATE and article.body.holds(z.span)]
        lines = [z for z in article.zones if z.kind is ZoneKind.METADATA]
        found: Json = {
            "title": article.title,
            "title_span": self.span(title),
            "byline": _words(about.byline),
            "author_persons": [],
            "author_organisation": None,
            "publisher": _words(about.publisher),
            "republisher": _words(about.host),
            "published": _value(about.published),
            "published_span": self.span_or_none(article.published_span),
            "published_assumed": about.published is not None and article.published_span is None,
            "source_url": _words(about.source_url),
            "source_url_as_printed": about.source_url_as_printed or None,
            "wire_credits": list(about.wires),
            "dateline_place": _words(about.dateline_place),
            "dateline_span": self.span_or_none(article.dateline_span),
            "language": article.language or "en",
            "body_start": body["start"],
            "body_end": body["end"],
            "body_exclusions": [self.span(z.span) for z in holes if z.span.of(article.text).strip()],
            "metadata_spans": [self.span(z.span) for z in lines if z.span.of(article.text).strip()],
        }
        if article.offset_map or not article.encoding:
            found["text"] = article.text
        return found

    def entity(self, entity: FoundEntity) -> Json:
        """Write an entity with its mentions."""
        found: Json = {
            "id": entity.id,
            "type": entity.type.value,
            "canonical_name": entity.name,
            "named": entity.named,
            "country": entity.country or None,
            "mentions": [self.mention(m) for m in entity.mentions],
            "confidence": entity.ground.confidence,
            "reason": entity.ground.reason,
        }
        if entity.category is not None:
            found["category"] = entity.category.value
        if entity.subcategory:
            found["subcategory"] = entity.subcategory
        return found

    def mention(self, mention: FoundMention) -> Json:
        """Write a mention."""
        found = {**self.span(mention.span), "kind": mention.kind.value}
        if mention.optional:
            found["optional"] = True
        return found

    def role(self, role: FoundRole) -> Json:
        """Write a role."""
        return {
            "person": role.person,
            "title": role.title,
            "title_span": self.span(role.title_span),
            "institution": role.institution,
            "country": role.country or None,
            "qualifiers": list(role.qualifiers),
            "evidence": self.span(role.ground.evidence),
            "confidence": role.ground.confidence,
            "reason": role.ground.reason,
        }

    def event(self, event: FoundEvent, number: str) -> Json:
        """Write an event."""
        return {
            "id": number,
            "type": event.type.value,
            "trigger": self.span(event.trigger),
            "other_triggers": [self.span(t) for t in event.other_triggers],
            "date": self.date(event.date, event.date_span),
            "realis": _realis(event.realis),
            "participants": [{"entity": p.entity, "role": p.part or "participant"} for p in event.participants],
            "place": event.place,
            "evidence": self.span(event.ground.evidence),
            "confidence": event.ground.confidence,
            "reason": event.ground.reason,
        }

    def date(self, date: StatedDate | None, words: Span | None) -> Json:
        """Write an event's date."""
        if date is None:
            return {"value": None, "precision": None, "expression": None, "resolved": None}
        precision = _PRECISIONS.get(date.precision, date.precision.value)
        return {
            "value": date.edtf,
            "precision": precision or "day",
            "expression": self.span_or_none(words),
            "resolved": date.resolution.value,
        }

    def statement(self, statement: FoundStatement, number: str) -> Json:
        """Write a statement."""
        return {
            "id": number,
            "speaker": statement.speaker,
            "speaker_span": self.span_or_none(statement.speaker_span),
            "kind": statement.kind.value,
            "cue": self.span_or_none(statement.cue),
            "content": [self.span(c) for c in statement.content],
            "addressee": statement.addressee,
            "date": _value(statement.date),
            "venue": statement.venue or None,
            "reported_via": statement.via[0] if statement.via else None,
            "confidence": statement.ground.confidence,
            "reason": statement.ground.reason,
        }

    def relation(self, relation: FoundRelation) -> Json:
        """Write a relation."""
        return {
            "from": relation.source,
            "to": relation.target,
            "type": relation.type.value,
            "evidence": self.span(relation.ground.evidence),
            "date": _value(relation.date),
            "realis": _realis(relation.realis),
            "confidence": relation.ground.confidence,
            "reason": relation.ground.reason,
        }

    def dispute(self, dispute: FoundDispute, names: Mapping[LocalId, str]) -> Json:
        """Write a contested claim with who holds what; `names` are those of the entities."""
        return {
            "topic": dispute.topic,
            "positions": [self.position(position, names) for position in dispute.positions],
            "evidence": self.span(dispute.ground.evidence),
            "confidence": dispute.ground.confidence,
            "reason": dispute.ground.reason,
        }

    def position(self, position: FoundPosition, names: Mapping[LocalId, str]) -> Json:
        """Write what one holder maintains; the words for it stand in where it is no entity."""
        words = position.holder_span.of(self._article.text) if position.holder_span else NARRATOR
        name = words if position.holder is None else names[position.holder]
        return {"holder": position.holder, "holder_text": name, "span": self.span(position.span)}

    def time(self, time: FoundTime) -> Json:
        """Write a time expression."""
        found = {**self.span(time.span), "type": time.type.value, "value": time.value, "rule": time.rule}
        if time.anchor:
            found["anchor"] = time.anchor
        return found
