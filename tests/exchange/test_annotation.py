from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kb_app.core.article import Article, Metadata, OffsetSegment, Zone, ZoneKind
from kb_app.core.article import Found as Told
from kb_app.core.findings import Findings, FoundDispute, FoundPosition, Ground
from kb_app.core.passage import Span
from kb_app.core.stated_date import parse_edtf
from kb_app.exchange.annotation import annotation, original_span
from kb_app.extraction.lexicons import load_lexicons
from kb_app.extraction.pipeline import Extractor
from tests import builders

TEXT = (
    "Grain Board head resigns\n\nBy Karl Lopez \n\n"
    "Anna Weber, head of the Grain Board, resigned on Monday. “I am tired,” she said in Lyon, France.\n"
)


@pytest.fixture(scope="module")
def document(project_root: Path) -> dict[str, Any]:
    article = Article(
        TEXT,
        Span(41, len(TEXT)),
        Metadata(title=Told("Grain Board head resigns", "first line"), published=parse_edtf("2020-09-10")),
        title_span=Span(0, 24),
        zones=(Zone(ZoneKind.METADATA, Span(26, 40)),),
        language="en",
    )
    findings = Extractor(load_lexicons(project_root / "resources" / "lexicons")).extract(article)
    return annotation(article, findings, "grain")


def spans_in(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [span for item in value for span in spans_in(item)]
    if not isinstance(value, dict):
        return []
    own = [value] if {"start", "end", "text"} <= value.keys() else []
    return own + [span for item in value.values() for span in spans_in(item)]


def test_every_span_carries_the_words_at_its_offsets(document: dict[str, Any]) -> None:
    spans = spans_in(document)
    assert len(spans) > 10
    assert all(TEXT[s["start"] : s["end"]] == s["text"] == s["text"].strip() for s in spans)


def test_every_layer_is_written(document: dict[str, Any]) -> None:
    for layer in ("entities", "roles", "events", "statements", "relations", "time_expressions"):
        assert document[layer], layer
    assert document["article"]["published"] == "2020-09-10"
    json.dumps(document)


def test_the_document_passes_the_schema_check(document: dict[str, Any], shared_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "grain.txt").write_text(TEXT, encoding="utf-8", newline="")
    (tmp_path / "grain.json").write_text(json.dumps(document), encoding="utf-8")
    command = [sys.executable, str(shared_dir / "gold" / "validate.py"), str(tmp_path / "grain.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_dispute_is_written_with_who_holds_what() -> None:
    article = Article("Ada says yes. Bob denies it. The town says no.", Span(0, 46))
    entity = builders.entity(article.text, "Ada")
    positions = (
        FoundPosition(Span(9, 12), entity.id, Span(0, 3)),
        FoundPosition(Span(18, 27), None, Span(14, 17)),
        FoundPosition(Span(29, 46)),
    )
    dispute = FoundDispute("yes", positions, Ground(Span(14, 28), 0.7, "“denies” of what was said before"))
    (claim,) = annotation(article, Findings("x", entities=(entity,), disputes=(dispute,)), "x")["contested_claims"]
    assert claim["topic"] == "yes"
    assert [(p["holder"], p["holder_text"], p["span"]["text"]) for p in claim["positions"]] == [
        ("Ada", "Ada", "yes"),
        (None, "Bob", "denies it"),
        (None, "narrator", "The town says no."),
    ]


def test_spans_are_mapped_back_to_the_original() -> None:
    article = Article("one two", Span(0, 7), offset_map=(OffsetSegment(0, 4, 10), OffsetSegment(4, 3, 30)))
    assert original_span(article, Span(0, 3)) == Span(10, 13)
    assert original_span(article, Span(4, 7)) == Span(30, 33)


def test_without_a_map_a_span_stays_where_it_is() -> None:
    assert original_span(Article("one two", Span(0, 7)), Span(4, 7)) == Span(4, 7)


def test_clean_text_of_markup_travels_with_the_document() -> None:
    article = Article("one two", Span(0, 7), offset_map=(OffsetSegment(0, 7, 10),), language="de")
    assert annotation(article, Findings("none"), "x")["article"]["text"] == "one two"
