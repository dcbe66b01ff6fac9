"""Which folders are watched, and which of their files were imported as they were."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from kb_app.core.watching import FileLook, WatchedFolder
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import now
from kb_app.storage.tables import WatchedFile
from kb_app.storage.tables import WatchedFolder as FolderRow


def watched_folders(kb: KnowledgeBase) -> tuple[WatchedFolder, ...]:
    """Return the folders in the order in which they were added."""
    rows = FolderRow.select(FolderRow.path, FolderRow.since).order_by(FolderRow.id).tuples().execute(kb.database)
    return tuple(WatchedFolder(_path(path), datetime.fromisoformat(since)) for path, since in rows)


def add_folder(kb: KnowledgeBase, folder: Path) -> None:
    """Watch a folder from now on; one that is watched already stays as it is."""
    with kb.writing() as database:
        row = {"path": os.fsencode(folder), "since": now()}
        FolderRow.insert(**row).on_conflict_ignore().execute(database)


def remove_folder(kb: KnowledgeBase, folder: Path) -> None:
    """Watch a folder no more; what was imported from it is remembered."""
    with kb.writing() as database:
        FolderRow.delete().where(FolderRow.path == os.fsencode(folder)).execute(database)


def known_files(kb: KnowledgeBase) -> frozenset[FileLook]:
    """Return the files that were imported, as they were then."""
    rows = WatchedFile.select(WatchedFile.path, WatchedFile.size, WatchedFile.modified).tuples().execute(kb.database)
    return frozenset(FileLook(_path(path), size, modified) for path, size, modified in rows)


def remember_files(kb: KnowledgeBase, files: Iterable[FileLook]) -> None:
    """Keep files as they were when they were imported."""
    rows = [(os.fsencode(file.path), file.size, file.modified) for file in files]
    with kb.writing() as database:
        database.connection().executemany(
            "INSERT INTO watched_file (path, size, modified) VALUES (?, ?, ?) "
            "ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified = excluded.modified",
            rows,
        )


def _path(stored: bytes) -> Path:
    return Path(os.fsdecode(bytes(stored)))
