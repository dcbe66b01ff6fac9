"""A text in Markdown as an article: the words without their marks, mapped back to the file."""

from __future__ import annotations

from dataclasses import replace

from kb_app.core.article import Article, OffsetSegment, Zone
from kb_app.core.errors import Refused
from kb_app.core.names import normalised
from kb_app.core.passage import Span
from kb_app.ingest.feeds.column_guess import by_name
from kb_app.ingest.feeds.item import given_from_fields, line_of
from kb_app.ingest.front_matter import FrontMatter, front_matter
from kb_app.ingest.given import IMPORT_METADATA, GivenMetadata
from kb_app.ingest.markdown_lines import MarkedLine, marked_lines
from kb_app.ingest.marked_zones import with_marked
from kb_app.ingest.plain_text import article_of_text
from kb_app.ingest.stated_fields import told_by_fields

_HEADING = "heading"


def article_of_markdown(source: str, given: GivenMetadata, name: str) -> Article:
    """Read Markdown; link targets and marks are no words of the text. Raises Refused `no-text`."""
    front = front_matter(source)
    lines = list(marked_lines(source, front.end))
    if not any(source[piece.start : piece.end].strip() for line in lines for piece in line.kept):
        raise Refused("no-text", f"“{name}” holds no words, so there is nothing to import.")
    own = given_from_fields(front.fields, by_name(list(front.fields)))[0]
    heading = next((line for line in lines if line.level == 1), None)
    own = replace(own, title=own.title or (line_of(_words(source, heading)) if heading else ""))
    known = _joined(own, given)
    draft = _Draft(source)
    if title := _title_to_add(front, known, lines, source):
        draft.add((title,))
        draft.gap()
    draft.add_lines(lines)
    article = article_of_text(draft.text, replace(known, text="", markup=""), name)
    zones = with_marked(article.zones, draft.marked, article.title_span)
    how = _Origins(front, own, heading is not None).how
    return replace(told_by_fields(article, known, how), zones=zones, offset_map=tuple(draft.segments))


class _Draft:
    """The clean text while it is put together of pieces of the source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._pieces: list[str] = []
        self._length = 0
        self._is_blank = True  # nothing, or an empty line, stands at the end
        self.segments: list[OffsetSegment] = []
        self.marked: list[Zone] = []

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def add_lines(self, lines: list[MarkedLine]) -> None:
        for line in lines:
            # blank lines that were apart in the file, with marks alone between them, are one
            if not line.kept and self._is_blank:
                continue
            start = self._length
            self.add(line.kept)
            if line.kind is not None and self._length > start:
                self.marked.append(Zone(line.kind, Span(start, self._length)))
            self.gap(line.end)
            self._is_blank = not line.kept

    def add(self, pieces: tuple[Span, ...]) -> None:
        for piece in pieces:
            if piece.start < piece.end:
                self.segments.append(OffsetSegment(self._length, len(piece), piece.start))
                self._pieces.append(self._source[piece.start : piece.end])
                self._length += len(piece)

    def gap(self, end: str = "\n\n") -> None:
        self._pieces.append(end)
        self._length += len(end)


class _Origins:
    """Tells where a piece of metadata was found."""

    def __init__(self, front: FrontMatter, own: GivenMetadata, has_heading: bool) -> None:
        stated = given_from_fields(front.fields, by_name(list(front.fields)))[0]
        self._front = {getattr(stated, field) for field in _FIELDS} - {""}
        self._heading = own.title if has_heading else ""

    def how(self, value: str, _read: object = None) -> str:
        if value in self._front:
            return "front matter"
        return _HEADING if value == self._heading else IMPORT_METADATA


_FIELDS = ("title", "published", "publisher", "byline", "source_url", "host", "language")


def _joined(own: GivenMetadata, given: GivenMetadata) -> GivenMetadata:
    return replace(given, **{field: getattr(own, field) or getattr(given, field) for field in _FIELDS})


def _words(source: str, line: MarkedLine) -> str:
    return "".join(source[piece.start : piece.end] for piece in line.kept)


def _title_to_add(front: FrontMatter, known: GivenMetadata, lines: list[MarkedLine], source: str) -> Span | None:
    """Return where the front matter states a title that the text below does not repeat."""
    if front.title is None:
        return None
    first = next((words for line in lines if (words := _words(source, line).strip())), "")
    return None if normalised(first) == normalised(known.title) else front.title
