from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb_app.core.errors import Failed, Refused
from kb_app.core.ids import ArticleId
from kb_app.core.original import Original, PictureSize
from kb_app.services.documents import Reply
from kb_app.services.importing import ImportRequest, PastedText
from kb_app.services.originals import OriginalReader, _believed
from kb_app.services.workspace import Workspace
from tests import builders
from tests.services.driving import result_of
from tests.services.pages import SIZE, pdf

PAGES = (("Bridge reopens", "The mayor spoke."), ("Second page",))
HANGS = [sys.executable, "-c", "import time; time.sleep(60)"]


def original(data: bytes, media_type: str = "application/pdf", name: str = "paper.pdf") -> Original:
    return Original(ArticleId(1), name, media_type, str(hash(data)), data)


@pytest.fixture
def reader() -> Iterator[OriginalReader]:
    with OriginalReader() as made:
        yield made


def test_a_page_is_drawn_as_wide_as_it_is_asked_for(reader: OriginalReader) -> None:
    picture = reader.picture(original(pdf(PAGES)), 1, 600)
    size = picture.size
    assert (size.page, size.pages, size.width, size.height) == (1, 2, 600, 800)
    assert (size.points_wide, size.points_high) == SIZE
    assert len(picture.pixels) == 600 * 800 * 4
    shades = set(picture.pixels[::4])
    assert min(shades) < 60 and max(shades) == 255  # letters on paper


def test_a_page_seen_lately_is_not_drawn_again(reader: OriginalReader) -> None:
    asked = original(pdf(PAGES))
    assert reader.picture(asked, 0, 200) is reader.picture(asked, 0, 200)
    for width in range(300, 310):
        reader.picture(asked, 0, width)
    assert len(reader._pictures) <= 6


def test_a_page_that_is_not_there_and_a_broken_document_are_said(reader: OriginalReader) -> None:
    with pytest.raises(Refused, match="none of the number 8"):
        reader.picture(original(pdf(PAGES)), 7, 600)
    with pytest.raises(Failed, match="damaged"):
        reader.picture(original(b"%PDF-1.7 and no more"), 0, 600)
    assert reader.picture(original(pdf(PAGES)), 0, 600).size.page == 0  # the worker lives on


def test_a_page_asked_for_monstrously_wide_is_drawn_as_wide_as_is_sound(reader: OriginalReader) -> None:
    size = reader.picture(original(pdf(PAGES)), 0, 10**9).size
    assert size.width * size.height <= 24_100_000


def test_markup_comes_out_of_the_worker(reader: OriginalReader, workspace: Workspace) -> None:
    text = PastedText("a.txt", f"<b> & {builders.BODY}".encode())
    report = result_of(workspace.importing.run(ImportRequest(texts=(text,), jobs=1)))
    found = workspace.reading.original(report.outcomes[0].articles[0])
    markup = reader.markup(found)
    assert markup.html.startswith("<pre>&lt;b&gt; &amp; ")
    assert (markup.runs[0].text_start, markup.runs[0].original_start) == (0, 0)
    assert not found.has_pages


def test_one_that_hangs_is_ended_and_the_next_is_served(tmp_path: Path) -> None:
    with OriginalReader(HANGS, seconds=0.3) as hanging:
        began = time.monotonic()
        with pytest.raises(Failed, match="took too long"):
            hanging.picture(original(pdf(PAGES)), 0, 600)
        assert time.monotonic() - began < 10


def test_closing_ends_what_is_under_way() -> None:
    hanging = OriginalReader(HANGS)
    heard: list[str] = []

    def ask() -> None:
        try:
            hanging.markup(original(b"words", "text/plain"))
        except Failed as error:
            heard.append(error.code)

    thread = threading.Thread(target=ask)
    thread.start()
    while hanging._process is None:
        time.sleep(0.01)
    hanging.close()
    thread.join(10)
    assert heard == ["worker-died"]
    with pytest.raises(Failed):
        hanging.markup(original(b"words", "text/plain"))


@pytest.mark.parametrize(
    "size",
    [
        None,
        PictureSize(0, 1, 3, 2, 10, 10),
        PictureSize(0, 1, -2, -3, 10, 10),
        PictureSize(1, 2, 2, 3, 10, 10),
        PictureSize(0, 0, 2, 3, 10, 10),
        PictureSize(0, 1, 2, 3, 0, 10),
    ],
)
def test_a_picture_that_does_not_hold_together_is_not_believed(size: PictureSize | None) -> None:
    pixels = bytes(2 * 3 * 4 + (size is not None and size.width == 3))
    with pytest.raises(Failed, match="no picture"):
        _believed(original(b""), 0, Reply(picture=size), pixels)


def test_a_picture_that_holds_together_is_believed() -> None:
    size = PictureSize(0, 1, 2, 3, 10, 10)
    assert _believed(original(b""), 0, Reply(picture=size), bytes(24)).size is size
