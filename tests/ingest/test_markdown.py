"""Markdown becomes articles: words without marks, front matter as metadata, offsets into the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_app.core.article import Article, ZoneKind
from kb_app.core.errors import Refused
from kb_app.ingest.articles import to_article
from kb_app.ingest.decoding import cleaned
from kb_app.ingest.given import GivenMetadata
from tests.ingest.pages import source

PAGE = """---
title: "Pier closed"
author: [Una Stell, Tomas Varn]
date: 2024-02-09
source: https://post.example/pier
outlet: Harbury Post
tags:
  - harbour
---

The **harbour board** of [Harbury](https://post.example/Ada_Brill "Ada Brill") voted to *close* the pier.

## What comes next ##

> “We cannot wait,” said [Ilse Marrow][1], who chairs the_board_now.[^2]

![The old pier](pier.jpg)

```
gate_log = *4*
```

- See [[People/Anna Vela|Anna Vela]] and `snake_case_name`.
***
[1]: https://post.example/ilse
[^2]: Minutes of the meeting.
"""


def article(text: str, given: GivenMetadata | None = None) -> Article:
    found = to_article(source(text, "notes.md"), given)
    original = cleaned(text)[0]
    for run in found.offset_map:
        words = found.text[run.text_start : run.text_start + run.length]
        assert words == original[run.original_start : run.original_start + run.length]
    return found


def test_the_words_are_read_without_marks_and_addresses() -> None:
    found = article(PAGE)
    assert found.text.split("\n\n")[:4] == [
        "Pier closed",
        "The harbour board of Harbury voted to close the pier.",
        "What comes next",
        "“We cannot wait,” said Ilse Marrow, who chairs the_board_now.",
    ]
    assert "gate_log = *4*" in found.text
    assert "- See Anna Vela and snake_case_name." in found.text
    assert "Minutes of the meeting." in found.text
    assert not any(mark in found.text for mark in ("https://", "](", "```", "***", "tags"))
    kinds = {zone.kind: zone.span.of(found.text) for zone in found.zones}
    assert kinds[ZoneKind.SUBHEAD] == "What comes next"
    assert kinds[ZoneKind.CAPTION] == "The old pier"


def test_front_matter_is_metadata_with_its_evidence() -> None:
    known = article(PAGE).metadata
    assert known.title and (known.title.value, known.title.how) == ("Pier closed", "front matter")
    assert known.byline and (known.byline.value, known.byline.how) == ("Una Stell, Tomas Varn", "front matter")
    assert known.published and (known.published.edtf, known.published_how) == ("2024-02-09", "front matter")
    assert known.publisher and known.publisher.value == "Harbury Post"
    assert [candidate.how for candidate in article(PAGE).candidates][:3] == ["front matter"] * 3


@pytest.mark.parametrize("heading", ["# Dam opened", "Dam opened\n==========", "# Dam opened #"])
def test_the_first_heading_is_the_title(heading: str) -> None:
    found = article(f"{heading}\n\nAnna Vela opened the Orla dam on Friday, she said, before a large crowd.\n")
    assert found.title_span and found.title_span.of(found.text) == "Dam opened"
    assert found.metadata.title and found.metadata.title.how == "heading"
    assert found.body.of(found.text).startswith("Anna Vela opened")


def test_what_is_known_from_elsewhere_fills_the_gaps() -> None:
    given = GivenMetadata(publisher="Orla Observer", published="2024-05-03")
    known = article("# Dam opened\n\nAnna Vela opened the Orla dam.\n", given).metadata
    assert known.publisher and (known.publisher.value, known.publisher.how) == ("Orla Observer", "import metadata")
    assert known.published and known.published_how == "import metadata"


def test_an_opening_rule_is_no_front_matter() -> None:
    found = article("---\n\nA text that begins with a rule and goes on for a while.\n")
    assert found.text.strip() == "A text that begins with a rule and goes on for a while."


@pytest.mark.parametrize("text", ["---\ntitle: A\n---\n", "***\n\n[1]: https://x.example\n"])
def test_marks_alone_are_no_text(text: str) -> None:
    with pytest.raises(Refused) as refused:
        article(text)
    assert refused.value.code == "no-text"


def test_monstrous_lines_end_soon() -> None:
    for piece in ("*a", "[", "![](", "`", "_a ", "<a ", "[[a", "> ", "#", "\\"):
        try:
            article("Words to begin with.\n" + piece * 30_000)
        except Refused as refused:
            assert refused.code == "no-text"


PIECES = [
    "# ",
    "---\n",
    "title: x\n",
    "*",
    "**",
    "_",
    "[a](b)",
    "![",
    "](",
    "`",
    "```\n",
    "> ",
    "\n",
    "\n\n",
    "<b>",
    "\\",
    "[1]: x",
    "===\n",
    "word ",
]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join))
def test_any_marks_map_back_to_the_file(text: str) -> None:
    try:
        found = article(text.encode("utf-8", "replace").decode() + "\nSome words of it.")
    except Refused as refused:
        assert refused.code in ("no-text", "binary")
        return
    assert all(zone.span.end <= len(found.text) for zone in found.zones)
    assert found.body.end <= len(found.text)
