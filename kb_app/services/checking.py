"""Checks a knowledge base against itself."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from kb_app.core.check_report import CheckReport, ProblemKind
from kb_app.core.progress import Progress
from kb_app.storage import checking
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.search_indexes import rebuild_search_indexes


def check(path: Path) -> Generator[Progress, None, CheckReport]:
    """Compare everything in a file with what it should be, step by step; changes nothing. Raises StoreError."""
    return (yield from checking.check(path))


def check_and_mend(kb: KnowledgeBase) -> Generator[Progress, None, CheckReport]:
    """Check an open knowledge base; where its search indexes alone are wrong, make them anew and check again.

    Nothing is lost by that: the indexes hold nothing but what the texts hold. The report says whether it was done.
    """
    report = yield from checking.check(kb.path)
    if kb.read_only or not report.problems or any(p.kind is not ProblemKind.FULL_TEXT for p in report.problems):
        return report
    rebuild_search_indexes(kb)
    again = yield from checking.check(kb.path)
    return CheckReport(again.problems, again.counts, indexes_rebuilt=True)
