from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kb_app.core.errors import KartotekaError
from kb_app.core.report import InputState
from kb_app.services.annotating import AnnotationService, distinct_stems
from kb_app.services.importing import ImportRequest
from kb_app.services.workers import WorkerPool
from tests import builders
from tests.services.driving import result_of

ODD = [sys.executable, str(Path(__file__).with_name("odd_worker.py"))]


def test_each_file_gets_a_document_of_its_own() -> None:
    files = [Path(name) for name in ("a/dam.txt", "a/dam.html", "b/dam.txt", "c/dam.txt", "d/DAM.txt", "e/river.txt")]
    stems = distinct_stems(files)
    assert stems == ["dam", "dam.html", "dam.txt", "dam.txt-2", "DAM.txt-3", "river"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KartotekaError, match="file"):
        result_of(AnnotationService().run(ImportRequest(), tmp_path / "file" / "out"))


def test_a_text_from_which_nothing_could_be_extracted_is_a_failure_and_no_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{builders.TITLE}\n\n{builders.BODY}", encoding="utf-8")
    service = AnnotationService(lambda jobs: WorkerPool(jobs, command=[*ODD, "stumbling"]))
    report = result_of(service.run(ImportRequest((tmp_path / "a.txt",), jobs=1), tmp_path / "out"))
    assert [(o.state, o.code) for o in report.outcomes] == [(InputState.FAILED, "extraction-failed")]
    assert list((tmp_path / "out").iterdir()) == []
