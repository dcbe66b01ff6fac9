"""The list and the contents of a zip archive, checked and counted while they are read."""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zipfile
import zlib
from itertools import pairwise
from typing import Any, BinaryIO, cast

from kb_app.core.errors import Failed, Refused, UnreadableInput
from kb_app.ingest.archives.expansion import Counted, Expansion, check_ratio
from kb_app.ingest.archives.member_names import shown
from kb_app.ingest.members import Opened

_ENCRYPTED = 0x1 | 0x40
_UTF8_NAME = 0x800
_UNIX = 3
_LOCAL_HEADER = 30  # bytes, without name and extra field
# the end record and its larger twin: their marks, their lengths, and where in them the size of the directory stands
_END_MARK, _END, _SIZE_AT, _SIZE = b"PK\x05\x06", 22, 12, struct.Struct("<L")
_END_64_MARK, _END_64, _SIZE_64_AT, _SIZE_64 = b"PK\x06\x06", 56, 40, struct.Struct("<Q")
_IN_RECORD_64 = 0xFFFFFFFF  # the size stands in the twin
_BUFFER = 256 * 1024
_TAIL = 128 * 1024  # bytes in which the end records lie
_LARGEST_DIRECTORY = 32 * 1024**2  # bytes
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, struct.error, MemoryError)


class ZipContent:
    """A zip archive's members, which are read through it.

    Raises Failed `corrupt`, or Refused `archive-overlap` or `too-many-members`.
    """

    def __init__(self, opened: Opened) -> None:
        _check_directory(opened)
        self._counted = Counted(opened.stream)
        self._expansion = Expansion()
        try:
            self._archive = zipfile.ZipFile(cast(BinaryIO, self._counted))
        except (*_BROKEN, NotImplementedError, RecursionError) as error:
            raise Failed("corrupt", f"“{opened.name}” is not a whole zip archive ({error}).") from error
        self.entries = self._archive.infolist()
        _check_overlap(opened.name, self.entries)

    def whole(self, entry: zipfile.ZipInfo) -> bytes:
        """Return a member's bytes; raises Refused (`encrypted`, `method`, ...) or Failed (`crc`, `corrupt`)."""
        before = self._counted.count
        with self.stream(entry) as stream:
            return self._expansion.whole(stream.name, stream.piece, lambda: self._counted.count - before)

    def stream(self, entry: zipfile.ZipInfo) -> MemberStream:
        """Return a member to be read piece by piece; raises as whole does, now or when it is read."""
        name = shown(name_of(entry))
        _check_kind(name, entry)
        try:
            stream = self._archive.open(entry)
        except (*_BROKEN, RuntimeError) as error:  # among them zipfile's words for a password and an unknown method
            raise _in_words(name, error) from error
        return MemberStream(name, cast(BinaryIO, stream), self._counted)


class MemberStream(io.RawIOBase):
    """A member of a zip archive that is read piece by piece and watched.

    Reading raises Refused `archive-ratio` or Failed `crc` or `corrupt`.
    """

    def __init__(self, name: str, stream: BinaryIO, counted: Counted) -> None:
        super().__init__()
        self.name = name
        self._stream = stream
        self._counted = counted
        self._packed_before = counted.count
        self._unpacked = 0

    def piece(self, size: int) -> bytes:
        """Return some bytes, b"" at the end."""
        return self.read(size) or b""

    def buffered(self) -> io.BufferedReader:
        """Return the stream with a buffer before it."""
        return io.BufferedReader(self, _BUFFER)

    def close(self) -> None:
        """Close what it is read from."""
        self._stream.close()
        super().close()

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be read once more."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, as far as the next piece goes."""
        try:
            data = self._stream.read(len(buffer))
        except (*_BROKEN, RuntimeError) as error:
            raise _in_words(self.name, error) from error
        self._unpacked += len(data)
        check_ratio(self.name, self._unpacked, self._counted.count - self._packed_before)
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go back to the beginning, from where it is read once more."""
        self._unpacked, self._packed_before = 0, self._counted.count
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Return the place."""
        return self._stream.tell()


def _in_words(name: str, error: Exception) -> UnreadableInput:
    if isinstance(error, NotImplementedError):
        return Refused("method", f"“{name}” is compressed in a way that cannot be read ({error}).")
    if isinstance(error, RuntimeError):
        return Refused("encrypted", f"“{name}” could not be taken out: {error}.")
    code = "crc" if "CRC" in str(error) else "corrupt"
    return Failed(code, f"“{name}” is damaged inside the archive ({str(error) or type(error).__name__}).")


def name_of(entry: zipfile.ZipInfo) -> str:
    """Return a member's name; many programs write UTF-8 without saying so."""
    if entry.flag_bits & _UTF8_NAME or not entry.filename:
        return entry.filename or "(no name)"
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _check_kind(name: str, entry: zipfile.ZipInfo) -> None:
    mode = entry.external_attr >> 16 if entry.create_system == _UNIX else 0
    kind = stat.S_IFMT(mode)
    if kind not in (0, stat.S_IFREG):
        raise Refused("not-a-file", f"“{name}” is a link or a device, not a file; it was not followed.")
    if entry.flag_bits & _ENCRYPTED:
        raise Refused("encrypted", f"“{name}” is encrypted, so it could not be taken out of the archive.")


def _check_directory(opened: Opened) -> None:
    """Refuse a list of members that would fill the memory before one is taken out."""
    opened.stream.seek(max(0, opened.size - _TAIL))
    tail = opened.stream.read(_TAIL)
    opened.stream.seek(0)
    at, at_64 = tail.rfind(_END_MARK), tail.rfind(_END_64_MARK)
    size = _SIZE.unpack_from(tail, at + _SIZE_AT)[0] if 0 <= at <= len(tail) - _END else 0
    if size == _IN_RECORD_64 and 0 <= at_64 <= len(tail) - _END_64:
        size = _SIZE_64.unpack_from(tail, at_64 + _SIZE_64_AT)[0]
    if min(size, opened.size) > _LARGEST_DIRECTORY:
        raise Refused("too-many-members", f"“{opened.name}” lists too many files; none was taken out of it.")


def _check_overlap(archive: str, entries: list[zipfile.ZipInfo]) -> None:
    places = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    if any(at + _LOCAL_HEADER + size > following for (at, size), (following, _) in pairwise(places)):
        raise Refused(
            "archive-overlap",
            f"The files in “{archive}” share their bytes, as only an archive made to fill the disk does; none was taken"
            " out of it.",
        )
