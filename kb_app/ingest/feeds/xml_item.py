"""What an item of RSS or Atom says of its article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from lxml import etree

from kb_app.core.column_mapping import ColumnMapping
from kb_app.ingest.feeds.column_guess import is_marked_up
from kb_app.ingest.html_offsets import visible_text
from kb_app.ingest.xml_elements import local_name

_SPACES: Mapping[str, str] = MappingProxyType(
    {
        "http://purl.org/dc/elements/1.1/": "dc:",
        "http://purl.org/dc/terms/": "dcterms:",
        "http://purl.org/rss/1.0/modules/content/": "content:",
        "http://search.yahoo.com/mrss/": "media:",
        "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    }
)
# the fields of RSS 2.0, RSS 1.0 with Dublin Core, and Atom (RFC 4287), the most telling first
_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "title": ("title", "dc:title", "media:title"),
        "html": ("content:encoded", "content"),
        "summary": ("description", "summary", "dc:description", "itunes:summary", "media:description"),
        "published": ("published", "pubDate", "dc:date", "dcterms:issued", "dcterms:created", "updated", "issued"),
        "publisher": ("source", "dc:publisher", "dc:source"),
        "byline": ("author", "dc:creator", "itunes:author"),
        "url": ("link", "guid", "id", "dc:identifier"),
        "language": ("language", "dc:language"),
    }
)
_MARKED = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|&(?:#x?[0-9a-fA-F]{1,7}|[a-zA-Z]{2,8});")
FULL_TEXT = 1_000  # characters of a description, from which on it is no summary
_FEWEST_PARAGRAPHS = 3


def xml_fields(item: Any) -> dict[str, str]:
    """Return an item's fields by the names that the standards give them; names repeated are joined."""
    fields: dict[str, str] = {}
    for child in item:
        name = _name(child)
        value = _value(child, name).strip() if name else ""
        if not value:
            continue
        if name in ("author", "dc:creator", "category") and name in fields:
            fields[name] = f"{fields[name]}, {value}"
        else:
            fields.setdefault(name, value)
    return fields


def xml_mapping(fields: Mapping[str, str]) -> ColumnMapping:
    """Return which of an item's fields holds what; a long description counts as the text."""
    chosen = {role: next((n for n in names if fields.get(n)), "") for role, names in _FIELDS.items()}
    summary = fields.get(chosen["summary"], "")
    if not chosen["html"] and _is_full(summary):
        chosen["html"], chosen["summary"] = chosen["summary"], ""
    if not fields.get(chosen["url"], "").startswith(("http://", "https://")):
        chosen["url"] = next((n for n in _FIELDS["url"] if fields.get(n, "").startswith(("http://", "https://"))), "")
    if chosen["html"] and not is_marked_up(fields[chosen["html"]]):
        chosen["text"], chosen["html"] = chosen["html"], ""
    return ColumnMapping(**chosen)


def _is_full(markup: str) -> bool:
    return len(markup) >= FULL_TEXT or markup.lower().count("<p") >= _FEWEST_PARAGRAPHS


def _name(child: Any) -> str:
    if not isinstance(child.tag, str):
        return ""
    space, _, name = child.tag.rpartition("}")
    known = _SPACES.get(space.removeprefix("{"), "")
    if not known and name == "link" and child.get("rel", "alternate") not in ("alternate", ""):
        return ""
    return f"{known}{name}"


def _value(child: Any, name: str) -> str:
    if name == "link":
        return (child.get("href") or "".join(child.itertext())).strip()
    if name == "guid" and child.get("isPermaLink", "true") == "false":
        return ""
    if name in ("author", "contributor"):
        return _person(child)
    if name == "source":
        titles = [one for one in child if local_name(one) == "title"]
        return "".join((titles[0] if titles else child).itertext())
    if child.get("type") in ("xhtml", "application/xhtml+xml") or len(child):
        return "".join(_inner(child))
    text = "".join(child.itertext())
    return _plain(text) if name in ("title", "media:title") else text


def _person(author: Any) -> str:
    names = [one for one in author if local_name(one) == "name"]
    text = "".join((names[0] if names else author).itertext()).strip()
    # RSS 2.0 asks for “address (name)”
    address, opening, rest = text.partition("(")
    return rest.rstrip(") ") if opening and "@" in address else text


def _plain(title: str) -> str:
    """Return a title that is written as HTML as the words that it shows."""
    return visible_text(title).text if _MARKED.search(title) else title


def _inner(element: Any) -> Iterator[str]:
    """Yield the markup within an element."""
    yield str(element.text or "")
    for child in element:
        yield str(etree.tostring(child, encoding="unicode", with_tail=True))
