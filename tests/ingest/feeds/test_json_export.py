"""JSON: feeds, arrays and lines of articles, citations, documents of FollowTheMoney."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from kb_app.core.errors import Failed, Refused
from kb_app.ingest.containers import members_of
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.media_type import ITEM_JSON, media_type_of
from kb_app.ingest.members import Member, Opened, Trouble
from tests.ingest.feeds.opening import LONG, article_of, members, taken

ROWS: list[dict[str, Any]] = [
    {"headline": "Pier closed", "body": LONG, "date": "2024-02-09", "outlet": "Harbury Post", "id": 1},
    {"headline": "Dam opened", "body": LONG.upper(), "date": 1_709_200_000, "author": [{"name": "Una Stell"}]},
]


def test_an_array_of_articles_is_read_by_the_usual_names() -> None:
    first, second = members(json.dumps(ROWS, indent=1), "news.json")
    assert first.media_type == ITEM_JSON
    assert json.loads(first.data) == ROWS[0]
    known = article_of(first).metadata
    assert known.publisher and (known.publisher.value, known.publisher.how) == ("Harbury Post", "field “outlet”")
    assert known.published_how == "field “date”"
    later = article_of(second).metadata
    assert later.published and later.published.edtf == "2024-02-29"
    assert later.byline and later.byline.value == "Una Stell"


def test_an_address_that_is_called_the_source_names_a_site_and_is_no_publisher_s_name() -> None:
    row = {"title": "Pier closed", "text": LONG, "source": "https://www.harbury.example/pier"}
    known = article_of(members(json.dumps([row]), "news.json")[0]).metadata
    assert known.publisher and known.publisher.value == "harbury.example"
    assert known.source_url and known.source_url.value == "https://www.harbury.example/pier"


def test_lines_are_read_one_by_one_and_a_broken_one_is_told() -> None:
    lines = [json.dumps(ROWS[0]), '{"headline": "Half", "body": ', json.dumps(ROWS[1])]
    found = taken("\n".join(lines), "news.jsonl")
    assert [type(one).__name__ for one in found] == ["Member", "Trouble", "Member"]
    assert found[1].name == "item 2"


def test_a_json_feed_names_the_publisher_of_its_items() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Orla Observer",
        "items": [
            {
                "id": "1",
                "url": "https://o.example/1",
                "content_html": f"<p>{LONG}</p><p>Gates <b>shut</b>.</p>",
                "content_text": "short",
                "date_published": "2024-05-03T08:00:00Z",
                "authors": [{"name": "Ada Brill"}],
            }
        ],
    }
    found = article_of(members(json.dumps(feed), "feed.json")[0])
    assert found.text.endswith("Gates shut.")
    known = found.metadata
    assert known.publisher and known.publisher.value == "Orla Observer"
    assert known.byline and (known.byline.value, known.byline.how) == ("Ada Brill", "field “authors”")


def test_articles_within_an_answer_of_a_service_are_found() -> None:
    answer = {"status": "ok", "response": {"docs": [{"headline": {"main": "Pier closed"}, "content": LONG}]}}
    member = members(json.dumps(answer), "answer.json")[0]
    assert (member.given.title, member.given.text) == ("Pier closed", LONG.strip())


def test_citations_of_csl_keep_creators_and_partial_dates() -> None:
    items = [
        {
            "type": "article-newspaper",
            "title": "Pier closed",
            "author": [{"family": "Stell", "given": "Una"}, {"literal": "Harbury Desk"}],
            "issued": {"date-parts": [[2024, 2]]},
            "container-title": "Harbury Post",
            "URL": "https://post.example/pier",
            "abstract": "The pier is shut.",
        }
    ]
    member = members(json.dumps(items), "library.json")[0]
    assert member.warnings[0].startswith("summary-only")
    known = article_of(member).metadata
    assert known.byline and known.byline.value == "Una Stell, Harbury Desk"
    assert known.published and known.published.edtf == "2024-02"
    assert known.publisher and known.publisher.how == "field “container-title”"


def test_documents_of_follow_the_money_are_taken_and_others_counted() -> None:
    entities = [
        {"id": "a", "schema": "Person", "properties": {"name": ["Una Stell"]}},
        {
            "id": "b",
            "schema": "Article",
            "properties": {
                "title": ["Pier closed"],
                "bodyText": [LONG],
                "publishedAt": ["2024-02-09"],
                "publisher": ["Harbury Post"],
                "author": ["Una Stell", "Tomas Varn"],
                "sourceUrl": ["https://post.example/pier"],
            },
        },
        {"id": "c", "schema": "Company", "properties": {"name": ["Harbury Docks"]}},
    ]
    found = taken("\n".join(map(json.dumps, entities)), "entities.ftm.json")
    article = article_of(found[0])  # type: ignore[arg-type]  # the one member
    assert article.metadata.byline and article.metadata.byline.value == "Una Stell, Tomas Varn"
    assert article.metadata.publisher and article.metadata.publisher.how == "field “properties.publisher”"
    assert isinstance(found[1], Trouble)
    assert "1 entities of the kind Company, 1 entities of the kind Person" in found[1].sentence


def test_what_holds_no_articles_is_refused_with_its_fields() -> None:
    with pytest.raises(Refused) as refused:
        taken('[{"kind": "gate", "height": 4}]', "gates.json")
    assert refused.value.code == "mapping"
    assert "“kind”, “height”" in refused.value.sentence


def test_a_chosen_mapping_is_followed() -> None:
    member = members(f'[{{"kind": "gate", "note": "{LONG}"}}]', "gates.json", '{"text": "note", "title": "kind"}')[0]
    assert (member.given.title, member.given.text) == ("gate", LONG.strip())


def test_a_large_array_is_read_a_window_at_a_time() -> None:
    rows = [{"title": f"Report {n}", "text": f"{LONG} {n}"} for n in range(5_000)]
    found = members(json.dumps(rows, indent=2), "many.json")
    assert [one.given.title for one in found] == [row["title"] for row in rows]


@pytest.mark.parametrize("wide", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_json_in_other_unicode_encodings_is_read(wide: str) -> None:
    text = json.dumps([{"title": "Żuraw", "text": LONG}], ensure_ascii=False)
    assert members(text.encode(wide), "a.json")[0].given.title == "Żuraw"


def test_json_in_no_unicode_fails_and_asks_for_the_encoding() -> None:
    text = json.dumps([{"title": "Мост закрыт", "text": "Мост через реку закрыт. " * 50}], ensure_ascii=False)
    with pytest.raises(Failed) as failed:
        taken(text.encode("cp1251"), "a.json")
    assert failed.value.code == "encoding"


def test_deep_nesting_ends_with_a_reason() -> None:
    found = taken('[{"title": ' + "[" * 100_000, "deep.json")
    assert isinstance(found[0], Trouble)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[Reuters] The pier is shut.", "text/plain"),
        ("{ this is a note }", "text/plain"),
        ('  [ {"a": 1} ]', "application/json"),
        ('{"a": 1}', "application/json"),
    ],
)
def test_json_is_told_from_words_in_brackets(text: str, kind: str) -> None:
    assert media_type_of(text.encode()) == kind


def entity(schema: str, id: str, **properties: object) -> dict[str, object]:
    return {"id": id, "schema": schema, "properties": properties}


def test_pages_of_a_document_are_joined_in_their_order() -> None:
    rows = [
        entity("Page", "p2", document=["d1"], index=["2"], bodyText=["The ferry was late on the second page."]),
        entity("Pages", "d1", fileName=["report.pdf"], title=["Pier closed"]),
        entity("Page", "p1", document=["d1"], index=["1"], bodyText=["The pier was closed on the first page."]),
        entity("Pages", "d2", title=["Whole"], bodyText=["It has words of its own, all in one."]),
        entity("Page", "p3", document=["d2"], index=["1"], bodyText=["It has words of its own, all in one."]),
        entity("Page", "p4", index=["1"], bodyText=["Of no document."]),
    ]
    found = taken("\n".join(map(json.dumps, rows)), "a.jsonl")
    whole, joined = [one for one in found if isinstance(one, Member)]
    assert article_of(whole).title == "Whole"
    text = article_of(joined).text
    assert text.index("first page") < text.index("second page")
    alone = article_of(Member(joined.name, joined.data, joined.media_type))
    assert (alone.title, alone.text) == ("Pier closed", text)
    (told,) = [one for one in found if isinstance(one, Trouble)]
    assert "1 entities of the kind Page" in told.sentence


def test_the_public_news_articles_import_well(shared_dir: Path) -> None:
    data = (shared_dir / "corpora" / "news" / "articles.json").read_bytes()
    rows, found = json.loads(data), members(data, "articles.json")
    assert [one.given.title for one in found] == [row["title"].strip() for row in rows]
    for member, row in zip(found, rows, strict=True):
        known = article_of(member).metadata
        assert known.published or not row["date"]
        named = "en.wikinews.org" if row["source"].startswith("https://en.wikinews.org/") else row["source"]
        assert known.publisher and known.publisher.value in (named, "Wikinews")


def test_a_chosen_encoding_is_used_where_it_is_no_unicode() -> None:
    text = json.dumps([{"title": "Мост закрыт", "text": "Мост через реку закрыт. " * 9}], ensure_ascii=False)
    for written in ("cp1251", "utf-8"):
        data = text.encode(written)
        given = GivenMetadata(encoding="windows-1251")
        found = list(members_of(Opened("a.json", io.BytesIO(data), len(data), "application/json", given)))
        assert isinstance(found[0], Member)
        assert found[0].given.title == "Мост закрыт"
