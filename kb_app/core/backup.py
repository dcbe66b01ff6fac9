"""Copies of a knowledge base that were verified after writing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kb_app.core.listing import Totals


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy and when it was made."""

    path: Path
    at: datetime  # UTC
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class BackupPreview:
    """What a backup holds, to be seen before it replaces anything."""

    backup: Backup
    totals: Totals = field(default_factory=Totals)
