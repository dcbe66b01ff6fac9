"""Corrections and grades together with extraction, decisions and exports."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from kb_app.core.article import MetadataField
from kb_app.core.correction import CORRECTED, Correction
from kb_app.core.entity import EntityType
from kb_app.core.grading import Credibility, Reliability
from kb_app.core.ids import ArticleId
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.listing import ArticleFilter, ArticleQuery, EntityQuery
from kb_app.core.report import InputState
from kb_app.core.timeline import TimelineQuery
from kb_app.ingest.given import GivenMetadata
from kb_app.services.checking import check
from kb_app.services.exporting import ExportFormat
from kb_app.services.importing import ImportRequest, PastedText
from kb_app.services.workspace import Workspace
from tests.services.driving import result_of

ONE = ArticleId(1)
TEXT = "Mayor meets minister\n\nMayor Ilka Varany met Justice Minister Anna Vela in Port Lumen on Tuesday.\n"
RUSSIAN = (
    "Плотина открыта\n\nМинистр юстиции приехала в порт и открыла плотину. Жители города долго ждали этого дня, "
    "потому что вода поднималась каждую весну и заливала дома у реки.\n"
)


def imported(workspace: Workspace, text: str = TEXT) -> None:
    """Import a text of 4 May 2024."""
    given = {"meeting": GivenMetadata(published="2024-05-04", publisher="Harbour Courier")}
    pasted = PastedText("meeting.txt", text.encode())
    result_of(workspace.importing.run(ImportRequest(texts=(pasted,), given=given, jobs=1)))


def days(workspace: Workspace) -> set[str]:
    """Return the days of the events."""
    lines = workspace.timelines.events(TimelineQuery())
    return {line.date.edtf for line in lines if line.date is not None}


def test_a_corrected_date_moves_relative_days_with_the_next_run(workspace: Workspace) -> None:
    imported(workspace)
    assert days(workspace) == {"2024-04-30"}
    workspace.catalogue.correct([ONE], [Correction(MetadataField.PUBLISHED, "6 June 2024")])
    vela = workspace.profiles.find("Anna Vela")
    assert vela is not None
    workspace.review.judge([ClaimRef(ClaimKind.ENTITY, vela)], Status.CONFIRMED)
    result_of(workspace.extracting.run([ONE], jobs=1))
    assert days(workspace) == {"2024-06-04"}
    confirmed = workspace.listing.entities(EntityQuery(EntityType.PERSON, status=Status.CONFIRMED), 0, 9)
    assert [row.name for row in confirmed] == ["Anna Vela"]
    assert result_of(check(workspace.path)).problems == ()


def test_a_correction_survives_the_next_run_and_a_restart(workspace: Workspace) -> None:
    imported(workspace)
    workspace.catalogue.correct([ONE], [Correction(MetadataField.PUBLISHER, "Quay Gazette")])
    workspace.catalogue.grade_publishers(["Quay Gazette"], Reliability.USUAL)
    result_of(workspace.extracting.run([ONE], jobs=1))
    path = workspace.path
    workspace.close()
    with Workspace.open(path) as again:
        state = again.catalogue.metadata([ONE]).state(MetadataField.PUBLISHER)
        assert (state.value, state.how, state.corrected) == ("Quay Gazette", CORRECTED, True)
        assert [(one.value, one.how) for one in state.candidates][1:] == [("Harbour Courier", "import metadata")]
        assert again.reading.article(ONE).grade.code == "B6"
        assert again.undo.next_undo() is not None


def test_a_text_that_is_not_read_is_kept_found_and_no_problem(workspace: Workspace) -> None:
    pasted = PastedText("плотина.txt", RUSSIAN.encode())
    report = result_of(workspace.importing.run(ImportRequest(texts=(pasted,), jobs=1)))
    assert report.outcomes[0].state is InputState.IMPORTED
    assert report.outcomes[0].code == "language" and report.outcomes[0].sentence
    assert workspace.listing.articles(ArticleQuery(), 0, 1)[0].language == "ru"
    assert workspace.listing.article_count(ArticleQuery(filter=ArticleFilter.PROBLEMS)) == 0
    assert [hit.id for hit in workspace.search.search("плотину").hits] == [1]


def test_a_wrong_language_is_corrected_and_then_read(workspace: Workspace) -> None:
    imported(workspace)
    workspace.catalogue.correct([ONE], [Correction(MetadataField.LANGUAGE, "ru")])
    result_of(workspace.extracting.run([ONE], jobs=1))
    assert workspace.profiles.find("Anna Vela") is None
    workspace.catalogue.correct([ONE], [Correction(MetadataField.LANGUAGE, "en")])
    result_of(workspace.extracting.run([ONE], jobs=1))
    assert workspace.profiles.find("Anna Vela") is not None


def test_exports_hold_grade_and_provenance(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace)
    workspace.catalogue.correct([ONE], [Correction(MetadataField.PUBLISHER, "Quay Gazette")])
    workspace.catalogue.grade_publishers(["Quay Gazette"], Reliability.FAIR)
    workspace.catalogue.grade_articles([ONE], Credibility.DOUBTFUL)
    result_of(workspace.exporting.run(ExportFormat.JSON, tmp_path / "all.json"))
    whole = json.loads((tmp_path / "all.json").read_text("utf-8"))
    assert whole["articles"][0]["grade"] == {"code": "C4", "reliability": "C", "credibility": "4"}
    told = {"field": "publisher", "value": "Harbour Courier", "how": "import metadata", "start": None, "end": None}
    assert told in whole["articles"][0]["candidates"]
    assert whole["articles"][0]["source"]["imported_with"].startswith("Kartoteka ")
    assert whole["publishers"] == [{"name": "Quay Gazette", "other_spellings": [], "articles": 1, "reliability": "C"}]
    assert {c["grade"]["code"] for event in whole["events"] for c in event["citations"]} == {"C4"}
    result_of(workspace.exporting.run(ExportFormat.CSV, tmp_path / "tables"))
    for name in ("articles", "events"):
        with (tmp_path / "tables" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert {row["grade"] for row in csv.DictReader(file)} == {"C4"}


def test_the_sheet_tells_where_else_the_same_bytes_lay(workspace: Workspace, tmp_path: Path) -> None:
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "meeting.txt").write_text(TEXT, "utf-8")
        paths = (tmp_path / folder,)
        result_of(workspace.importing.run(ImportRequest(paths=paths, jobs=1, extract=False)))
    sheet = workspace.reading.source(ONE)
    assert sheet.view.source.path == str(tmp_path / "first" / "meeting.txt")
    assert sheet.elsewhere == (str(tmp_path / "second" / "meeting.txt"),)


def test_a_publisher_is_renamed_in_every_spelling(workspace: Workspace) -> None:
    for number, name in enumerate(("Harbour Courier", "HARBOUR COURIER")):
        given = {f"n{number}": GivenMetadata(publisher=name)}
        text = PastedText(f"n{number}.txt", f"Report {number}\n\nIt rained in Port Lumen for {number} days.".encode())
        result_of(workspace.importing.run(ImportRequest(texts=(text,), given=given, jobs=1, extract=False)))
    workspace.catalogue.grade_publishers(["Harbour Courier"], Reliability.USUAL)
    workspace.catalogue.rename_publisher("Harbour Courier", "The Courier of the Harbour")
    found = workspace.catalogue.publishers()
    assert [(one.name, one.articles, one.reliability) for one in found] == [
        ("The Courier of the Harbour", 2, Reliability.USUAL)
    ]
