"""Imports the files that appear in watched folders, each once it is whole, also those that came meanwhile."""

from __future__ import annotations

import os
from collections.abc import Collection, Generator, Iterator, Sequence, Set
from pathlib import Path

from kb_app.core.progress import Progress
from kb_app.core.report import ImportReport
from kb_app.core.watching import FileLook, FolderLook, WatchedFolder
from kb_app.ingest.reading import PAGE_ENDINGS, is_companion, is_hidden, is_junk
from kb_app.services.importing import ImportRequest, ImportService
from kb_app.storage import watching
from kb_app.storage.knowledge_base import KnowledgeBase

HOW = "watched folder"
# what browsers and other programs call a file that they have not finished
UNFINISHED_ENDINGS = (
    ".part",
    ".partial",
    ".crdownload",
    ".download",
    ".opdownload",
    ".filepart",
    ".tmp",
    ".temp",
    ".swp",
    ".lock",
    ".!ut",
)
UNFINISHED_BEGINNINGS = (".", "~")


class FolderWatch:
    """Looks at folders again and again; a file is whole when two looks running saw it the same and it can be opened.

    It knows no knowledge base, so that a slow disk holds up nobody: it may look in a thread of its own.
    """

    def __init__(self) -> None:
        self._before: frozenset[FileLook] = frozenset()

    def look(self, folders: Sequence[Path], known: Collection[FileLook]) -> FolderLook:
        """Look once; `known` are files that were imported as they were."""
        there = [folder for folder in folders if folder.is_dir()]
        seen = frozenset(look for folder in there for look in looks_at(folder)) - frozenset(known)
        unchanged = seen & self._before
        self._before = seen
        whole = sorted((file for file in unchanged if _can_be_opened(file.path)), key=lambda file: file.path)
        missing = tuple(folder for folder in folders if folder not in there)
        return FolderLook(tuple(whole), len(seen) - len(whole), missing)


class WatchingService:
    """Keeps which folders one knowledge base watches and takes in what came."""

    def __init__(self, kb: KnowledgeBase, importing: ImportService) -> None:
        self._kb = kb
        self._importing = importing

    def folders(self) -> tuple[WatchedFolder, ...]:
        """Return the watched folders in the order in which they were added."""
        return watching.watched_folders(self._kb)

    def add(self, folder: Path) -> None:
        """Watch a folder; what is in it already counts as come."""
        watching.add_folder(self._kb, folder.absolute())

    def remove(self, folder: Path) -> None:
        """Watch a folder no more."""
        watching.remove_folder(self._kb, folder)

    def known(self) -> frozenset[FileLook]:
        """Return the files that were imported, as they were then."""
        return watching.known_files(self._kb)

    def take(self, files: Sequence[FileLook], jobs: int = 0) -> Generator[Progress, None, ImportReport]:
        """Import files that are whole, and remember them as they are so that they are imported this once.

        A file whose import was stopped is not remembered: it comes with the next look, and what was imported of it is
        known by its bytes.
        """
        request = ImportRequest(paths=tuple(file.path for file in files), jobs=jobs, how=HOW)
        report = yield from self._importing.run(request)
        watching.remember_files(self._kb, files)
        return report


def looks_at(folder: Path) -> Iterator[FileLook]:
    """Yield the files in a folder and below as they are now.

    Left out are links, what an import would leave out, too, files that by their names are unfinished, and empty ones,
    which somebody has only begun.
    """
    # not by recursion: folders may be nested more deeply than calls
    folders = [folder]
    while folders:
        try:
            with os.scandir(folders.pop()) as listed:
                entries = list(listed)
        except OSError:  # gone between two looks, or not ours to list
            continue
        pages = {Path(entry.name).stem for entry in entries if Path(entry.name).suffix.lower() in PAGE_ENDINGS}
        for entry in entries:
            try:
                found = _looked_at(entry, pages)
            except OSError:  # gone between the list and the look
                continue
            if isinstance(found, Path):
                folders.append(found)
            elif found is not None:
                yield found


def _looked_at(entry: os.DirEntry[str], pages: Set[str]) -> FileLook | Path | None:
    """Return a file as it is now, a folder to look into, None for what is left out."""
    name = entry.name.casefold()
    if entry.is_symlink() or is_hidden(entry.name) or is_junk(entry.name):
        return None
    if entry.is_dir():
        return None if is_companion(entry.name, pages) else Path(entry.path)
    if not entry.is_file() or name.endswith(UNFINISHED_ENDINGS) or name.startswith(UNFINISHED_BEGINNINGS):
        return None
    status = entry.stat()
    return FileLook(Path(entry.path), status.st_size, status.st_mtime_ns) if status.st_size > 0 else None


def _can_be_opened(path: Path) -> bool:
    """Tell whether no program keeps a file to itself, as writers do on Windows."""
    try:
        path.open("rb").close()
    except OSError:
        return False
    return True
