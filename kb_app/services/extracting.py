"""Extracts again from articles that are there already; what a person decided is never touched."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace

from kb_app.core.errors import UnreadableInput
from kb_app.core.ids import ArticleId, OperationId
from kb_app.core.progress import Progress
from kb_app.core.report import ImportReport, InputOutcome
from kb_app.resolution.entities import names_to_look_up, resolve
from kb_app.services.documents import Answer, NotUnderstood, ReadArticle
from kb_app.services.importing import STEP_SECONDS
from kb_app.services.outcomes import not_understood, taken, unreadable
from kb_app.services.pace import Pace
from kb_app.services.workers import WorkerPool
from kb_app.storage.import_batches import finish_import
from kb_app.storage.importing import known_names
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
        started = time.monotonic()
        outcomes: list[InputOutcome] = []
        if not articles:
            return ImportReport()
        label = "Extract again" if len(articles) == 1 else f"Extract again from {len(articles)} articles"
        pace, tasks = Pace(len(articles)), dict[int, ReadArticle]()
        operation = begin_import(self._kb, label)
        try:
            with self._pool_of(jobs) as pool:
                while len(outcomes) < len(articles):
                    while len(outcomes) + len(tasks) < len(articles) and pool.room > 0:
                        task = self._task(len(outcomes) + len(tasks), articles)
                        tasks[task.key] = task
                        pool.submit(task)
                    for answer in pool.poll(STEP_SECONDS):
                        name = tasks.pop(answer.key).name
                        article = articles[answer.key]
                        outcome = self._replace(operation, article, name, answer)
                        outcomes.append(replace(outcome, articles=(article,)))
                        yield pace.progress(len(outcomes), name)
                    yield pace.progress(len(outcomes))
        finally:
            # also when closed: what was done is one step that can be taken back
            finish_import(self._kb, operation)
        return ImportReport(tuple(outcomes), time.monotonic() - started)

    def _task(self, key: int, articles: Sequence[ArticleId]) -> ReadArticle:
        view = article_view(self._kb, articles[key])
        return ReadArticle(key, view.article.title, view.article)

    def _replace(self, operation: OperationId, article: ArticleId, name: str, answer: Answer) -> InputOutcome:
        if isinstance(answer, NotUnderstood):
            return not_understood(name, answer)
        text, findings = answer.article.text, answer.findings
        resolution = resolve(findings, known_names(self._kb, names_to_look_up(findings, text)), text)
        try:
            replace_findings(self._kb, operation, article, findings, resolution)
        except UnreadableInput as error:
            return unreadable(name, error)
        return taken(name, "", findings.warnings)
