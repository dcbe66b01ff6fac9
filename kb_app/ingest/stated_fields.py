"""Lets named fields (of an item, of front matter) go before what an article's own lines say about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from kb_app.core.article import Article, Candidate, Found, Metadata, MetadataField
from kb_app.core.stated_date import StatedDate
from kb_app.ingest.feeds.item import address_of, day_of
from kb_app.ingest.given import IMPORT_METADATA, GivenMetadata
from kb_app.ingest.written_dates import is_plausible, metadata_date

How = Callable[..., str]  # names the field that says a value, as it is read


def told_by_fields(article: Article, known: GivenMetadata, how: How) -> Article:
    """Return the article with the fields' metadata, all of it as first candidates, and what is wrong with the date."""
    metadata, warnings = _metadata(article.metadata, known, how)
    return replace(
        article,
        metadata=metadata,
        candidates=(*_candidates(known, how), *(c for c in article.candidates if c.how != IMPORT_METADATA)),
        warnings=(*warnings, *article.warnings),
    )


def _metadata(read: Metadata, known: GivenMetadata, how: How) -> tuple[Metadata, tuple[str, ...]]:
    """Let the item's fields go before what its text says."""
    published, warnings = _published(known)
    found = {
        "title": Found(known.title, how(known.title)) if known.title else None,
        "byline": Found(known.byline, how(known.byline)) if known.byline else None,
        "publisher": Found(known.publisher, how(known.publisher)) if known.publisher else None,
        "host": Found(known.host, how(known.host)) if known.host else None,
        "source_url": Found(known.source_url, how(known.source_url, address_of)) if known.source_url else None,
    }
    metadata = replace(
        read,
        title=found["title"] or read.title,
        byline=found["byline"] or read.byline,
        publisher=found["publisher"] or read.publisher,
        host=found["host"] or read.host,
        source_url=found["source_url"] or read.source_url,
    )
    if published is not None:
        metadata = replace(metadata, published=published, published_how=how(known.published, day_of))
    return metadata, warnings


def _published(known: GivenMetadata) -> tuple[StatedDate | None, tuple[str, ...]]:
    stated = metadata_date(known.published) if known.published else None
    if stated is None:
        return None, ()
    if not is_plausible(stated):
        return None, (f"implausible-date: the date “{known.published}” cannot be a day of publication.",)
    if re.match(r"\d{1,2}[/-]\d{1,2}[/-]", known.published) and not stated.is_single_day:
        return stated, (f"ambiguous-date: “{known.published}” may be read day or month first.",)
    return stated, ()


def _candidates(known: GivenMetadata, how: How) -> Iterator[Candidate]:
    stated = metadata_date(known.published) if known.published else None
    values = (
        (MetadataField.TITLE, known.title, how(known.title)),
        (MetadataField.BYLINE, known.byline, how(known.byline)),
        (MetadataField.PUBLISHER, known.publisher, how(known.publisher)),
        (MetadataField.HOST, known.host, how(known.host)),
        (MetadataField.PUBLISHED, stated.edtf if stated else "", how(known.published, day_of)),
        (MetadataField.SOURCE_URL, known.source_url, how(known.source_url, address_of)),
    )
    yield from (Candidate(field, value, origin) for field, value, origin in values if value)
