"""A page of more tags than can be looked at keeps its words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_app.core.errors import Refused
from kb_app.ingest.bare_page import MOST_TAGS, bare_article, has_too_many_tags
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.html import article_of_page

PAGE = (
    "<html><head><title>Ferry &amp; fog</title><style>p { color: red }</style></head><body><!-- a <p>note</p> -->"
    "<p>The ferry <b>stayed</b> in port.</p><script>var hidden = '<p>never</p>'</script><div>Fog held on&nbsp;all day."
    "<br>Nobody was hurt.</div></body></html>"
)


def test_the_words_come_in_paragraphs_with_their_places() -> None:
    article = bare_article(PAGE, GivenMetadata(published="2025-03-11", publisher="Harbour Courier"), "page.html")
    assert article.text.split("\n\n") == ["The ferry stayed in port.", "Fog held on all day.", "Nobody was hurt."]
    for segment in article.offset_map:
        assert PAGE[segment.original_start] == article.text[segment.text_start]
    known = article.metadata
    assert known.title is not None and known.title.value == "Ferry & fog"
    assert known.published is not None and known.published.edtf == "2025-03-11"
    assert article.warnings[0].startswith("read-plainly:")


def test_only_a_page_of_very_many_tags_is_read_so() -> None:
    assert not has_too_many_tags(PAGE)
    page = PAGE.replace("<br>", "<br>" * (MOST_TAGS + 1))
    assert has_too_many_tags(page)
    assert article_of_page(page, GivenMetadata(), "page.html").text.endswith("Nobody was hurt.")


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(Refused):
        bare_article("<script>words</script><p></p>", GivenMetadata(), "page.html")


@pytest.mark.parametrize("piece", ["<!--", "<script>", "<p", "<p><", "</title", "&", "<style>a</style", "<title>"])
def test_what_never_ends_takes_no_time(piece: str) -> None:
    page = piece * 200_000 + "<p>The ferry stayed in port.</p>"
    assert "The ferry stayed in port." in bare_article(page, GivenMetadata(), "page.html").text


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<!--", "-->", "<script>", "</script>", "<br>", "&amp;", "a word ", "<"]))
)
def test_any_markup_makes_an_article_or_a_refusal(pieces: list[str]) -> None:
    page = "".join(pieces)
    try:
        article = bare_article(page, GivenMetadata(), "page.html")
    except Refused:
        return
    assert all(0 <= s.text_start < len(article.text) and s.original_start < len(page) for s in article.offset_map)
