"""An article with its marks, as the source pane shows it, and its archived original."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from peewee import SqliteDatabase

from kb_app.core.article import Article, Provenance
from kb_app.core.errors import NotFound, StoreDamaged
from kb_app.core.ids import ArticleId, EntityId, SourceId
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.original import Original
from kb_app.core.passage import Span
from kb_app.core.reading import ArticleView, Mark, MarkKind, SourceInfo
from kb_app.storage import tables
from kb_app.storage.article_details import (
    unpack_candidates,
    unpack_marks,
    unpack_metadata,
    unpack_offset_map,
    unpack_page_map,
    unpack_spans,
    unpack_words,
    unpack_zones,
)
from kb_app.storage.batches import in_batches
from kb_app.storage.compression import unpacked
from kb_app.storage.dates import dates
from kb_app.storage.grading import article_grade
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.links import links

_REJECTED = str(Status.REJECTED)


def article_view(kb: KnowledgeBase, article_id: ArticleId) -> ArticleView:
    """Return an article with its marks in order of start; raises NotFound."""
    database = kb.database
    view = article_entry(kb, article_id)
    marks = (*_mention_marks(database, article_id), *_date_marks(database, article_id))
    claims = (*_statement_marks(database, article_id), *_event_marks(database, article_id))
    ordered = sorted((*marks, *claims), key=lambda mark: (mark.span.start, -mark.span.end))
    return replace(view, marks=tuple(ordered))


def article_entry(kb: KnowledgeBase, article_id: ArticleId) -> ArticleView:
    """Return an article without its marks, as a catalogue needs it; raises NotFound."""
    database = kb.database
    row, article = _article(kb, article_id)
    table = tables.Article
    copies = table.select(table.id).where((table.origin == row["origin_id"]) & (table.id != article_id))
    return ArticleView(
        id=article_id,
        article=article,
        source=_source(database, row["source_id"]),
        reviewed=bool(row["reviewed"]),
        copies=tuple(ArticleId(n) for (n,) in copies.order_by(table.id).tuples().execute(database)),
        grade=article_grade(database, article_id),
        text_sha256=row["text_sha256"],
    )


def original(kb: KnowledgeBase, article_id: ArticleId) -> Original:
    """Return an article's source as it was imported, with the map of the article's offsets.

    Raises NotFound, and StoreDamaged where its bytes do not unpack.
    """
    row, article = _article(kb, article_id)
    table = tables.Source
    query = table.select(table.name, table.media_type, table.sha256, table.data, table.size)
    query = query.where(table.id == row["source_id"])
    name, media_type, sha256, data, size = next(iter(query.tuples().execute(kb.database)))
    try:
        whole = unpacked(data, size)
    except zlib.error as error:
        raise StoreDamaged(kb.path, f"the original of article {article_id} does not unpack") from error
    return Original(
        article=article_id,
        name=name,
        media_type=media_type,
        sha256=sha256,
        data=whole,
        encoding=article.encoding,
        segments=article.offset_map,
        characters=len(article.text),
    )


def stored_article(kb: KnowledgeBase, article_id: ArticleId) -> Article:
    """Return an article as it was kept; raises NotFound."""
    return _article(kb, article_id)[1]


def _article(kb: KnowledgeBase, number: ArticleId) -> tuple[dict[str, Any], Article]:
    table, text = tables.Article, tables.Text
    fields = table._meta.sorted_fields
    query = table.select(*fields, text.sha256, text.text, text.offset_map, text.page_map).join(
        text, on=(text.id == table.id)
    )
    rows = list(query.where(table.id == number).tuples().execute(kb.database))
    if not rows:
        raise NotFound(f"There is no article {number} in “{kb.path.name}”.")
    row = {field.column_name: value for field, value in zip(fields, rows[0], strict=False)}
    row["text_sha256"] = rows[0][-4]
    published = dates(kb.database, [row["published_id"]]).get(row["published_id"] or 0)
    spans = unpack_spans(row["details"])
    return row, Article(
        text=rows[0][-3],
        body=spans["body"],
        metadata=unpack_metadata(row["details"], published),
        title_span=spans.get("title_span"),
        dateline_span=spans.get("dateline_span"),
        published_span=spans.get("published_span"),
        zones=unpack_zones(row["details"]),
        language=row["language"],
        encoding=row["encoding"],
        offset_map=unpack_offset_map(rows[0][-2]),
        page_map=unpack_page_map(rows[0][-1]),
        candidates=unpack_candidates(row["details"]),
        warnings=unpack_words(row["warnings"]),
    )


def _source(database: SqliteDatabase, number: int) -> SourceInfo:
    table = tables.Source
    fields = (table.name, table.path, table.media_type, table.sha256, table.size, table.imported_at)
    known = (table.how, table.address, table.captured_at, table.container, table.container_sha256)
    query = table.select(*fields, *known, table.parent, table.author, table.tool).where(table.id == number)
    row = next(iter(query.tuples().execute(database)))
    name, path, media_type, sha256, size, at, how, address, captured, container, outermost, parent, author, tool = row
    parents = table.select(table.sha256).where(table.id == parent).tuples()
    parent_sha256 = next(iter(parents.execute(database)))[0] if parent else ""
    provenance = Provenance(how, address, captured, container, outermost, parent_sha256)
    imported_at = datetime.fromisoformat(at)
    return SourceInfo(SourceId(number), name, path, media_type, sha256, size, imported_at, provenance, author, tool)


def _mention_marks(database: SqliteDatabase, article: ArticleId) -> Iterator[Mark]:
    table, entity = tables.Mention, tables.Entity
    query = (
        table.select(table.first, table.last, table.entity)
        .join(entity)
        .where((table.article == article) & (table.status != _REJECTED) & (entity.status != _REJECTED))
        .order_by(table.first)
    )
    rows = list(query.tuples().execute(database))
    linked = links(database, (number for _, _, number in rows))
    for first, last, number in rows:
        link = linked[number]
        yield Mark(Span(first, last), MarkKind(link.type.value), link.name, EntityId(link.id))


def _date_marks(database: SqliteDatabase, article: ArticleId) -> Iterator[Mark]:
    table = tables.TimeExpression
    query = table.select(table.first, table.last, table.value).where(table.article == article)
    for first, last, value in query.tuples().execute(database):
        yield Mark(Span(first, last), MarkKind.DATE, value)


def _statement_marks(database: SqliteDatabase, article: ArticleId) -> Iterator[Mark]:
    cited = _claims_cited(database, article, ClaimKind.STATEMENT)
    table = tables.Statement
    speakers: dict[int, tuple[int | None, str]] = {}
    for some in in_batches(claim for claim, _ in cited):
        query = table.select(table.id, table.speaker, table.speaker_words)
        rows = query.where(table.id.in_(some) & (table.status != _REJECTED)).tuples().execute(database)
        speakers.update((number, (speaker, words)) for number, speaker, words in rows)
    linked = links(database, (speaker for speaker, _ in speakers.values()))
    for claim, spans in cited:
        if claim in speakers:
            speaker, words = speakers[claim]
            label = linked[speaker].name if speaker in linked else words
            for span in spans:
                yield Mark(span, MarkKind.STATEMENT, label, claim=ClaimRef(ClaimKind.STATEMENT, claim))


def _event_marks(database: SqliteDatabase, article: ArticleId) -> Iterator[Mark]:
    cited = _claims_cited(database, article, ClaimKind.EVENT)
    table = tables.Event
    titles: dict[int, str] = {}
    for some in in_batches(claim for claim, _ in cited):
        query = table.select(table.id, table.title).where(table.id.in_(some) & (table.status != _REJECTED))
        titles.update(query.tuples().execute(database))
    for claim, spans in cited:
        if claim in titles:
            for span in spans:
                yield Mark(span, MarkKind.EVENT, titles[claim], claim=ClaimRef(ClaimKind.EVENT, claim))


def _claims_cited(database: SqliteDatabase, article: ArticleId, kind: ClaimKind) -> list[tuple[int, tuple[Span, ...]]]:
    table = tables.Citation
    query = table.select(table.claim, table.marks).where((table.article == article) & (table.kind == str(kind)))
    return [(claim, unpack_marks(marks)) for claim, marks in query.tuples().execute(database)]
