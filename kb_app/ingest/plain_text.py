"""A plain text as an article: its zones and what its own lines say about it; the text stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from kb_app.core.article import Article, Found, Metadata, Zone, ZoneKind
from kb_app.core.errors import Refused
from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate
from kb_app.ingest.footer import zones_of
from kb_app.ingest.given import IMPORT_METADATA, GivenMetadata
from kb_app.ingest.lines import Line, lines_of
from kb_app.ingest.provenance import host_named, is_reprint, printed_address, wires_credited
from kb_app.ingest.text_candidates import addresses, bylines, candidates_of, first, publishers, stated, titles
from kb_app.ingest.text_layout import Layout, laid_out
from kb_app.ingest.written_dates import is_plausible, metadata_date


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
    metadata = _metadata(layout, given, (published, how))
    return Article(
        text=text,
        body=body,
        metadata=metadata,
        title_span=layout.header.title,
        dateline_span=layout.dateline.span if layout.dateline else None,
        published_span=header_date.span if header_date and how == "date line" else None,
        zones=_zones(layout),
        candidates=candidates_of(layout, given, metadata),
        warnings=warnings,
    )


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
    for date, how in candidates:
        if date is None:
            continue
        if not is_plausible(date):
            warnings.append(f"implausible-date: the date “{date.words}” ({how}) cannot be a day of publication.")
            continue
        if header_date and how == "date line" and header_date.doubtful:
            better = candidates[1][0]
            if better and is_plausible(better):
                return better, IMPORT_METADATA, tuple(warnings)
            warnings.append(f"ambiguous-date: “{date.words}” may be read day or month first.")
        return date, how, tuple(warnings)
    return None, "", tuple(warnings)


def _metadata(layout: Layout, given: GivenMetadata, published: tuple[StatedDate | None, str]) -> Metadata:
    outer = layout.outer
    address = printed_address(layout.text, outer)
    publisher = first(publishers(layout, given))
    dateline = layout.dateline
    return Metadata(
        title=first(titles(layout, given)),
        byline=first(bylines(layout, given, publisher)),
        publisher=publisher,
        host=_host(outer, given, publisher),
        wires=wires_credited(layout.crediting, dateline.agency if dateline else ""),
        dateline_place=Found(dateline.place, "dateline") if dateline else None,
        published=published[0],
        published_how=published[1],
        source_url=first(addresses(layout, given)),
        source_url_as_printed=address.printed if address else "",
    )


def _host(lines: Sequence[Line], given: GivenMetadata, publisher: Found | None) -> Found | None:
    host = first(stated(given.host)) or host_named(lines)
    if host is None or publisher is None or host.value.casefold() == publisher.value.casefold():
        return None
    from_elsewhere = host.how != "site line" or is_reprint(lines)
    return host if from_elsewhere else None
