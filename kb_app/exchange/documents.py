"""Records as plain JSON documents with stable keys: what --json prints and what the JSON export holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from kb_app.core.article import Article, Candidate, Found
from kb_app.core.citation import Citation, Support
from kb_app.core.entity import Entity
from kb_app.core.ids import OutcomeId
from kb_app.core.languages import is_read
from kb_app.core.listing import Totals
from kb_app.core.profile import EntityLink, EventLine, Note, Profile, RelationLine, RoleLine, StatementLine
from kb_app.core.reading import ArticleView
from kb_app.core.report import ImportReport, ImportSummary, InputOutcome, InputState
from kb_app.core.search import SearchHit, SearchResults
from kb_app.core.stated_date import StatedDate
from kb_app.exchange.source_documents import grade_document, source_document

Document = dict[str, Any]


def date_document(date: StatedDate | None) -> Document | None:
    """Give a date as EDTF with its bounds, precision, wording and rule; `ruled_out` is the first day after it."""
    if date is None:
        return None
    return {
        "edtf": date.edtf,
        "precision": date.precision.value,
        "earliest": date.earliest.isoformat() if date.earliest else None,
        "ruled_out": date.ruled_out.isoformat() if date.ruled_out else None,
        "approximate": date.approximate,
        "words": date.words,
        "rule": date.rule,
        "anchor": date.anchor,
        "resolution": date.resolution.value,
    }


def citation_document(citation: Citation) -> Document:
    """Give a passage with its place; offsets are code points into the article's text."""
    passage = citation.passage
    return {
        "article": {
            "id": passage.article,
            "title": citation.article_title,
            "publisher": citation.publisher,
            "published": citation.published.edtf if citation.published else None,
        },
        "start": passage.span.start,
        "end": passage.span.end,
        "quote": passage.quote,
        "before": passage.before,
        "after": passage.after,
        "confidence": citation.confidence,
        "reason": citation.reason,
        "grade": grade_document(citation.grade),
    }


def support_document(support: Support) -> Document:
    """Give how a claim stands and what it rests on."""
    return {
        "status": support.status.value,
        "confidence": support.confidence,
        "reason": support.reason,
        "disputed": support.disputed,
        "citation_count": support.citation_count,
        "origin_count": support.origin_count,
        "citations": [citation_document(citation) for citation in support.citations],
    }


def link_document(link: EntityLink | None) -> Document | None:
    """Give a name with the card it leads to."""
    return {"id": link.id, "name": link.name, "type": link.type.value} if link else None


def role_document(role: RoleLine) -> Document:
    """Give a title that a person holds or held."""
    return {
        "id": role.ref.id,
        "person": link_document(role.person),
        "title": role.title,
        "institution": link_document(role.institution),
        "country": role.country or None,
        "qualifiers": list(role.qualifiers),
        "date": date_document(role.date),
        **support_document(role.support),
    }


def relation_document(relation: RelationLine, subject: EntityLink) -> Document:
    """Give a link between two entities, in its own direction."""
    ends = (subject, relation.other) if relation.outgoing else (relation.other, subject)
    return {
        "id": relation.ref.id,
        "type": relation.type.value,
        "from": link_document(ends[0]),
        "to": link_document(ends[1]),
        "realis": relation.realis.value,
        "date": date_document(relation.date),
        **support_document(relation.support),
    }


def statement_document(statement: StatementLine) -> Document:
    """Give something said, with who reported it."""
    return {
        "id": statement.ref.id,
        "speaker": link_document(statement.speaker),
        "speaker_words": statement.speaker_words,
        "kind": statement.kind.value,
        "content": statement.content,
        "addressee": link_document(statement.addressee),
        "via": [link_document(link) for link in statement.via],
        "venue": statement.venue,
        "date": date_document(statement.date),
        **support_document(statement.support),
    }


def event_document(event: EventLine) -> Document:
    """Give an event with who took part."""
    return {
        "id": event.ref.id,
        "type": event.type.value,
        "title": event.title,
        "realis": event.realis.value,
        "date": date_document(event.date),
        "participants": [{"entity": link_document(p.entity), "part": p.part} for p in event.participants],
        "place": link_document(event.place),
        **support_document(event.support),
    }


def note_document(note: Note) -> Document:
    """Give a person's note."""
    return {"id": note.id, "text": note.text, "at": note.at.isoformat()}


def entity_document(entity: Entity) -> Document:
    """Give an entity with its names."""
    return {
        "id": entity.id,
        "type": entity.type.value,
        "name": entity.name,
        "category": entity.category.value if entity.category else None,
        "subcategory": entity.subcategory or None,
        "country": entity.country or None,
        "named": entity.named,
        "names": [asdict(name) for name in entity.names],
    }


