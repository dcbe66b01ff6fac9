"""Tool tips of words that come from articles: Qt takes a tag anywhere in their first line for rich text."""

from __future__ import annotations

from html import escape


def plain_tip(words: str) -> str:
    """Return rich text that shows the words as they are, whatever stands in them; "" stays ""."""
    return f'<div style="white-space:pre-wrap">{escape(words)}</div>' if words else ""
