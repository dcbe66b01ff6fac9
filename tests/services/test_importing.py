from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from kb_app.core.errors import DiskFull
from kb_app.core.ids import ArticleId
from kb_app.core.listing import ArticleQuery
from kb_app.core.operation import Operation
from kb_app.core.report import InputState
from kb_app.ingest.given import GivenMetadata
from kb_app.services.checking import check
from kb_app.services.importing import ImportRequest, ImportService, PastedText
from kb_app.services.workers import WorkerPool
from kb_app.services.workspace import Workspace
from kb_app.storage.import_log import outcomes
from kb_app.storage.importing import ImportStep
from tests import builders
from tests.benchmarks.corpus import as_text, story
from tests.services.driving import result_of

ODD = [sys.executable, str(Path(__file__).with_name("odd_worker.py"))]
TEXT = f"{builders.TITLE}\n\n{builders.BODY}"
PAGE = (
    f"<html><head><title>{builders.TITLE}</title></head><body><article><p>{builders.BODY}</p></article></body></html>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    return inputs


def write_texts(folder: Path, count: int) -> None:
    for number in range(count):
        (folder / f"{number:02}.txt").write_text(f"{TEXT}\n\nReport number {number}.", encoding="utf-8")


def titles(workspace: Workspace) -> list[str]:
    return [row.title for row in workspace.listing.articles(ArticleQuery(), 0, 100)]


def last_step(workspace: Workspace) -> Operation:
    step = workspace.undo.next_undo()
    assert step is not None
    return step


def test_text_and_page_become_articles_with_findings(workspace: Workspace, folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.html").write_text(PAGE, encoding="utf-8")
    report = result_of(workspace.importing.run(ImportRequest((folder,), jobs=1)))
    assert [len(outcome.articles) for outcome in report.outcomes] == [1, 1]
    assert workspace.listing.totals().articles == 2
    assert workspace.profiles.find("Anna Vela") is not None


def test_one_import_is_one_step_to_take_back(workspace: Workspace, folder: Path) -> None:
    write_texts(folder, 3)
    result_of(workspace.importing.run(ImportRequest((folder,), jobs=1)))
    assert last_step(workspace).label == "Import 3 files"
    workspace.undo.undo()
    assert workspace.listing.totals().articles == 0
    report = result_of(workspace.importing.run(ImportRequest((folder,), jobs=1)))
    assert report.count(InputState.DUPLICATE) == 0


def test_the_same_bytes_are_one_source(workspace: Workspace, folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    first = result_of(workspace.importing.run(ImportRequest((folder,), jobs=2)))
    again = result_of(workspace.importing.run(ImportRequest((folder / "a.txt",), jobs=2)))
    assert [o.state for o in (*first.outcomes, *again.outcomes)][1:] == [InputState.DUPLICATE] * 2
    assert {o.articles for o in (*first.outcomes, *again.outcomes)} == {first.outcomes[0].articles}


def test_an_import_that_brings_nothing_leaves_no_step(workspace: Workspace, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    result_of(workspace.importing.run(ImportRequest((folder,), jobs=1)))
    assert workspace.undo.next_undo() is None


def test_each_hostile_file_is_named_with_its_reason_and_stops_no_other(workspace: Workspace, folder: Path) -> None:
    (folder / "a-good.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b-empty.txt").write_bytes(b"")
    (folder / "c-blank.txt").write_bytes(b" \n\t\n")
    (folder / "d-binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "e-pdf.txt").write_bytes(b"%PDF-1.7\n" + b"x" * 100)
    (folder / "f-latin.txt").write_bytes(f"{TEXT}\n\nDer Bürgermeister der Stadt grüßt".encode("latin-1", "replace"))
    (folder / "g-good.txt").write_text(f"{TEXT}\n\nAnother one.", encoding="utf-8")
    paths = (*sorted(folder.iterdir()), folder / "h-gone.txt", folder)
    report = result_of(workspace.importing.run(ImportRequest(paths, jobs=2)))
    reasons = {Path(o.input).name[0]: (o.state, o.code) for o in report.outcomes}
    assert reasons["a"][0] is InputState.IMPORTED
    assert reasons["b"] == (InputState.REFUSED, "empty")
    assert reasons["c"] == (InputState.REFUSED, "empty")
    assert reasons["d"] == (InputState.REFUSED, "binary")
    assert reasons["e"] == (InputState.FAILED, "corrupt")
    assert reasons["f"][0] in (InputState.IMPORTED, InputState.WITH_WARNINGS)
    assert reasons["g"][0] is InputState.IMPORTED
    assert reasons["h"] == (InputState.FAILED, "vanished")
    bad = [o for o in report.outcomes if o.state in (InputState.REFUSED, InputState.FAILED)]
    assert all(Path(o.input).name in o.sentence for o in bad)
    saved = outcomes(workspace.kb).outcomes
    assert {(o.input, o.state, o.sentence) for o in saved} == {(o.input, o.state, o.sentence) for o in report.outcomes}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_and_a_file_without_permission_are_named(workspace: Workspace, folder: Path) -> None:
    (folder / "secret.txt").write_text(TEXT, encoding="utf-8")
    (folder / "secret.txt").chmod(0)
    report = result_of(workspace.importing.run(ImportRequest((folder,), jobs=1)))
    assert [outcome.code for outcome in report.outcomes] == ["permission"]


def test_what_is_known_of_a_file_goes_along(workspace: Workspace, folder: Path) -> None:
    write_texts(folder, 1)
    given = {"00": GivenMetadata(published="2024-05-04", publisher="Harbour Courier")}
    result_of(workspace.importing.run(ImportRequest((folder,), given=given, jobs=1)))
    assert workspace.listing.publishers() == ("Harbour Courier",)


def test_a_pasted_text_is_imported(workspace: Workspace) -> None:
    text = PastedText("Pasted.txt", TEXT.encode())
    report = result_of(workspace.importing.run(ImportRequest(texts=(text,), jobs=1)))
    view = workspace.reading.article(report.outcomes[0].articles[0])
    assert view.source.path == "clipboard"


def test_cancelling_keeps_what_was_done_as_one_finished_step(workspace: Workspace, folder: Path) -> None:
    write_texts(folder, 20)
    steps = workspace.importing.run(ImportRequest((folder,), jobs=1))
    while next(steps).done < 2:
        pass
    steps.close()
    kept = workspace.listing.totals().articles
    assert 2 <= kept < 20
    assert len(outcomes(workspace.kb).outcomes) == kept
    workspace.undo.undo()
    assert workspace.listing.totals().articles == 0


def test_progress_ends_with_all_done_and_says_how_long_it_takes(workspace: Workspace, folder: Path) -> None:
    write_texts(folder, 12)
    steps = list(workspace.importing.run(ImportRequest((folder,), jobs=1)))
    assert (steps[-1].done, steps[-1].total) == (12, 12)
    assert [step.done for step in steps] == sorted(step.done for step in steps)


def test_edits_slip_between_the_steps_of_an_import(workspace: Workspace, folder: Path) -> None:
    write_texts(folder, 6)
    steps = workspace.importing.run(ImportRequest((folder,), jobs=1))
    while next(steps).done < 1:
        pass
    workspace.review.mark_reviewed([ArticleId(1)], True)
    for _ in steps:
        pass
    assert workspace.listing.totals().articles == 6
    assert workspace.reading.article(ArticleId(1)).reviewed


def test_a_full_disk_ends_the_import_and_keeps_what_was_done(
    workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_texts(folder, 4)
    saved = ImportStep.save

    def full_after_two(*arguments: Any, **named: Any) -> ArticleId:
        if workspace.listing.totals().articles == 2:
            raise DiskFull(workspace.path)
        return saved(*arguments, **named)

    with monkeypatch.context() as full, pytest.raises(DiskFull):
        full.setattr(ImportStep, "save", full_after_two)
        result_of(workspace.importing.run(ImportRequest((folder,), jobs=1)))
    kept = workspace.listing.totals().articles
    assert kept <= 2
    stopped = workspace.importing.unfinished()
    assert stopped is not None
    assert stopped.count(InputState.WAITING) == 4 - kept
    result_of(workspace.importing.go_on(stopped.operation))
    assert workspace.listing.totals().articles == 4
    assert last_step(workspace).kind == "import"


def test_an_article_that_does_not_fit_stops_no_other(
    workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_texts(folder, 3)
    saved = ImportStep.save

    def stumble_once(*arguments: Any, **named: Any) -> ArticleId:
        if arguments[1].name == "01.txt":
            raise ValueError("odd")
        return saved(*arguments, **named)

    monkeypatch.setattr(ImportStep, "save", stumble_once)
    report = result_of(workspace.importing.run(ImportRequest((folder,), jobs=1)))
    assert [outcome.code for outcome in report.outcomes] == ["", "not-saved", ""]


def test_the_base_is_sound_after_an_import(workspace: Workspace, folder: Path) -> None:
    write_texts(folder, 5)
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    result_of(workspace.importing.run(ImportRequest((folder,), jobs=2)))
    assert result_of(check(workspace.path)).problems == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_name_that_is_no_unicode_is_shown_with_escapes(workspace: Workspace, folder: Path) -> None:
    with open(os.fsencode(folder) + b"/caf\xe9.txt", "wb") as stream:
        stream.write(TEXT.encode())
    report = result_of(workspace.importing.run(ImportRequest((folder,), jobs=1)))
    assert report.outcomes[0].input.endswith("caf\\xe9.txt")
    assert report.outcomes[0].articles


def test_a_text_that_is_too_much_for_extraction_is_kept_without_findings(workspace: Workspace) -> None:
    service = ImportService(workspace.kb, lambda jobs: WorkerPool(jobs, command=ODD))
    texts = tuple(PastedText(name, f"{words}\n\n{TEXT}".encode()) for name, words in (("a.txt", "die"), ("b.txt", "x")))
    report = result_of(service.run(ImportRequest(texts=texts, jobs=1)))
    assert [(o.state, o.code) for o in report.outcomes] == [
        (InputState.WITH_WARNINGS, "extraction-worker-died"),
        (InputState.IMPORTED, ""),
    ]
    assert workspace.reading.article(report.outcomes[0].articles[0]).article.text.endswith(TEXT)


def test_reprints_in_one_import_are_one_report_even_when_they_are_written_together(
    workspace: Workspace, folder: Path
) -> None:
    told = as_text(story(3))
    for number in range(6):
        (folder / f"{number}.txt").write_text(f"{told}\nPrinted on page {number}.\n", encoding="utf-8")
    result_of(workspace.importing.run(ImportRequest((folder,), jobs=1, extract=False)))
    origins = workspace.kb.database.execute_sql("SELECT count(*), count(DISTINCT origin_id) FROM article").fetchone()
    assert origins == (6, 1)
