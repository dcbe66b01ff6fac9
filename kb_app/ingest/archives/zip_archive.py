"""Takes a zip archive apart."""

from __future__ import annotations

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO, cast

from kb_app.core.article import Provenance
from kb_app.core.errors import Failed, Refused, UnreadableInput
from kb_app.ingest.archives.expansion import Counted, Expansion, TooMuchExpanded, too_many_members
from kb_app.ingest.archives.member_names import Furniture, name_warnings, shown
from kb_app.ingest.media_type import media_type_of
from kb_app.ingest.members import APART, MOST_MEMBERS, Member, Opened, Taken, Trouble

_ENCRYPTED = 0x1 | 0x40
_UTF8_NAME = 0x800
_UNIX = 3
_LOCAL_HEADER = 30  # bytes, without name and extra field
# the end record and its larger twin: their marks, their lengths, and where in them the size of the directory stands
_END_MARK, _END, _SIZE_AT, _SIZE = b"PK\x05\x06", 22, 12, struct.Struct("<L")
_END_64_MARK, _END_64, _SIZE_64_AT, _SIZE_64 = b"PK\x06\x06", 56, 40, struct.Struct("<Q")
_IN_RECORD_64 = 0xFFFFFFFF  # the size stands in the twin
_TAIL = 128 * 1024  # bytes in which the end records lie
_LARGEST_DIRECTORY = 32 * 1024**2  # bytes
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, struct.error, MemoryError)


def open_zip(opened: Opened) -> Iterator[Taken]:
    """Yield the files of a zip archive; raises Failed `corrupt` or Refused `archive-overlap` or `too-many-members`."""
    counted = Counted(opened.stream)
    with zip_of(opened, counted) as archive:
        entries = archive.infolist()
        furniture = Furniture(entry.filename for entry in entries)
        expansion = Expansion()
        for entry in entries[:MOST_MEMBERS]:
            if entry.is_dir() or furniture.holds(entry.filename):
                continue
            try:
                yield _member(opened, archive, entry, (expansion, counted))
            except UnreadableInput as error:
                yield Trouble(shown(name_of(entry)), error.code, error.sentence, isinstance(error, Refused))
                if isinstance(error, TooMuchExpanded):
                    return
        if len(entries) > MOST_MEMBERS:
            yield too_many_members(opened.name)


def zip_of(opened: Opened, counted: Counted) -> zipfile.ZipFile:
    """Return the archive, checked as a whole; raises as open_zip does."""
    _check_directory(opened)
    try:
        archive = zipfile.ZipFile(cast(BinaryIO, counted))
    except (*_BROKEN, NotImplementedError, RecursionError) as error:
        raise Failed("corrupt", f"“{opened.name}” is not a whole zip archive ({error}).") from error
    _check_overlap(opened.name, archive.infolist())
    return archive


def name_of(entry: zipfile.ZipInfo) -> str:
    """Return a member's name; many programs write UTF-8 without saying so."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def content_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, counting: tuple[Expansion, Counted]) -> bytes:
    """Return a member's bytes; raises Refused (`encrypted`, `method`, ...) or Failed (`crc`, `corrupt`)."""
    name = shown(name_of(entry))
    _check_kind(name, entry)
    expansion, counted = counting
    before = counted.count
    try:
        with archive.open(entry) as stream:
            return expansion.whole(name, stream.read, lambda: counted.count - before)
    except NotImplementedError as error:
        raise Refused("method", f"“{name}” is compressed in a way that cannot be read ({error}).") from error
    except RuntimeError as error:  # zipfile's word for a password
        raise Refused("encrypted", f"“{name}” could not be taken out: {error}.") from error
    except _BROKEN as error:
        code = "crc" if "CRC" in str(error) else "corrupt"
        raise Failed(code, f"“{name}” is damaged inside the archive ({str(error) or type(error).__name__}).") from error


def _member(
    opened: Opened, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, counting: tuple[Expansion, Counted]
) -> Member:
    name = name_of(entry)
    data = content_of(archive, entry, counting)
    if not data:
        raise Refused("empty", f"“{shown(name)}” is empty, so there is nothing to import.")
    return Member(
        shown(name),
        data,
        media_type_of(data),
        provenance=Provenance(how="archive", container=f"{opened.name}{APART}{shown(name)}"),
        warnings=name_warnings(entry.orig_filename),
    )


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
