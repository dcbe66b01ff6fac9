"""Opens articles and their archived originals."""

from __future__ import annotations

from pathlib import Path

from kb_app.core.ids import ArticleId
from kb_app.core.original import Original
from kb_app.core.reading import ArticleView
from kb_app.exchange.whole_file import write_whole
from kb_app.storage import reading
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
