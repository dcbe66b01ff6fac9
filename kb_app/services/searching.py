"""Searches names and full text."""

from __future__ import annotations

from kb_app.core.search import SearchResults
from kb_app.storage import search
from kb_app.storage.knowledge_base import KnowledgeBase

ANSWERS_SHOWN = 50


class SearchService:
    """Searches one knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def search(self, text: str, limit: int = ANSWERS_SHOWN) -> SearchResults:
        """Return the best answers to what was typed; whatever was typed is a valid query."""
        return search.search(self._kb, text, limit)
