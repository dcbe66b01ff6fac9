"""A page as an article: clean text with zones, metadata, and a map back to the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kb_app.core.article import Article, Found, Metadata, Zone, ZoneKind
from kb_app.core.errors import Refused
from kb_app.core.names import normalised
from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate
from kb_app.ingest.dateline import Dateline, dateline_of
from kb_app.ingest.footer import body_end, credit_zones
from kb_app.ingest.given import IMPORT_METADATA, GivenMetadata
from kb_app.ingest.html_boxes import Boxes
from kb_app.ingest.html_choice import choice_of
from kb_app.ingest.html_edges import article_end, is_stamp
from kb_app.ingest.html_layout import Layout, is_caption, is_heading, layout_of
from kb_app.ingest.html_metadata import PageMetadata, nearest_time, page_metadata
from kb_app.ingest.html_offsets import VisibleText, segments_of
from kb_app.ingest.lines import ABOUT_THE_ARTICLE, Kind, Line, byline_name, kind_of
from kb_app.ingest.main_text import guessed_date
from kb_app.ingest.provenance import (
    domain_of,
    is_reprint,
    printed_address,
    rights_holder,
    wires_credited,
)
from kb_app.ingest.written_dates import WrittenDate, first_written_date, is_plausible, metadata_date

_APART = "\n\n"
_DATELINE_LINES = 4


@dataclass
class _Draft:
    """The clean text while it is put together."""

    page: VisibleText
    texts: list[str] = field(default_factory=list)
    pieces: list[tuple[int, Span]] = field(default_factory=list)
    length: int = 0

    def add(self, words: str, span: Span | None) -> Span:
        """Append a paragraph and return its place."""
        start = self.length + (len(_APART) if self.texts else 0)
        self.texts.append(words)
        if span is not None:
            self.pieces.append((start, span))
        self.length = start + len(words)
        return Span(start, self.length)

    def add_block(self, number: int) -> Line:
        """Append a block and return it as a line."""
        block = self.page.blocks[number]
        words = self.page.words(block)
        return Line(self.add(words, block.span), words, kind_of(words), gap=True)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The clean text's lines by their place."""

    title: Span | None
    above: tuple[Line, ...]
    body: tuple[Line, ...]
    below: tuple[Line, ...]
    end: int  # the number of the first body line that is a credit

    @property
    def about(self) -> tuple[Line, ...]:
        """Return the lines outside the body proper."""
        return (*self.above, *self.body[self.end :], *self.below)


def article_of_page(source: str, given: GivenMetadata, name: str) -> Article:
    """Find the article in a page; raises Refused `no-text` when it shows no words."""
    choice = choice_of(source)
    page = choice.page
    if not any(c.isalpha() for block in page.blocks if page.tag(block) != "title" for c in page.words(block)):
        raise Refused("no-text", f"“{name}” shows no text, so there is nothing to import.")
    stated = page_metadata(source, page, choice.data)
    site = stated.site.value if stated.site else ""
    titles = ([Found(given.title, IMPORT_METADATA)] if given.title else []) + list(stated.titles)
    layout = layout_of(page, choice.blocks, titles, site)
    draft = _Draft(page)
    boxes = Boxes(page, layout.body)
    parts = _parts(draft, layout, boxes)
    text = _APART.join(draft.texts)
    dateline = _dateline(parts)
    dates = _Dates(_date_line(parts), _near(page, layout), dateline.date if dateline else None)
    published, how, doubts = _published(stated, dates, given)
    if published is None:
        published = None if choice.plainly else guessed_date(source, page)
        how = "htmldate" if published else ""
    metadata = replace(
        _metadata(stated, parts, given, text),
        title=Found(layout.title.words, layout.title.how) if layout.title and layout.title.words else None,
        wires=wires_credited((*parts.above, *parts.body, *parts.below), dateline.agency if dateline else ""),
        dateline_place=Found(dateline.place, "dateline") if dateline else None,
        published=published,
        published_how=how,
    )
    line = dates.line
    return Article(
        text=text,
        body=_body(parts, text),
        metadata=metadata,
        title_span=parts.title,
        dateline_span=dateline.span if dateline else None,
        published_span=line.span if line and published and line.date.edtf == published.edtf else None,
        zones=tuple(sorted(set(_zones(draft, layout, parts, boxes)), key=lambda zone: (zone.span, zone.kind))),
        offset_map=segments_of(draft.pieces, page),
        warnings=(*choice.warnings, *doubts),
    )


def _parts(draft: _Draft, layout: Layout, boxes: Boxes) -> _Parts:
    title = draft.add(layout.title.words, layout.title.span) if layout.title and layout.title.words else None
    above = tuple(draft.add_block(n) for n in layout.above)
    body = tuple(draft.add_block(n) for n in layout.body)
    below = tuple(draft.add_block(n) for n in layout.below)
    shown = layout.title.block if layout.title and layout.title.block is not None else -1
    end = min(body_end(body, 0), article_end(draft.page, layout.body, shown, boxes)) if body else 0
    return _Parts(title, above, body, below, end)


def _body(parts: _Parts, text: str) -> Span:
    if not parts.body:
        return Span(len(text), len(text))
    return Span(parts.body[0].span.start, parts.body[max(0, parts.end - 1)].span.end)


