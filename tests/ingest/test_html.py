"""Pages become articles: body, zones, metadata, offsets."""

from __future__ import annotations

import pytest

from kb_app.core.article import Article, ZoneKind
from kb_app.core.errors import Refused
from kb_app.ingest.given import GivenMetadata
from tests.ingest.pages import PARAGRAPHS, article, modern_page, paragraphs

JSON_LD = """<script type="application/ld+json">{"@graph": [{"@type": "Organization", "@id": "#o",
"name": "Harbury Post"},
{"@type": ["NewsArticle"], "headline": "Pier Closed", "datePublished": "2024-02-09T23:30:00-05:00",
"author": [{"name": "Una Stell"}], "publisher": {"@id": "#o"}}]}</script>"""


def zone_words(found: Article, kind: ZoneKind) -> list[str]:
    return [zone.span.of(found.text) for zone in found.zones if zone.kind is kind]


def test_the_body_is_the_paragraphs_and_nothing_of_the_site() -> None:
    found = article(modern_page())
    assert found.body.of(found.text) == "\n\n".join(PARAGRAPHS)
    assert found.title == "Pier Closed"
    assert found.title_span and found.title_span.of(found.text) == "Pier Closed"


def test_json_ld_is_trusted_first_and_the_day_is_the_publishers_own() -> None:
    head = JSON_LD + '<meta property="article:published_time" content="2024-02-01">'
    found = article(modern_page(head)).metadata
    assert found.published and found.published.edtf == "2024-02-09"
    assert found.published_how == "JSON-LD datePublished"
    assert found.byline and found.byline.value == "Una Stell"
    assert found.publisher and (found.publisher.value, found.publisher.how) == ("Harbury Post", "JSON-LD publisher")


def test_broken_json_ld_still_gives_its_values() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-02-09",,}</script>'
    found = article(modern_page(head)).metadata
    assert found.published and found.published.edtf == "2024-02-09"


@pytest.mark.parametrize(
    ("head", "how"),
    [
        ('<meta property="article:published_time" content="2024-02-09T08:00:00Z">', "article:published_time"),
        ('<meta itemprop="datePublished" content="2024-02-09">', "meta datepublished"),
        ('<meta name="DC.date.issued" content="2024-02-09">', "meta dc.date.issued"),
        ('<meta name="pubdate" content="9 February 2024">', "meta pubdate"),
    ],
)
def test_meta_elements_date_a_page(head: str, how: str) -> None:
    found = article(modern_page(head)).metadata
    assert found.published and (found.published.edtf, found.published_how) == ("2024-02-09", how)


def test_a_visible_date_line_is_kept_as_metadata() -> None:
    found = article(modern_page(before='<p class="byline">By Una Stell</p><p class="d">Friday, February 9, 2024</p>'))
    assert found.metadata.published_how == "date line"
    assert found.published_span and found.published_span.of(found.text).endswith("February 9, 2024")
    assert zone_words(found, ZoneKind.METADATA)[:2] == ["By Una Stell", "Friday, February 9, 2024"]
    assert found.metadata.byline and found.metadata.byline.value == "Una Stell"


@pytest.mark.parametrize("value", ["0000-02-09", "2024-02-31", "9999-01-01", "9" * 400, "soon"])
def test_an_absurd_date_makes_no_day(value: str) -> None:
    found = article(modern_page(f'<meta property="article:published_time" content="{value}">')).metadata.published
    assert found is None or not found.is_single_day


def test_a_future_date_is_dropped_with_a_warning() -> None:
    found = article(modern_page('<meta property="article:published_time" content="9998-01-01">'))
    assert any(warning.startswith("implausible-date:") for warning in found.warnings)


def test_captions_and_subheads_are_kept_and_marked() -> None:
    figure = "<figure><img src=x><figcaption>The pier on Monday. Photo: Sea Pictures</figcaption></figure>"
    found = article(modern_page(before=figure, inside="<h2>What the board says</h2>" + paragraphs(*PARAGRAPHS[:1])))
    assert zone_words(found, ZoneKind.CAPTION) == ["The pier on Monday."]
    assert "Photo: Sea Pictures" in zone_words(found, ZoneKind.METADATA)
    assert zone_words(found, ZoneKind.SUBHEAD) == ["What the board says"]


