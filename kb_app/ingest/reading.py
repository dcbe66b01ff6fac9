"""Reads inputs once into memory and walks folders in a stable order."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Set
from pathlib import Path

from kb_app.core.article import SourceFile
from kb_app.core.errors import Failed, Refused, UnreadableInput
from kb_app.ingest.limits import MEGABYTE, Limits
from kb_app.ingest.media_type import SNIFFED_BYTES, TEXTS, media_type_of

_CHUNK = 4 * MEGABYTE
_OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_JUNK_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx", "lost+found"})
_COMPANION_ENDINGS = ("_files", "-files", "_archivos", "_fichiers", "-dateien", "_files.", ".files")
PAGE_ENDINGS = frozenset({".html", ".htm", ".xhtml", ".xht"})
_LOCKED_ON_WINDOWS = 32
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})

Skipped = Callable[[Path, str], None]


def shown_name(path: Path) -> str:
    """Return a path's words for people and for storing: bytes that are no Unicode and unseen signs are escaped."""
    return visible(os.fsencode(path).decode("utf-8", "backslashreplace"))


def visible(name: str) -> str:
    """Return a name in which every character can be seen and none turns the others around."""
    if name.isprintable():
        return name
    return "".join(_escaped(c) if unicodedata.category(c) in _UNSEEN_CATEGORIES else c for c in name)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def read_source(path: Path, limits: Limits = Limits()) -> SourceFile:  # noqa: B008 frozen
    """Read a regular file once.

    Raises Refused (`not-a-file`, `empty`, `too-large`) or Failed (`vanished`, `permission`, `locked`, `unreadable`).
    """
    try:
        handle = open_regular(path)
    except (OSError, ValueError) as error:
        raise _world_failed(path, error) from error
    try:
        data = _read_open(handle, path, limits)
    except OSError as error:
        raise _world_failed(path, error) from error
    finally:
        os.close(handle)
    return _source(shown_name(Path(path.name)), data, shown_name(path.absolute()))


def open_regular(path: str | Path) -> int:
    """Open a file for reading without waiting for who may write to it; what is opened is still to be looked at."""
    return os.open(path, _OPENING)


def kind_of_file(path: Path) -> str:
    """Return the kind that a regular file's first bytes show, "" where it cannot be told: reading names the cause."""
    try:
        return media_type_of(read_start(path, SNIFFED_BYTES), shown_name(path))
    except UnreadableInput:
        return ""


def read_start(path: Path, size: int) -> bytes:
    """Read at most so many bytes of a regular file; raises as read_source does."""
    try:
        handle = open_regular(path)
    except (OSError, ValueError) as error:
        raise _world_failed(path, error) from error
    try:
        regular = stat.S_ISREG(os.fstat(handle).st_mode)
        start = os.read(handle, size) if regular else b""
    except OSError as error:
        raise _world_failed(path, error) from error
    finally:
        os.close(handle)
    if not regular:
        raise Refused("not-a-file", f"“{shown_name(path)}” is not a regular file, so it was not opened.")
    if not start:
        raise Refused("empty", f"“{shown_name(path)}” is empty, so there is nothing to import.")
    return start


def source_from_bytes(name: str, data: bytes, path: str = "clipboard") -> SourceFile:
    """Make a source of bytes that did not come from a file; raises Refused `empty` or `too-large`."""
    if not data:
        raise Refused("empty", f"“{name}” is empty, so there is nothing to import.")
    limits = Limits()
    if len(data) > limit_for(data, limits):
        raise _too_large(name, len(data), limit_for(data, limits))
    return _source(name, data, path)


def walk_inputs(paths: Iterable[Path], skipped: Skipped | None = None) -> Iterator[Path]:
    """Yield the files that the given files and folders hold, in a stable order, each once.

    Links that lead out of a chosen folder are not followed and no folder is entered twice. What is left out is told to
    `skipped` with a reason (`hidden`, `junk`, `companion`, `not-a-file`, `outside-link`, `loop`). A folder that cannot
    be listed is yielded itself, so that reading it names the cause.
    """
    walker = _Walker(skipped or (lambda path, reason: None))
    for path in paths:
        yield from walker.walk(path)


class _Walker:
    """Remembers where one walk has been."""

    def __init__(self, skipped: Skipped) -> None:
        self._skipped = skipped
        self._folders: set[tuple[int, int]] = set()
        self._files: set[str] = set()

    def walk(self, path: Path) -> Iterator[Path]:
        if not path.is_dir():
            yield from self._once(path)
            return
        root = Path(os.path.realpath(path))
        # not by recursion: folders may be nested more deeply than calls
        under_way = [self._listed(path, root)]
        while under_way:
            found, is_folder = next(under_way[-1], (None, False))
            if found is None:
                under_way.pop()
            elif is_folder:
                under_way.append(self._listed(found, root))
            else:
                yield from self._once(found)

    def _once(self, path: Path) -> Iterator[Path]:
        real = os.path.realpath(path)
        if real not in self._files:
            self._files.add(real)
            yield path

    def _listed(self, folder: Path, root: Path) -> Iterator[tuple[Path, bool]]:
        """Yield what a folder holds, and of each whether it is a folder to go into."""
        try:
            status = folder.stat()
            with os.scandir(folder) as entries:
                found = sorted(entries, key=_in_order)
        except OSError:
            yield folder, False
            return
        if (status.st_dev, status.st_ino) in self._folders:
            self._skipped(folder, "loop")
            return
        self._folders.add((status.st_dev, status.st_ino))
        pages = {Path(entry.name).stem for entry in found if Path(entry.name).suffix.lower() in PAGE_ENDINGS}
        for entry in found:
            reason = self._reason_to_skip(entry, root, pages)
            if reason:
                self._skipped(Path(entry.path), reason)
            else:
                yield Path(entry.path), entry.is_dir()

    @staticmethod
    def _reason_to_skip(entry: os.DirEntry[str], root: Path, pages: set[str]) -> str:
        if is_hidden(entry.name):
            return "hidden"
        if is_junk(entry.name):
            return "junk"
        if entry.is_symlink() and not Path(os.path.realpath(entry.path)).is_relative_to(root):
            return "outside-link"
        if entry.is_dir():
            return "companion" if is_companion(entry.name, pages) else ""
        return "" if entry.is_file() else "not-a-file"


