"""Cuts the stretch out of a text that shows best why it was found."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

from kb_app.core.passage import Span
from kb_app.storage.schema import TOKENIZER

HIT_START, HIT_END = "\x02", "\x03"
_WINDOW = 200  # characters shown
_BEFORE = 60
_HIT = re.compile(f"{HIT_START}([^{HIT_START}{HIT_END}]*){HIT_END}")
_MARKS = re.compile(f"[{HIT_START}{HIT_END}]")
_BREAK = re.compile(r"[\t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of text on one line, the spans in it that were found, and where the first of them is in the text."""

    text: str
    marked: tuple[Span, ...] = ()
    place: Span | None = None


def light_up(expression: str, texts: Mapping[int, str]) -> dict[int, str]:
    """Return the texts with the words that a full-text query finds in them marked.

    A passing index of these few texts alone: within the large one, a word's beginning would be looked up anew for each.
    """
    clean = {number: _MARKS.sub(" ", text) for number, text in texts.items()}
    with closing(sqlite3.connect(":memory:")) as passing:
        passing.execute(f"CREATE VIRTUAL TABLE shown USING fts5(text, tokenize='{TOKENIZER}')")
        passing.executemany("INSERT INTO shown(rowid, text) VALUES (?, ?)", clean.items())
        sql = "SELECT rowid, highlight(shown, 0, ?, ?) FROM shown WHERE shown MATCH ?"
        return {**clean, **dict(passing.execute(sql, (HIT_START, HIT_END, expression)))}


def marked_spans(lit: str) -> tuple[Span, ...]:
    """Return where the marked words stand once the marks are taken out."""
    spans = []
    for number, hit in enumerate(_HIT.finditer(lit)):
        start = hit.start() - 2 * number
        spans.append(Span(start, start + len(hit[1])))
    return tuple(spans)


def cut_snippet(lit: str) -> Snippet:
    """Return the stretch with most marks of a text in which hits are marked."""
    spans = marked_spans(lit)
    text = _HIT.sub(r"\1", lit)
    if not spans:
        return Snippet(_one_line(text[:_WINDOW]))
    first = _densest(spans)
    start = _word_start(text, max(0, spans[first].start - _BEFORE))
    end = _word_end(text, max(start + _WINDOW, spans[first].end))
    inside = tuple(span.shifted(-start) for span in spans[first:] if span.end <= end)
    return Snippet(_one_line(text[start:end]), inside, spans[first])


def _densest(spans: tuple[Span, ...]) -> int:
    """Return which hit has most others within reach after it; the first of equals."""
    best, most, last = 0, 0, 0
    for at, span in enumerate(spans):
        last = max(last, at)
        while last < len(spans) and spans[last].end - span.start <= _WINDOW - _BEFORE:
            last += 1
        if last - at > most:
            best, most = at, last - at
    return best


def _word_start(text: str, at: int) -> int:
    while 0 < at < len(text) and not text[at - 1].isspace() and at % _BEFORE:
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.find(" ", at, at + _BEFORE)
    return at if space < 0 else space


def _one_line(text: str) -> str:
    # one for one, so that the marks still fit
    return _BREAK.sub(" ", text)
