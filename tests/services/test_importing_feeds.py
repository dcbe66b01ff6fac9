"""Feeds, tables and exports come in through the import like everything else."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from kb_app.core.column_mapping import ColumnMapping, mappings_to_json
from kb_app.core.listing import ArticleQuery
from kb_app.core.report import InputOutcome, InputState
from kb_app.ingest.feeds.archived_item import item_original
from kb_app.services.checking import check
from kb_app.services.importing import ImportRequest
from kb_app.services.workspace import Workspace
from tests.services.driving import result_of

WORDS = "The harbour board of Harbury voted to close the old pier, said Ilse Marrow, who chairs it. " * 3
ITEM = (
    f"<item><title>Pier closed</title><link>https://post.example/pier</link><description>{WORDS}</description></item>"
)
FEED = f"<rss version='2.0'><channel><title>Harbury Post</title>{ITEM}</channel></rss>"
TABLE = f'title,text,outlet\n"Dam opened","{WORDS} The dam too.",Orla Observer\n'


def imported(workspace: Workspace, *paths: Path, mapping: str = "") -> tuple[InputOutcome, ...]:
    request = ImportRequest(paths=paths, jobs=1, extract=False, mapping=mapping)
    return result_of(workspace.importing.run(request)).outcomes


def titles(workspace: Workspace) -> set[tuple[str, str]]:
    return {(row.title, row.publisher) for row in workspace.listing.articles(ArticleQuery(), 0, 20)}


def test_items_and_rows_become_articles_also_from_within_an_archive(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "post.xml").write_text(FEED)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("news.csv", TABLE)
        archive.writestr("notes.md", f"# Ferry late\n\n{WORDS}\n")
    imported(workspace, tmp_path / "post.xml", tmp_path / "all.zip")
    assert titles(workspace) == {("Pier closed", "Harbury Post"), ("Dam opened", "Orla Observer"), ("Ferry late", "")}
    assert result_of(check(workspace.path)).problems == ()


def test_the_original_of_an_item_is_shown_field_by_field(workspace: Workspace, tmp_path: Path) -> None:
    rows = [{"title": "Pier <b>closed</b>", "text": WORDS, "page": "<p onclick='x()'>Words</p><script>x()</script>"}]
    (tmp_path / "news.json").write_text(json.dumps(rows))
    article = next(outcome.articles[0] for outcome in imported(workspace, tmp_path / "news.json") if outcome.articles)
    archived = workspace.reading.original(article)
    shown = item_original(archived.data.decode(), archived.media_type)
    assert "<b>title</b>" in shown
    assert "Words" in shown
    assert "onclick" not in shown
    assert "<script" not in shown


def test_a_mapping_goes_with_the_request_into_archives(workspace: Workspace, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("gates.csv", "gate,note\nwest,shut since the storm\n")
    refused = [outcome.code for outcome in imported(workspace, tmp_path / "all.zip")]
    assert "mapping" in refused
    mapping = mappings_to_json([ColumnMapping(text="note", title="gate")])
    states = [outcome.state for outcome in imported(workspace, tmp_path / "all.zip", mapping=mapping)]
    assert InputState.REFUSED not in states
    assert titles(workspace) == {("west", "")}


LIBRARY = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:dc="http://purl.org/dc/elements/1.1/">
 <bib:Article rdf:about="#item_1"><z:itemType>newspaperArticle</z:itemType><dc:title>Pier closed</dc:title>{links}
 </bib:Article>{attachments}</rdf:RDF>"""


def library(*paths: str) -> str:
    links = "".join(f'<link:link rdf:resource="#file_{number}"/>' for number, _ in enumerate(paths))
    attachments = "".join(
        f'<z:Attachment rdf:about="#file_{number}"><z:itemType>attachment</z:itemType>'
        f'<rdf:resource rdf:resource="{path}"/></z:Attachment>'
        for number, path in enumerate(paths)
    )
    return LIBRARY.format(links=links, attachments=attachments)


def exported(folder: Path, name: str = "Library.rdf") -> Path:
    (folder / "files" / "3").mkdir(parents=True)
    (folder / "files" / "3" / "pier.txt").write_text(f"Pier report\n\n{WORDS}")
    (folder / "files" / ".secret.txt").write_text(f"Hidden\n\n{WORDS}")
    (folder.parent / "diary.txt").write_text(f"Diary\n\n{WORDS}")
    (folder / "files" / "3" / "way-out.txt").symlink_to(folder.parent / "diary.txt")
    names = ("files/3/pier.txt", "./files/3/pier.txt", "files/3/gone.txt", "files/3/way-out.txt", "files/.secret.txt")
    (folder / name).write_text(library(*names))
    return folder / name


