from __future__ import annotations

from pathlib import Path

import pytest

from kb_app.core.errors import KartotekaError
from kb_app.services.annotating import AnnotationService, distinct_stems
from kb_app.services.importing import ImportRequest
from tests.services.driving import result_of


def test_each_file_gets_a_document_of_its_own() -> None:
    files = [Path(name) for name in ("a/dam.txt", "a/dam.html", "b/dam.txt", "c/dam.txt", "d/DAM.txt", "e/river.txt")]
    stems = distinct_stems(files)
    assert stems == ["dam", "dam.html", "dam.txt", "dam.txt-2", "DAM.txt-3", "river"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KartotekaError, match="file"):
        result_of(AnnotationService().run(ImportRequest(), tmp_path / "file" / "out"))
