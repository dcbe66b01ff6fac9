"""Plain texts keep every character; their lines tell title, day, publisher and furniture."""

from __future__ import annotations

import pytest

from kb_app.core.article import ZoneKind
from kb_app.core.errors import Refused
from kb_app.core.passage import Span
from kb_app.ingest.given import GivenMetadata
from tests.ingest.pages import PARAGRAPHS, article

BODY = "\n\n".join(PARAGRAPHS)
REPRINT = f"""COASTNEWS - Support our lighthouse fund today - CoastNews.example

Shipping And Ports

[ coast wire banner ]

Harbury Board Closes Old Pier

By Coast Wire's Harbury Service February 09, 2024

{BODY}

With reporting by Meridian, Reuters, and dpa

Source: https://www.coastwire.example/a/harbury-board- closes-old- pier/3081.html

Copyright (c) 2024. Coast Wire, Inc. Reprinted with the permission of Coast Wire, 4 Mole Street.

Join the CoastNews.example mailing list
"""


def test_a_reprint_is_taken_apart() -> None:
    found = article(REPRINT)
    meta = found.metadata
    assert found.text == REPRINT
    assert found.body.of(found.text) == BODY
    assert found.title_span and found.title_span.of(found.text) == "Harbury Board Closes Old Pier"
    assert meta.byline and meta.byline.value == "Coast Wire's Harbury Service"
    assert meta.publisher and (meta.publisher.value, meta.publisher.how) == ("Coast Wire", "copyright line")
    assert meta.host and meta.host.value == "CoastNews.example"
    assert meta.published and (meta.published.edtf, meta.published_how) == ("2024-02-09", "date line")
    assert meta.wires == ("Meridian", "Reuters", "dpa")
    assert meta.dateline_place and meta.dateline_place.value == "Harbury"


def test_an_address_printed_with_blanks_is_mended() -> None:
    meta = article(REPRINT).metadata
    assert (
        meta.source_url
        and meta.source_url.value == "https://www.coastwire.example/a/harbury-board-closes-old-pier/3081.html"
    )
    assert meta.source_url_as_printed == "https://www.coastwire.example/a/harbury-board- closes-old- pier/3081.html"


def test_only_title_and_body_are_read() -> None:
    found = article(REPRINT)
    assert [span.of(found.text) for span in found.read_spans()] == ["Harbury Board Closes Old Pier", BODY]


def test_furniture_inside_the_body_is_marked_and_kept() -> None:
    inside = "Advertisement\n\nRead more: Herring prices rise"
    text = f"A Title Of Four Words\n\n{PARAGRAPHS[1]}\n\n{inside}\n\n{PARAGRAPHS[2]}\n"
    found = article(text)
    marked = [zone.span.of(text) for zone in found.zones if zone.kind is ZoneKind.BOILERPLATE]
    assert marked == ["Advertisement", "Read more: Herring prices rise"]
    assert found.body.of(text).endswith(PARAGRAPHS[2])


def test_a_list_of_sources_stands_below_the_article() -> None:
    below = 'Sources\n\n"Pier shut" — Harbury Post, February 8, 2024\n'
    text = f"Board closes old pier\n\nFriday, February 9, 2024\n\n{BODY}\n\n{below}"
    found = article(text)
    assert found.body.of(text) == BODY
    assert found.metadata.wires == ("Harbury Post",)


def test_a_text_without_a_title_is_all_body() -> None:
    found = article(BODY)
    assert found.title_span is None
    assert found.body == Span(0, len(BODY))


@pytest.mark.parametrize("breaks", ["\r\n", "\r", "\n"])
def test_line_breaks_stay_as_they_are(breaks: str) -> None:
    text = REPRINT.replace("\n", breaks)
    found = article(text)
    assert found.text == text
    assert found.title == "Harbury Board Closes Old Pier"


def test_the_signature_is_counted_and_not_read() -> None:
    found = article("\ufeffBoard Closes Old Pier\n\n" + BODY)
    assert found.title_span == Span(1, 22)
    assert found.title == "Board Closes Old Pier"


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("Friday, August 15, 2008", "2008-08-15"),
        ("By Una Stell, 11 March 2025", "2025-03-11"),
        ("Staff Writer 2016-05-23 04:44:35", "2016-05-23"),
        ("Published: 05.03.2025, 16:12", "2025-03-05"),
        ("Una Stell | Posted on Dec. 13, 2016 at 7:48 p.m.", "2016-12-13"),
    ],
)
def test_header_lines_date_an_article(line: str, edtf: str) -> None:
    found = article(f"Board closes old pier\n\n{line}\n\n{BODY}").metadata
    assert found.published and (found.published.edtf, found.published_how) == (edtf, "date line")


def test_a_day_that_can_be_read_two_ways_is_an_interval_with_a_warning() -> None:
    found = article(f"Board closes old pier\n\nPublished 05/06/2020\n\n{BODY}")
    assert found.metadata.published and found.metadata.published.edtf == "2020-05-06/2020-06-05"
    assert found.warnings[0].startswith("ambiguous-date:")


def test_the_importers_day_is_used_where_the_text_has_none_and_never_today() -> None:
    text = f"Board closes old pier\n\n{BODY}"
    given = article(text, GivenMetadata(published="2024-02-09")).metadata
    assert (given.published and given.published.edtf, given.published_how) == ("2024-02-09", "import metadata")
    assert article(text).metadata.published is None


