"""Whatever a container holds, what comes out is sound members, told troubles, or a refusal with a code."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_app.core.errors import Failed, Refused
from kb_app.ingest.containers import members_of
from kb_app.ingest.feed_types import ATOM, CSV, JSON, RSS, TSV, ZOTERO_RDF
from kb_app.ingest.feeds.archived_item import item_original
from kb_app.ingest.members import Member, Opened, Trouble
from tests.ingest.feeds.opening import LONG, article_of
from tests.ingest.feeds.test_xml_feed import ATOM as ATOM_FEED
from tests.ingest.feeds.test_xml_feed import RSS_2
from tests.ingest.feeds.test_zotero import LIBRARY

CODES = {"corrupt", "encoding", "mapping", "no-articles", "too-large", "xml-entities", "no-text", "not-articles"}
ITEM_CODES = {"no-text", "encoding", "corrupt", "empty"}
TABLE = f'title,text,date\r\nA,"{LONG}\nmore",2024-02-09\r\nB,"{LONG}",\r\n'
ROWS = json.dumps([{"title": "A", "text": LONG, "date": "2024-02-09", "author": [{"name": "Una"}]}] * 3, indent=1)
SEEDS = {RSS: RSS_2, ATOM: ATOM_FEED, ZOTERO_RDF: LIBRARY, JSON: ROWS, CSV: TABLE, TSV: TABLE.replace(",", "\t")}
PIECES = [
    "<",
    ">",
    "]]>",
    "<![CDATA[",
    "&",
    "&#0;",
    "&lt;p&gt;",
    '"',
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\n",
    "\t",
    "\\u",
    "\x00",
]
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(PIECES) | st.text(max_size=5)), max_size=6
)


def edited(text: str, edits: Iterable[tuple[float, int, str]]) -> str:
    """Cut pieces out of a text and put others in."""
    for share, length, piece in edits:
        at = int(share * len(text))
        text = text[:at] + piece + text[at + length :]
    return text


def check(data: bytes, kind: str) -> None:
    """Hold what comes out of some bytes against what must be."""
    try:
        found = list(members_of(Opened("any", io.BytesIO(data), len(data), kind)))
    except (Refused, Failed) as error:
        assert error.code in CODES, error.sentence
        return
    for one in found:
        if isinstance(one, Trouble):
            assert one.code in CODES
        else:
            check_member(one)


def check_member(member: Member) -> None:
    """Hold a member and its article against what must be."""
    assert not {unicodedata.category(c) for c in member.name} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    try:
        article = article_of(member)
    except (Refused, Failed) as error:
        assert error.code in ITEM_CODES, error.sentence
        return
    article.text.encode()
    assert "\x00" not in article.text
    spans = [article.body, article.title_span, *(zone.span for zone in article.zones)]
    assert all(span.end <= len(article.text) for span in spans if span)
    assert all(a.end <= b.start for a, b in pairwise(article.read_spans()))
    source = member.data.decode()
    for run in article.offset_map:
        there = source[run.original_start : run.original_start + run.length]
        assert article.text[run.text_start : run.text_start + run.length] == there
    shown = item_original(source, member.media_type).lower()
    assert not re.search(r"<(?:script|style|iframe|img)\b|<[a-z][^>]*\b(?:href|src|on\w+)=", shown)


@pytest.mark.parametrize("kind", list(SEEDS))
@settings(deadline=None, max_examples=60)
@given(edits=EDITS)
def test_any_edit_of_a_sound_file_is_survived(kind: str, edits: list[tuple[float, int, str]]) -> None:
    check(edited(SEEDS[kind], edits).encode("utf-8", "surrogatepass"), kind)


@pytest.mark.parametrize("kind", list(SEEDS))
@settings(deadline=None, max_examples=40)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_survived(kind: str, data: bytes) -> None:
    check(data, kind)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["title", "text", "html", "date", "author", "items", "properties", "schema", "date-parts"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=150)
@given(JSON_VALUES)
def test_any_json_is_survived(value: object) -> None:
    check(json.dumps(value).encode(), JSON)


PROPERTIES = st.dictionaries(
    st.sampled_from(["bodyText", "document", "index", "title", "bodyHtml", "date"]),
    JSON_VALUES | st.sampled_from(["1", "²", ["9" * 30], ["a"], [{"id": "a"}], LONG]),
    max_size=4,
)
ENTITIES = st.fixed_dictionaries(
    {"schema": st.sampled_from(["Page", "Pages", "Article", "Person"]), "properties": PROPERTIES},
    optional={"id": st.sampled_from(["a", "b"]) | JSON_VALUES},
)


@settings(deadline=None, max_examples=150)
@given(st.lists(ENTITIES, max_size=5))
def test_any_entities_are_survived(entities: list[dict[str, object]]) -> None:
    check("\n".join(map(json.dumps, entities)).encode(), JSON)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(st.text(max_size=30), min_size=1, max_size=4), max_size=6))
def test_any_cells_are_survived(rows: list[list[str]]) -> None:
    lines = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in [["title", "text"], *rows])
    check(lines.encode("utf-8", "surrogatepass"), CSV)
