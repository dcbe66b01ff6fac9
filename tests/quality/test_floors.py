"""Extraction quality on the annotated articles does not fall below what it was: floors a layer, gold pinned by digest.

A floor lies a little below the figure measured when it was set. Lower one only on purpose, and say why in the commit.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from kb_app.exchange.annotation import annotation
from kb_app.extraction.lexicons import load_lexicons
from kb_app.extraction.pipeline import Extractor
from kb_app.ingest.articles import to_article
from kb_app.ingest.given import load_given
from kb_app.ingest.reading import read_source

Scores = dict[str, dict[str, float]]

DIGESTS = {
    "gold": "564205c99776f652cdd2ff1024d150b92b5fde99b6c3c1408055edc4e8b47197",
    "train": "f6d94a210b874a5591b46b2c08f23f61dac62f6bd05e1a2bd7793dc4b37a924f",
}
FLOORS = {
    "gold": {
        "mentions_strict_typed": 0.9,
        "mentions_overlap_typed": 0.9,
        "entities_found_typed": 0.91,
        "ceaf_e": 0.94,
        "roles_person_title": 0.77,
        "roles_person_title_org": 0.49,
        "time_span_relaxed": 0.95,
        "time_value": 0.93,
        "events_detected": 0.56,
        "events_with_date": 0.41,
        "statements_speaker_content": 0.71,
        "relations_pair_type": 0.33,
    },
    "train": {
        "mentions_strict_typed": 0.82,
        "mentions_overlap_typed": 0.87,
        "entities_found_typed": 0.85,
        "ceaf_e": 0.86,
        "roles_person_title": 0.76,
        "roles_person_title_org": 0.48,
        "time_span_relaxed": 0.94,
        "time_value": 0.88,
        "events_detected": 0.53,
        "events_with_date": 0.45,
        "statements_speaker_content": 0.57,
        "relations_pair_type": 0.24,
    },
}


@pytest.fixture(scope="module", params=["gold", "train"])
def measured(request: pytest.FixtureRequest, shared_dir: Path, project_root: Path) -> tuple[str, Scores]:
    folder = shared_dir / "gold"
    corpus: str = request.param
    found = digest(folder, corpus)
    if found != DIGESTS[corpus]:
        pytest.fail(f"the annotated articles in {corpus} are not those the floors were measured on: {found}")
    return corpus, scores(folder, corpus, project_root)


def test_no_layer_falls_below_its_floor(measured: tuple[str, Scores]) -> None:
    corpus, found = measured
    fallen = {
        layer: (round(found[layer].get("f1", found[layer].get("value", 0.0)), 3), floor)
        for layer, floor in FLOORS[corpus].items()
        if found[layer].get("f1", found[layer].get("value", 0.0)) < floor
    }
    assert FLOORS[corpus]
    assert fallen == {}


def test_nothing_is_found_in_boilerplate(measured: tuple[str, Scores]) -> None:
    assert measured[1]["boilerplate_mentions"]["value"] == 0.0


def digest(folder: Path, corpus: str) -> str:
    """Return the SHA-256 over the annotations and their texts, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted((folder / corpus).glob("*.json")):
        data = path.read_bytes()
        total.update(data)
        total.update((folder / json.loads(data)["text_file"]).read_bytes())
    return total.hexdigest()


def scores(folder: Path, corpus: str, project_root: Path) -> Scores:
    """Import and read every article of the corpus and score what was found."""
    extractor = Extractor(load_lexicons(project_root / "resources" / "lexicons"))
    given = load_given(folder / "articles" / "metadata.json")
    gold: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for path in sorted((folder / corpus).glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        text_file = folder / truth["text_file"]
        article = to_article(read_source(text_file), given.get(text_file.stem))
        gold[path.stem] = truth
        found[path.stem] = annotation(article, extractor.extract(article), path.stem)
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    table: Scores = scorer.evaluate(gold, found)[0]
    return table
