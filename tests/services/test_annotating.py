from __future__ import annotations

import json
import sys
from html import escape
from pathlib import Path
from typing import Any

import pytest

from kb_app.core.errors import KartotekaError
from kb_app.core.report import InputState
from kb_app.services.annotating import AnnotationService
from kb_app.services.annotation_inputs import distinct_stems
from kb_app.services.importing import ImportRequest
from kb_app.services.workers import WorkerPool
from tests import builders
from tests.benchmarks.original_files import pdf_of
from tests.ingest.archives.containers import tarred, zipped
from tests.ingest.archives.test_har import entry, har
from tests.ingest.archives.warcs import Capture, warc
from tests.ingest.documents.packages import docx, odt, w_p
from tests.ingest.documents.test_epub import epub
from tests.ingest.documents.test_odt import t_p
from tests.ingest.documents.test_rtf import rtf
from tests.ingest.mail.mails import STORY, mail
from tests.ingest.mail.outlook_files import outlook
from tests.ingest.mail.outlook_files import text as wide
from tests.ingest.mail.test_saved_page import part, saved
from tests.ingest.pages import PARAGRAPHS, modern_page
from tests.services.driving import result_of
from tests.services.test_importing_feeds import exported

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


WORDS = [builders.TITLE, *builders.BODY.split("\n\n"), *PARAGRAPHS]
TEXT = "\n\n".join(WORDS)
ITEM = f"<item><title>Pier closed</title><description>{escape(STORY)}</description></item>"
LETTER = mail(STORY)
LETTER.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="report.txt")
FORMATS: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "plain.txt": (TEXT.encode(), ("plain",)),
    "marked.md": (f"# {builders.TITLE}\n\n*By* **Una Stell**\n\n{STORY}\n".encode(), ("marked",)),
    "page.html": (modern_page().encode(), ("page",)),
    "portable.pdf": (pdf_of([TEXT]), ("portable",)),
    "word.docx": (docx("".join(map(w_p, map(escape, WORDS)))), ("word",)),
    "open.odt": (odt("".join(map(t_p, map(escape, WORDS)))), ("open",)),
    "rich.rtf": (rtf("\\par ".join(WORDS)), ("rich",)),
    "book.epub": (epub(), ("book",)),
    "letter.eml": (bytes(LETTER), ("letter", "letter-report")),
    "box.mbox": (b"From a@b.example Sat Mar  9 10:20:30 2024\n" + bytes(mail(STORY)), ("box-mail_1_at_byte_0",)),
    "outlook.msg": (outlook({"__substg1.0_1000001F": wide(STORY)}), ("outlook",)),
    "single.mhtml": (saved(part(modern_page())), ("single",)),
    "crawl.warc": (
        warc(Capture("https://post.example/pier", modern_page().encode())),
        ("crawl-https_post.example_pier",),
    ),
    "record.har": (har(entry(text=modern_page())), ("record-https_post.example_pier",)),
    "news.zip": (
        zipped(("in/a.txt", TEXT.encode()), ("b.zip", zipped(("c.txt", STORY.encode())))),
        ("news.zip-in_a", "news.zip-b-c"),
    ),
    "news.tar": (tarred(("a.txt", TEXT.encode())), ("news-a",)),
    "feed.xml": (
        f"<rss version='2.0'><channel><title>Post</title>{ITEM}</channel></rss>".encode(),
        ("feed-1_Pier_closed",),
    ),
    "lines.jsonl": (json.dumps({"title": "Pier closed", "text": STORY}).encode() + b"\n", ("lines-1_Pier_closed",)),
    "table.csv": (f'title,text\nPier,"{STORY}"\nFerry,"{TEXT}"\n'.encode(), ("table-2_Pier", "table-3_Ferry")),
}


def annotated(folder: Path) -> dict[str, Any]:
    return {path.stem: json.loads(path.read_text("utf-8")) for path in (folder / "out").iterdir()}


def test_every_format_gets_a_document_an_article_with_the_text_that_offsets_refer_to(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, (data, _) in FORMATS.items():
        (tmp_path / "in" / name).write_bytes(data)
    report = result_of(AnnotationService().run(ImportRequest((tmp_path / "in",), jobs=1), tmp_path / "out"))
    assert [o for o in report.outcomes if o.state in (InputState.REFUSED, InputState.FAILED)] == []
    found = annotated(tmp_path)
    assert {stem for _, stems in FORMATS.values() for stem in stems} <= set(found)
    for stem, document in found.items():
        assert ("text" in document["article"]) == (stem != "plain")
        text = document["article"].get("text", TEXT)
        mentions = [mention for entity in document["entities"] for mention in entity["mentions"]]
        assert mentions, stem
        for mention in mentions:
            assert text[mention["start"] : mention["end"]] == mention["text"]


def test_what_a_container_held_is_reported_with_it(tmp_path: Path) -> None:
    inner = zipped(("c.txt", TEXT.encode()), ("junk.bin", bytes(range(256)) * 40))
    (tmp_path / "news.zip").write_bytes(zipped(("b.zip", inner), ("a.txt", STORY.encode())))
    report = result_of(AnnotationService().run(ImportRequest((tmp_path / "news.zip",), jobs=1), tmp_path / "out"))
    names = {outcome.id: outcome.input for outcome in report.outcomes}
    told = {outcome.input: (outcome.state, names.get(outcome.parent or 0, "")) for outcome in report.outcomes}
    assert told["b.zip"] == (InputState.WITH_WARNINGS, str(tmp_path / "news.zip"))
    assert told["c.txt"] == (InputState.IMPORTED, "b.zip")
    assert told["junk.bin"] == (InputState.REFUSED, "b.zip")
    assert set(annotated(tmp_path)) == {"news-a", "news-b-c"}


def test_a_file_of_an_item_gets_one_document(tmp_path: Path) -> None:
    exported(tmp_path / "export")
    for chosen, stem in (("export/Library.rdf", "Library-files_3_pier"), ("export", "pier")):
        out = tmp_path / "out"
        result_of(AnnotationService().run(ImportRequest((tmp_path / chosen,), jobs=1), out))
        assert set(annotated(tmp_path)) == {"Library-1_Pier_closed", stem}
        for written in out.iterdir():
            written.unlink()