def test_a_known_address_names_the_publisher() -> None:
    given = GivenMetadata(source_url="https://en.wikinews.org/wiki/Pier")
    found = article(f"Board closes old pier\n\n{BODY}", given).metadata
    assert found.publisher and (found.publisher.value, found.publisher.how) == ("Wikinews", "address")


@pytest.mark.parametrize(
    ("start", "place", "agency"),
    [
        ("MINSK -- ", "Minsk", ""),
        ("WASHINGTON, Dec. 13, 2016 — ", "Washington", ""),
        ("BEIRUT (AP) — ", "Beirut", "AP"),
        ("SREDGOROD, 5 March /Vardpress/. ", "Sredgorod", "Vardpress"),
        ("HANOI— ", "Hanoi", ""),
        ("Taipei, Taiwan — ", "Taipei", ""),
        ("UNITED NATIONS (Reuters) - ", "United Nations", "Reuters"),
    ],
)
def test_datelines_of_many_kinds(start: str, place: str, agency: str) -> None:
    found = article(
        f"Board closes old pier\n\n{start}The board met on Thursday, and the minister said so.\n\n{PARAGRAPHS[1]}"
    )
    assert found.metadata.dateline_place and found.metadata.dateline_place.value == place
    assert found.metadata.wires == ((agency,) if agency else ())


@pytest.mark.parametrize(
    "start", ["Apple — which makes telephones — ", "The board - all of it - ", "Q - ", "In 2020 — "]
)
def test_a_sentence_with_a_dash_is_no_dateline(start: str) -> None:
    found = article(
        f"Board closes old pier\n\n{start}said on Thursday that the old pier was closed.\n\n{PARAGRAPHS[1]}"
    )
    assert found.metadata.dateline_place is None


def test_a_picture_credit_is_metadata_and_its_caption_is_not() -> None:
    text = f"Board closes old pier\n\nThe pier from file. Image: Una Stell.\n\n{BODY}"
    found = article(text)
    assert {zone.kind: zone.span.of(text) for zone in found.zones if zone.kind is not ZoneKind.TITLE} == {
        ZoneKind.CAPTION: "The pier from file.",
        ZoneKind.METADATA: "Image: Una Stell.",
    }


@pytest.mark.parametrize("text", ["   \n\t ", "\ufeff", "\x00\x00"])
def test_blanks_are_refused_as_empty(text: str) -> None:
    with pytest.raises(Refused) as refused:
        article(text)
    assert refused.value.code in {"empty", "binary"}


def test_a_text_without_letters_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        article("12 + 30 = 42\n---\n")
    assert refused.value.code == "no-text"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"SQLite format 3\x00", "unsupported-type"),
        (b"PK\x03\x04", "unsupported-type"),
        (bytes(range(32)) * 9, "binary"),
    ],
)
def test_other_kinds_are_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        article(data)
    assert refused.value.code == code
    assert "page" in refused.value.sentence


def test_languages_are_told_where_there_is_enough_to_go_by() -> None:
    assert article(BODY).language == "en"
    assert (
        article("Der Vorstand beschloss am Donnerstag, die alte Brücke bis zum Frühjahr zu sperren.").language == "de"
    )
    assert article("Pier closed").language == ""


@pytest.mark.parametrize(
    "line",
    [
        "This article was originally published by Coast Wire on February 8, 2024.",
        "This article is republished from Coast Wire under a licence. Read the original article.",
        "Una Stell is a reporter. This story first appeared in Coast Wire.",
        "Cross-posted from Coast Wire",
        "Story courtesy of Coast Wire.",
    ],
)
def test_a_line_below_the_body_says_where_the_article_comes_from(line: str) -> None:
    body = "\n\n".join(PARAGRAPHS)
    found = article(f"Pier Closed After Beams Rot\n\nBy Una Stell, Coast Wire\n\n{body}\n\n{line}")
    assert found.metadata.publisher and found.metadata.publisher.value == "Coast Wire"
    assert found.metadata.byline and found.metadata.byline.value == "Una Stell"
    assert found.body.of(found.text) == body


def test_labelled_lines_at_the_top_are_read() -> None:
    head = "Publication: Coast Wire\nTitle: Pier Closed After Beams Rot\nAuthor: Una Stell\nDate: 2024-02-09"
    meta = article(head + "\n\n" + "\n\n".join(PARAGRAPHS)).metadata
    assert meta.title and meta.title.value == "Pier Closed After Beams Rot"
    assert meta.publisher and meta.publisher.value == "Coast Wire"
    assert meta.byline and meta.byline.value == "Una Stell"


def test_host_publisher_and_author_in_one_line_are_kept_apart() -> None:
    text = "Pier Closed After Beams Rot\n\nUna Stell | Coast Wire | February 9, 2024\n\n" + "\n\n".join(PARAGRAPHS)
    meta = article(
        text + "\n\nReproduced with permission. © 2024 Coast Wire\n\nHosted by HarbourLibrary.example"
    ).metadata
    assert meta.byline and meta.byline.value == "Una Stell"
    assert meta.publisher and meta.publisher.value == "Coast Wire"
    assert meta.host and meta.host.value == "HarbourLibrary.example"
    assert meta.published and meta.published.edtf == "2024-02-09"


def test_an_agency_in_the_byline_is_credited_and_is_no_author() -> None:
    meta = article(
        "Pier Closed After Beams Rot\n\nBy UNA STELL, Associated Press\n\n" + "\n\n".join(PARAGRAPHS)
    ).metadata
    assert meta.byline and meta.byline.value == "UNA STELL"
    assert meta.wires == ("AP",)
