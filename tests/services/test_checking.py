"""A check in the window mends what can be made anew, and nothing else."""

from __future__ import annotations

from pathlib import Path

from kb_app.core.check_report import ProblemKind
from kb_app.services.checking import check_and_mend
from kb_app.storage.knowledge_base import KnowledgeBase
from tests.services.driving import result_of
from tests.storage.filling import save


def _spoil_index(kb: KnowledgeBase) -> None:
    with kb.writing() as database:
        database.execute_sql("INSERT INTO text_search(text_search) VALUES ('delete-all')")


def test_an_index_that_does_not_fit_is_made_anew(tmp_path: Path) -> None:
    with KnowledgeBase.create(tmp_path / "a.kb") as kb:
        save(kb)
        _spoil_index(kb)
        report = result_of(check_and_mend(kb))
        assert report.indexes_rebuilt
        assert report.is_sound


def test_a_damaged_text_is_told_and_left_alone(tmp_path: Path) -> None:
    with KnowledgeBase.create(tmp_path / "a.kb") as kb:
        save(kb)
        with kb.writing() as database:
            database.execute_sql("UPDATE text SET sha256 = 'other'")
        report = result_of(check_and_mend(kb))
        assert not report.indexes_rebuilt
        assert ProblemKind.TEXT in [problem.kind for problem in report.problems]