def _zones(draft: _Draft, layout: Layout, parts: _Parts, boxes: Boxes) -> Iterator[Zone]:
    page = draft.page
    if parts.title:
        yield Zone(ZoneKind.TITLE, parts.title)
    yield from (Zone(ZoneKind.METADATA, line.span) for line in (*parts.above, *parts.below))
    for place, (number, line) in enumerate(zip(layout.body, parts.body, strict=True)):
        block = page.blocks[number]
        if is_stamp(page, block):
            yield Zone(ZoneKind.METADATA, line.span)
        elif is_caption(page, block):
            yield from _caption(line)
        elif place >= parts.end:
            about = line.kind in ABOUT_THE_ARTICLE
            yield Zone(ZoneKind.METADATA if about else ZoneKind.BOILERPLATE, line.span)
        elif boxes.is_promotion(block):
            yield Zone(ZoneKind.BOILERPLATE, line.span)
        elif is_heading(page, block) and line.kind not in (Kind.FURNITURE, Kind.FOOTER_HEADING):
            yield Zone(ZoneKind.SUBHEAD, line.span)
        else:
            yield from credit_zones(line)


def _caption(line: Line) -> list[Zone]:
    return credit_zones(line) or [Zone(ZoneKind.CAPTION, line.span)]


def _dateline(parts: _Parts) -> Dateline | None:
    for line in parts.body[:_DATELINE_LINES]:
        found = dateline_of(line.text)
        if found:
            start = line.span.start
            return Dateline(found.place, found.span.shifted(start), found.end + start, found.agency, found.date)
    return None


@dataclass(frozen=True, slots=True)
class _Dates:
    """Dates that the visible text gives; the line's in offsets of the clean text."""

    line: WrittenDate | None
    time: StatedDate | None
    dateline: StatedDate | None


def _date_line(parts: _Parts) -> WrittenDate | None:
    for line in parts.above:
        found = first_written_date(line.text)
        if found:
            return WrittenDate(found.date, found.span.shifted(line.span.start), found.doubtful)
    return None


def _near(page: VisibleText, layout: Layout) -> StatedDate | None:
    """Return the date of a time element between the title and the body."""
    if not layout.body:
        return None
    first = layout.title.span.start if layout.title and layout.title.span else 0
    before = page.blocks[layout.body[0]].span.start
    return nearest_time(page, Span(min(first, before), max(first, before)))


def _published(
    stated: PageMetadata, dates: _Dates, given: GivenMetadata
) -> tuple[StatedDate | None, str, tuple[str, ...]]:
    candidates = [(found.date, found.how) for found in stated.dates]
    line = dates.line
    if line and not line.doubtful:
        candidates.append((line.date, "date line"))
    if dates.time:
        candidates.append((dates.time, "time element"))
    imported = metadata_date(given.published) if given.published else None
    candidates += [(date, how) for date, how in ((imported, IMPORT_METADATA), (dates.dateline, "dateline")) if date]
    if line and line.doubtful:
        candidates.append((line.date, "date line"))
    warnings = []
    for date, how in candidates:
        if is_plausible(date):
            if line and line.doubtful and how == "date line":
                warnings.append(f"ambiguous-date: “{date.words}” may be read day or month first.")
            return date, how, tuple(warnings)
        warnings.append(f"implausible-date: the date “{date.words}” ({how}) cannot be a day of publication.")
    return None, "", tuple(warnings)


def _metadata(stated: PageMetadata, parts: _Parts, given: GivenMetadata, text: str) -> Metadata:
    address = printed_address(text, parts.about)
    byline_line = next((line for line in parts.above if line.kind is Kind.BYLINE), None)
    printed_byline = Found(byline_name(byline_line.text), "byline line") if byline_line else None
    origin = stated.origin or _origin(stated, parts)
    publisher = _given(given.publisher) or origin or stated.site or _domain(stated, given)
    host = _given(given.host) or (stated.site if origin or given.publisher else None)
    if host and publisher and normalised(host.value) == normalised(publisher.value):
        host = None
    return Metadata(
        byline=stated.byline or printed_byline or _given(given.byline),
        publisher=publisher,
        host=host,
        source_url=Found(address.url, "source line") if address else (stated.url or _given(given.source_url)),
        source_url_as_printed=address.printed if address else "",
    )


def _origin(stated: PageMetadata, parts: _Parts) -> Found | None:
    """Return whom the lines around the body say the article is from, when that is not the site."""
    site = normalised(stated.site.value) if stated.site else ""
    holder = rights_holder(parts.about)
    if holder and normalised(holder.value) != site and (is_reprint(parts.about) or not site):
        return holder
    for line in parts.above:
        if line.kind is Kind.BYLINE:
            continue
        name = byline_name(line.text).split(" | ")[-1].strip(" |")
        credited = (
            any(x.kind is Kind.CREDIT and x.text.startswith(name) for x in parts.about) if len(name) > 2 else False
        )
        if credited and normalised(name) != site:
            return Found(name, "credit line")
    return None


def _domain(stated: PageMetadata, given: GivenMetadata) -> Found | None:
    host = domain_of(stated.url.value if stated.url else given.source_url)
    return Found(host, "address") if host else None


def _given(value: str) -> Found | None:
    return Found(value, IMPORT_METADATA) if value else None
