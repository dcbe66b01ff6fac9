"""Who said what: the kinds of reported speech."""

from __future__ import annotations

from enum import StrEnum


class StatementKind(StrEnum):
    """How the words are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
