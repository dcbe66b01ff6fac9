"""Takes a library exported by Zotero as RDF apart: one article an item, with its notes and where its files lie."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any

from lxml import etree

from kb_app.core.column_mapping import ColumnMapping
from kb_app.core.errors import Failed, Refused
from kb_app.ingest.archives.member_names import shown
from kb_app.ingest.feeds.item import Item, address_of, given_from_fields, line_of, member_of
from kb_app.ingest.feeds.xml_safety import entities_refused, refuse_entities
from kb_app.ingest.limits import MEGABYTE
from kb_app.ingest.media_type import ITEM_XML
from kb_app.ingest.members import Opened, Taken
from kb_app.ingest.xml_elements import local_name

LARGEST = 64 * MEGABYTE
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_ZOTERO = "{http://www.zotero.org/namespaces/export#}"
_BIB = "{http://purl.org/net/biblio#}"
FIELDS = ColumnMapping(
    title="title",
    byline="creators",
    published="date",
    publisher="publication",
    url="address",
    language="language",
    summary="abstract and notes",
)
_NO_ARTICLES = frozenset({"Attachment", "Collection", "Memo", "Journal", "Series", "Seq"})
_OUTSIDE = "attachment-outside: An attachment's path leads out of the folder of the export and was left out: {0}."
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def open_zotero(opened: Opened) -> Iterator[Taken]:
    """Yield one member an item; raises Refused `xml-entities`, `too-large`, Failed `corrupt`, `no-articles`."""
    root = _root(opened)
    about = {one.get(f"{_RDF}about"): one for one in root if one.get(f"{_RDF}about")}
    number = 0
    for node in root:
        if not _is_item(node):
            continue
        number += 1
        yield _member(opened, node, about, number)
    if not number:
        raise Failed("no-articles", f"“{shown(opened.name)}” holds no items of a library.")


def zotero_fields(node: Any) -> dict[str, str]:
    """Return what an item says of itself, by names of its own; its abstract and notes are markup."""
    container = _container(node)
    notes = [_text(_child(memo, "value")) for memo in node if local_name(memo) == "Memo"]
    abstract = _text(_child(node, "abstract"))
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in abstract.split("\n") if part.strip())
    return {
        "title": _text(_child(node, "title")),
        "creators": _people(node),
        "date": _text(_child(node, "date")),
        "publication": _text(_child(container, "title")) or _publisher(node),
        "address": _address(node),
        "language": _text(_child(node, "language")),
        "abstract and notes": paragraphs + "".join(f"<div>{note}</div>" for note in notes),
    }


def relative_path(path: str) -> str:
    """Return an attachment's path below the folder of its export, "" where it leads out of it."""
    plain = path.strip().replace("\\", "/")
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    leads_out = plain.startswith("/") or bool(_SCHEME.match(plain)) or ".." in parts or "\0" in plain
    return "" if leads_out or not parts else "/".join(parts)


def _root(opened: Opened) -> Any:
    name = shown(opened.name)
    if opened.size > LARGEST:
        raise Refused("too-large", f"“{name}” is too large to be read as a library ({LARGEST // MEGABYTE} MB at most).")
    refuse_entities(opened.stream, name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(opened.stream.read(LARGEST + 1), parser)
    except etree.XMLSyntaxError as error:
        raise Failed("corrupt", f"“{name}” is no well-formed XML: {error.msg}.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise entities_refused(name)
    return root


def _is_item(node: Any) -> bool:
    kind = _text(_child(node, "itemType"))
    return local_name(node) not in _NO_ARTICLES and kind not in ("attachment", "note", "annotation")


def _member(opened: Opened, node: Any, about: dict[str, Any], number: int) -> Taken:
    paths, warnings = _attachments(node, about)
    _bring_in(node, about)
    given, summary = given_from_fields(zotero_fields(node), FIELDS)
    given = replace(given, attachments=paths)
    data = etree.tostring(node, encoding="utf-8", with_tail=False, xml_declaration=False)
    return member_of(opened, Item(number, data, given, summary, ITEM_XML, warnings), "library")


def _attachments(node: Any, about: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    linked = [about.get(link.get(f"{_RDF}resource", "")) for link in node if local_name(link) == "link"]
    named = [_child(one, "resource") for one in linked if one is not None and local_name(one) == "Attachment"]
    written = [one.get(f"{_RDF}resource", "") for one in named if one is not None]
    # an attachment that is a link to the web names an address instead of a path
    written = [path for path in written if path and not address_of(path)]
    paths = tuple(path for path in map(relative_path, written) if path)
    return paths, tuple(_OUTSIDE.format(shown(path)) for path in written if not relative_path(path))


def _bring_in(node: Any, about: dict[str, Any]) -> None:
    """Put what an item only refers to (its journal, its notes) into it, so that it stands on its own."""
    for child in list(node):
        target = about.get(child.get(f"{_RDF}resource", ""))
        if target is None or target is node:
            continue
        if local_name(child) == "isPartOf" and not len(child):
            child.append(_copied(target))
        elif local_name(child) == "isReferencedBy" and local_name(target) == "Memo":
            node.append(_copied(target))


def _copied(node: Any) -> Any:
    return etree.fromstring(etree.tostring(node, with_tail=False))


def _container(node: Any) -> Any:
    part = _child(node, "isPartOf")
    return part[0] if part is not None and len(part) else None


def _publisher(node: Any) -> str:
    """Return the name of the organisation that published an item."""
    publisher = _child(node, "publisher")
    names = [one for one in publisher.iter() if local_name(one) == "name"] if publisher is not None else []
    return line_of(_text(names[0])) if names else ""


def _people(node: Any) -> str:
    names = []
    for people in node:
        if people.tag not in (f"{_BIB}authors", f"{_ZOTERO}reporters", f"{_ZOTERO}contributors"):
            continue
        for person in (one for one in people.iter() if local_name(one) == "Person"):
            parts = [_text(_child(person, "givenName")), _text(_child(person, "surname"))]
            names.append(" ".join(part for part in parts if part))
    return line_of(", ".join(name for name in names if name))


def _address(node: Any) -> str:
    identifiers = [one for one in node if local_name(one) == "identifier"]
    texts = ["".join(one.itertext()) for one in identifiers] + [node.get(f"{_RDF}about", "")]
    return next((address for address in map(address_of, texts) if address), "")


def _child(node: Any, name: str) -> Any:
    if node is None:
        return None
    return next((one for one in node if local_name(one) == name), None)


def _text(node: Any) -> str:
    return "".join(node.itertext()).strip() if node is not None else ""
