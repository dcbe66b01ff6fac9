"""The file dialog and the hints name what is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kb_app.ingest.containers import is_container
from kb_app.ingest.mail.readable_part import WRAPPED
from kb_app.ingest.media_type import READABLE, media_type_of
from kb_app.ui.shell.open_base import OpenRequest
from kb_app.ui.sources.file_kinds import kinds_sentence, name_filters
from tests.ui.conftest import Desktop

MADE = {
    "html": b"<!doctype html><html><body><p>Words.</p></body></html>",
    "txt": b"Words.",
    "pdf": b"%PDF-1.7\n",
    "rtf": b"{\\rtf1 Words.}",
    "zip": b"PK\x05\x06" + bytes(18),
    "gz": b"\x1f\x8b\x08" + bytes(20),
    "warc": b"WARC/1.0\r\n",
    "eml": b"From: a@example.org\r\nTo: b@example.org\r\nSubject: Words\r\nDate: Mon, 3 Mar 2025 10:00:00 +0000\r\n"
    b"\r\nWords.",
}


@pytest.mark.parametrize("ending", MADE)
def test_a_kind_that_the_dialog_offers_is_read_or_taken_apart(ending: str) -> None:
    assert f"*.{ending}" in name_filters()[0]
    kind = media_type_of(MADE[ending])
    assert kind in READABLE | WRAPPED or is_container(kind)


def test_the_first_filter_holds_all_others(qtbot: QtBot) -> None:
    first, *others, everything = name_filters()
    for other in others:
        for ending in other.partition("(")[2].rstrip(")").split():
            assert ending in first
    assert everything.endswith("(*)")


def test_an_empty_place_says_what_can_be_dropped(desktop: Desktop, tmp_path: Path) -> None:
    window = desktop.window()
    window.base.open(OpenRequest(tmp_path / "Empty.kb", create=True))
    desktop.rest(window)
    assert kinds_sentence() in window.frame.desk.sources._empty_words().sentence
