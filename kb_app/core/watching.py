"""Folders whose new files are imported, and files as they were when they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder that is watched since a moment (UTC)."""

    path: Path
    since: datetime


@dataclass(frozen=True, slots=True)
class FileLook:
    """A file as it was at one look: when it was changed last is in nanoseconds."""

    path: Path
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class FolderLook:
    """What one look at the watched folders saw."""

    whole: tuple[FileLook, ...] = ()  # new files that did not change since the look before
    growing: int = 0  # new files that are to be looked at once more
    missing: tuple[Path, ...] = ()  # folders that are not there
