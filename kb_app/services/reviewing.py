"""Takes down what a person decided about claims and articles."""

from __future__ import annotations

from collections.abc import Sequence

from kb_app.core.changes import Changes
from kb_app.core.ids import ArticleId
from kb_app.core.judgement import ClaimRef, Status
from kb_app.storage import editing
from kb_app.storage.knowledge_base import KnowledgeBase


class ReviewService:
    """Keeps decisions in one knowledge base, each undoable."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def judge(self, refs: Sequence[ClaimRef], status: Status) -> Changes:
        """Confirm, reject or leave open some claims, as one step."""
        return editing.judge(self._kb, refs, status)

    def mark_reviewed(self, article_ids: Sequence[ArticleId], reviewed: bool) -> Changes:
        """Mark articles as looked through, or as not, as one step."""
        return editing.set_reviewed(self._kb, article_ids, reviewed)