def related(workspace: Workspace, title: str) -> tuple[str, list[str]]:
    article = next(row for row in workspace.listing.articles(ArticleQuery(), 0, 99) if row.title == title)
    sheet = workspace.reading.source(article.id)
    return sheet.view.source.provenance.how, [attached.title for attached in sheet.attachments]


def test_files_of_an_item_are_imported_with_it_and_none_from_elsewhere(workspace: Workspace, tmp_path: Path) -> None:
    outcomes = imported(workspace, exported(tmp_path / "export"))
    assert {row[0] for row in titles(workspace)} == {"Pier closed", "Pier report"}
    assert related(workspace, "Pier closed") == ("library", ["Pier report"])
    assert related(workspace, "Pier report")[0] == "attachment"
    item, attached = (outcome for outcome in outcomes if outcome.parent)
    assert attached.input == "files/3/pier.txt"
    assert [name for name in ("pier.txt", "gone.txt", "way-out.txt", ".secret.txt") if name in item.sentence] == [
        "gone.txt",
        "way-out.txt",
        ".secret.txt",
    ]
    assert result_of(check(workspace.path)).problems == ()


def test_files_of_an_item_are_there_once_and_linked_when_their_folder_is_imported(
    workspace: Workspace, tmp_path: Path
) -> None:
    exported(tmp_path / "export")
    exported(tmp_path / "z" / "export", "library.rdf")  # would come behind its files
    (tmp_path / "z" / "export" / "files" / "3" / "pier.txt").write_text(f"Ferry report\n\n{WORDS} Late.")
    (tmp_path / "z" / "export" / "library.rdf").write_text(
        library("files/3/pier.txt").replace("Pier closed", "Ferry late")
    )
    imported(workspace, tmp_path / "export", tmp_path / "z" / "export")
    assert len(workspace.listing.articles(ArticleQuery(), 0, 20)) == 4
    assert related(workspace, "Pier closed")[1] == ["Pier report"]
    assert related(workspace, "Ferry late")[1] == ["Ferry report"]
    assert {related(workspace, title)[0] for title in ("Pier report", "Ferry report")} == {"attachment"}
    assert result_of(check(workspace.path)).problems == ()


def test_an_archive_beside_a_library_is_taken_apart_as_a_part_of_it(workspace: Workspace, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pier.zip", "w") as archive:
        archive.writestr("report.txt", f"Pier report\n\n{WORDS}")
    (tmp_path / "Library.rdf").write_text(library("pier.zip"))
    outcomes = imported(workspace, tmp_path / "Library.rdf")
    assert related(workspace, "Pier closed")[1] == ["Pier report"]
    assert not [outcome for outcome in outcomes if outcome.state in (InputState.FAILED, InputState.REFUSED)]


@pytest.mark.parametrize("stopped_at", [1, 6, 14])
def test_files_of_an_item_come_once_also_when_the_import_was_stopped_among_them(
    workspace: Workspace, tmp_path: Path, stopped_at: int
) -> None:
    names = [f"{number}.txt" for number in range(24)]
    for name in names:
        (tmp_path / name).write_text(f"Report {name}\n\n{WORDS} The number is {name}.")
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        archive.writestr("six.txt", f"Report six\n\n{WORDS} It is the sixth.")
    (tmp_path / "Library.rdf").write_text(library(*names, "more.zip"))
    steps = workspace.importing.run(ImportRequest(paths=(tmp_path / "Library.rdf",), jobs=1, extract=False))
    while next(steps).done < stopped_at:
        pass
    steps.close()
    stopped = workspace.importing.unfinished()
    assert stopped is not None
    report = result_of(workspace.importing.go_on(stopped.operation, 1))
    told = sorted(Path(outcome.input).name for outcome in report.outcomes)
    assert told == sorted(["Library.rdf", "1: Pier closed", *names, "more.zip", "six.txt"])
    assert len(related(workspace, "Pier closed")[1]) == 25
    assert all(outcome.state is not InputState.DUPLICATE for outcome in report.outcomes)
    assert result_of(check(workspace.path)).problems == ()
