"""Opens articles and their archived originals."""

from __future__ import annotations

from kb_app.core.article import SourceFile
from kb_app.core.ids import ArticleId
from kb_app.core.reading import ArticleView
from kb_app.ingest.articles import decoded_source
from kb_app.ingest.mail.readable_part import WRAPPED, readable_part
from kb_app.ingest.media_type import PLAIN_TEXT, TEXTS
from kb_app.ingest.sanitising import preformatted, sanitised
from kb_app.storage import reading
from kb_app.storage.knowledge_base import KnowledgeBase


class ReadingService:
    """Gives the articles of one knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def article(self, article_id: ArticleId) -> ArticleView:
        """Return an article with its marks; raises NotFound."""
        return reading.article_view(self._kb, article_id)

    def original_html(self, article_id: ArticleId) -> str:
        """Return the archived original as markup that does nothing and fetches nothing; raises NotFound."""
        view = reading.article_view(self._kb, article_id)
        media_type, data = reading.original(self._kb, article_id)
        if media_type not in TEXTS | WRAPPED:  # a document has no characters of its own to show
            return preformatted(view.article.text)
        source = SourceFile(view.source.name, data, view.source.sha256, media_type)
        text = decoded_source(source, view.article.encoding).text
        return preformatted(text) if readable_part(source).kind == PLAIN_TEXT else sanitised(text)
