"""A plain text as an article: its zones and what its own lines say about it; the text stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb_app.core.article import Article, Found, Metadata, Zone, ZoneKind
from kb_app.core.errors import Refused
from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate
from kb_app.ingest.dateline import Dateline, dateline_of
from kb_app.ingest.footer import body_end, zones_of
from kb_app.ingest.given import IMPORT_METADATA, GivenMetadata
from kb_app.ingest.header import Header, read_header
from kb_app.ingest.lines import Line, byline_name, lines_of
from kb_app.ingest.provenance import (
    Address,
    host_named,
    is_reprint,
    printed_address,
    publisher_of_domain,
    rights_holder,
    usual_name,
    wires_credited,
)
from kb_app.ingest.written_dates import is_plausible, metadata_date

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


def article_of_text(text: str, given: GivenMetadata, name: str, shown_title: str = "") -> Article:
    """Mark the zones of a plain text; raises Refused `no-text` when it holds no words.

    `shown_title` is what its layout shows as the title, where it had one.
    """
    lines = list(lines_of(text))
    if not any(character.isalpha() for line in lines for character in line.text):
        raise Refused("no-text", f"“{name}” holds no words, so there is nothing to import.")
    layout = laid_out(text, lines, given.title or shown_title)
    body = _body(layout)
    published, how, warnings = _published(layout, given)
    header_date = layout.header.date
    return Article(
        text=text,
        body=body,
        metadata=_metadata(layout, given, (published, how)),
        title_span=layout.header.title,
        dateline_span=layout.dateline.span if layout.dateline else None,
        published_span=header_date.span if header_date and how == "date line" else None,
        zones=_zones(layout),
        warnings=warnings,
    )


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


def _body(layout: Layout) -> Span:
    header, lines = layout.header, layout.lines
    if header.first >= layout.end:
        place = header.title.end if header.title else len(layout.text)
        return Span(place, place)
    start = header.body_at if header.body_at is not None else lines[header.first].span.start
    return Span(start, max(start, lines[layout.end - 1].span.end))


def _zones(layout: Layout) -> tuple[Zone, ...]:
    header = layout.header
    zones = [Zone(ZoneKind.TITLE, header.title)] if header.title else []
    zones += [Zone(ZoneKind.METADATA, span) for span in header.about]
    zones += [Zone(ZoneKind.BOILERPLATE, span) for span in header.furniture]
    known = {zone.span for zone in zones}
    zones += [zone for zone in zones_of(layout.lines, header.first, layout.end) if zone.span not in known]
    return tuple(sorted(set(zones), key=lambda zone: (zone.span, zone.kind)))


def _published(layout: Layout, given: GivenMetadata) -> tuple[StatedDate | None, str, tuple[str, ...]]:
    warnings: list[str] = []
    header_date = layout.header.date
    candidates = [(header_date.date if header_date else None, "date line")]
    candidates.append((metadata_date(given.published) if given.published else None, IMPORT_METADATA))
    candidates.append((layout.dateline.date if layout.dateline else None, "dateline"))
    for stated, how in candidates:
        if stated is None:
            continue
        if not is_plausible(stated):
            warnings.append(f"implausible-date: the date “{stated.words}” ({how}) cannot be a day of publication.")
            continue
        if header_date and how == "date line" and header_date.doubtful:
            better = candidates[1][0]
            if better and is_plausible(better):
                return better, IMPORT_METADATA, tuple(warnings)
            warnings.append(f"ambiguous-date: “{stated.words}” may be read day or month first.")
        return stated, how, tuple(warnings)
    return None, "", tuple(warnings)


def _metadata(layout: Layout, given: GivenMetadata, published: tuple[StatedDate | None, str]) -> Metadata:
    header, lines = layout.header, layout.lines
    outer = [*lines[: header.first], *layout.below]
    address = printed_address(layout.text, outer)
    publisher = _publisher(layout, given, address)
    title = _found(header.title.of(layout.text) if header.title else "", "title line")
    dateline = layout.dateline
    return Metadata(
        title=title or _found(given.title, IMPORT_METADATA),
        byline=_found(byline_name(header.byline_line.text) if header.byline_line else "", "byline line")
        or _found(given.byline, IMPORT_METADATA),
        publisher=publisher,
        host=_host(outer, given, publisher),
        wires=wires_credited(lines[header.first :], dateline.agency if dateline else ""),
        dateline_place=_found(dateline.place, "dateline") if dateline else None,
        published=published[0],
        published_how=published[1],
        source_url=Found(address.url, "source line") if address else _found(given.source_url, IMPORT_METADATA),
        source_url_as_printed=address.printed if address else "",
    )


def _publisher(layout: Layout, given: GivenMetadata, address: Address | None) -> Found | None:
    holder = rights_holder(layout.below) or rights_holder(layout.lines[: layout.header.first])
    url = address.url if address else given.source_url
    return (
        _found(given.publisher, IMPORT_METADATA)
        or holder
        or (Found(usual_name(layout.header.site), "title line") if layout.header.site else None)
        or _found(publisher_of_domain(url), "address")
    )


def _host(lines: Sequence[Line], given: GivenMetadata, publisher: Found | None) -> Found | None:
    host = _found(given.host, IMPORT_METADATA) or host_named(lines)
    if host is None or publisher is None or host.value.casefold() == publisher.value.casefold():
        return None
    from_elsewhere = host.how != "site line" or is_reprint(lines)
    return host if from_elsewhere else None


def _found(value: str, how: str) -> Found | None:
    return Found(value, how) if value else None
