"""Extracts again from articles that are there already; what a person decided is never touched."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from kb_app.core.changes import Changes
from kb_app.core.errors import UnreadableInput
from kb_app.core.ids import ArticleId, OperationId
from kb_app.core.progress import Progress
from kb_app.core.report import ImportReport, InputOutcome, InputState
from kb_app.resolution.entities import names_to_look_up, resolve
from kb_app.services.documents import Answer, NotUnderstood, ReadArticle
from kb_app.services.importing import STEP_SECONDS
from kb_app.services.pace import Pace
from kb_app.services.workers import WorkerPool
from kb_app.storage.importing import finish_import, known_names
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import begin_import
from kb_app.storage.reading import article_view
from kb_app.storage.reextraction import replace_findings


class ExtractingService:
    """Runs the present engine over articles of one knowledge base."""

    def __init__(self, kb: KnowledgeBase, pool_of: Callable[[int], WorkerPool] = WorkerPool) -> None:
        self._kb = kb
        self._pool_of = pool_of

    def run(self, articles: Sequence[ArticleId], jobs: int = 0) -> Generator[Progress, None, ImportReport]:
        """Extract again from each article, all as one operation; closing the generator keeps what was done."""
        outcomes: list[InputOutcome] = []
        if not articles:
            return ImportReport()
        label = "Extract again" if len(articles) == 1 else f"Extract again from {len(articles)} articles"
        pace, upcoming = Pace(len(articles)), 0
        operation = begin_import(self._kb, label)
        try:
            with self._pool_of(jobs) as pool:
                while len(outcomes) < len(articles):
                    while upcoming < len(articles) and pool.room > 0:
                        pool.submit(self._task(upcoming, articles[upcoming]))
                        upcoming += 1
                    for answer in pool.poll(STEP_SECONDS):
                        outcomes.append(self._replace(operation, articles[answer.key], answer))
                        yield pace.progress(len(outcomes), outcomes[-1].input)
                    yield pace.progress(len(outcomes))
        finally:
            # also when closed: what was done is one step that can be taken back
            finish_import(self._kb, operation)
        return ImportReport(tuple(outcomes))

    def _task(self, key: int, article_id: ArticleId) -> ReadArticle:
        view = article_view(self._kb, article_id)
        return ReadArticle(key, view.article.title, view.article)

    def _replace(self, operation: OperationId, article_id: ArticleId, answer: Answer) -> InputOutcome:
        if isinstance(answer, NotUnderstood):
            state = InputState.REFUSED if answer.refused else InputState.FAILED
            return InputOutcome(answer.sentence, state, answer.code, answer.sentence, articles=(article_id,))
        article, findings = answer.article, answer.findings
        resolution = resolve(findings, known_names(self._kb, names_to_look_up(findings, article.text)), article.text)
        try:
            changes: Changes = replace_findings(self._kb, operation, article_id, findings, resolution)
        except UnreadableInput as error:
            return InputOutcome(article.title, InputState.FAILED, error.code, error.sentence, articles=(article_id,))
        code = "" if changes else "unchanged"
        return InputOutcome(article.title, InputState.IMPORTED, code, articles=(article_id,))