def profile_document(profile: Profile) -> Document:
    """Give a whole card."""
    own = EntityLink(profile.entity.id, profile.entity.name, profile.entity.type)
    figures = profile.figures
    sections: tuple[tuple[str, Sequence[Document], int], ...] = (
        ("roles", [role_document(line) for line in profile.roles.lines], profile.roles.total),
        ("holders", [role_document(line) for line in profile.holders.lines], profile.holders.total),
        ("relations", [relation_document(line, own) for line in profile.relations.lines], profile.relations.total),
        ("statements_by", _statements(profile.statements_by.lines), profile.statements_by.total),
        ("statements_about", _statements(profile.statements_about.lines), profile.statements_about.total),
        ("events", [event_document(line) for line in profile.events.lines], profile.events.total),
        ("mentions", [citation_document(line.citation) for line in profile.mentions.lines], profile.mentions.total),
    )
    return {
        "entity": entity_document(profile.entity),
        "status": profile.status.value,
        "figures": {
            "articles": figures.articles,
            "origins": figures.origins,
            "mentions": figures.mentions,
            "events": figures.events,
            "statements": figures.statements,
            "first": figures.first.isoformat() if figures.first else None,
            "last": figures.last.isoformat() if figures.last else None,
        },
        **{name: lines for name, lines, _ in sections},
        "totals": {name: total for name, _, total in sections},
        "notes": [note_document(note) for note in profile.notes],
    }


def _statements(lines: Iterable[StatementLine]) -> list[Document]:
    return [statement_document(line) for line in lines]


def article_document(view: ArticleView) -> Document:
    """Give an article with its text, its metadata and where its bytes came from."""
    article = view.article
    return {
        **entry_document(view),
        "candidates": [_candidate(candidate) for candidate in article.candidates],
        "text": article.text,
        "body_start": article.body.start,
        "body_end": article.body.end,
        "zones": [{"kind": z.kind.value, "start": z.span.start, "end": z.span.end} for z in article.zones],
    }


def _candidate(candidate: Candidate) -> Document:
    span = candidate.span
    return {
        "field": candidate.field.value,
        "value": candidate.value,
        "how": candidate.how,
        "start": span.start if span else None,
        "end": span.end if span else None,
    }


def entry_document(view: ArticleView) -> Document:
    """Give what a catalogue says of an article: metadata, grade, language and where its bytes came from."""
    article = view.article
    return {
        "id": view.id,
        **metadata_document(article),
        "grade": grade_document(view.grade),
        "language": article.language or None,
        "is_read": is_read(article.language),
        "encoding": article.encoding,
        "warnings": list(article.warnings),
        "reviewed": view.reviewed,
        "copies": list(view.copies),
        "text_sha256": view.text_sha256,
        "source": source_document(view.source),
    }


def metadata_document(article: Article) -> Document:
    """Give who published an article, where and when, with how each was found."""
    metadata = article.metadata
    return {
        "title": article.title,
        "byline": _found(metadata.byline),
        "publisher": _found(metadata.publisher),
        "host": _found(metadata.host),
        "wires": list(metadata.wires),
        "dateline": _found(metadata.dateline_place),
        "published": date_document(metadata.published),
        "published_how": metadata.published_how,
        "source_url": _found(metadata.source_url),
        "corrected": [field.value for field in metadata.corrected],
    }


def _found(found: Found | None) -> Document | None:
    return {"value": found.value, "how": found.how} if found else None


def search_document(results: SearchResults) -> Document:
    """Give the answers to a query."""
    return {
        "query": results.query,
        "milliseconds": round(results.milliseconds, 3),
        "totals": {kind.value: total for kind, total in results.totals},
        "hits": [_hit(hit) for hit in results.hits],
    }


def _hit(hit: SearchHit) -> Document:
    span = hit.article_span
    return {
        "kind": hit.kind.value,
        "id": hit.id,
        "title": hit.title,
        "subtitle": hit.subtitle,
        "snippet": hit.snippet,
        "marked": [[mark.start, mark.end] for mark in hit.marked],
        "start": span.start if span else None,
        "end": span.end if span else None,
        "grade": grade_document(hit.grade) if hit.grade else None,
    }


def report_document(report: ImportReport) -> Document:
    """Give what became of each input, with the container that held it, and the totals."""
    names = {outcome.id: outcome.input for outcome in report.outcomes if outcome.id}
    return {
        "inputs": [_outcome(outcome, names) for outcome in report.outcomes],
        "totals": {
            **{state.value: report.count(state) for state in InputState},
            "inputs": len(report.outcomes),
            "articles": len({article for outcome in report.outcomes for article in outcome.articles}),
        },
        "seconds": round(report.seconds, 3),
    }


def import_document(summary: ImportSummary) -> Document:
    """Give one import with how many of its inputs stand in which state."""
    return {
        "id": summary.operation,
        "label": summary.label,
        "at": summary.at.isoformat(),
        "finished": summary.is_finished,
        "counts": {state.value: summary.count(state) for state in InputState},
    }


def _outcome(outcome: InputOutcome, names: Mapping[OutcomeId, str]) -> Document:
    return {
        "input": outcome.input,
        "container": names.get(outcome.parent) if outcome.parent is not None else None,
        "media_type": outcome.media_type or None,
        "state": outcome.state.value,
        "code": outcome.code or None,
        "reason": outcome.sentence or None,
        "sha256": outcome.sha256 or None,
        "articles": list(outcome.articles),
    }


def totals_document(totals: Totals) -> Document:
    """Give the counts of each kind."""
    return asdict(totals)
