"""Looks over what rows keep packed or as a sign of a scale, and how they hang together, in a file of this version."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple
from math import isfinite
from typing import Any

from kb_app.core.article import PageRun
from kb_app.core.check_report import ProblemKind
from kb_app.core.passage import Span
from kb_app.core.report import InputState
from kb_app.core.shingles import MOST_KEPT
from kb_app.storage import article_details as packed
from kb_app.storage.check_content import ContentCheck, Findings

_PRINT = re.compile(r"[a-z2-7]{6}")
_STATES = ", ".join(f"'{state}'" for state in InputState)
_ODD_ROWS = (
    ("SELECT id FROM source WHERE parent_id >= id", "The original {} is said to have come with a later one."),
    ("SELECT id FROM article WHERE credibility NOT IN ('', '1', '2', '3', '4', '5', '6')", "The grade of article {}"),
    ("SELECT id FROM publisher_grade WHERE reliability NOT IN ('A', 'B', 'C', 'D', 'E', 'F')", "The grade {}"),
    ("SELECT id FROM origins_apart WHERE one_id = other_id", "The report {} is told apart from itself."),
    ("SELECT id FROM import_batch WHERE state NOT IN ('listing', 'running', 'ended')", "The state of import {}"),
    (f"SELECT id FROM import_outcome WHERE state NOT IN ({_STATES})", "The state of outcome {}"),
    (
        "SELECT t.id FROM import_outcome t LEFT JOIN import_outcome p ON p.id = t.parent WHERE t.parent IS NOT NULL "
        "AND (p.id IS NULL OR p.id >= t.id OR p.operation <> t.operation)",
        "The container that is named for outcome {} is not there, or not of its import.",
    ),
    ("SELECT s.id FROM sketch s LEFT JOIN text t ON t.id = s.id WHERE t.id IS NULL", "The sketch {} is of no article."),
    ("SELECT id FROM import_batch WHERE NOT json_valid(options)", "What was asked of import {} cannot be read."),
    ("SELECT id FROM column_mapping WHERE NOT json_valid(mapping)", "The column mapping {} cannot be read."),
)


def odd_rows(connection: sqlite3.Connection, found: Findings) -> None:
    """Note rows with signs that are none, and rows that do not hang together."""
    for sql, sentence in _ODD_ROWS:
        sentence = sentence if sentence.endswith(".") else f"{sentence} is none that there is."
        for (number,) in connection.execute(sql):
            found.add(ProblemKind.RECORD, sentence.format(number))


def _article(row: tuple[Any, ...], found: Findings) -> None:
    number, title, text_title, characters, length, prints, *packed_fields = row
    named = f"article {number} (“{str(title)[:60]}”)"
    if title != text_title or characters != length:
        found.add(ProblemKind.RECORD, f"The title or the length of {named} is not that of its text.")
    if prints is None or not _is_sketch(prints):
        found.add(ProblemKind.RECORD, f"The sketch of {named} is missing or is none.")
    for (column, look), value in zip(_LOOKS, packed_fields, strict=True):
        try:
            is_sound = look(value, length)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            is_sound = False
        if not is_sound:
            found.add(ProblemKind.RECORD, f"The field “{column}” of {named} is none that Kartoteka writes.")


def _is_sketch(prints: object) -> bool:
    words = prints.split(" ") if isinstance(prints, str) and prints else []
    return isinstance(prints, str) and len(words) <= MOST_KEPT and all(map(_PRINT.fullmatch, words))


def _details(value: str, length: int) -> bool:
    metadata = packed.unpack_metadata(value, None)
    candidates = packed.unpack_candidates(value)
    found = (metadata.title, metadata.byline, metadata.publisher, metadata.host)
    more = (metadata.dateline_place, metadata.source_url)
    words = [*metadata.wires, metadata.published_how, *_words((*found, *more)), *_words(candidates)]
    spans = packed.unpack_spans(value)
    places = [*spans.values(), *(z.span for z in packed.unpack_zones(value))]
    places += [candidate.span for candidate in candidates if candidate.span is not None]
    return "body" in spans and all(isinstance(word, str) for word in words) and _are_inside(places, length)


def _words(found: Iterable[Any]) -> Iterator[object]:
    for one in found:
        if one is not None:
            yield from (one.value, one.how)


def _are_inside(spans: Iterable[Span], length: int) -> bool:
    return all(type(span.start) is int and type(span.end) is int and span.end <= length for span in spans)


def _warnings(value: str, length: int) -> bool:
    return _is_list_of_words(json.loads(value))


def _is_list_of_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _offset_map(value: str, length: int) -> bool:
    segments = packed.unpack_offset_map(value)
    numbers = (number for segment in segments for number in astuple(segment))
    runs = ((segment.text_start, segment.length) for segment in segments)
    return all(type(number) is int and number >= 0 for number in numbers) and _go_forwards(runs, length)


def _page_map(value: str, length: int) -> bool:
    runs = packed.unpack_page_map(value)
    return all(map(_is_on_a_page, runs)) and _go_forwards(((run.start, run.length) for run in runs), length)


def _is_on_a_page(run: PageRun) -> bool:
    whole = all(type(number) is int for number in (run.start, run.length, run.page))
    edges = (run.left, run.top, run.right, run.bottom)
    return (
        whole
        and run.length > 0
        and run.page >= 0
        and all(type(edge) in (int, float) and isfinite(edge) for edge in edges)
    )


def _go_forwards(runs: Iterable[tuple[int, int]], length: int) -> bool:
    at = 0
    for start, size in runs:
        if start < at:
            return False
        at = start + size
    return at <= length


def _outcome(row: tuple[Any, ...], found: Findings) -> None:
    number, articles = row
    try:
        listed = json.loads(articles)
    except (ValueError, TypeError, RecursionError):
        listed = None
    if not _is_list_of_words(listed) or not all(word.isascii() and word.isdigit() for word in listed):
        found.add(ProblemKind.RECORD, f"The articles of outcome {number} cannot be read.")


# in the order in which the query gives them
_LOOKS: tuple[tuple[str, Callable[[str, int], bool]], ...] = (
    ("details", _details),
    ("warnings", _warnings),
    ("offset_map", _offset_map),
    ("page_map", _page_map),
)
RECORD_CHECKS = (
    ContentCheck(
        "records of articles",
        "article",
        "SELECT t.id, t.title, x.title, t.characters, length(x.text), s.prints, t.details, t.warnings, x.offset_map, "
        "x.page_map FROM article t JOIN text x ON x.id = t.id LEFT JOIN sketch s ON s.id = t.id",
        _article,
        200,
    ),
    ContentCheck("outcomes", "import_outcome", "SELECT t.id, t.articles FROM import_outcome t", _outcome),
)
