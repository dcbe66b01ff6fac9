"""Tells which articles are the same report told again, and takes down what a person decides about it."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from kb_app.core.changes import Changes
from kb_app.core.ids import ArticleId
from kb_app.core.origin import Comparison, Origin, ReusedPassage
from kb_app.core.progress import Progress
from kb_app.core.reuse import Reuse
from kb_app.storage import listing, origin_editing, origin_reading
from kb_app.storage.knowledge_base import KnowledgeBase


class OriginService:
    """Groups the articles of one knowledge base by the report that they tell."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def origin(self, article: ArticleId) -> Origin:
        """Return the report that an article tells, its versions, proposals and shared passages; raises NotFound."""
        return origin_reading.origin_of_article(self._kb, article)

    def reuses(self, article: ArticleId) -> tuple[Reuse, ...]:
        """Return the passages that an article shares with articles of other origins; raises NotFound."""
        return origin_reading.reuses(self._kb, article)

    def compare(self, one: ArticleId, other: ArticleId) -> Comparison:
        """Return two articles with what they share; raises NotFound."""
        return origin_reading.compare(self._kb, one, other)

    def split_off(self, articles: Sequence[ArticleId]) -> Changes:
        """Make articles of one report a report of their own; raises a KartotekaError where that makes no sense."""
        return origin_editing.split_off(self._kb, articles)

    def join(self, articles: Sequence[ArticleId]) -> Changes:
        """Make the reports of these articles one."""
        return origin_editing.join(self._kb, articles)

    def keep_apart(self, one: ArticleId, other: ArticleId) -> Changes:
        """Take down that two articles tell different reports; they are not proposed as the same again."""
        return origin_editing.keep_apart(self._kb, one, other)

    def groups(self) -> tuple[Origin, ...]:
        """Return the reports that several articles tell."""
        return tuple(origin_reading.groups(self._kb))

    def survey(self) -> Generator[Progress, None, tuple[tuple[Origin, ...], tuple[ReusedPassage, ...]]]:
        """Go through all articles and return the reports told by several, and every passage shared between reports.

        A passage is named once, from the article that came first.
        """
        found = self.groups()
        articles = listing.article_ids(self._kb)
        shared: list[ReusedPassage] = []
        for done, article in enumerate(articles, 1):
            passages = origin_reading.reused_passages(self._kb, article)
            shared += [passage for passage in passages if passage.reuse.other > article]
            yield Progress(done, len(articles), "")
        return found, tuple(shared)
