"""Where an article came from, with what came with it, and whether its bytes and text still are what was imported."""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

from kb_app.core.errors import NotFound
from kb_app.core.ids import ArticleId, SourceId
from kb_app.core.reading import RelatedArticle, SourceSheet, Verification
from kb_app.storage import tables
from kb_app.storage.compression import unpacked
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.reading import article_entry

RELATED_SHOWN = 200


def source_sheet(kb: KnowledgeBase, article_id: ArticleId) -> SourceSheet:
    """Return everything known about where an article came from; raises NotFound."""
    view = article_entry(kb, article_id)
    article, source = tables.Article, tables.Source
    mail = source.select(source.parent).where(source.id == view.source.id)
    parents = _related(kb, article.source.in_(mail))
    return SourceSheet(
        view,
        parents[0] if parents else None,
        _related(kb, source.parent == view.source.id),
        _related(kb, (article.source == view.source.id) & (article.id != article_id)),
        _elsewhere(kb, view.source.id),
    )


def verify(kb: KnowledgeBase, article_id: ArticleId) -> Verification:
    """Compute the SHA-256 of an article's bytes and text anew and compare; raises NotFound."""
    article, source, text = tables.Article, tables.Source, tables.Text
    query = article.select(source.sha256, source.data, source.size, text.sha256, text.text).join(source).switch(article)
    rows = list(
        query.join(text, on=(text.id == article.id)).where(article.id == article_id).tuples().execute(kb.database)
    )
    if not rows:
        raise NotFound(f"There is no article {article_id} in “{kb.path.name}”.")
    kept_bytes, data, size, kept_text, words = rows[0]
    of_bytes, of_text = _digest_of(data, size), hashlib.sha256(words.encode()).hexdigest()
    return Verification(article_id, of_bytes, of_text, of_bytes == kept_bytes, of_text == kept_text)


def _digest_of(packed: bytes, size: int) -> str:
    """Return the digest of compressed bytes, "" where they cannot be unpacked any more."""
    try:
        return hashlib.sha256(unpacked(packed, size)).hexdigest()
    except zlib.error:
        return ""


def _elsewhere(kb: KnowledgeBase, source: SourceId) -> tuple[str, ...]:
    table = tables.SourceAddress
    query = table.select(table.container, table.address, table.path, table.name).where(table.source == source)
    rows = query.order_by(table.id).limit(RELATED_SHOWN).tuples().execute(kb.database)
    return tuple(" · ".join(part for part in row[:2] if part) or row[2] or row[3] for row in rows)


def _related(kb: KnowledgeBase, wanted: Any) -> tuple[RelatedArticle, ...]:
    article, source = tables.Article, tables.Source
    query = article.select(article.id, article.title, source.name).join(source).where(wanted)
    rows = query.order_by(article.id).limit(RELATED_SHOWN).tuples().execute(kb.database)
    return tuple(RelatedArticle(ArticleId(number), title, name) for number, title, name in rows)
