"""Tells which imports there were and what became of their inputs, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kb_app.core.ids import ArticleId, OperationId, OutcomeId
from kb_app.core.report import ImportSummary, InputOutcome, InputState, OutcomeQuery
from kb_app.exchange.csv_tables import csv_bytes
from kb_app.exchange.whole_file import write_whole
from kb_app.storage import import_log
from kb_app.storage.knowledge_base import KnowledgeBase

ROWS_AT_ONCE = 1_000
_HEADER = ("state", "input", "container", "code", "reason", "media type", "sha256", "articles")


class ImportLog:
    """The log of one knowledge base; every query may be asked while an import runs."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def imports(self, offset: int = 0, limit: int = 100) -> tuple[ImportSummary, ...]:
        """Return a page of the imports, newest first; also those that were taken back."""
        return import_log.imports(self._kb, offset, limit)

    def import_count(self) -> int:
        """Return how many imports there were."""
        return import_log.import_count(self._kb)

    def outcomes(self, query: OutcomeQuery, offset: int, limit: int) -> tuple[InputOutcome, ...]:
        """Return a page of outcomes; what a container held comes after the container."""
        return import_log.outcome_page(self._kb, query, offset, limit)

    def outcome_ids(self, query: OutcomeQuery) -> tuple[OutcomeId, ...]:
        """Return the ids of all outcomes of a query in their order: for lists that read their rows by them."""
        return import_log.outcome_ids(self._kb, query)

    def outcomes_by_id(self, ids: Sequence[OutcomeId]) -> tuple[InputOutcome, ...]:
        """Return the outcomes with these ids in this order; those that are gone are left out."""
        found = {outcome.id: outcome for outcome in import_log.outcomes_by_id(self._kb, ids)}
        return tuple(found[number] for number in ids if number in found)

    def outcomes_that_made(self, article: ArticleId) -> tuple[InputOutcome, ...]:
        """Return the outcomes of the inputs that an article was imported from, newest first."""
        return import_log.outcomes_that_made(self._kb, article)

    def outcome_count(self, query: OutcomeQuery) -> int:
        """Return how many outcomes a query has."""
        return import_log.outcome_count(self._kb, query)

    def counts(self, operation: OperationId | None) -> Mapping[InputState, int]:
        """Return how many inputs of an import, or (None) of all, stand in each state."""
        return import_log.outcome_counts(self._kb, operation)

    def export_outcomes(self, query: OutcomeQuery) -> bytes:
        """Return the outcomes of a query as CSV that a spreadsheet takes for text."""
        return csv_bytes(_HEADER, self._rows(query))

    def write_outcomes(self, query: OutcomeQuery, path: Path) -> Path:
        """Write the outcomes of a query as CSV and return where; raises KartotekaError."""
        write_whole(path, self.export_outcomes(query))
        return path

    def _rows(self, query: OutcomeQuery) -> Iterator[tuple[str, ...]]:
        for at in range(0, self.outcome_count(query), ROWS_AT_ONCE):
            page = self.outcomes(query, at, ROWS_AT_ONCE)
            parents = import_log.outcomes_by_id(self._kb, [o.parent for o in page if o.parent is not None])
            names = {parent.id: parent.input for parent in parents}
            for o in page:
                container = names.get(o.parent, "") if o.parent is not None else ""
                articles = " ".join(str(article) for article in o.articles)
                yield (o.state.value, o.input, container, o.code, o.sentence, o.media_type, o.sha256, articles)
