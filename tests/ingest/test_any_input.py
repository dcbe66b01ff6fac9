"""Whatever comes in, an article is sound or the refusal has a code; nothing is fetched or written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_app.core.article import LONGEST_VALUE, Article
from kb_app.core.errors import Failed, Refused
from kb_app.ingest.articles import decoded_source, to_article
from kb_app.ingest.decoding import cleaned
from kb_app.ingest.sanitising import sanitised
from tests.ingest.pages import modern_page, source

CODES = {
    "empty",
    "binary",
    "unsupported-type",
    "encoding",
    "no-text",
    "too-large",
    "corrupt",
    "encrypted",
    "mime-depth",
}
LOADING_HEAD = """<link rel="canonical" href="https://post.example/a"><link rel=stylesheet href=//x.example/s>
<link rel=preload href=https://x.example/f.woff2 as=font><link rel=prefetch href=https://x.example/next>
<meta http-equiv=refresh content="0;url=https://x.example/away"><base href="https://x.example/">
<style>@import url(https://x.example/a.css); @font-face { src: url(https://x.example/f.woff) }</style>"""
LOADING = """<img src=https://x.example/pixel.gif width=1 height=1><img srcset="https://x.example/2x.png 2x">
<p style="background: url(https://x.example/b.png)">Words</p><iframe src=https://x.example/i></iframe>
<video src=https://x.example/v poster=https://x.example/p></video><object data=https://x.example/o></object>
<a href=https://x.example/l ping=https://x.example/ping>A link</a><svg><use href="https://x.example/s.svg#a"/></svg>"""
MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div class='x'>",
            "</div>",
            "<h1>",
            "</h1>",
            "<br>",
            "&amp;",
            "&#x41;",
            "<!--",
            "-->",
            "<script>",
        ]
        + [
            "</script>",
            "<td>",
            "<a href='",
            "'>",
            "<",
            ">",
            "word ",
            "A longer run of words, said Una Stell. ",
            "\n",
            "\xad",
        ]
    )
    | st.text(max_size=8),
    max_size=60,
).map("".join)


def article_or_none(data: bytes) -> Article | None:
    try:
        return to_article(source(data or b" "))
    except (Refused, Failed) as error:
        assert error.code in CODES
        return None


def check_spans(found: Article) -> None:
    spans = [found.body, found.title_span, found.dateline_span, found.published_span, *(z.span for z in found.zones)]
    assert all(span.end <= len(found.text) for span in spans if span)
    assert all(a.end <= b.start for a, b in pairwise(found.read_spans()))
    found.text.encode("utf-8")


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=400))
def test_any_plain_text_keeps_its_length(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    found = article_or_none(data)
    if found and not found.offset_map and found.encoding == "utf-8" and "encoding" not in "".join(found.warnings):
        assert found.text == cleaned(text)[0]
    if found:
        check_spans(found)


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=400))
def test_any_bytes_make_an_article_or_a_refusal(data: bytes) -> None:
    found = article_or_none(data)
    if found:
        check_spans(found)


@settings(deadline=None, max_examples=150)
@given(MARKUP)
def test_any_markup_maps_back_to_its_source(markup: str) -> None:
    page = source("<html><body><p>Some words to begin with.</p>" + markup)
    found = article_or_none(page.data)
    if found is None:  # many control characters make it binary
        return
    check_spans(found)
    original = decoded_source(page).text
    for run in found.offset_map:
        for step in range(run.length):
            clean, there = found.text[run.text_start + step], original[run.original_start + step]
            assert clean == there or clean.isspace() or there == "&"


@settings(deadline=None, max_examples=100)
@given(st.text(min_size=1, max_size=200), st.booleans())
def test_any_words_in_the_data_of_a_page_map_back_to_its_source(words: str, in_ascii: bool) -> None:
    body = "An article that stands in the data alone. " * 8 + "\n\n" + words
    data = json.dumps({"@type": "NewsArticle", "headline": words, "articleBody": body}, ensure_ascii=in_ascii)
    page = source(
        f'<html><script type="application/ld+json">{data.replace("<", chr(92) + "u003c")}</script>Words</html>'
    )
    found = article_or_none(page.data)
    if found is None:
        return
    check_spans(found)
    original = decoded_source(page).text
    for run in found.offset_map:
        for step in range(run.length):
            clean, there = found.text[run.text_start + step], original[run.original_start + step]
            assert clean == there or clean.isspace() or there in "&\\"


@pytest.mark.parametrize("escape", ["\\ud800", "\\udc00", "\\u0000", "\\ufffe"])
def test_what_no_text_may_hold_does_not_come_in_by_an_escape(escape: str) -> None:
    stated_of = {"headline": "A % title", "author": "Una % Stell", "articleBody": "x%y"}
    data = json.dumps({"@type": "NewsArticle", **stated_of}).replace("%", escape)
    found = to_article(source(modern_page(f'<script type="application/ld+json">{data}</script>')))
    stated = [found.text, *(one.value for one in found.candidates)]
    assert all(cleaned(value) == (value, 0) for value in stated)


@settings(deadline=None, max_examples=100)
@given(MARKUP)
def test_any_markup_is_sanitised(markup: str) -> None:
    shown = sanitised(markup).lower()
    assert not re.search(r"<(?:script|style|iframe|img|form|link)\b|<[a-z][^>]*\b(?:href|src|on\w+|style)=", shown)


def test_a_page_is_read_without_files_written_or_addresses_asked(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(modern_page(LOADING_HEAD, inside=LOADING))
    script = """
import sys
import tempfile
def refuse(event, arguments):
    if event.startswith("socket.") and event != "socket.gethostname":
        raise RuntimeError(event)
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        if arguments[0] != tempfile.gettempdir():  # a nameless file there is how the language model is unpacked
            raise RuntimeError(str(arguments))
sys.dont_write_bytecode = True
sys.addaudithook(refuse)
from pathlib import Path
from kb_app.ingest.articles import to_article
from kb_app.ingest.reading import read_source
print(to_article(read_source(Path(sys.argv[1]))).title)
"""
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script, str(page)],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("Pier Closed", "")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize(
    "page",
    [
        '<a "' * 50_000,
        "<" * 100_000,
        "<p>words" + "<a" * 50_000,
        "<p>words " + "&amp;" * 50_000,
        "<p>words" + "<!--" * 50_000,
    ]
    + ["<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">words", "<table>" * 5_000 + "words"],
    ids=["quotes", "signs", "open tags", "entities", "comments", "attributes", "tables"],
)
def test_broken_markup_is_survived(page: str) -> None:
    found = to_article(source("<html><body><p>First words.</p>" + page))
    assert found.text.startswith("First words.")
    assert sanitised(page) is not None


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head><title>{'Word ' * 50_000}</title></head><body><p>The ferry stayed in port.</p></body></html>",
        f"<html><body><p>{'w' * 50_000}</p></body></html>",
    ],
    ids=["title", "word"],
)
def test_no_title_is_longer_than_a_list_can_show(page: str) -> None:
    assert 0 < len(to_article(source(page, "long.html")).title) <= LONGEST_VALUE
