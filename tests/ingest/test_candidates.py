"""Every value that an article gives for a piece of metadata is listed, the most trusted first, with its place."""

from __future__ import annotations

import pytest

from kb_app.core.article import Article, Found, MetadataField
from kb_app.core.passage import Span
from kb_app.ingest.candidates import CandidateList
from kb_app.ingest.given import GivenMetadata
from tests.ingest.pages import PARAGRAPHS, article, modern_page

HEAD = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Pier Closed", "datePublished":
"2024-02-09", "author": {"name": "Una Stell"}, "publisher": {"name": "Harbury Post"}}</script>
<meta property="og:title" content="Old pier closes for good"><meta property="og:site_name" content="The Harbury Post">
<meta name="author" content="Una Stell and Tomas Varn"><meta name="date" content="2024-02-08">
<link rel="canonical" href="https://post.example/pier"><meta property="og:url" content="https://post.example/pier?x=1">"""
SHOWN = '<p class="byline">By Una Stell</p><p class="date">Saturday, February 10, 2024</p>'
BODY = "\n\n".join(PARAGRAPHS)


def values(found: Article, field: MetadataField) -> list[tuple[str, str]]:
    return [(one.value, one.how) for one in found.candidates if one.field is field]


def test_a_page_lists_what_its_layers_state_in_order_of_trust() -> None:
    found = article(modern_page(HEAD, SHOWN))
    assert values(found, MetadataField.TITLE) == [
        ("Pier Closed", "JSON-LD headline"),
        ("Old pier closes for good", "og:title"),
        ("Pier Closed | Harbury Post", "window title"),
    ]
    assert values(found, MetadataField.BYLINE) == [
        ("Una Stell", "JSON-LD author"),
        ("Una Stell, Tomas Varn", "meta author"),
        ("Una Stell", "author element"),
        ("Una Stell", "byline line"),
    ]
    assert values(found, MetadataField.PUBLISHED) == [
        ("2024-02-09", "JSON-LD datePublished"),
        ("2024-02-08", "meta date"),
        ("2024-02-10", "date line"),
    ]
    assert values(found, MetadataField.SOURCE_URL) == [
        ("https://post.example/pier", "canonical address"),
        ("https://post.example/pier?x=1", "og:url"),
    ]
    assert values(found, MetadataField.PUBLISHER)[:2] == [
        ("Harbury Post", "JSON-LD publisher"),
        ("The Harbury Post", "og:site_name"),
    ]
    assert values(found, MetadataField.DATELINE_PLACE) == [("Harbury", "dateline")]


@pytest.mark.parametrize("text", [modern_page(HEAD, SHOWN), f"Pier Closed\n\nBy Una Stell\nMay 7, 2015\n\n{BODY}"])
def test_a_chosen_value_comes_first_and_a_span_covers_the_words(text: str) -> None:
    found = article(text)
    chosen = {
        MetadataField.TITLE: found.metadata.title,
        MetadataField.BYLINE: found.metadata.byline,
        MetadataField.PUBLISHER: found.metadata.publisher,
        MetadataField.SOURCE_URL: found.metadata.source_url,
    }
    for field, value in chosen.items():
        assert values(found, field)[:1] == ([(value.value, value.how)] if value else [])
    placed = [one for one in found.candidates if one.span]
    assert {one.field for one in placed} >= {MetadataField.TITLE, MetadataField.BYLINE, MetadataField.PUBLISHED}
    for one in placed:
        words = one.span.of(found.text) if one.span else ""
        assert words and (one.field in (MetadataField.PUBLISHED, MetadataField.DATELINE_PLACE) or words == one.value)


def test_a_plain_text_lists_its_lines_and_what_was_handed_over() -> None:
    text = (
        f"Pier Closed\n\nBy Una Stell\nMay 7, 2015\n\n{BODY}\n\n"
        "With reporting by AFP\nSource: https://www.coastwire.example/a/1\n"
        "Copyright 2015 Coast Wire. All rights reserved."
    )
    given = GivenMetadata(published="2015-05-08", publisher="Harbury Post", byline="U. Stell")
    found = article(text, given)
    assert values(found, MetadataField.PUBLISHER) == [
        ("Harbury Post", "import metadata"),
        ("Coast Wire", "copyright line"),
        ("coastwire.example", "address"),
    ]
    assert values(found, MetadataField.BYLINE) == [("Una Stell", "byline line"), ("U. Stell", "import metadata")]
    assert values(found, MetadataField.PUBLISHED) == [("2015-05-07", "date line"), ("2015-05-08", "import metadata")]
    assert values(found, MetadataField.WIRE) == [("AFP", "credit line")]


def test_candidates_are_few_and_short() -> None:
    found = CandidateList("some text", [Span(0, 9)])
    for number in range(20):
        found.add(MetadataField.TITLE, Found(f"{number} " + "x" * 900, "somewhere"))
    found.add(MetadataField.BYLINE, Found("text", "here"))
    found.add(MetadataField.BYLINE, Found("text", "here"))
    found.add(MetadataField.BYLINE, None)
    listed = found.listed()
    assert [len(one.value) for one in listed] == [500] * 8 + [4]
    assert listed[-1].span == Span(5, 9)


def test_nothing_is_listed_where_nothing_is_said() -> None:
    assert values(article("Some words that stand alone."), MetadataField.PUBLISHER) == []
