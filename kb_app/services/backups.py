"""Keeps copies of a knowledge base without being asked, and puts one back when asked."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

from kb_app.core.backup import Backup, BackupPreview
from kb_app.settings import data_folder
from kb_app.storage import backups
from kb_app.storage.knowledge_base import KnowledgeBase


class BackupService:
    """Looks after the backups of one open knowledge base; safe to call from a thread that does not write."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    @property
    def folder(self) -> Path:
        """Return where the backups lie."""
        return backup_folder(self._kb.path)

    def back_up_if_due(self) -> Backup | None:
        """Make a verified backup when the last one is old and something changed since; thin the old ones.

        Raises StoreError when it could not be made; the older ones stay then.
        """
        if self._kb.read_only or not backups.is_due(self._kb.path, self.folder) or not self._changed():
            return None
        return self.back_up()

    def back_up(self) -> Backup:
        """Make a verified backup now and thin the old ones; raises StoreError."""
        made = backups.back_up(self._kb, self.folder)
        backups.thin(self._kb.path, self.folder)
        return made

    def list(self) -> tuple[Backup, ...]:
        """Return the backups, newest first."""
        return backups.backups(self._kb.path, self.folder)

    def preview(self, backup: Backup) -> BackupPreview:
        """Return what a backup holds; raises StoreError where it is damaged."""
        return backups.preview(backup.path)

    def _changed(self) -> bool:
        known = self.list()
        path = self._kb.path
        files = [file for file in (path, path.with_name(f"{path.name}-wal")) if file.exists()]
        newest = max((file.stat().st_mtime for file in files), default=0.0)
        return not known or datetime.fromtimestamp(newest, UTC) > known[0].at


def backup_folder(path: Path) -> Path:
    """Return the folder beside a knowledge base, or one in the person's data where that place cannot be written."""
    path = path.absolute()
    beside = path.with_name(f"{path.name}-backups")
    if os.access(beside if beside.exists() else path.parent, os.W_OK):
        return beside
    # two files of one name in two places must not share their backups
    mark = hashlib.sha256(str(path).encode(errors="surrogateescape")).hexdigest()[:8]
    return data_folder() / "backups" / f"{path.stem}-{mark}"


def backups_of(path: Path) -> tuple[Backup, ...]:
    """Return the backups of a knowledge base that need not be open, newest first."""
    return backups.backups(path, backup_folder(path))


def preview(backup: Backup) -> BackupPreview:
    """Return what a backup holds; raises StoreError where it is damaged."""
    return backups.preview(backup.path)


def restore(path: Path, backup: Backup) -> Path | None:
    """Put a backup in the place of a closed knowledge base; returns where the replaced file is kept.

    Raises StoreError; then everything is as it was.
    """
    return backups.restore(path, backup.path)
