"""Copies of a knowledge base: made online, verified, thinned by age, and put back."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kb_app.core.backup import Backup, BackupPreview
from kb_app.core.errors import DiskFull, StoreDamaged, StoreError
from kb_app.storage.failures import worded
from kb_app.storage.file_header import examine
from kb_app.storage.file_system import flush, flush_folder, free_bytes, move_into_place
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.listing import totals
from kb_app.storage.lock import StoreLock

DUE_AFTER = timedelta(minutes=30)
_PAGES_A_STEP = 2000
_STAMP = "%Y%m%d-%H%M%S"
_NAME = re.compile(r"^(?P<stem>.+)-(?P<stamp>\d{8}-\d{6})(?:-\d+)?\.kb$")
_BESIDE = ("-wal", "-shm", "-journal")


def back_up(kb: KnowledgeBase, folder: Path, now: datetime | None = None) -> Backup:
    """Write a verified copy into the folder and return it; the window may go on writing meanwhile.

    Raises DiskFull, or StoreError where the copy could not be written or did not pass its check; then no file is left.
    """
    at = now or datetime.now(UTC)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            f"The folder “{folder}” for backups could not be made ({reason}). No backup was made."
        ) from error
    target = _free_name(folder, kb.path.stem, at)
    temporary = folder / f".{target.name}.unfinished"
    if free_bytes(folder) < kb.path.stat().st_size:
        raise DiskFull(target)
    try:
        with worded(target):
            _copy(kb, temporary)
        move_into_place(temporary, target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"The backup “{target.name}” could not be written ({reason}). No backup was made.") from error
    finally:
        temporary.unlink(missing_ok=True)
    return Backup(target, at, target.stat().st_size)


def backups(path: Path, folder: Path) -> tuple[Backup, ...]:
    """Return the backups of a knowledge base in a folder, newest first."""
    found = []
    for file in sorted(folder.glob("*.kb")) if folder.is_dir() else ():
        name = _NAME.match(file.name)
        if name and name["stem"] == path.stem:
            at = datetime.strptime(name["stamp"], _STAMP).replace(tzinfo=UTC)
            found.append(Backup(file, at, file.stat().st_size))
    return tuple(sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True))


def is_due(path: Path, folder: Path, now: datetime | None = None) -> bool:
    """Tell whether the newest backup is old enough, and the file has changed since, for another to be made."""
    known = backups(path, folder)
    if not known:
        return True
    at = now or datetime.now(UTC)
    age = at - known[0].at
    # a backup from the future: the clock was put back, and waiting for it to catch up could take years
    return age >= DUE_AFTER or age < -DUE_AFTER


def thin(path: Path, folder: Path, now: datetime | None = None) -> tuple[Path, ...]:
    """Delete old backups and return them: one an hour stays for a day, then one a day, a week, a month.

    The newest stays in any case, and so does whatever the clock says lies in the future.
    """
    at = now or datetime.now(UTC)
    kept: set[str] = set()
    deleted = []
    for number, backup in enumerate(backups(path, folder)):
        slot = _slot(backup.at, at)
        if number == 0 or not slot or slot not in kept:
            kept.add(slot)
        else:
            backup.path.unlink(missing_ok=True)
            deleted.append(backup.path)
    return tuple(deleted)


def preview(path: Path) -> BackupPreview:
    """Return what a backup holds; raises a StoreError where it is damaged or none."""
    name = _NAME.match(path.name)
    stat = path.stat() if path.exists() else None
    with KnowledgeBase.open(path, read_only=True) as kb:
        _verify(path)
        held = totals(kb)
    made = datetime.fromtimestamp(stat.st_mtime if stat else 0, UTC)
    at = datetime.strptime(name["stamp"], _STAMP).replace(tzinfo=UTC) if name else made
    return BackupPreview(Backup(path, at, stat.st_size if stat else 0), held)


def restore(path: Path, backup: Path, now: datetime | None = None) -> Path | None:
    """Put a backup in the place of a knowledge base, and return where the replaced file is kept, beside it.

    The knowledge base must be closed. Raises a StoreError where the backup is damaged, the file is open elsewhere or
    the disk is full; then everything is as it was.
    """
    path = Path(path).absolute()
    examine(backup)
    _verify(backup)
    lock = StoreLock(path)
    at = now or datetime.now(UTC)
    temporary = path.with_name(f".{path.name}.restoring")
    try:
        lock.acquire()
        if free_bytes(path.parent) < backup.stat().st_size:
            raise DiskFull(path)
        shutil.copyfile(backup, temporary)
        temporary.chmod(0o600)
        flush(temporary)
        kept = _put_aside(path, at)
        move_into_place(temporary, path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            f"“{backup.name}” could not be restored ({reason}). “{path.name}” was left as it is."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
        lock.release()
    return kept


def _put_aside(path: Path, at: datetime) -> Path | None:
    """Keep the file under another name, together with its log.

    The log is not emptied into the file first, which may be damaged; left behind, it would be played into the
    restored one.
    """
    if not path.exists():
        for ending in _BESIDE:
            path.with_name(path.name + ending).unlink(missing_ok=True)
        return None
    kept = _free_name(path.parent, f"{path.stem}.replaced", at)
    try:
        os.link(path, kept)
    except OSError:  # no hard links on this disk
        shutil.copyfile(path, kept)
        flush(kept)
    for ending in _BESIDE:
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + ending))
    flush_folder(path.parent)
    return kept


def _copy(kb: KnowledgeBase, target: Path) -> None:
    os.close(os.open(target, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600))
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        kb.database.connection().backup(copy, pages=_PAGES_A_STEP)
        # a single file, that can be read without making others beside it
        copy.execute("PRAGMA journal_mode=DELETE")
    _verify(target)


def _verify(path: Path) -> None:
    with worded(path), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()
    if answer[0] != "ok":
        raise StoreDamaged(path, str(answer[0]))


def _slot(at: datetime, now: datetime) -> str:
    """Return the slot of which one backup is kept, "" where every one is."""
    age = now - at
    if age < timedelta(0):
        return ""
    if age < timedelta(days=1):
        return at.strftime("hour %Y-%m-%d %H")
    if age < timedelta(days=8):
        return at.strftime("day %Y-%m-%d")
    if age < timedelta(days=60):
        return at.strftime("week %G-%V")
    return at.strftime("month %Y-%m")


def _free_name(folder: Path, stem: str, at: datetime) -> Path:
    stamp = at.astimezone(UTC).strftime(_STAMP)
    names: Iterable[Path] = (folder / f"{stem}-{stamp}{f'-{n}' if n else ''}.kb" for n in range(1000))
    return next(name for name in names if not name.exists())
