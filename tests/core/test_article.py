"""What extraction reads of an article."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kb_app.core.article import Article, Metadata, Zone, ZoneKind
from kb_app.core.passage import Span
from tests import builders


def _read(article: Article) -> list[str]:
    return [span.of(article.text) for span in article.read_spans()]


def test_title_and_body_are_read() -> None:
    assert _read(builders.article("Body.", "Title")) == ["Title", "Body."]


def test_a_title_inside_the_body_is_read_once() -> None:
    article = builders.article("Body.", "Title")
    assert _read(replace(article, body=Span(0, len(article.text)))) == ["Title\n\nBody."]


def test_boilerplate_and_metadata_lines_are_left_out_and_captions_kept() -> None:
    article = builders.article("One. BYLINE Two. ADVERT Three. CAPTION", "T")
    zones = [
        Zone(kind, builders.span_of(article.text, words))
        for kind, words in (
            (ZoneKind.BOILERPLATE, "ADVERT"),
            (ZoneKind.METADATA, "BYLINE"),
            (ZoneKind.CAPTION, "CAPTION"),
        )
    ]
    assert _read(replace(article, zones=tuple(zones))) == ["T", "One. ", " Two. ", " Three. CAPTION"]


def test_overlapping_and_outer_holes_are_left_out_once() -> None:
    article = builders.article("0123456789", "T")
    holes = (Span(3, 6), Span(4, 8), Span(0, 1), Span(11, 13))
    zones = tuple(Zone(ZoneKind.BOILERPLATE, hole) for hole in holes)
    assert _read(replace(article, zones=zones)) == ["56 7".replace(" ", "")]


def test_the_first_words_stand_for_a_title() -> None:
    article = replace(builders.article("Body"), metadata=Metadata())
    assert article.title.startswith("Minister Vela opens the Orla dam Body")


SPANS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda ends: Span(min(ends), max(ends)))


@given(st.lists(SPANS, max_size=6))
def test_no_character_is_read_twice_nor_out_of_a_hole(holes: list[Span]) -> None:
    article = builders.article("x" * 30, "T" * 8)
    read = replace(article, zones=tuple(Zone(ZoneKind.METADATA, hole) for hole in holes)).read_spans()
    places = [at for span in read for at in range(span.start, span.end)]
    held = {at for hole in holes for at in range(hole.start, hole.end)}
    assert places == sorted(set(places))
    assert set(places) == (set(range(8)) | set(range(10, 40))) - held
