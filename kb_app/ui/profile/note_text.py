"""A note's Markdown with its [[links]] made into links that only the window follows."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from PySide6.QtCore import QUrl

SCHEME = "card"
_LINK = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~])")


def with_links(markdown: str) -> str:
    """Return Markdown in which [[Name]] leads to the card of that name."""
    return _LINK.sub(_as_link, markdown)


def linked_name(url: QUrl) -> str | None:
    """Return the name that a link made by `with_links` carries, None for any other link."""
    if url.scheme() != SCHEME:
        return None
    return unquote(url.toString(QUrl.ComponentFormattingOption.FullyEncoded).partition(":")[2]) or None


def _as_link(found: re.Match[str]) -> str:
    name = found[1].strip()
    shown = _MARKDOWN.sub(r"\\\1", name)
    return f"[{shown}]({SCHEME}:{quote(name, safe='')})"
