"""Every article says how it came here, and where and when it was captured, also at the terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb_app.cli import main
from tests import builders
from tests.ingest.archives.containers import tarred, zipped
from tests.ingest.archives.test_har import entry, har
from tests.ingest.archives.warcs import Capture, warc
from tests.ingest.mail.mails import STORY, mail
from tests.ingest.mail.test_saved_page import ADDRESS, part, saved
from tests.ingest.pages import modern_page

TEXT = f"{builders.TITLE}\n\n{builders.BODY}"
LETTER = mail(STORY)
LETTER.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="report.txt")
ITEM = f"<item><title>Pier closed</title><description>{STORY.replace('&', 'and')}</description></item>"
FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [{"id": "1", "content_text": STORY}]}
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><bib:Article rdf:about="#1"><z:itemType>newspaperArticle</z:itemType>
 <dc:title>Pier closed</dc:title></bib:Article></rdf:RDF>"""


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Import one file and give what the terminal says of the articles that came of it."""

    def sources(name: str, data: bytes) -> list[dict[str, Any]]:
        (tmp_path / name).write_bytes(data)
        base = ["--kb", str(tmp_path / "case.kb")]
        assert main(["import", str(tmp_path / name), *base, "--jobs", "1", "--no-extract"]) == 0
        capsys.readouterr()
        assert main(["articles", *base, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)["articles"]
        return [article["source"] for article in sorted(found, key=lambda article: article["id"])]

    return sources


@pytest.mark.parametrize(
    ("name", "data", "how"),
    [
        ("a.txt", TEXT.encode(), ["file"]),
        ("a.zip", zipped(("a.txt", TEXT.encode())), ["archive"]),
        ("a.tar", tarred(("a.txt", TEXT.encode())), ["archive"]),
        ("a.eml", bytes(LETTER), ["mail", "attachment"]),
        ("a.mbox", b"From a@b.example Sat Mar  9 10:20:30 2024\n" + bytes(mail(STORY)), ["mailbox"]),
        ("a.xml", f"<rss version='2.0'><channel><title>Post</title>{ITEM}</channel></rss>".encode(), ["feed"]),
        ("a.json", json.dumps(FEED).encode(), ["feed"]),
        ("b.json", json.dumps([{"title": "Pier closed", "text": STORY}]).encode(), ["export"]),
        ("a.csv", f'title,text\nPier,"{STORY}"\n'.encode(), ["table"]),
        ("a.rdf", RDF.encode(), ["library"]),
    ],
)
def test_an_article_says_how_it_came_here(told: Any, name: str, data: bytes, how: list[str]) -> None:
    found = told(name, data)
    assert [source["how"] for source in found] == how
    inside = found[-1]["container"]
    assert inside is None if how == ["file"] else inside.startswith(name)


@pytest.mark.parametrize(
    ("name", "data", "how", "captured_at"),
    [
        ("a.warc", warc(Capture(ADDRESS, modern_page().encode())), "web archive", "2024-"),
        ("a.har", har(entry(ADDRESS, text=modern_page())), "browser record", "2024-"),
        (
            "a.mhtml",
            saved(
                part(modern_page()),
                header=f"Snapshot-Content-Location: {ADDRESS}\r\nDate: Sat, 09 Mar 2024 10:20:30 +0100\r\n",
            ),
            "saved page",
            "2024-03-09T09:20:30",
        ),
    ],
)
def test_a_captured_page_says_where_and_when(told: Any, name: str, data: bytes, how: str, captured_at: str) -> None:
    (found,) = told(name, data)
    assert (found["how"], found["address"]) == (how, ADDRESS)
    assert found["captured_at"].startswith(captured_at)
    assert found["container_sha256"]
