"""Reads the entries of a tar archive one after another, and nothing into memory but their headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from kb_app.core.errors import Failed, Refused
from kb_app.ingest.media_type import is_tar

_BLOCK = 512
_PIECE = 256 * 1024
_LARGEST_CONTENT = 2**40  # bytes: more cannot be sought in every file system
_LARGEST_EXTENSION = 1024 * 1024  # bytes of a header that goes before another
_REGULAR = frozenset({b"0", b"\0", b"7"})
_FOLDER = b"5"
_LONG_NAME, _LONG_LINK, _PAX, _PAX_FOR_ALL = b"L", b"K", b"x", b"g"
_EXTENSIONS = frozenset({_LONG_NAME, _LONG_LINK, _PAX, _PAX_FOR_ALL, b"X"})
_PAX_RECORD = re.compile(rb"(\d{1,7}) ([^=\n]{1,200})=")
_SPARSE = ("GNU.sparse.map", "GNU.sparse.major", "GNU.sparse.size", "GNU.sparse.realsize")


@dataclass
class Entry:
    """An entry whose content begins where the stream stands; `left` is how many bytes of it are still to be read."""

    name: str
    kind: bytes
    left: int
    padding: int
    stream: BinaryIO = field(repr=False)
    is_sparse: bool = False

    @property
    def is_file(self) -> bool:
        """Tell whether it is a plain file."""
        return self.kind in _REGULAR and not self.is_sparse

    @property
    def is_folder(self) -> bool:
        """Tell whether it is a folder."""
        return self.kind == _FOLDER or (self.kind in _REGULAR and self.name.endswith("/"))

    def read(self, size: int) -> bytes:
        """Return at most so many bytes of the content; raises Failed `truncated` when the archive ends before it."""
        data = self.stream.read(min(size, self.left))
        if not data and self.left:
            raise Failed("truncated", f"“{self.name}” is not whole: the archive ends before it does.")
        self.left -= len(data)
        return data

    def skip(self) -> None:
        """Go to the next entry."""
        size = self.left + self.padding
        self.left = self.padding = 0
        if self.stream.seekable():
            self.stream.seek(size, 1)
            return
        while size and (data := self.stream.read(min(size, _PIECE))):
            size -= len(data)


def entries_of(stream: BinaryIO, archive: str) -> Iterator[Entry]:
    """Yield the entries in order, each to be read or skipped before the next; raises Failed or Refused."""
    known: dict[str, str] = {}
    for_all: dict[str, str] = {}
    while (header := stream.read(_BLOCK)).strip(b"\0"):
        if not is_tar(header):
            raise Failed("corrupt", f"“{archive}” is damaged; what comes after the damage could not be taken out.")
        kind = header[156:157]
        size = _number(header[124:136])
        if kind in _EXTENSIONS:
            _note(kind, _extension(stream, size, archive), known, for_all)
            continue
        entry = _entry(stream, header, {**for_all, **known})
        known = {}
        yield entry
        entry.skip()


def _entry(stream: BinaryIO, header: bytes, known: Mapping[str, str]) -> Entry:
    size = known.get("size", "")
    length = int(size) if size.isascii() and size.isdigit() and len(size) < 13 else _number(header[124:136])
    kind = header[156:157]
    # links, devices and folders have no content, whatever they say
    length = length if kind in _REGULAR or kind == b"S" else 0
    name = known.get("path") or known.get("GNU.sparse.name") or _name(header)
    is_sparse = kind == b"S" or any(key in known for key in _SPARSE)
    return Entry(name, kind, length, -length % _BLOCK, stream, is_sparse)


def _name(header: bytes) -> str:
    name = _text(header[:100])
    prefix = _text(header[345:500]) if header[257:263] == b"ustar\0" else ""
    return f"{prefix}/{name}" if prefix else name


def _text(field_of_header: bytes) -> str:
    return field_of_header.partition(b"\0")[0].decode("utf-8", "backslashreplace")


def _number(field_of_header: bytes) -> int:
    if field_of_header[:1] == b"\x80":  # too large for octal digits
        return min(int.from_bytes(field_of_header[1:], "big"), _LARGEST_CONTENT)
    digits = field_of_header.strip(b"\0 ")
    return int(digits, 8) if re.fullmatch(rb"[0-7]{1,12}", digits) else 0


def _extension(stream: BinaryIO, size: int, archive: str) -> bytes:
    if size > _LARGEST_EXTENSION:
        raise Refused("corrupt", f"“{archive}” has a header of {size:,} bytes; nothing after it was taken out.")
    return stream.read(size + -size % _BLOCK)[:size]


def _note(kind: bytes, data: bytes, known: dict[str, str], for_all: dict[str, str]) -> None:
    if kind == _LONG_NAME:
        known["path"] = _text(data)
    elif kind != _LONG_LINK:
        (for_all if kind == _PAX_FOR_ALL else known).update(_pax(data))


def _pax(data: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while record := _PAX_RECORD.match(data, at):
        end = at + int(record[1])
        if end <= record.end():
            break
        key, value = record[2].decode("utf-8", "replace"), data[record.end() : end - 1]
        found[key] = value.decode("utf-8", "backslashreplace")
        at = end
    return found