def test_a_newsletter_box_inside_the_article_is_marked() -> None:
    box = '<aside class="newsletter"><p>Sign up for our morning letter and never miss a tide.</p></aside>'
    found = article(modern_page(inside=box + paragraphs("A last paragraph that ends the report, said Ilse Marrow.")))
    read = "".join(span.of(found.text) for span in found.read_spans())
    assert "A last paragraph" in read
    assert "morning letter" not in read


def test_a_reprint_names_its_publisher_and_its_host() -> None:
    credit = "<p>Reprinted with the permission of Coast Wire, 4 Mole Street.</p>"
    head = '<meta property="og:site_name" content="Harbury Post">'
    found = article(modern_page(head, inside=credit)).metadata
    assert found.publisher and found.publisher.value == "Coast Wire"
    assert found.host and found.host.value == "Harbury Post"


def test_credited_agencies_are_listed() -> None:
    found = article(modern_page(inside="<p>With reporting by AFP, Reuters, and dpa</p>"))
    assert found.metadata.wires == ("AFP", "Reuters", "dpa")
    assert "With reporting" not in found.body.of(found.text)


def test_the_dateline_is_found() -> None:
    found = article(modern_page())
    assert found.metadata.dateline_place and found.metadata.dateline_place.value == "Harbury"
    assert found.dateline_span and found.dateline_span.of(found.text) == "HARBURY"


def test_a_page_saved_by_a_browser_knows_its_address() -> None:
    found = article("<!-- saved from url=(0031)https://post.example/sea/pier -->\n" + modern_page())
    assert found.metadata.source_url and found.metadata.source_url.value == "https://post.example/sea/pier"


def test_an_old_page_of_tables_and_breaks_keeps_its_paragraphs() -> None:
    body = "<br><br>".join(p.replace("&", "&amp;") for p in PARAGRAPHS)
    row = f"<tr><td><a href=/>Home</a></td><td><h1>Pier Closed</h1>{body}</td></tr>"
    assert "\n\n".join(PARAGRAPHS) in article(f"<html><body><table>{row}</table></body></html>").text


def test_a_paragraph_that_the_extraction_drops_between_others_is_kept() -> None:
    found = article(
        modern_page(inside="<p>“No.”</p>" + paragraphs("Nobody was hurt, the harbour police said on Friday."))
    )
    assert "“No.”" in found.body.of(found.text)


def test_truncated_markup_gives_what_is_there() -> None:
    page = modern_page()
    cut = article(page[: page.index("in 1987")])
    assert PARAGRAPHS[0] in cut.text and "and in 1956" not in cut.text


@pytest.mark.parametrize(
    "page", ["<html><body></body></html>", "<html><head><title>Only</title></head></html>", "<p><!-- x -->"]
)
def test_a_page_without_words_is_refused(page: str) -> None:
    with pytest.raises(Refused) as refused:
        article(page)
    assert refused.value.code == "no-text"
    assert "page" in refused.value.sentence


def test_deep_nesting_loses_nothing_and_warns() -> None:
    found = article("<html><body>" + "<div>" * 5000 + paragraphs() + "</div>" * 5000)
    assert found.body.of(found.text) == "\n\n".join(PARAGRAPHS)
    assert found.warnings[0].startswith("read-plainly:")


def test_a_large_page_is_read_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb_app.ingest.main_text.ELEMENTS_FOR_ARTICLE_EXTRACTION", 500)
    rows = (f"<p>Paragraph {n} has some words of its own to be read.</p>" for n in range(600))
    found = article("<html><body>" + "".join(rows))
    assert found.warnings[0].startswith("read-plainly:")
    assert "Paragraph 599 has" in found.text


def test_what_the_importer_knows_fills_the_gaps() -> None:
    given = GivenMetadata(published="2024-02", publisher="Harbury Post", source_url="https://post.example/1")
    found = article(modern_page(), given).metadata
    assert found.published and (found.published.edtf, found.published_how) == ("2024-02", "import metadata")
    assert found.source_url and found.source_url.value == "https://post.example/1"


def test_every_run_of_the_map_leads_to_the_same_characters() -> None:
    page = modern_page(inside="<p>Caf&eacute; &amp; b&#97;r,\n   <b>bold</b>&nbsp;words<br>after a break.</p>")
    found = article(page)
    for run in found.offset_map:
        for step in range(run.length):
            clean, original = found.text[run.text_start + step], page[run.original_start + step]
            assert clean == original or clean.isspace() or original == "&"
    mapped = sum(run.length for run in found.offset_map)
    assert mapped == len(found.text) - 2 * found.text.count("\n\n")
