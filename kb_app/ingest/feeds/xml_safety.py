"""Parses XML that nobody vouches for: no entities, nothing fetched, nothing huge, in bounded memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from kb_app.core.errors import Failed, Refused
from kb_app.ingest.xml_elements import local_name

_PROLOG_BYTES = 256 * 1024
_ENTITY = re.compile(rb"<!(?:ENTITY|ATTLIST|ELEMENT|NOTATION)|<!DOCTYPE[^>]{0,2000}\[", re.IGNORECASE)


def refuse_entities(stream: BinaryIO, name: str) -> None:
    """Raise Refused `xml-entities` where a document declares anything of its own; the stream is set back."""
    prolog = stream.read(_PROLOG_BYTES)
    stream.seek(0)
    # in UTF-16 every second byte is zero
    if _ENTITY.search(prolog.replace(b"\0", b"")):
        raise entities_refused(name)


def entities_refused(name: str) -> Refused:
    """Return the refusal of a document that declares entities."""
    return Refused("xml-entities", f"“{name}” declares XML entities, which feeds never need, so it was not read.")


def elements(stream: BinaryIO, name: str, tags: frozenset[str]) -> Iterator[tuple[Any, bool]]:
    """Yield the elements of some local names as they end, each with whether the document was broken before.

    What an element held is let go when the next one is asked for. Raises Refused `xml-entities`, Failed `corrupt`.
    """
    refuse_entities(stream, name)
    context = etree.iterparse(
        stream,
        events=("end",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in context:
            if local_name(element) in tags:
                if _declares(element):
                    raise entities_refused(name)
                yield element, bool(len(context.error_log))
    except etree.XMLSyntaxError as error:
        raise Failed("corrupt", f"“{name}” is no well-formed XML: {error.msg}.") from error


def let_go(element: Any) -> None:
    """Free an element and everything before it."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _declares(element: Any) -> bool:
    dtd = element.getroottree().docinfo.internalDTD
    return dtd is not None and any(True for _ in dtd.iterentities())
