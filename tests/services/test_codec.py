from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_app.core.article import Article
from kb_app.core.findings import Findings, FoundDispute, FoundPosition
from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate, on_day
from kb_app.services import codec
from kb_app.services.codec import CodecError
from tests import builders

FIELDS = ("engine", "sentences", "start", "end", "entities", "warnings", "times", "span", "type", "value", "rule")


def test_an_article_comes_back_as_it_was() -> None:
    article = builders.article(warnings=["odd: “Ärger” 👍"])
    assert codec.loads(Article, codec.dumps(article)) == article


def test_findings_come_back_as_they_were() -> None:
    findings = builders.findings()
    position = FoundPosition(Span(0, 3), findings.entities[0].id, Span(4, 8))
    dispute = FoundDispute("gates", (position, FoundPosition(Span(9, 12))), findings.entities[0].ground)
    findings = replace(findings, disputes=(dispute,))
    assert codec.loads(Findings, codec.dumps(findings)) == findings


def test_dates_cross_as_iso() -> None:
    day = on_day(date(2024, 5, 3))
    assert codec.to_json(day)["earliest"] == "2024-05-03"
    assert codec.loads(StatedDate, codec.dumps(day)) == day


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"start": 1},
        {"start": 1, "end": 2, "more": 3},
        {"start": "1", "end": 2},
        {"start": True, "end": 2},
        {"start": 1.0, "end": 2},
        {"start": 3, "end": 2},
        {"start": -1, "end": 2},
        {"start": 1, "end": 2**60},
    ],
)
def test_what_is_no_span_is_refused(value: Any) -> None:
    with pytest.raises(CodecError):
        codec.from_json(Span, value)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'{"engine": NaN}', b"[" * 100_000, b"9" * 5_000])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(CodecError):
        codec.loads(Findings, data)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(CodecError, match="half a character"):
        codec.loads(Findings, json.dumps({"engine": "\ud800"}).encode())


def test_an_unknown_kind_is_refused() -> None:
    article = codec.to_json(builders.article())
    article["zones"] = [{"kind": "secret", "span": {"start": 0, "end": 1}}]
    with pytest.raises(CodecError, match="ZoneKind"):
        codec.from_json(Article, article)


def test_too_long_a_list_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "MOST_ITEMS", 2)
    with pytest.raises(CodecError, match="too long"):
        codec.from_json(Findings, {"engine": "x", "warnings": ["a", "b", "c"]})


def test_too_long_a_message_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "LARGEST_MESSAGE", 3)
    with pytest.raises(CodecError, match="too many"):
        codec.parse(b'"abc"')


@given(st.binary(max_size=300))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    with pytest.raises(CodecError):
        codec.loads(Findings, data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_no_json_becomes_anything_but_a_record_or_a_refusal(value: Any) -> None:
    try:
        findings = codec.from_json(Findings, value)
    except CodecError:
        return
    assert codec.loads(Findings, codec.dumps(findings)) == findings
