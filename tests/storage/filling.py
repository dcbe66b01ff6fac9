"""Short ways to fill a knowledge base in tests, and to see all of it."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

from kb_app.core.article import Article, SourceFile
from kb_app.core.check_report import CheckReport
from kb_app.core.findings import Findings
from kb_app.core.ids import ArticleId, OperationId
from kb_app.core.progress import Progress
from kb_app.resolution.entities import names_to_look_up, resolve
from kb_app.storage.checking import check
from kb_app.storage.import_batches import finish_import
from kb_app.storage.importing import known_names, save_article
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import begin_import
from kb_app.storage.tables import TABLES
from tests import builders


def save(
    kb: KnowledgeBase,
    article: Article | None = None,
    findings: Findings | None = None,
    name: str = "dam.txt",
    operation: OperationId | None = None,
    source: SourceFile | None = None,
) -> ArticleId:
    """Import one article, as an import of its own unless an operation is given."""
    own = operation is None
    operation = begin_import(kb, f"Import {name}") if operation is None else operation
    article = article or builders.article()
    findings = findings or builders.findings(article)
    names = names_to_look_up(findings, article.text)
    resolution = resolve(findings, known_names(kb, names), article.text)
    saved = save_article(kb, operation, source or builders.source(name), article, findings, resolution)
    if own:
        finish_import(kb, operation)
    return saved


def checked(path: Path) -> CheckReport:
    """Check a file to the end."""
    return result_of(check(path))


def result_of(steps: Generator[Progress, None, CheckReport]) -> CheckReport:
    """Drive a generator to its end and return what it returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def everything(kb: KnowledgeBase) -> dict[str, list[Any]]:
    """Return every row but those of the history and of what lies beside it."""
    beside = {"operation", "operation_row", "import_outcome", "file_fact"}
    names = [table._meta.table_name for table in TABLES]
    return {
        name: kb.database.execute_sql(f'SELECT * FROM "{name}" ORDER BY id').fetchall()
        for name in names
        if name not in beside
    }


def is_empty(kb: KnowledgeBase) -> bool:
    """Tell whether no imported row is left."""
    return not any(everything(kb).values())
