"""Feeds, tables and exports come in through the import like everything else."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

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
