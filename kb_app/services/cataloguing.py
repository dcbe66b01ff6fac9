"""Corrects the metadata of articles and grades sources, each time one step that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb_app.core.article import MetadataField
from kb_app.core.changes import Changes
from kb_app.core.correction import Correction, MetadataSheet
from kb_app.core.grading import Credibility, GradedPublisher, Reliability
from kb_app.core.ids import ArticleId
from kb_app.core.listing import ArticleQuery
from kb_app.core.reading import ArticleView
from kb_app.storage import corrections, grading, listing, reading
from kb_app.storage.knowledge_base import KnowledgeBase

PAGE = 500


class CatalogueService:
    """Keeps the catalogue of one knowledge base's sources."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def entries(self, query: ArticleQuery) -> Iterator[ArticleView]:
        """Yield the articles of a query without their marks."""
        for at in range(0, listing.article_count(self._kb, query), PAGE):
            for row in listing.articles(self._kb, query, at, PAGE):
                yield reading.article_entry(self._kb, row.id)

    def metadata(self, articles: Sequence[ArticleId]) -> MetadataSheet:
        """Return how each piece of metadata stands in some articles, at least one; raises NotFound."""
        sheet = corrections.metadata_sheet(self._kb, articles)
        return replace(sheet, publishers=listing.publishers(self._kb))

    def correct(self, articles: Sequence[ArticleId], told: Sequence[Correction]) -> Changes:
        """Set pieces of metadata; raises KartotekaError where a value is not fit, then nothing was changed."""
        return corrections.correct(self._kb, articles, told)

    def rename_publisher(self, name: str, new_name: str) -> Changes:
        """Give a publisher another name in all its articles; its grade goes with it."""
        articles = corrections.articles_of_publisher(self._kb, name)
        return corrections.correct(self._kb, articles, [Correction(MetadataField.PUBLISHER, new_name)])

    def publishers(self) -> tuple[GradedPublisher, ...]:
        """Return every publisher with its articles and grade, in order of name."""
        return grading.graded_publishers(self._kb)

    def grade_publishers(self, names: Sequence[str], reliability: Reliability | None) -> Changes:
        """Say how reliable publishers are; None takes the grade away."""
        return grading.grade_publishers(self._kb, names, reliability)

    def grade_articles(self, articles: Sequence[ArticleId], credibility: Credibility | None) -> Changes:
        """Say how credible articles are; None takes the grade away."""
        return grading.grade_articles(self._kb, articles, credibility)
