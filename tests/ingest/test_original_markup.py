from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb_app.core.article import OffsetSegment, SourceFile
from kb_app.core.errors import Refused
from kb_app.core.original import Markup
from kb_app.ingest.articles import to_article
from kb_app.ingest.original_markup import original_markup
from kb_app.ingest.reading import source_from_bytes
from tests import builders

PAGE = (
    "<html lang='en'><head><title>Bridge reopens</title><script>alert(1)</script></head><body onload='x()'>"
    "<article><h1>Bridge   reopens</h1>\r\n<p>The mayor of <a href='https://example.invalid'>Veldhaven</a> said\n"
    "   Smith &amp; Sons had <b>mended</b> it\u00ad for 3&nbsp;months, 5 &lt; 6. "
    f"AT&T was silent.</p><p>{builders.BODY}</p>"
    "<img src='https://example.invalid/p.png' alt='a \U0001f30a'></article></body></html>"
)
FORBIDDEN = ("<script", " onload", "href=", "<img", "\U0010fff0", "\U0010fff1")


def shown(data: bytes, name: str) -> tuple[str, Markup]:
    source = source_from_bytes(name, data)
    article = to_article(source)
    return article.text, original_markup(source, article.encoding, article.offset_map, len(article.text))


def seen(markup: Markup) -> str:
    """Return what is seen of a page, without blanks."""
    return "".join(unescape(re.sub("<[^>]*>", "", markup.html)).split())


def test_an_archived_page_is_shown_without_what_runs_or_fetches() -> None:
    _, markup = shown(PAGE.encode(), "page.html")
    assert "Anna Vela" in markup.html
    assert not any(word in markup.html for word in FORBIDDEN)


@pytest.mark.parametrize("name", ["page.html", "page.txt"])
def test_the_runs_of_the_text_are_found_in_what_is_seen(name: str) -> None:
    body = PAGE if name.endswith("html") else f"Bridge reopens\r\n\r\n  AT&T < {builders.BODY}\r\nLine two."
    text, markup = shown(body.encode(), name)
    page = seen(markup)
    covered = 0
    for run in markup.runs:
        words = "".join(text[run.text_start : run.text_start + run.length].split())
        assert page[run.original_start :].startswith(words)
        covered += len(words)
    assert covered == len("".join(text.split()))


def test_a_page_cannot_number_runs_of_its_own() -> None:
    page = f"<p>One \U0010fff07\U0010fff1 two</p><p lang='\U0010fff05\U0010fff1'>{builders.BODY}</p>"
    source = SourceFile("x.html", page.encode(), "0" * 64, "text/html")
    markup = original_markup(source, "utf-8", (), 0)
    assert markup.runs == ()
    assert "One \ufffd7\ufffd two" in markup.html


@example([OffsetSegment(0, 1, 84)])  # within a tag, which is then shown as words
@given(st.lists(st.builds(OffsetSegment, st.integers(0, 900), st.integers(0, 90), st.integers(0, 2_000)), max_size=60))
def test_a_map_that_leads_into_tags_or_out_of_the_page_does_no_harm(wrong: list[OffsetSegment]) -> None:
    source = SourceFile("x.html", PAGE.encode(), "0" * 64, "text/html")
    markup = original_markup(source, "utf-8", wrong, 9_000)
    tags = "".join(re.findall("<[^>]*>", markup.html))
    assert not any(word in tags for word in FORBIDDEN)
    assert not any(word in markup.html for word in FORBIDDEN if word[0] in "<\U0010fff0\U0010fff1")


def test_what_cannot_be_shown_is_said_to_be_kept() -> None:
    picture = replace(source_from_bytes("p.txt", b"words"), name="p.png", media_type="image/png")
    with pytest.raises(Refused, match="kept byte for byte"):
        original_markup(picture, "", (), 5)
