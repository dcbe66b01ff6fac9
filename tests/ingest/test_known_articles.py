"""The bundled sample and the annotated articles are read as their makers say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kb_app.ingest.articles import to_article
from kb_app.ingest.given import load_given
from kb_app.ingest.reading import read_source

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
LEAST_METADATA = 0.985
LEAST_BODY = 0.995


@pytest.mark.parametrize(
    ("name", "publisher", "host", "day"),
    [
        ("courier-dam-gate-fails.html", "The Brennhavn Courier", "", "2025-03-03"),
        ("vardpress-engineer-detained.html", "Vardovian Telegraph and Press Agency", "", "2025-03-05"),
        ("observer-husband-of-engineer.html", "Sredgorod Observer", "", "2025-03-06"),
        ("radio-estuary-minister-dismissed.html", "Radio Estuary", "", "2025-03-09"),
        ("inland-monitor-reprint.txt", "Radio Estuary", "InlandMonitor.example", "2025-03-09"),
        ("lutarka-herald-korvath-dismissed.html", "Radio Estuary", "Lutarka Herald", "2025-03-10"),
        ("aldmark-ministry-release.html", "Government of Aldmark", "", "2025-03-10"),
        ("mirenz-weekly-interview.txt", "The Mirenz Weekly", "", "2025-03-11"),
    ],
)
def test_a_sample_names_its_publisher_host_and_day(name: str, publisher: str, host: str, day: str) -> None:
    meta = to_article(read_source(SAMPLES / name)).metadata
    assert meta.publisher and meta.publisher.value == publisher
    assert (meta.host.value if meta.host else "") == host
    assert meta.published and meta.published.edtf == day


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.html")), ids=lambda path: path.stem)
def test_no_sample_page_lets_the_sites_words_be_read(path: Path) -> None:
    found = to_article(read_source(path))
    read = " ".join(span.of(found.text) for span in found.read_spans())
    for words in (
        "cookies",
        "Most read",
        "Herring price",
        "Tide table",
        "Subscribe",
        "reader_of_gauges",
        "Taler steady",
    ):
        assert words not in read


def test_annotated_articles_are_taken_apart_as_well_as_before(shared_dir: Path) -> None:
    gold = shared_dir / "gold"
    given = load_given(gold / "articles" / "metadata.json")
    right = asked = 0
    overlaps: list[float] = []
    for file in sorted([*(gold / "train").glob("*.json"), *(gold / "gold").glob("*.json")]):
        wanted = json.loads(file.read_text("utf-8"))["article"]
        found = to_article(read_source(gold / "articles" / f"{file.stem}.txt"), given.get(file.stem))
        meta = found.metadata
        values = {
            "title": meta.title.value if meta.title else "",
            "publisher": meta.publisher.value if meta.publisher else "",
            "source_url": meta.source_url.value if meta.source_url else "",
            "dateline_place": meta.dateline_place.value if meta.dateline_place else "",
            "byline": meta.byline.value if meta.byline else "",
        }
        if not wanted["published_assumed"]:
            values["published"] = meta.published.edtf if meta.published else ""
        pairs = [(bare(value), bare(wanted[key])) for key, value in values.items() if wanted.get(key)]
        asked += len(pairs)
        right += sum(got == want for got, want in pairs)
        start, end = wanted["body_start"], wanted["body_end"]
        shared = max(0, min(found.body.end, end) - max(found.body.start, start))
        overlaps.append(shared / (max(found.body.end, end) - min(found.body.start, start)))
    assert right / asked >= LEAST_METADATA
    assert sum(overlaps) / len(overlaps) >= LEAST_BODY


def bare(value: str) -> str:
    return re.sub(r"\W", "", value.lower())
