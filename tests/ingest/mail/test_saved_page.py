"""A page saved as one file is one article with its address and time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_app.core.article import SourceFile
from kb_app.core.errors import UnreadableInput
from kb_app.ingest.articles import decoded_source, to_article
from kb_app.ingest.media_type import WEB_PAGE_ARCHIVE, media_type_of
from kb_app.ingest.members import Member
from tests.ingest.archives.containers import survived, taken
from tests.ingest.pages import PARAGRAPHS, modern_page, source

ADDRESS = "https://post.example/pier"


def part(body: str, kind: str = "text/html", **fields: str) -> str:
    lines = [f"Content-Type: {kind}", *(f"{name.replace('_', '-')}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", body, ""])


def saved(*parts: str, start: str = "", header: str = f"Snapshot-Content-Location: {ADDRESS}\r\n") -> bytes:
    content_type = 'multipart/related; type="text/html"; boundary="-x-"' + (f'; start="{start}"' if start else "")
    top = (
        f"From: <Saved by Blink>\r\n{header}Subject: Pier Closed\r\nDate: Sat, 9 Mar 2024 10:20:30 +0100\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: {content_type}\r\n\r\n"
    )
    return (top + "".join(f"---x-\r\n{one}" for one in parts) + "---x---\r\n").encode()


def test_the_page_is_the_article_and_its_address_is_known() -> None:
    data = saved(part(modern_page(), Content_Location=ADDRESS), part("x{}", "text/css"))
    assert media_type_of(data) == WEB_PAGE_ARCHIVE
    [member] = taken(data)
    assert isinstance(member, Member)
    assert (member.data, member.is_whole, member.given.source_url) == (data, True, ADDRESS)
    assert (member.provenance.address, member.provenance.captured_at) == (ADDRESS, "2024-03-09T09:20:30Z")
    found = to_article(source(data))
    assert (found.title, found.metadata.source_url and found.metadata.source_url.value) == ("Pier Closed", ADDRESS)
    original = decoded_source(source(data), found.encoding).text
    run = max(found.offset_map, key=lambda run: run.length)
    assert found.text[run.text_start :][: run.length] == original[run.original_start :][: run.length]


def test_the_first_part_is_the_one_that_the_header_names() -> None:
    frame = part("<html><body><p>An advertisement in a frame.</p></body></html>", Content_ID="<ad>")
    page = part(modern_page(), Content_ID="<page>")
    assert "harbour board" in to_article(source(saved(frame, page, start="<page>"))).text
    assert "advertisement" in to_article(source(saved(frame, page, start="<gone>"))).text


def test_the_part_states_its_encoding() -> None:
    body = f"<html><body><p>{PARAGRAPHS[0]}</p><p>Br=FCcke am Meer</p></body></html>"
    coded = part(body, "text/html; charset=iso-8859-1", Content_Transfer_Encoding="quoted-printable")
    assert "Brücke" in to_article(source(saved(coded))).text


def test_a_file_without_a_page_is_refused() -> None:
    with pytest.raises(UnreadableInput) as refused:
        to_article(source(saved(part("x{}", "text/css"))))
    assert refused.value.code == "no-text"


WHOLE = saved(
    part(modern_page(), Content_ID="<page>", Content_Location=ADDRESS), part("x{}", "text/css"), start="<page>"
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(WHOLE)))
def test_any_damage_is_survived(changes: list[tuple[int, int]], end: int) -> None:
    data = bytearray(WHOLE)
    for place, value in changes:
        data[place] = value
    for damaged in (bytes(data), WHOLE[:end]):
        survived(damaged, WEB_PAGE_ARCHIVE)
        try:
            found = to_article(SourceFile("a.mhtml", damaged or b" ", "", WEB_PAGE_ARCHIVE))
        except UnreadableInput as error:
            assert error.code
            continue
        assert all(zone.span.end <= len(found.text) for zone in found.zones)
        found.text.encode("utf-8")
