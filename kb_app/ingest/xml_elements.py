"""Elements of XML as lxml gives them."""

from __future__ import annotations

from lxml import etree


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace, "" for a comment or an instruction."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
