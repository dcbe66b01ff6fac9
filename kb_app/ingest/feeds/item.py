"""One item of a feed, a table or an export, as the member that becomes an article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from kb_app.core.article import Provenance
from kb_app.core.column_mapping import ColumnMapping
from kb_app.ingest.archives.member_names import shown
from kb_app.ingest.decoding import cleaned
from kb_app.ingest.feeds.column_guess import is_marked_up
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.media_type import ITEM_JSON
from kb_app.ingest.members import APART, Member, Opened, Taken, Trouble
from kb_app.ingest.provenance import domain_of, publisher_of_domain

SUMMARY_ONLY = "summary-only: The item holds a summary and no full text; the summary was imported."
TITLE_ONLY = "summary-only: The item holds a title and no text; the title alone was imported."
_LONGEST_FIELD = 2_000  # characters of a title, a name or an address
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?\Z")
_MILLISECONDS = re.compile(r"\d{12,13}\Z")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Item:
    """What an item says: the bytes to archive, what is known of the article, and where it stands."""

    number: int  # from 1, in its container
    data: bytes
    given: GivenMetadata
    summary: str = ""  # used where there is no text
    media_type: str = ITEM_JSON
    warnings: tuple[str, ...] = field(default_factory=tuple)


def member_of(opened: Opened, item: Item, how: str) -> Taken:
    """Return an item as a member, or the trouble where it says nothing that could be read."""
    given, warnings = _with_words(item)
    title = shown(given.title) if given.title else ""
    name = f"{item.number}: {title}" if title else f"item {item.number}"
    if not (given.text or given.markup):
        sentence = f"Item {item.number} of “{shown(opened.name)}” holds no title and no text, so it was left out."
        return Trouble(name, "no-text", sentence, refused=True)
    provenance = Provenance(how=how, address=given.source_url, container=f"{opened.name}{APART}item {item.number}")
    given = replace(
        given,
        publisher=given.publisher or opened.given.publisher,
        host=given.host or opened.given.host,
        published=given.published or opened.given.published,
        language=given.language or opened.given.language,
    )
    return Member(name, item.data, item.media_type, given, provenance, warnings=warnings)


def given_from_fields(fields: Mapping[str, str], mapping: ColumnMapping) -> tuple[GivenMetadata, str]:
    """Return what an item's fields say of the article, and its summary."""

    def words(column: str) -> str:
        return cleaned(fields.get(column, ""))[0].strip() if column else ""

    publisher = line_of(words(mapping.publisher))
    # many exports call the address of an article its source
    found_at = address_of(publisher)
    return GivenMetadata(
        title=line_of(words(mapping.title)),
        text=words(mapping.text),
        markup=words(mapping.html),
        published=day_of(words(mapping.published)),
        publisher=(publisher_of_domain(found_at) or domain_of(found_at)) if found_at else publisher,
        byline=line_of(words(mapping.byline)),
        source_url=address_of(words(mapping.url)) or found_at,
        language=line_of(words(mapping.language))[:20],
    ), words(mapping.summary)


def worded(given: GivenMetadata, summary: str) -> GivenMetadata:
    """Let an item's summary stand for its text, or else its title."""
    if not summary:
        return replace(given, text=given.title)
    return replace(given, markup=summary) if is_marked_up(summary) else replace(given, text=summary)


def line_of(text: str) -> str:
    """Return a text as one line of bounded length."""
    return _BLANKS.sub(" ", cleaned(text)[0]).strip()[:_LONGEST_FIELD]


def day_of(text: str) -> str:
    """Return a date as metadata writes it; seconds and milliseconds since 1970 become a day in UTC."""
    text = line_of(text)[:100]
    seconds = float(text) if _SECONDS.match(text) else float(text) / 1000 if _MILLISECONDS.match(text) else None
    return text if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def address_of(text: str) -> str:
    """Return an address of the web, "" where the text is none."""
    text = line_of(text)
    return text if _ADDRESS.match(text) else ""


def _with_words(item: Item) -> tuple[GivenMetadata, tuple[str, ...]]:
    given = item.given
    if given.text or given.markup:
        return given, item.warnings
    return worded(given, item.summary), (*item.warnings, SUMMARY_ONLY if item.summary else TITLE_ONLY)
