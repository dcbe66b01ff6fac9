"""Hostile and outsized pages: their words are read in time, nothing in them runs, and what cannot be read says so."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kb_app.core.errors import Refused
from kb_app.ingest.sanitising import sanitised
from tests.ingest.pages import PARAGRAPHS, article, modern_page, paragraphs

SECONDS = 30  # of computing, whatever else the machine does


@contextmanager
def in_time() -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("tag", ["div", "b", "table", "blockquote"])
def test_a_hundred_thousand_nested_elements_lose_nothing(tag: str) -> None:
    with in_time():
        found = article("<html><body>" + f"<{tag}>" * 100_000 + paragraphs() + f"</{tag}>" * 100_000)
    assert all(words in found.body.of(found.text) for words in PARAGRAPHS)
    assert found.warnings[0].startswith("read-plainly:")


def test_a_page_of_thirty_megabytes_is_read_in_time_with_a_warning() -> None:
    line = "<p>Paragraph {} has words to be read, " + "and more of them, " * 60 + "said Una Stell.</p>\n"
    page = "<html><body>" + "".join(line.format(number) for number in range(27_000))
    assert len(page) > 30_000_000
    with in_time():
        found = article(page)
    assert found.text.startswith("Paragraph 0 has") and "Paragraph 26999 has" in found.text
    assert found.warnings[0].startswith("read-plainly:")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>unseen()</script>",
        "<style>.unseen { color: red }</style>",
        "<template><p>unseen words</p></template>",
        "<svg><script>unseen</script><text>unseen</text><foreignObject><p>unseen</p></foreignObject></svg>",
        "<math><mtext></table><mglyph><style>unseen</style></math>",
        "<iframe srcdoc='<p>unseen</p>'>unseen</iframe>",
        "<object data=unseen>unseen</object>",
        "<textarea>unseen</textarea><select><option>unseen</select>",
        "<img src='unseen.png' srcset='unseen 2x' onerror='unseen()'>",
        "<!-- unseen --><a href='javascript:unseen()' ping=unseen></a>",
    ],
)
def test_what_is_no_text_is_not_read(hostile: str) -> None:
    found = article(modern_page(inside=hostile))
    assert "unseen" not in found.text
    assert found.body.of(found.text) == "\n\n".join(PARAGRAPHS)
    assert "unseen" not in sanitised(f"<p>Words</p>{hostile}<p>More words</p>")


def test_a_picture_of_ten_megabytes_inside_the_page_costs_nothing() -> None:
    picture = "data:image/png;base64," + "A" * 10_000_000
    page = modern_page(inside=f'<img alt="the pier" src="{picture}"><a href="data:text/html,<b>x</b>">a link</a>')
    with in_time():
        found, shown = article(page), sanitised(page)
    assert found.body.of(found.text).startswith("\n\n".join(PARAGRAPHS))
    assert len(found.text) < 1_000 and len(shown) < 2_000
    assert "data:" not in shown and "[the pier]" in shown


def test_a_drawing_alone_is_refused_and_not_rendered() -> None:
    drawing = (
        '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>x()</script><text>words</text></svg>'
    )
    with pytest.raises(Refused) as refused:
        article(drawing)
    assert refused.value.code == "unsupported-type"
