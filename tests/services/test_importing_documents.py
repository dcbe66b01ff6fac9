"""Documents through a confined worker into a knowledge base."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb_app.core.report import ImportReport, InputState
from kb_app.ingest.given import GivenMetadata
from kb_app.services.annotating import AnnotationService
from kb_app.services.checking import check_and_mend
from kb_app.services.importing import ImportRequest
from kb_app.services.workspace import Workspace
from kb_app.settings import tesseract_program
from tests import builders
from tests.ingest.documents.packages import docx, odt, w_p
from tests.ingest.documents.pdf_files import Page, lines, pdf, words
from tests.ingest.documents.test_epub import chapter, epub
from tests.ingest.documents.test_pdf import scanned
from tests.ingest.documents.test_rtf import rtf
from tests.services.driving import result_of

DRAWING = words(50, 780, builders.TITLE, 18) + lines(50, 740, builders.BODY.split("\n\n"), 6)
SCAN = pdf(Page(b"", picture=(2, 2, b"\x00\xff\xff\x00")))


def imported(workspace: Workspace, path: Path, data: bytes, known: GivenMetadata | None = None) -> ImportReport:
    path.write_bytes(data)
    given = {path.stem: known} if known else {}
    return result_of(workspace.importing.run(ImportRequest((path,), given=given, jobs=1)))


def test_a_pdf_becomes_an_article_with_findings_and_pages(workspace: Workspace, tmp_path: Path) -> None:
    report = imported(workspace, tmp_path / "a.pdf", pdf(DRAWING))
    (outcome,) = report.outcomes
    assert (outcome.state, outcome.sentence) == (InputState.IMPORTED, "")
    assert workspace.reading.original(outcome.articles[0]).has_pages
    view = workspace.reading.article(outcome.articles[0])
    assert view.article.title == builders.TITLE
    assert view.article.page_map[0].page == 0
    assert workspace.profiles.find("Anna Vela") is not None


PARAGRAPHS = builders.BODY.split("\n\n")
DOCUMENTS = {
    "a.docx": docx(w_p(builders.TITLE, "Titel") + "".join(map(w_p, PARAGRAPHS))),
    "a.odt": odt("".join(f"<text:p>{words}</text:p>" for words in (builders.TITLE, *PARAGRAPHS))),
    "a.rtf": rtf("".join(rf"\pard {words}\par " for words in (builders.TITLE, *PARAGRAPHS))),
    "a.epub": epub({"OEBPS/one x.xhtml": chapter(builders.TITLE, *PARAGRAPHS)}),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_becomes_an_article_with_findings(workspace: Workspace, tmp_path: Path, name: str) -> None:
    (outcome,) = imported(workspace, tmp_path / name, DOCUMENTS[name]).outcomes
    assert (outcome.state, outcome.sentence) == (InputState.IMPORTED, "")
    assert workspace.reading.article(outcome.articles[0]).article.title == builders.TITLE
    assert workspace.profiles.find("Anna Vela") is not None


def test_a_scan_is_kept_and_named(workspace: Workspace, tmp_path: Path) -> None:
    report = imported(workspace, tmp_path / "scan-0017.pdf", SCAN)
    (outcome,) = report.outcomes
    assert (outcome.state, outcome.code) == (InputState.WITH_WARNINGS, "no-text-layer")
    view = workspace.reading.article(outcome.articles[0])
    assert (view.article.title, view.article.text) == ("scan-0017.pdf", "")
    assert result_of(check_and_mend(workspace.kb)).problems == ()


def test_a_scan_that_is_there_is_read_when_it_is_tried_again_with_recognition(
    workspace: Workspace, tmp_path: Path
) -> None:
    if tesseract_program() is None:
        pytest.skip("needs Tesseract, which is not installed")
    (first,) = imported(workspace, tmp_path / "a.pdf", scanned(DRAWING)).outcomes
    assert first.code == "no-text-layer"
    request = ImportRequest(ocr=True, jobs=1)
    (again,) = result_of(workspace.importing.retry([first.id], request)).outcomes
    assert builders.TITLE in workspace.reading.article(again.articles[0]).article.text
    (third,) = result_of(workspace.importing.retry([again.id], request)).outcomes
    assert third.state is InputState.DUPLICATE


def test_a_scan_is_read_in_the_worker(workspace: Workspace, tmp_path: Path) -> None:
    if tesseract_program() is None:
        pytest.skip("needs Tesseract, which is not installed")
    report = imported(workspace, tmp_path / "a.pdf", scanned(DRAWING), GivenMetadata(recognise="eng"))
    (outcome,) = report.outcomes
    assert outcome.code == "text-recognised"
    assert builders.TITLE in workspace.reading.article(outcome.articles[0]).article.text


def test_what_is_extracted_from_a_document_is_written_with_its_text(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(DRAWING))
    result_of(AnnotationService().run(ImportRequest((tmp_path / "a.pdf",), jobs=1), tmp_path / "out"))
    written = json.loads((tmp_path / "out" / "a.json").read_text(encoding="utf-8"))
    assert builders.TITLE in written["article"]["text"]
