"""What an article's row keeps as JSON: metadata with its evidence, spans, zones, the map to the original."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kb_app.core.article import (
    Article,
    Candidate,
    Found,
    Metadata,
    MetadataField,
    OffsetSegment,
    PageRun,
    Zone,
    ZoneKind,
)
from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate

_FOUND = ("title", "byline", "publisher", "host", "dateline_place", "source_url")
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"  # five bits each
_SPANS = ("body", "title_span", "dateline_span", "published_span")


def pack_details(article: Article) -> str:
    """Return the JSON of an article's metadata, spans and zones; the published date has a row of its own."""
    metadata = article.metadata
    found = {name: getattr(metadata, name) for name in _FOUND}
    spans = {name: getattr(article, name) for name in _SPANS}
    return _dump(
        {
            "found": {name: [f.value, f.how] for name, f in found.items() if f is not None},
            "wires": metadata.wires,
            "published_how": metadata.published_how,
            "source_url_as_printed": metadata.source_url_as_printed,
            "corrected": metadata.corrected,
            "spans": {name: [s.start, s.end] for name, s in spans.items() if s is not None},
            "zones": [[z.kind, z.span.start, z.span.end] for z in article.zones],
            "candidates": [[c.field, c.value, c.how, *_ends(c.span)] for c in article.candidates],
        }
    )


def pack_offset_map(segments: Sequence[OffsetSegment]) -> str:
    """Return the JSON of the map from clean text to original."""
    return _dump([[s.text_start, s.length, s.original_start] for s in segments])


def pack_page_map(runs: Sequence[PageRun]) -> str:
    """Return the JSON of the boxes on pages."""
    return _dump([[r.start, r.length, r.page, r.left, r.top, r.right, r.bottom] for r in runs])


def unpack_page_map(packed: str) -> tuple[PageRun, ...]:
    """Return the boxes that were packed."""
    return tuple(PageRun(*run) for run in json.loads(packed))


def unpack_candidates(details: str) -> tuple[Candidate, ...]:
    """Return the candidates that were packed."""
    # files of version 1 have none
    packed = json.loads(details).get("candidates", [])
    return tuple(
        Candidate(MetadataField(name), value, how, Span(*ends) if ends else None) for name, value, how, *ends in packed
    )


def unpack_metadata(details: str, published: StatedDate | None) -> Metadata:
    """Return the metadata that was packed."""
    raw = json.loads(details)
    found: dict[str, Any] = {name: Found(value, how) for name, (value, how) in raw["found"].items()}
    return Metadata(
        **found,
        wires=tuple(raw["wires"]),
        published=published,
        published_how=raw["published_how"],
        source_url_as_printed=raw["source_url_as_printed"],
        corrected=tuple(map(MetadataField, raw.get("corrected", ()))),
    )


def unpack_spans(details: str) -> dict[str, Span]:
    """Return the spans that were packed, by field name."""
    return {name: Span(*ends) for name, ends in json.loads(details)["spans"].items()}


def unpack_zones(details: str) -> tuple[Zone, ...]:
    """Return the zones that were packed."""
    return tuple(Zone(ZoneKind(kind), Span(start, end)) for kind, start, end in json.loads(details)["zones"])


def unpack_offset_map(packed: str) -> tuple[OffsetSegment, ...]:
    """Return the map that was packed."""
    return tuple(OffsetSegment(*segment) for segment in json.loads(packed))


def told_article(text: str, details: str) -> Article:
    """Return of an article what says which report it tells: its text, spans, zones and metadata."""
    spans = unpack_spans(details)
    return Article(
        text=text,
        body=spans["body"],
        title_span=spans.get("title_span"),
        zones=unpack_zones(details),
        metadata=unpack_metadata(details, None),
    )


def pack_sketch(numbers: Sequence[int]) -> str:
    """Return a sketch as words that a full-text index takes, six letters and digits each."""
    return " ".join("".join(_LETTERS[number >> shift & 31] for shift in range(25, -1, -5)) for number in numbers)


def pack_marks(spans: Sequence[Span]) -> str:
    """Return the JSON of the spans that carry a claim."""
    return _dump([[s.start, s.end] for s in spans])


def unpack_marks(packed: str) -> tuple[Span, ...]:
    """Return the spans that were packed."""
    return tuple(Span(start, end) for start, end in json.loads(packed))


def pack_words(words: Sequence[str]) -> str:
    """Return the JSON of a list of strings."""
    return _dump(list(words))


def unpack_words(packed: str) -> tuple[str, ...]:
    """Return the list of strings that was packed."""
    return tuple(json.loads(packed))


def _ends(span: Span | None) -> tuple[int, ...]:
    return () if span is None else (span.start, span.end)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
