"""What is taken of the many things that a browser or a crawler recorded: pages, texts and PDF documents."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from kb_app.ingest.archives.http_payload import kind_stated
from kb_app.ingest.media_type import HTML, PDF, PLAIN_TEXT, SNIFFED_BYTES, XHTML, looks_binary, media_type_of

_PAGES = frozenset({HTML, XHTML, PLAIN_TEXT, PDF})
_SAYS_NOTHING = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "application/x-pdf", "unknown/unknown"}
)
_NO_PAGE = re.compile(r"/(?:robots|ads|humans|security)\.txt$", re.IGNORECASE)
_GOOD_STATUS = frozenset({200, 203})


def may_be_page(status: int, content_type: str, address: str) -> bool:
    """Tell whether a response is worth unpacking."""
    stated = kind_stated(content_type)
    return status in _GOOD_STATUS and (stated in _PAGES or stated in _SAYS_NOTHING) and not _NO_PAGE.search(address)


def kind_of_page(data: bytes, content_type: str) -> str:
    """Return the kind of a page's content, "" when it is none.

    Scripts and styles look like text, so a text is only taken where it is said to be one.
    """
    kind = media_type_of(data) if data.strip() else ""
    if kind not in _PAGES and kind_stated(content_type) == PLAIN_TEXT and not looks_binary(data[:SNIFFED_BYTES]):
        kind = PLAIN_TEXT  # an archived mail, a table: what was shown is a text
    if kind not in _PAGES or (kind == PLAIN_TEXT and kind_stated(content_type) not in _PAGES):
        return ""
    return kind


def is_web_address(address: str) -> bool:
    """Tell whether an address is one of the web."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def in_utc(moment: str) -> str:
    """Return an ISO 8601 moment in UTC and whole seconds, "" when it is none; without a zone it is taken to be UTC."""
    try:
        stated = datetime.fromisoformat(moment)
        aware = stated if stated.tzinfo else stated.replace(tzinfo=UTC)
        return f"{aware.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (ValueError, OverflowError):
        return ""
