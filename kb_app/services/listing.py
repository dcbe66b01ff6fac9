"""Reads the lists of people, institutions and articles."""

from __future__ import annotations

from kb_app.core.listing import ArticleQuery, ArticleRow, EntityQuery, EntityRow, Totals
from kb_app.storage import listing
from kb_app.storage.knowledge_base import KnowledgeBase


class ListingService:
    """Gives the lists of one knowledge base, page by page."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def entities(self, query: EntityQuery, offset: int, limit: int) -> tuple[EntityRow, ...]:
        """Return a page of people, institutions or places."""
        return listing.entities(self._kb, query, offset, limit)

    def entity_count(self, query: EntityQuery) -> int:
        """Return how many lines that list has."""
        return listing.entity_count(self._kb, query)

    def articles(self, query: ArticleQuery, offset: int, limit: int) -> tuple[ArticleRow, ...]:
        """Return a page of articles."""
        return listing.articles(self._kb, query, offset, limit)

    def article_count(self, query: ArticleQuery) -> int:
        """Return how many lines that list has."""
        return listing.article_count(self._kb, query)

    def publishers(self) -> tuple[str, ...]:
        """Return the publishers by name."""
        return listing.publishers(self._kb)

    def totals(self) -> Totals:
        """Return the counts of the status bar."""
        return listing.totals(self._kb)
