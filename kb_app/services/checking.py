"""Checks a knowledge base against itself."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from kb_app.core.check_report import CheckReport
from kb_app.core.progress import Progress
from kb_app.storage import checking


def check(path: Path) -> Generator[Progress, None, CheckReport]:
    """Compare everything in a file with what it should be, step by step; changes nothing. Raises StoreError."""
    return (yield from checking.check(path))
