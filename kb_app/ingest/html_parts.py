"""The clean text of a page: its lines in the order of reading, where each came from, and what each of them is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kb_app.core.article import Zone, ZoneKind
from kb_app.core.passage import Span
from kb_app.ingest.footer import body_end, credit_zones
from kb_app.ingest.html_boxes import Boxes
from kb_app.ingest.html_edges import is_stamp, leads_elsewhere
from kb_app.ingest.html_layout import Layout, is_caption, is_heading
from kb_app.ingest.html_offsets import VisibleText
from kb_app.ingest.lines import ABOUT_THE_ARTICLE, Kind, Line, kind_of

APART = "\n\n"
_FIRST_LINES = 6


@dataclass
class Draft:
    """The clean text while it is put together."""

    page: VisibleText
    texts: list[str] = field(default_factory=list)
    pieces: list[tuple[int, Span]] = field(default_factory=list)
    length: int = 0

    def add(self, words: str, span: Span | None) -> Span:
        """Append a paragraph and return its place."""
        start = self.length + (len(APART) if self.texts else 0)
        self.texts.append(words)
        if span is not None:
            self.pieces.append((start, span))
        self.length = start + len(words)
        return Span(start, self.length)

    def add_line(self, span: Span) -> Line:
        """Append a stretch of the visible text and return it as a line."""
        words = span.of(self.page.text)
        return Line(self.add(words, span), words, kind_of(words), gap=True)


@dataclass(frozen=True, slots=True)
class Parts:
    """The clean text's lines by their place."""

    title: Span | None
    above: tuple[Line, ...]
    body: tuple[Line, ...]
    below: tuple[Line, ...]
    end: int  # the number of the first body line that is no longer the article

    @property
    def about(self) -> tuple[Line, ...]:
        """Return the lines outside the body proper."""
        return (*self.above, *self.body[self.end :], *self.below)

    @property
    def speaking_of_it(self) -> tuple[Line, ...]:
        """Return the lines that may name author, day and source: also those among the first of the body."""
        first = (line for line in self.body[: min(_FIRST_LINES, self.end)] if line.kind in ABOUT_THE_ARTICLE)
        return (*self.above, *first, *self.body[self.end :], *self.below)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return all lines but the title."""
        return (*self.above, *self.body, *self.below)

    def body_span(self, length: int) -> Span:
        """Return the place of the body in a text of some length."""
        if not self.body:
            return Span(length, length)
        return Span(self.body[0].span.start, self.body[max(0, self.end - 1)].span.end)


def parts_of(draft: Draft, layout: Layout) -> Parts:
    """Put the clean text together."""
    blocks, piece = draft.page.blocks, layout.title
    title = draft.add(piece.words, piece.span) if piece and piece.words else None
    beside = _beside_title(draft.page, layout)
    above = [draft.add_line(beside)] if beside else []
    above += [draft.add_line(blocks[n].span) for n in layout.above]
    body = tuple(draft.add_line(blocks[n].span) for n in layout.body)
    below = tuple(draft.add_line(blocks[n].span) for n in layout.below)
    return Parts(title, tuple(above), body, below, min(body_end(body, 0), layout.end))


def _beside_title(page: VisibleText, layout: Layout) -> Span | None:
    """Return what stands behind the title in the same block, such as the day."""
    piece = layout.title
    if piece is None or piece.span is None or piece.block is None:
        return None
    rest = Span(piece.span.end, max(piece.span.end, page.blocks[piece.block].span.end))
    words = rest.of(page.text)
    if not any(c.isalnum() for c in words):
        return None
    return Span(rest.end - len(words.lstrip(" |–—-·,")), rest.end)


def zones_of_page(draft: Draft, layout: Layout, parts: Parts) -> tuple[Zone, ...]:
    """Mark what is not plain body."""
    zones = {Zone(ZoneKind.METADATA, line.span) for line in (*parts.above, *parts.below)}
    if parts.title:
        zones.add(Zone(ZoneKind.TITLE, parts.title))
    for place, (number, line) in enumerate(zip(layout.body, parts.body, strict=True)):
        zones.update(_zones(draft.page, number, line, (place >= parts.end, layout.boxes)))
    return tuple(sorted(zones, key=lambda zone: (zone.span, zone.kind)))


def _zones(page: VisibleText, number: int, line: Line, around: tuple[bool, Boxes]) -> Iterator[Zone]:
    block, (is_behind, boxes) = page.blocks[number], around
    if is_stamp(page, block):
        yield Zone(ZoneKind.METADATA, line.span)
    elif is_caption(page, block):
        yield from credit_zones(line) or [Zone(ZoneKind.CAPTION, line.span)]
    elif is_behind:
        yield Zone(ZoneKind.METADATA if line.kind in ABOUT_THE_ARTICLE else ZoneKind.BOILERPLATE, line.span)
    elif boxes.is_promotion(block) or leads_elsewhere(page, block):
        yield Zone(ZoneKind.BOILERPLATE, line.span)
    elif is_heading(page, block) and line.kind not in (Kind.FURNITURE, Kind.FOOTER_HEADING):
        yield Zone(ZoneKind.SUBHEAD, line.span)
    else:
        yield from credit_zones(line)
