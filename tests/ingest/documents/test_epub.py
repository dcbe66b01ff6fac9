from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_app.core.article import ZoneKind
from kb_app.core.errors import Failed, Refused, UnreadableInput
from kb_app.ingest.media_type import EPUB, media_type_of
from kb_app.services.distrust import check_article
from tests.ingest.documents.packages import zipped
from tests.ingest.pages import PARAGRAPHS, article, paragraphs

CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
ABOUT = (
    "<dc:title>The Pier</dc:title><dc:creator>Ann Lee</dc:creator><dc:creator>Una Stell</dc:creator>"
    "<dc:publisher>Harbury Press</dc:publisher><dc:date>2021-05-06</dc:date>"
)


def book(about: str = ABOUT) -> str:
    items = "".join(
        f'<item id="{name}" href="{name}%20x.xhtml" media-type="application/xhtml+xml" properties="{kind}"/>'
        for name, kind in (("two", ""), ("one", ""), ("toc", "nav"))
    )
    return (
        f'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{about}</metadata><manifest>{items}</manifest>'
        '<spine><itemref idref="toc"/><itemref idref="one"/><itemref idref="two"/></spine></package>'
    )


def chapter(title: str, *words: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        f"<title>unseen</title></head><body><h2>{title}</h2>{paragraphs(*words)}</body></html>"
    )


def epub(parts: Mapping[str, str | bytes] | None = None) -> bytes:
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": book(),
            "OEBPS/toc x.xhtml": chapter("Contents", "One", "Two"),
            "OEBPS/two x.xhtml": chapter("The second chapter", PARAGRAPHS[3]),
            "OEBPS/one x.xhtml": chapter("The first chapter", *PARAGRAPHS[:2]),
            **(parts or {}),
        }
    )


def test_chapters_come_in_the_order_of_the_spine() -> None:
    found = article(epub())
    assert media_type_of(epub()) == EPUB
    order = ["The first chapter", *PARAGRAPHS[:2], "The second chapter", PARAGRAPHS[3]]
    assert found.text == "\n\n".join(order)
    assert [z.span.of(found.text) for z in found.zones if z.kind is ZoneKind.SUBHEAD] == ["The second chapter"]
    assert found.metadata.byline and found.metadata.byline.value == "Ann Lee, Una Stell"
    assert found.metadata.publisher and found.metadata.publisher.value == "Harbury Press"
    assert (found.metadata.published and found.metadata.published.edtf, found.metadata.published_how) == (
        "2021-05-06",
        "document properties",
    )
    assert found.warnings == ()


def test_what_the_package_says_is_offered_for_every_field() -> None:
    about = f"{ABOUT}<dc:source>https://post.example/pier</dc:source>"
    found = article(epub({"OEBPS/book.opf": book(about)}))
    offered = {one.field.value: one.value for one in found.candidates if one.how == "document properties"}
    assert offered == {
        "title": "The Pier",
        "byline": "Ann Lee, Una Stell",
        "publisher": "Harbury Press",
        "published": "2021-05-06",
        "source_url": "https://post.example/pier",
    }


def locked(place: str, method: str = "http://www.w3.org/2001/04/xmlenc#aes128-cbc") -> str:
    return (
        f'<encryption><EncryptedData><EncryptionMethod Algorithm="{method}"/><CipherData>'
        f'<CipherReference URI="{place}"/></CipherData></EncryptedData></encryption>'
    )


def test_a_protected_book_is_refused_and_one_with_scrambled_letters_is_not() -> None:
    with pytest.raises(Refused, match="DRM") as refused:
        article(epub({"META-INF/encryption.xml": locked("OEBPS/one%20x.xhtml")}))
    assert refused.value.code == "encrypted"
    letters = locked("OEBPS/font.otf", "http://www.idpf.org/2008/embedding")
    assert article(epub({"META-INF/encryption.xml": letters})).text


def test_entities_of_a_chapter_are_not_expanded() -> None:
    bomb = "<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY f SYSTEM 'file:///etc/passwd'>]><html><p>&a;&f; words</p></html>"
    assert "root" not in article(epub({"OEBPS/two x.xhtml": bomb})).text
    with pytest.raises(Refused) as refused:
        article(epub({"OEBPS/book.opf": "<!DOCTYPE p [<!ENTITY a 'a'>]>" + book("&a;")}))
    assert refused.value.code == "xml-entities"


@pytest.mark.parametrize(
    "parts",
    [
        {"META-INF/container.xml": "<container/>"},
        {"META-INF/container.xml": '<c><rootfile full-path="../../etc/passwd"/></c>'},
        {"OEBPS/book.opf": "<package/>"},
        {"OEBPS/book.opf": "no markup"},
    ],
    ids=["no root", "root outside", "no spine", "no markup"],
)
def test_a_broken_book_fails(parts: dict[str, str | bytes]) -> None:
    with pytest.raises(Failed) as failed:
        article(epub(parts))
    assert failed.value.code == "corrupt"


def test_a_missing_chapter_is_told() -> None:
    parts = {"OEBPS/book.opf": book().replace("two%20x", "gone")}
    assert article(epub(parts)).warnings == ("damaged-pages: 1 of 2 chapters are missing.",)


VALID = epub()


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.tuples(st.integers(60, len(VALID) - 1), st.binary(max_size=4)), max_size=6), st.integers(60, len(VALID))
)
def test_a_damaged_file_is_read_or_refused(changes: list[tuple[int, bytes]], end: int) -> None:
    data = bytearray(VALID)
    for at, new in changes:
        data[at : at + len(new)] = new
    try:
        check_article(article(bytes(data[:end])))
    except UnreadableInput as error:
        assert error.code


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=200))
def test_any_chapter_is_read_or_refused(markup: str) -> None:
    data = (chapter("One", "Words.") + markup).encode("utf-8", "surrogatepass")
    check_article(article(epub({"OEBPS/one x.xhtml": data})))
