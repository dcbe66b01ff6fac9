"""Looks an article and its findings over before they are kept: the store must give back exactly what it took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb_app.core.article import Article
from kb_app.core.errors import Failed
from kb_app.core.findings import Findings, Ground, LocalId
from kb_app.core.passage import Span


def refuse_unfit(article: Article, findings: Findings) -> None:
    """Raise Failed where offsets leave the text, entities are unknown, or the text holds what SQLite would change."""
    _refuse_characters(article)
    size = len(article.text)
    for span in _spans(article, findings):
        if span.end > size:
            raise Failed("bad-offsets", f"A finding of “{article.title}” lies outside its text, so it was not kept.")
    for evidence in _evidence(findings):
        if not evidence.start < evidence.end:
            raise Failed("bad-offsets", f"A finding of “{article.title}” rests on no words, so it was not kept.")
    known = {entity.id for entity in findings.entities}
    if not known.issuperset(_named(findings)):
        raise Failed("bad-findings", f"A finding of “{article.title}” is about nobody known, so it was not kept.")


def _refuse_characters(article: Article) -> None:
    # SQLite's text functions stop at a NUL, and half a surrogate pair has no UTF-8
    for text in (article.text, article.title):
        if "\0" in text:
            raise Failed("unstorable", f"The text of “{article.title}” holds a NUL character, so it was not kept.")
        try:
            text.encode()
        except UnicodeEncodeError as error:
            place = error.start
            raise Failed(
                "unstorable", f"The text of an article holds half a character at {place}, so it was not kept."
            ) from error


def _claim_grounds(findings: Findings) -> Iterator[Ground]:
    yield from (role.ground for role in findings.roles)
    yield from (event.ground for event in findings.events)
    yield from (statement.ground for statement in findings.statements)
    yield from (relation.ground for relation in findings.relations)


def _evidence(findings: Findings) -> Iterator[Span]:
    yield from (ground.evidence for ground in _claim_grounds(findings))
    yield from (mention.span for entity in findings.entities for mention in entity.mentions)


def _spans(article: Article, findings: Findings) -> Iterator[Span]:
    yield article.body
    yield from (s for s in (article.title_span, article.dateline_span, article.published_span) if s is not None)
    yield from (zone.span for zone in article.zones)
    yield from _evidence(findings)
    yield from (entity.ground.evidence for entity in findings.entities)
    yield from (time.span for time in findings.times)
    yield from (role.title_span for role in findings.roles)
    for event in findings.events:
        yield from (event.trigger, *event.other_triggers)
    for statement in findings.statements:
        yield from statement.content
        yield from (s for s in (statement.speaker_span, statement.cue) if s is not None)


def _named(findings: Findings) -> Iterable[LocalId]:
    optional: list[LocalId | None] = []
    for role in findings.roles:
        optional += [role.person, role.institution]
    for event in findings.events:
        optional += [*(p.entity for p in event.participants), event.place]
    for statement in findings.statements:
        optional += [statement.speaker, statement.addressee, *statement.via]
    for relation in findings.relations:
        optional += [relation.source, relation.target]
    return {local for local in optional if local is not None}