def _in_order(entry: os.DirEntry[str]) -> tuple[bool, bytes]:
    # a library comes before the files that its items name, so that they are known to belong to them
    return not entry.name.lower().endswith(".rdf"), os.fsencode(entry.name)


def file_below(folder: Path, name: str) -> Path | None:
    """Return the regular file at a path below a folder, None where there is none to be imported.

    What is hidden counts as none, and so does a file that a link or the path leads to outside the folder.
    """
    try:
        root = Path(os.path.realpath(folder))
        place = Path(os.path.realpath(root / name))
        is_there = place.is_relative_to(root) and place.is_file()
    except (OSError, ValueError):  # a path that the system knows nothing to do with
        return None
    return place if is_there and not any(map(is_hidden, place.relative_to(root).parts)) else None


def is_hidden(name: str) -> bool:
    """Tell whether a file or folder of this name is hidden or a lock file of an office program."""
    return name.startswith((".", "~$"))


def is_junk(name: str) -> bool:
    """Tell whether systems leave files or folders of this name behind."""
    return name.casefold() in _JUNK_NAMES


def is_companion(name: str, pages: Set[str]) -> bool:
    """Tell whether a folder holds the parts of one of the saved pages (stems of names) beside it."""
    return any(name.endswith(ending) and name.removesuffix(ending) in pages for ending in _COMPANION_ENDINGS)


def _read_open(handle: int, path: Path, limits: Limits) -> bytes:
    status = os.fstat(handle)
    name = shown_name(path)
    if not stat.S_ISREG(status.st_mode):
        raise Refused("not-a-file", f"“{name}” is not a regular file, so it was not opened.")
    if status.st_size > limits.any_kind:
        raise _too_large(name, status.st_size, limits.any_kind)
    head = os.read(handle, SNIFFED_BYTES)
    limit = limit_for(head, limits)
    pieces, size = [head], len(head)
    # a file may grow while it is read: the bytes that arrive are counted, not the size that was promised
    while size <= limit and (piece := os.read(handle, min(_CHUNK, limit + 1 - size))):
        pieces.append(piece)
        size += len(piece)
    if size > limit:
        raise _too_large(name, max(size, status.st_size), limit)
    if not size:
        raise Refused("empty", f"“{name}” is empty, so there is nothing to import.")
    return b"".join(pieces)


def limit_for(data: bytes, limits: Limits) -> int:
    """Return the largest size in bytes for the kind that the first bytes show."""
    return limits.text if media_type_of(data) in TEXTS else limits.any_kind


def _source(name: str, data: bytes, path: str) -> SourceFile:
    return SourceFile(name, data, hashlib.sha256(data).hexdigest(), media_type_of(data, name), path)


def _too_large(name: str, size: int, limit: int) -> Refused:
    return Refused(
        "too-large",
        f"“{name}” is too large ({size / MEGABYTE:,.0f} MB; the limit for its kind is {limit // MEGABYTE} MB).",
    )


def _world_failed(path: Path, error: OSError | ValueError) -> UnreadableInput:
    name = shown_name(path)
    if isinstance(error, FileNotFoundError):
        return Failed("vanished", f"“{name}” is no longer there.")
    if getattr(error, "winerror", None) == _LOCKED_ON_WINDOWS:
        return Failed("locked", f"“{name}” is in use by another program. Please close it there and import it again.")
    if isinstance(error, IsADirectoryError) or (isinstance(error, PermissionError) and path.is_dir()):
        return _folder_failed(path, name)
    if isinstance(error, PermissionError):
        return Failed("permission", f"“{name}” could not be opened: you have no permission to read it.")
    if getattr(error, "errno", None) in (errno.ENXIO, errno.ENODEV, errno.ELOOP):
        return Refused("not-a-file", f"“{name}” is not a regular file, so it was not opened.")
    return Failed("unreadable", f"“{name}” could not be read: {getattr(error, 'strerror', None) or error}.")


def _folder_failed(path: Path, name: str) -> UnreadableInput:
    if os.access(path, os.R_OK | os.X_OK):
        return Refused("not-a-file", f"“{name}” is a folder, not a file.")
    return Failed("permission", f"The folder “{name}” could not be opened: you have no permission to read it.")
