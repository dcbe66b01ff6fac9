"""Pages on which an article is easily lost or mixed with what stands around it."""

from __future__ import annotations

import json

import pytest

from kb_app.core.article import Article
from kb_app.ingest.articles import decoded_source
from tests.ingest.pages import PARAGRAPHS, article, modern_page, paragraphs, source

SECOND = (
    "The ferry will run again on Thursday, said Ruth Allard, who manages it, and the evening boat stays at six.",
    "Islanders had shared their own boats for two weeks and sold bread by lot in the harbour of Hemm.",
)


def read(found: Article) -> str:
    return "\n\n".join(span.of(found.text) for span in found.read_spans())


def page_of(inside: str, head: str = "") -> str:
    menu = "<div class=menu><a href=/>Home</a> <a href=/s>Sea</a></div>"
    return f"<html><head><title>Pier Closed</title>{head}</head><body>{menu}{inside}</body></html>"


@pytest.mark.parametrize(
    "label", ["has-ads", "print-article", "paywall", "share-enabled tools", "subscription-content"]
)
def test_a_box_that_holds_the_article_is_read_whatever_it_is_called(label: str) -> None:
    found = article(page_of(f"<div class='{label}'><h1>Pier Closed</h1>{paragraphs()}</div>"))
    assert all(words in read(found) for words in PARAGRAPHS)


def test_a_form_around_the_whole_page_is_no_box() -> None:
    found = article(page_of(f"<form action=/x><h1>Pier Closed</h1><div>{paragraphs()}</div></form>"))
    assert all(words in read(found) for words in PARAGRAPHS)


@pytest.mark.parametrize("hiding", ["style='display:none'", "aria-hidden='true'", "hidden"])
def test_an_article_that_a_script_will_show_is_read(hiding: str) -> None:
    found = article(page_of(f"<p>Loading</p><div {hiding}><h1>Pier Closed</h1><div>{paragraphs()}</div></div>"))
    assert all(words in read(found) for words in PARAGRAPHS)


def test_the_words_of_a_page_without_frames_are_read() -> None:
    frames = "<frameset cols='1,*'><frame src=a.htm><noframes><body><h1>Pier Closed</h1>{}</body></noframes></frameset>"
    found = article(f"<html><head><title>Pier Closed</title></head>{frames.format(paragraphs())}</html>")
    assert all(words in read(found) for words in PARAGRAPHS)


def test_an_article_that_stands_in_the_data_alone_is_read_and_maps_to_its_source() -> None:
    body = "\n\n".join((*PARAGRAPHS, "“Quoted”, a slash / and café 🐟."))
    data = json.dumps({"@type": "NewsArticle", "headline": "Pier Closed", "articleBody": body})
    page = page_of("<div id=root></div>", f'<script type="application/ld+json">{data}</script>')
    found = article(page)
    assert found.body.of(found.text) == body
    assert [warning for warning in found.warnings if warning.startswith("from-data:")]
    original = decoded_source(source(page)).text
    for run in found.offset_map:
        for step in range(run.length):
            assert found.text[run.text_start + step] == original[run.original_start + step] or (
                original[run.original_start + step] == "\\"
            )


def test_markup_inside_the_data_is_no_text() -> None:
    body = "".join(f"<p>{words.replace('&', '&amp;')}</p>" for words in PARAGRAPHS)
    data = json.dumps({"@type": "NewsArticle", "articleBody": body}).replace("</", "<\\/")
    found = article(page_of("", f'<script type="application/ld+json">{data}</script>'))
    assert found.body.of(found.text) == "\n\n".join(PARAGRAPHS)


def test_the_data_of_a_page_that_shows_its_article_is_left_aside() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": " ".join(PARAGRAPHS)})
    found = article(modern_page(f'<script type="application/ld+json">{data}</script>'))
    assert found.body.of(found.text) == "\n\n".join(PARAGRAPHS)
    assert found.warnings == ()


def test_the_next_article_of_an_endless_page_is_not_read() -> None:
    story = "<div class=s><h1>{}</h1><p class=by>By {}</p><div>{}</div></div>"
    one = story.format("Pier Closed", "Una Stell", paragraphs())
    two = story.format("Ferry runs again", "Ned Farrow", paragraphs(*SECOND))
    found = read(article(page_of(one + two)))
    assert PARAGRAPHS[-1] in found and SECOND[0] not in found


def test_teasers_behind_a_short_report_are_not_read() -> None:
    card = "<div class=card><a href=/{0}><h3>Headline number {0} leads elsewhere</h3></a><p>{1}</p></div>"
    cards = "".join(card.format(n, f"Summary number {n}: {SECOND[n % 2]}") for n in range(5))
    found = read(article(page_of(f"<div><h1>Pier Closed</h1>{paragraphs(PARAGRAPHS[0])}</div><div>{cards}</div>")))
    assert PARAGRAPHS[0] in found and "Summary number" not in found


def test_the_last_sections_of_a_document_are_read() -> None:
    section = "<section id=s{0}><h2>Part {0}</h2>{1}</section>"
    long = section.format(1, paragraphs(*PARAGRAPHS, *PARAGRAPHS))
    found = read(article(page_of(f"<div><h1>Pier Closed</h1>{long}{section.format(2, paragraphs(*SECOND))}</div>")))
    assert all(words in found for words in SECOND)


def test_a_list_of_links_that_is_the_page_is_read() -> None:
    rows = "".join(f"<li><a href=/{n}>Chapter {n} of the book about the harbour of Harbury</a></li>" for n in range(12))
    assert "Chapter 11" in read(article(page_of(f"<h1>Contents of the book</h1><ul>{rows}</ul>")))


def test_a_standfirst_above_the_body_is_part_of_it() -> None:
    lead = "<p class=standfirst>Four beams have rotted through, an engineer told the board</p>"
    found = article(modern_page(before=lead))
    assert found.body.of(found.text).startswith("Four beams have rotted through")


def test_a_paragraph_that_is_nothing_but_a_link_is_not_read() -> None:
    link = "<p><a href=/app><b>CLICK HERE TO GET THE HARBURY POST ON YOUR TELEPHONE</b></a></p>"
    found = article(modern_page(inside=link + paragraphs(SECOND[0])))
    assert SECOND[0] in read(found) and "CLICK HERE" not in read(found)


def test_times_above_the_entries_of_a_live_report_are_not_read() -> None:
    entries = "".join(f"<p><time>0{n}.14</time></p>{paragraphs(words)}" for n, words in enumerate(SECOND))
    assert ".14" not in read(article(modern_page(inside=entries)))
