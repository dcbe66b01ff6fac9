"""An item of a feed, a table or an export as an article: all its words are the article, its fields the metadata."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kb_app.core.article import (
    Article,
    Candidate,
    Found,
    Metadata,
    MetadataField,
    OffsetSegment,
    Zone,
    ZoneKind,
)
from kb_app.core.errors import Refused
from kb_app.core.names import normalised
from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate
from kb_app.ingest.decoding import cleaned
from kb_app.ingest.feeds.archived_item import archived_item
from kb_app.ingest.feeds.item import address_of, day_of, line_of
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.html_body import is_promotion
from kb_app.ingest.html_layout import is_caption, is_heading
from kb_app.ingest.html_offsets import visible_text
from kb_app.ingest.plain_text import article_of_text
from kb_app.ingest.written_dates import is_plausible, metadata_date

_APART = "\n\n"
_AROUND = "feed title or import metadata"  # where what no field of the item says comes from
_FIRST_APPEARED = re.compile(r"The post .{1,500} (?:appeared first|first appeared) on .{1,200}\Z", re.DOTALL)
_UNESCAPED = re.compile(r"[^\"\\&<>\s\u0080-\U0010ffff]+(?: [^\"\\&<>\s\u0080-\U0010ffff]+)*")
_NEAR, _SHORT_RUN, _SEARCHED = 16, 5, 5_000


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph of the item and what it is, None for words of the body."""

    words: str
    kind: ZoneKind | None = None


def article_of_item(source: str, given: GivenMetadata, name: str, media_type: str) -> Article:
    """Make an article of an item; raises Refused `no-text`, Failed `corrupt`."""
    item = archived_item(source, media_type, name)
    known = given if given.text or given.markup else _joined(given, item.given)
    parts = list(_parts(known))
    if not any(character.isalpha() for part in parts for character in part.words):
        raise Refused("no-text", f"“{name}” shows no text, so there is nothing to import.")
    text = _APART.join(part.words for part in parts)
    article = article_of_text(text, replace(known, text="", markup=""), name)
    how = _Origins(item.fields).how
    metadata, warnings = _metadata(article.metadata, known, how)
    return replace(
        article,
        metadata=metadata,
        zones=_zones(article.zones, parts),
        candidates=(*_candidates(known, how), *article.candidates),
        offset_map=segments_found(text, source),
        warnings=(*warnings, *article.warnings),
        language=known.language[:2].lower() if known.language[:2].isalpha() else "",
    )


@dataclass(frozen=True, slots=True)
class _Origins:
    """Tells which field of an item says something."""

    fields: dict[str, str]

    def how(self, value: str, read: Callable[[str], str] = line_of) -> str:
        """Name the field that says so."""
        name = next((name for name, text in self.fields.items() if read(cleaned(text)[0].strip()) == value), "")
        return f"field “{name}”" if name else _AROUND


def _joined(given: GivenMetadata, own: GivenMetadata) -> GivenMetadata:
    """Return what the item says, and where it says nothing what is known from elsewhere."""
    names = ("published", "publisher", "host", "source_url", "title", "byline", "language")
    known = {name: getattr(given, name) or getattr(own, name) for name in names}
    return replace(own, **known)


def _parts(known: GivenMetadata) -> Iterator[_Part]:
    body = list(_marked_up(known.markup)) if known.markup else _plain(known.text)
    title = known.title
    if title and not (body and normalised(body[0].words) == normalised(title)):
        yield _Part(title, ZoneKind.TITLE)
    yield from body


def _plain(text: str) -> list[_Part]:
    words = cleaned(text.replace("\r\n", "\n").replace("\r", "\n"))[0].strip()
    return [_Part(words)] if words else []


def _marked_up(markup: str) -> Iterator[_Part]:
    page = visible_text(markup)
    for block in page.blocks:
        words = cleaned(page.words(block))[0].strip()
        if not words:
            continue
        if is_caption(page, block):
            yield _Part(words, ZoneKind.CAPTION)
        elif is_promotion(page, block) or _FIRST_APPEARED.match(words):
            yield _Part(words, ZoneKind.BOILERPLATE)
        else:
            yield _Part(words, ZoneKind.SUBHEAD if is_heading(page, block) else None)


def _zones(found: tuple[Zone, ...], parts: list[_Part]) -> tuple[Zone, ...]:
    at, own = 0, []
    for part in parts:
        span = Span(at, at + len(part.words))
        at = span.end + len(_APART)
        if part.kind and part.kind is not ZoneKind.TITLE and not any(zone.span.overlaps(span) for zone in found):
            own.append(Zone(part.kind, span))
    return tuple(sorted((*found, *own), key=lambda zone: (zone.span, zone.kind)))


def _metadata(read: Metadata, known: GivenMetadata, how: Callable[..., str]) -> tuple[Metadata, tuple[str, ...]]:
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


def _candidates(known: GivenMetadata, how: Callable[..., str]) -> Iterator[Candidate]:
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


def segments_found(text: str, source: str) -> tuple[OffsetSegment, ...]:
    """Map the runs of a text to where they stand in its source, in order.

    Runs that are written otherwise there have no place; a map of one empty run says that nothing stands there as it is.
    """
    segments: list[OffsetSegment] = []
    at = 0
    for run in _UNESCAPED.finditer(text):
        words = run[0]
        reach = at + (_NEAR if len(words) < _SHORT_RUN else _SEARCHED if segments else len(source)) + len(words)
        place = source.find(words, at, reach)
        if place < 0:
            continue
        segments.append(OffsetSegment(run.start(), len(words), place))
        at = place + len(words)
    return tuple(segments) or (OffsetSegment(0, 0, 0),)
