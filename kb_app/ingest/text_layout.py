"""A plain text's lines taken apart: header, body, footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb_app.ingest.dateline import Dateline, dateline_of
from kb_app.ingest.footer import body_end
from kb_app.ingest.header import Header, read_header
from kb_app.ingest.lines import Kind, Line

_DATELINE_LINES = 4


@dataclass(frozen=True, slots=True)
class Layout:
    """A text's lines with its header, the dateline and the lines of the body [first, end)."""

    text: str
    lines: Sequence[Line]
    header: Header
    end: int
    dateline: Dateline | None  # in the text's offsets

    @property
    def below(self) -> Sequence[Line]:
        """Return the lines after the body."""
        return self.lines[self.end :]

    @property
    def crediting(self) -> Sequence[Line]:
        """Return the lines that may name agencies: the bylines of the header, and everything below it."""
        first = self.header.first
        return [*(line for line in self.lines[:first] if line.kind is Kind.BYLINE), *self.lines[first:]]

    @property
    def outer(self) -> Sequence[Line]:
        """Return the lines before and after the body."""
        return [*self.lines[: self.header.first], *self.below]


def laid_out(text: str, lines: Sequence[Line], known_title: str = "") -> Layout:
    """Find header, body and footer among a text's lines."""
    header = read_header(lines, known_title)
    end = max(body_end(lines, header.first), header.first)
    return Layout(text, lines, header, end, _dateline(lines[header.first : end], header))


def _dateline(lines: Sequence[Line], header: Header) -> Dateline | None:
    for line in lines[:_DATELINE_LINES]:
        start = (
            header.body_at
            if header.body_at and header.body_at in range(line.span.start, line.span.end)
            else line.span.start
        )
        found = dateline_of(line.text[start - line.span.start :])
        if found:
            return Dateline(found.place, found.span.shifted(start), found.end + start, found.agency, found.date)
    return None
