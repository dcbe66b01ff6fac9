"""Tells feeds, exports, tables and Markdown from other text, by how they begin and by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

RSS = "application/rss+xml"
ATOM = "application/atom+xml"
ZOTERO_RDF = "application/vnd.zotero.rdf+xml"
JSON = "application/json"
CSV = "text/csv"
TSV = "text/tab-separated-values"
MARKDOWN = "text/markdown"

# atomic groups: a text of many comments must not be tried in every way of joining them
_ROOT = re.compile(
    rb"\s*(?>(?:<\?[^>]*>|<!--.{0,4000}?-->|<!DOCTYPE[^>\[]{0,1000}(?:\[.{0,6000}?\]\s*)?>)\s*)*+<([\w:]+)",
    re.IGNORECASE | re.DOTALL,
)
_OBJECT = re.compile(rb"\s*(?:\[\s*)?\{\s*(?:\"[^\"\n]{1,200}\"\s*:|\})|\s*\[\s*\]\s*\Z")
_BY_ENDING: Mapping[str, str] = MappingProxyType(
    {".csv": CSV, ".tsv": TSV, ".tab": TSV, ".md": MARKDOWN, ".markdown": MARKDOWN, ".mdown": MARKDOWN}
)


def feed_type(head: bytes) -> str:
    """Return the kind of feed or export that an XML or JSON text begins, "" for none; signatures are left out."""
    found = _ROOT.match(head)
    root = found[1].rpartition(b":")[2].lower() if found else b""
    if root == b"rss":
        return RSS
    if root == b"feed" and b"http://www.w3.org/2005/Atom" in head:
        return ATOM
    if root == b"rdf":
        return ZOTERO_RDF if b"zotero.org/namespaces/export" in head else RSS if _is_rss_1(head) else ""
    return JSON if _OBJECT.match(head) else ""


def type_by_name(name: str) -> str:
    """Return the kind of text that a file's name promises and its bytes do not tell, "" for none."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    return _BY_ENDING.get(ending, "")


def _is_rss_1(head: bytes) -> bool:
    return b"http://purl.org/rss/1.0/" in head or b"http://my.netscape.com/rdf/simple/0.9/" in head
