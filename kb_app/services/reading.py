"""Opens articles and their archived originals."""

from __future__ import annotations

from pathlib import Path

from kb_app.core.ids import ArticleId
from kb_app.core.original import Original
from kb_app.core.reading import ArticleView, SourceSheet, Verification
from kb_app.exchange.whole_file import write_whole
from kb_app.storage import reading, source_sheet
from kb_app.storage.knowledge_base import KnowledgeBase


class ReadingService:
    """Gives the articles of one knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def article(self, article_id: ArticleId) -> ArticleView:
        """Return an article with its marks; raises NotFound."""
        return reading.article_view(self._kb, article_id)

    def original(self, article_id: ArticleId) -> Original:
        """Return the bytes of an article's source, for an OriginalReader to show; raises StoreError or NotFound."""
        return reading.original(self._kb, article_id)

    def save_original(self, article_id: ArticleId, path: Path) -> Path:
        """Write the bytes of an article's source into a file and return it; raises KartotekaError."""
        write_whole(path, self.original(article_id).data)
        return path

    def source(self, article_id: ArticleId) -> SourceSheet:
        """Return everything known about where an article came from; raises NotFound."""
        return source_sheet.source_sheet(self._kb, article_id)

    def verify(self, article_id: ArticleId) -> Verification:
        """Compare bytes and text with what was imported, by their SHA-256; raises NotFound."""
        return source_sheet.verify(self._kb, article_id)
