"""A document's text as an article: what its pages show comes first, what its record says fills the gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kb_app.core.article import Article, Candidate, Found, Metadata, MetadataField, Zone, ZoneKind
from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate
from kb_app.ingest.documents.properties import believed
from kb_app.ingest.documents.written import Properties, Written
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.lines import lines_of
from kb_app.ingest.plain_text import article_of_text
from kb_app.ingest.provenance import rights_holder
from kb_app.ingest.written_dates import first_written_date, is_plausible, metadata_date

PROPERTIES = "document properties"
MADE = "document properties (when the file was made)"
RUNNING_HEAD = "running head"
FILE_NAME = "file name"
NO_TEXT = "no-text-layer"

Dated = tuple[StatedDate, str]


def article_of_document(written: Written, given: GivenMetadata, name: str) -> Article:
    """Mark the zones of a document's text and gather its metadata.

    Raises Refused `no-text` when there are no words, unless a warning says that its pages are pictures.
    """
    properties = believed(written.properties, name)
    if not written.text and any(warning.startswith(NO_TEXT) for warning in written.warnings):
        article = _without_words(given, name)
    else:
        article = article_of_text(written.text, given, name, written.shown_title)
    dates = tuple(_dates(written, properties))
    metadata = _filled(article.metadata, written, properties, dates)
    return replace(
        article,
        metadata=metadata,
        encoding="",
        zones=_zones(article, written),
        page_map=written.page_map,
        candidates=(*article.candidates, *_of_margins(written), *_candidates(properties, dates)),
        warnings=(*written.warnings, *article.warnings),
    )


def _without_words(given: GivenMetadata, name: str) -> Article:
    return Article(text="", body=Span(0, 0), metadata=Metadata(title=Found(given.title or name, FILE_NAME)))


def _filled(metadata: Metadata, written: Written, properties: Properties, dates: tuple[Dated, ...]) -> Metadata:
    title = metadata.title
    if title is None or title.how == FILE_NAME:
        title = _found(properties.title) or title
    published, how = metadata.published, metadata.published_how
    if published is None and dates:
        published, how = dates[0]
    return replace(
        metadata,
        title=title,
        byline=metadata.byline or _found(properties.author),
        publisher=metadata.publisher or _holder(written) or _found(properties.publisher),
        source_url=metadata.source_url or _found(properties.address),
        published=published,
        published_how=how,
    )


def _holder(written: Written) -> Found | None:
    holder = rights_holder(list(lines_of("\n".join(written.margins))))
    return Found(holder.value, RUNNING_HEAD) if holder else None


def _of_margins(written: Written) -> Iterator[Candidate]:
    if holder := _holder(written):
        yield Candidate(MetadataField.PUBLISHER, holder.value, holder.how)


def _dates(written: Written, properties: Properties) -> Iterator[Dated]:
    for margin in written.margins:
        found = first_written_date(margin)
        if found and not found.doubtful and is_plausible(found.date):
            yield found.date, RUNNING_HEAD
    for value, how in ((properties.published, PROPERTIES), (properties.created, MADE)):
        stated = metadata_date(value) if value else None
        if stated and is_plausible(stated):
            yield stated, how


def _candidates(properties: Properties, dates: tuple[Dated, ...]) -> Iterator[Candidate]:
    seen = (
        (MetadataField.TITLE, properties.title),
        (MetadataField.BYLINE, properties.author),
        (MetadataField.PUBLISHER, properties.publisher),
        (MetadataField.SOURCE_URL, properties.address),
    )
    yield from (Candidate(field, value, PROPERTIES) for field, value in seen if value)
    yield from (Candidate(MetadataField.PUBLISHED, date.edtf, how) for date, how in dates)


def _zones(article: Article, written: Written) -> tuple[Zone, ...]:
    """Add what the document marks as heading or caption, where the lines themselves said nothing."""
    own = [
        Zone(kind, span)
        for kind, spans in ((ZoneKind.SUBHEAD, written.headings), (ZoneKind.CAPTION, written.captions))
        for span in spans
    ]
    taken = {zone.span.start for zone in article.zones}
    more = [zone for zone in own if article.body.holds(zone.span) and zone.span.start not in taken]
    return tuple(sorted((*article.zones, *more), key=lambda zone: (zone.span, zone.kind)))


def _found(value: str) -> Found | None:
    return Found(value, PROPERTIES) if value else None
