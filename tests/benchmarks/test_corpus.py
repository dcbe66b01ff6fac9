from __future__ import annotations

from datetime import date

from kb_app.ingest.articles import to_article
from kb_app.ingest.reading import source_from_bytes
from tests.benchmarks.corpus import as_page, as_text, story


def test_the_same_number_gives_the_same_article() -> None:
    assert as_text(story(5)) == as_text(story(5))
    assert as_text(story(5)) != as_text(story(6))
    assert as_text(story(5, seed=2)) != as_text(story(5))


def test_one_in_twenty_is_a_reprint_by_another_agency() -> None:
    assert story(19).paragraphs == story(12).paragraphs
    assert story(19).agency != story(12).agency


def test_text_and_page_are_read_as_the_same_story() -> None:
    told = story(3)
    text = to_article(source_from_bytes("3.txt", as_text(told).encode()))
    page = to_article(source_from_bytes("3.html", as_page(told).encode()))
    for article in (text, page):
        assert article.title == told.title
        assert all(paragraph in article.text for paragraph in told.paragraphs)
        assert article.metadata.published is not None
        assert article.metadata.published.earliest == told.published
    assert isinstance(told.published, date)
