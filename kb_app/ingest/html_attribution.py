"""Who wrote, published and reprinted the article of a page, with every value that could be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb_app.core.article import Candidate, Found, Metadata, MetadataField
from kb_app.core.names import normalised
from kb_app.ingest.bylines import author_of
from kb_app.ingest.candidates import CandidateList
from kb_app.ingest.dateline import Dateline
from kb_app.ingest.given import IMPORT_METADATA, GivenMetadata
from kb_app.ingest.html_metadata import DateFound, PageMetadata
from kb_app.ingest.html_parts import Parts
from kb_app.ingest.html_published import Published
from kb_app.ingest.lines import Kind, byline_name
from kb_app.ingest.provenance import (
    credits_of,
    domain_of,
    is_reprint,
    printed_address,
    rights_holder,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page states and shows about its article."""

    stated: PageMetadata
    parts: Parts
    given: GivenMetadata
    title: Found | None
    dateline: Dateline | None
    published: Published


def attributed(seen: Seen, text: str) -> tuple[Metadata, tuple[Candidate, ...]]:
    """Choose the most trusted value of each piece of metadata and list all of them."""
    stated, given = seen.stated, seen.given
    address = printed_address(text, seen.parts.about)
    printed = [Found(address.url, "source line")] if address else []
    bylines = [*stated.bylines, *_printed_bylines(seen), *_given(given.byline)]
    origins = [*stated.origins, *_printed_origins(seen)]
    publishers = [*_given(given.publisher), *origins, *stated.sites, *_domain(stated, given)]
    hosts = [*_given(given.host), *(stated.sites if origins or given.publisher else ())]
    addresses = [*printed, *stated.addresses, *_given(given.source_url)]
    wires = list(credits_of(seen.parts.lines, seen.dateline.agency if seen.dateline else ""))
    publisher = _first(publishers)
    metadata = Metadata(
        title=seen.title,
        byline=_first(bylines),
        publisher=publisher,
        host=_other_than(publisher, hosts),
        wires=tuple(dict.fromkeys(wire.value for wire, _ in wires)),
        dateline_place=Found(seen.dateline.place, "dateline") if seen.dateline else None,
        published=seen.published.date,
        published_how=seen.published.how,
        source_url=_first(addresses),
        source_url_as_printed=address.printed if address else "",
    )
    found = CandidateList(text, [line.span for line in seen.parts.speaking_of_it])
    _add_title(found, seen)
    found.add_all(MetadataField.BYLINE, bylines)
    found.add_all(MetadataField.PUBLISHER, publishers)
    found.add_all(MetadataField.HOST, [host for host in hosts if _other_than(publisher, [host])])
    for wire, span in wires:
        found.add(MetadataField.WIRE, wire, span)
    if seen.dateline:
        found.add(MetadataField.DATELINE_PLACE, metadata.dateline_place, seen.dateline.span)
    _add_dates(found, seen.published)
    found.add_all(MetadataField.SOURCE_URL, addresses)
    return metadata, found.listed()


def _add_title(found: CandidateList, seen: Seen) -> None:
    found.add(MetadataField.TITLE, seen.title, seen.parts.title)
    found.add_all(MetadataField.TITLE, _given(seen.given.title))
    found.add_all(MetadataField.TITLE, seen.stated.titles)


def _add_dates(found: CandidateList, published: Published) -> None:
    chosen = [DateFound(published.date, published.how)] if published.date else []
    for date in (*chosen, *published.candidates):
        place = published.line if date.how == "date line" else None
        found.add(MetadataField.PUBLISHED, Found(date.date.edtf, date.how), place)


def _printed_bylines(seen: Seen) -> Iterator[Found]:
    for line in seen.parts.speaking_of_it:
        if line.kind is Kind.BYLINE:
            name = author_of(line.text, seen.stated.site) or byline_name(line.text)
            if not _is_same(name, seen.stated.site):
                yield Found(name, "byline line")


def _printed_origins(seen: Seen) -> Iterator[Found]:
    """Yield whom the lines around the body say the article is from, when that is not the site."""
    parts, site = seen.parts, seen.stated.site
    holder = rights_holder(parts.about)
    if holder and not _is_same(holder.value, site) and (is_reprint(parts.about) or not site):
        yield holder
    credits = [line.text for line in parts.about if line.kind is Kind.CREDIT]
    for line in parts.above:
        if line.kind is Kind.BYLINE:
            continue
        name = byline_name(line.text).split(" | ")[-1].strip(" |")
        if len(name) > 2 and not _is_same(name, site) and any(words.startswith(name) for words in credits):
            yield Found(name, "credit line")


def _is_same(name: str, site: str) -> bool:
    # a site calls itself by a shorter form of its name, or adds a department to it
    one, other = normalised(name), normalised(site)
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _domain(stated: PageMetadata, given: GivenMetadata) -> list[Found]:
    host = domain_of(stated.address or given.source_url)
    return [Found(host, "address")] if host else []


def _given(value: str) -> list[Found]:
    return [Found(value, IMPORT_METADATA)] if value else []


def _first(found: Iterable[Found]) -> Found | None:
    return next(iter(found), None)


def _other_than(publisher: Found | None, hosts: Iterable[Found]) -> Found | None:
    host = _first(hosts)
    return None if host and publisher and normalised(host.value) == normalised(publisher.value) else host
