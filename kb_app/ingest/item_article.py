"""An item of a feed, a table or an export as an article: all its words are the article, its fields the metadata."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kb_app.core.article import Article, OffsetSegment, Zone, ZoneKind
from kb_app.core.errors import Refused
from kb_app.core.names import normalised
from kb_app.core.passage import Span
from kb_app.ingest.decoding import cleaned
from kb_app.ingest.feeds.archived_item import archived_item
from kb_app.ingest.feeds.item import line_of
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.html_boxes import Boxes
from kb_app.ingest.html_layout import is_caption, is_heading
from kb_app.ingest.html_offsets import visible_text
from kb_app.ingest.marked_zones import with_marked
from kb_app.ingest.plain_text import article_of_text
from kb_app.ingest.stated_fields import told_by_fields

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
    return replace(
        told_by_fields(article, known, how),
        zones=with_marked(article.zones, _marked(parts), article.title_span),
        offset_map=segments_found(text, source),
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
    boxes = Boxes(page, range(len(page.blocks)))
    for block in page.blocks:
        words = cleaned(page.words(block))[0].strip()
        if not words:
            continue
        if is_caption(page, block):
            yield _Part(words, ZoneKind.CAPTION)
        elif boxes.is_promotion(block) or _FIRST_APPEARED.match(words):
            yield _Part(words, ZoneKind.BOILERPLATE)
        else:
            yield _Part(words, ZoneKind.SUBHEAD if is_heading(page, block) else None)


def _marked(parts: list[_Part]) -> Iterator[Zone]:
    at = 0
    for part in parts:
        span = Span(at, at + len(part.words))
        at = span.end + len(_APART)
        if part.kind is not None and part.kind is not ZoneKind.TITLE:
            yield Zone(part.kind, span)


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
