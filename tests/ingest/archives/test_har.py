"""The pages in a browser's record come out with address and time."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_app.core.errors import UnreadableInput
from kb_app.ingest.articles import to_article
from kb_app.ingest.media_type import HAR, media_type_of
from kb_app.ingest.members import Member
from tests.ingest.archives.containers import members, survived, taken, troubles
from tests.ingest.pages import modern_page, source


def entry(address: str = "https://post.example/pier", status: object = 200, **content: object) -> dict[str, object]:
    shape = {"mimeType": "text/html; charset=utf-8", "text": modern_page(), **content}
    return {
        "startedDateTime": "2024-03-09T10:20:30.123+01:00",
        "request": {"method": "GET", "url": address},
        "response": {"status": status, "content": shape},
    }


def har(*entries: object) -> bytes:
    return json.dumps({"log": {"version": "1.2", "creator": {}, "entries": entries}}).encode()


def test_a_page_comes_with_address_and_time() -> None:
    data = har(entry(), entry("https://post.example/a.js", mimeType="text/javascript", text="var a"))
    assert media_type_of(data) == HAR
    [page, left_out] = taken(data)
    assert isinstance(page, Member)
    assert (page.name, page.media_type) == ("https://post.example/pier", "text/html")
    assert (page.given.source_url, page.given.encoding) == ("https://post.example/pier", "utf-8")
    assert (page.provenance.captured_at, page.provenance.container) == ("2024-03-09T09:20:30Z", "box › entry 1")
    assert troubles([left_out]) == {"box": "left-out"}


def test_text_that_the_browser_decoded_is_not_decoded_by_the_pages_own_words() -> None:
    page = '<html><head><meta charset="koi8-r"></head><body><p>Мост закрыт.</p><p>Слова.</p></body></html>'
    [member] = taken(har(entry(text=page)))
    assert isinstance(member, Member)
    assert "Мост закрыт." in to_article(source(member.data), member.given).text


def test_content_in_base_64_is_unpacked_and_damage_told() -> None:
    page = modern_page().encode()
    coded = {"text": base64.b64encode(page).decode(), "encoding": "base64"}
    assert list(members(taken(har(entry(**coded)))).values()) == [page]
    assert troubles(taken(har(entry(text="a", encoding="base64")))) == {"entry 1": "corrupt"}


def test_records_of_odd_forms_are_survived() -> None:
    odd: list[object] = [None, 1, {}, {"request": []}, entry(status="200"), entry(text=None), entry(mimeType=3)]
    assert troubles(taken(har(*odd))) == {"box": "left-out"}


@pytest.mark.parametrize("data", [har(entry())[:-5], b'{"log": {"entries": ' + b"[" * 100_000])
def test_damage_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableInput) as failed:
        taken(data)
    assert failed.value.code == "corrupt"


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=6))
def test_any_damage_is_survived(changes: list[tuple[int, int]]) -> None:
    data = bytearray(har(entry(text="<html><p>Words.")))
    for place, value in changes:
        data[place % len(data)] = value
    survived(bytes(data), HAR)
