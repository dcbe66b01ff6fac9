"""Text from articles made fit for one line of the window."""

from __future__ import annotations

import re
import unicodedata

MARKS_KEPT = 4  # more combining marks than that on one letter are no writing system's
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+|\\s+")
# overrides and embeddings could turn the rest of the line around
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_FIRST_RTL = {"R", "AL"}


def plain(text: str, limit: int = 400) -> str:
    """Return the text as one line of at most `limit` characters that cannot disturb what stands beside it."""
    cut = text[: limit * 4]
    line = _CONTROLS.sub(" ", _TURNING.sub("", cut)).strip()
    line = _with_few_marks(line)
    return line if len(line) <= limit and len(cut) == len(text) else line[: limit - 1].rstrip() + "…"


def isolated(text: str) -> str:
    """Return the text wrapped so that right-to-left letters in it leave the order of its neighbours alone."""
    if any(unicodedata.bidirectional(char) in _FIRST_RTL for char in text):
        return f"\u2068{text}\u2069"
    return text


def _with_few_marks(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MARKS_KEPT:
            kept.append(char)
    return "".join(kept)
