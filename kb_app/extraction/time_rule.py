"""One rule of the grammar of time expressions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from kb_app.extraction.time_anchors import Anchors
from kb_app.extraction.time_values import Valued


class TimeRule(NamedTuple):
    """A named pattern; `confidence` is how often it was right on development articles, roughly."""

    name: str
    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], Anchors], Valued | None]
    confidence: float


def time_rule(
    name: str, pattern: str, resolve: Callable[[re.Match[str], Anchors], Valued | None], confidence: float = 0.9
) -> TimeRule:
    """Compile a rule; its pattern starts and ends at a word's edge and, unless it begins "(?-i)", ignores case."""
    exact = pattern.startswith("(?-i)")
    body = pattern.removeprefix("(?-i)")
    return TimeRule(name, re.compile(rf"(?<![\w$€£]){body}(?!\w)", 0 if exact else re.IGNORECASE), resolve, confidence)
