"""What a plain text's own lines say of who wrote and published it: every value, the most trusted first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb_app.core.article import Candidate, Found, Metadata, MetadataField
from kb_app.ingest.candidates import CandidateList
from kb_app.ingest.given import IMPORT_METADATA, GivenMetadata
from kb_app.ingest.lines import Kind, byline_name
from kb_app.ingest.provenance import (
    credits_of,
    domain_of,
    people_in_byline,
    printed_address,
    publisher_of_domain,
    rights_holder,
    usual_name,
)
from kb_app.ingest.text_layout import Layout
from kb_app.ingest.written_dates import metadata_date, written_dates


def titles(layout: Layout, given: GivenMetadata) -> Iterator[Found]:
    """Yield the title line and the title that was handed over."""
    if layout.header.title:
        yield Found(layout.header.title.of(layout.text), "title line")
    yield from stated(given.title)


def bylines(layout: Layout, given: GivenMetadata, publisher: Found | None) -> Iterator[Found]:
    """Yield the authors that lines above and below the body name."""
    chosen = layout.header.byline_line
    others = [line for line in layout.outer if line.kind is Kind.BYLINE and line is not chosen]
    for line in ([chosen] if chosen else []) + others:
        name = people_in_byline(byline_name(line.text), publisher.value if publisher else "")
        if name:
            yield Found(name, "byline line")
    yield from stated(given.byline)


def publishers(layout: Layout, given: GivenMetadata) -> Iterator[Found]:
    """Yield whose article it is, by what was handed over, its rights, its title line and its address."""
    address = printed_address(layout.text, layout.outer)
    url = address.url if address else given.source_url
    holders = (rights_holder(layout.below), rights_holder(layout.lines[: layout.header.first]))
    site, known = layout.header.site, publisher_of_domain(url)
    yield from stated(given.publisher)
    yield from (holder for holder in holders if holder)
    if site:
        yield Found(usual_name(site), "title line")
    if known:
        yield Found(known, "address")


def addresses(layout: Layout, given: GivenMetadata) -> Iterator[Found]:
    """Yield the addresses that a source line prints and that was handed over."""
    address = printed_address(layout.text, layout.outer)
    if address:
        yield Found(address.url, "source line")
    yield from stated(given.source_url)


def candidates_of(layout: Layout, given: GivenMetadata, chosen: Metadata) -> tuple[Candidate, ...]:
    """List every value that a piece of metadata could have; `chosen` are those that it has."""
    found = CandidateList(layout.text, [line.span for line in layout.outer])
    found.add(MetadataField.TITLE, first(titles(layout, given)), layout.header.title)
    found.add_all(MetadataField.TITLE, titles(layout, given))
    found.add_all(MetadataField.BYLINE, bylines(layout, given, chosen.publisher))
    found.add_all(MetadataField.PUBLISHER, publishers(layout, given))
    _add_domains(found, layout, given)
    found.add_all(MetadataField.HOST, [chosen.host, *stated(given.host)])
    dateline = layout.dateline
    for wire, span in credits_of(layout.crediting, dateline.agency if dateline else ""):
        found.add(MetadataField.WIRE, wire, span)
    if dateline:
        found.add(MetadataField.DATELINE_PLACE, chosen.dateline_place, dateline.span)
    _add_dates(found, layout, given, chosen)
    found.add_all(MetadataField.SOURCE_URL, addresses(layout, given))
    return found.listed()


def _add_domains(found: CandidateList, layout: Layout, given: GivenMetadata) -> None:
    domains = (Found(domain_of(address.value), "address") for address in addresses(layout, given))
    found.add_all(MetadataField.PUBLISHER, domains)


def _add_dates(found: CandidateList, layout: Layout, given: GivenMetadata, chosen: Metadata) -> None:
    if chosen.published:
        shown = layout.header.date
        span = shown.span if shown and chosen.published_how == "date line" else None
        found.add(MetadataField.PUBLISHED, Found(chosen.published.edtf, chosen.published_how), span)
    imported = metadata_date(given.published) if given.published else None
    if imported:
        found.add(MetadataField.PUBLISHED, Found(imported.edtf, IMPORT_METADATA))
    for line in layout.outer:
        for date in written_dates(line.text):
            found.add(MetadataField.PUBLISHED, Found(date.date.edtf, "date line"), date.span.shifted(line.span.start))
    if layout.dateline and layout.dateline.date:
        found.add(MetadataField.PUBLISHED, Found(layout.dateline.date.edtf, "dateline"))


def stated(value: str) -> Iterator[Found]:
    """Yield a value that was handed over, if it was."""
    if value:
        yield Found(value, IMPORT_METADATA)


def first(found: Iterable[Found]) -> Found | None:
    """Return the most trusted value."""
    return next(iter(found), None)
