"""Reads the fields of an archived item of a feed, a table or an export, and shows them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from lxml import etree

from kb_app.core.errors import Failed
from kb_app.ingest.feeds.column_guess import is_markup
from kb_app.ingest.feeds.item import given_from_fields, worded
from kb_app.ingest.feeds.json_export import mapped_fields
from kb_app.ingest.feeds.xml_item import xml_fields, xml_mapping
from kb_app.ingest.feeds.zotero import FIELDS, zotero_fields
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.media_type import ITEM_XML
from kb_app.ingest.sanitising import preformatted, sanitised
from kb_app.ingest.xml_elements import local_name

_FEED_ITEMS = frozenset({"item", "entry"})
_SHORT = 200  # characters of a value that is shown beside its name


@dataclass(frozen=True, slots=True)
class ArchivedItem:
    """An item's fields by name, and what they say of the article by the usual names."""

    fields: dict[str, str]
    given: GivenMetadata


def archived_item(text: str, media_type: str, name: str) -> ArchivedItem:
    """Read an item's archived text; raises Failed `corrupt`."""
    fields, mapping = (_xml if media_type == ITEM_XML else _json)(text, name)
    given, summary = given_from_fields(fields, mapping)
    if not (given.text or given.markup):
        given = worded(given, summary)
    return ArchivedItem(fields, given)


def item_original(text: str, media_type: str) -> str:
    """Return an archived item as markup to read, names beside values, that does nothing and fetches nothing."""
    try:
        fields = (_xml if media_type == ITEM_XML else _json)(text, "")[0]
    except Failed:
        return preformatted(text)
    return "".join(_shown(fields))


def _shown(fields: dict[str, str]) -> Iterator[str]:
    for name, value in fields.items():
        if not value.strip():
            continue
        label = f"<b>{escape(name)}</b>"
        if len(value) <= _SHORT and not is_markup(value) and "\n" not in value:
            yield f"<p>{label}: {escape(value)}</p>\n"
        elif is_markup(value):
            yield f"<p>{label}</p>\n<div>{sanitised(value)}</div>\n"
        else:
            lines = "</p>\n<p>".join(escape(line) for line in value.split("\n") if line.strip())
            yield f"<p>{label}</p>\n<p>{lines}</p>\n"


def _xml(text: str, name: str) -> tuple[dict[str, str], Any]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise Failed("corrupt", f"“{name}” is no well-formed XML: {error.msg}.") from error
    if local_name(root) in _FEED_ITEMS and "zotero.org" not in "".join(map(str, root.nsmap.values())):
        fields = xml_fields(root)
        return fields, xml_mapping(fields)
    return zotero_fields(root), FIELDS


def _json(text: str, name: str) -> tuple[dict[str, str], Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Failed("corrupt", f"“{name}” is no JSON: {error}.") from error
    if not isinstance(value, dict):
        raise Failed("corrupt", f"“{name}” is no object of JSON.")
    return mapped_fields(value)
