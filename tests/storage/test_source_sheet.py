"""Where an article came from, and whether it still is what was imported."""

from __future__ import annotations

import tracemalloc
import zlib
from dataclasses import replace

import pytest

from kb_app.core.article import Provenance
from kb_app.core.errors import NotFound
from kb_app.core.ids import ArticleId
from kb_app.resolution.entities import resolve
from kb_app.storage.import_batches import finish_import
from kb_app.storage.importing import find_source, import_step, known_names, save_article
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import begin_import, undo
from kb_app.storage.source_sheet import source_sheet, verify
from tests import builders
from tests.storage.filling import save

ONE = ArticleId(1)


def save_with(kb: KnowledgeBase, name: str, provenance: Provenance) -> ArticleId:
    """Save an article whose bytes came in a known way."""
    operation = begin_import(kb, "Import")
    article, findings = builders.article(title=name), builders.findings()
    resolution = resolve(findings, known_names(kb, ()), article.text)
    source = replace(builders.source(name), provenance=provenance)
    number = save_article(kb, operation, source, article, builders.findings(article), resolution)
    finish_import(kb, operation)
    return number


def test_a_mail_and_its_attachments_lead_to_each_other(kb: KnowledgeBase) -> None:
    mail = save_with(kb, "letter.eml", Provenance(how="mail"))
    came_with = Provenance(how="attachment", parent_sha256=builders.source("letter.eml").sha256)
    attached = save_with(kb, "report.txt", came_with)
    assert [found.id for found in source_sheet(kb, mail).attachments] == [attached]
    parent = source_sheet(kb, attached).parent
    assert parent is not None and (parent.id, parent.name) == (mail, "letter.eml")
    assert source_sheet(kb, mail).parent is None


def found_again(kb: KnowledgeBase, name: str, came_with: str) -> None:
    """Find the bytes of a source once more, now with a mail."""
    found = replace(builders.source(name), provenance=Provenance("attachment", parent_sha256=came_with))
    known = find_source(kb, found.sha256)
    operation = begin_import(kb, "Import")
    with import_step(kb, operation) as step:
        assert known and step.add_address(known[0], replace(found, path=f"/with {came_with}"))
    finish_import(kb, operation)


def test_what_is_found_again_with_an_earlier_mail_is_linked_to_it_until_that_is_taken_back(kb: KnowledgeBase) -> None:
    mail = save_with(kb, "letter.eml", Provenance(how="mail"))
    alone = save_with(kb, "report.txt", Provenance(how="file"))
    later = save_with(kb, "later.eml", Provenance(how="mail"))
    found_again(kb, "report.txt", builders.source("later.eml").sha256)
    assert source_sheet(kb, later).attachments == ()  # nothing comes with what was not there yet
    found_again(kb, "report.txt", builders.source("letter.eml").sha256)
    assert [one.id for one in source_sheet(kb, mail).attachments] == [alone]
    undo(kb)
    assert source_sheet(kb, mail).attachments == ()


def test_the_sheet_says_how_and_by_whom_the_bytes_came(kb: KnowledgeBase) -> None:
    known = Provenance("web archive", "https://quay.example/dam", "2024-05-05T10:00:00+00:00", "crawl.warc › record 3")
    save_with(kb, "dam.html", known)
    source = source_sheet(kb, ONE).view.source
    assert source.provenance == known
    assert source.tool.startswith("Kartoteka ")


def test_what_is_as_it_was_imported_is_sound(kb: KnowledgeBase) -> None:
    save(kb)
    found, view = verify(kb, ONE), source_sheet(kb, ONE).view
    assert (found.bytes_are_sound, found.text_is_sound) == (True, True)
    assert (found.bytes_sha256, found.text_sha256) == (view.source.sha256, view.text_sha256)


@pytest.mark.parametrize("changed", [zlib.compress(b"another story"), b"no longer packed"])
def test_changed_bytes_are_noticed(kb: KnowledgeBase, changed: bytes) -> None:
    save(kb)
    with kb.writing() as database:
        database.execute_sql("UPDATE source SET data = ?", (changed,))
    assert (verify(kb, ONE).bytes_are_sound, verify(kb, ONE).text_is_sound) == (False, True)


def test_bytes_that_unpack_to_more_than_they_are_said_to_are_not_unpacked_for_it(kb: KnowledgeBase) -> None:
    save(kb)
    with kb.writing() as database:
        database.execute_sql("UPDATE source SET data = ?", (zlib.compress(bytes(64 << 20), 9),))
    tracemalloc.start()
    try:
        assert not verify(kb, ONE).bytes_are_sound
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


def test_an_article_that_is_gone_has_no_sheet(kb: KnowledgeBase) -> None:
    for asked in (source_sheet, verify):
        with pytest.raises(NotFound):
            asked(kb, ONE)
