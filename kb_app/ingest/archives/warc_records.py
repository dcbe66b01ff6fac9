"""Reads the records of a web archive one after another and does not believe the lengths that they state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from kb_app.ingest.archives.digests import agrees
from kb_app.ingest.limits import Limits

_PIECE = 256 * 1024
_START = re.compile(rb"WARC/1\.\d\r?\n")
_NEXT = re.compile(rb"(?:\r\n){1,3}(?=WARC/1\.\d\r?\n)|\n{1,3}(?=WARC/1\.\d\r?\n)")
_LONGEST_MARK = 32  # bytes of line ends and version line
_END = b"\r\n\r\n"
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEADER = 64 * 1024
_FIELD = re.compile(r"([!#$%&'*+.^_`|~\w-]{1,100}):[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)")
_LENGTH = re.compile(r"\d{1,18}")


class Readable(Protocol):
    """A stream that is read once, from its beginning to its end."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, none at the end."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record; `flaw` is a reason code for what is wrong with its shape, "" when nothing is.

    Where the stated length is wrong (`warc-length`) the block goes as far as the next record; a block that is too large
    (`too-large`) or has no end (`truncated`) is left empty.
    """

    number: int  # from 1
    offset: int  # in the unpacked archive
    fields: Mapping[str, str]  # names in lower case
    block: bytes
    flaw: str = ""


class _Window:
    """The part of a stream that has been read and not yet passed."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self.data = bytearray()
        self.offset = 0  # of the first byte

    def fill(self, size: int) -> bool:
        """Read until so many bytes are there; tell whether they are."""
        while len(self.data) < size:
            piece = self._stream.read(_PIECE)
            if not piece:
                return False
            self.data += piece
        return True

    def take(self, size: int) -> bytes:
        """Return some bytes; they stay."""
        with memoryview(self.data) as view:
            return bytes(view[:size])

    def drop(self, size: int) -> None:
        """Pass some bytes."""
        self.offset += min(size, len(self.data))
        del self.data[:size]


def records_of(stream: Readable, limits: Limits = Limits()) -> Iterator[Record]:  # noqa: B008 frozen
    """Yield the records of an unpacked web archive; what lies between them and is none is yielded as a flaw."""
    window = _Window(stream)
    number = 0
    while _reach_start(window):
        number += 1
        yield _record(window, number, limits.any_kind)


def fields_of(header: bytes) -> dict[str, str]:
    """Return the fields of a header by their names in lower case; of two alike the first."""
    found: dict[str, str] = {}
    for name, value in _FIELD.findall(header.decode("utf-8", "replace")):
        found.setdefault(name.lower(), " ".join(value.split()))
    return found


def _reach_start(window: _Window) -> bool:
    """Pass the line ends before a record; tell whether anything follows them."""
    while window.fill(1):
        window.drop(len(window.data) - len(window.data.lstrip(b"\r\n")))
        if window.data:
            window.fill(_LONGEST_HEADER)
            return True
    return False


def _record(window: _Window, number: int, most: int) -> Record:
    at = window.offset
    version = _START.match(window.data)
    end = _HEADER_END.search(window.data, version.end() - 2, _LONGEST_HEADER) if version else None
    if version is None or end is None:
        is_cut = version is not None and len(window.data) < _LONGEST_HEADER
        _pass_to_next(window)
        return Record(number, at, {}, b"", "truncated" if is_cut else "warc-length")
    fields = fields_of(bytes(window.data[version.end() : end.end()]))
    window.drop(end.end())
    block, flaw = _block(window, fields, most)
    return Record(number, at, fields, block, flaw)


def _block(window: _Window, fields: Mapping[str, str], most: int) -> tuple[bytes, str]:
    stated = fields.get("content-length", "")
    length = int(stated) if _LENGTH.fullmatch(stated) else -1
    if not 0 <= length <= most:
        return _block_to_next(window, most)
    block = b""
    is_end = _ends_at(window, length)
    if is_end or window.data.startswith(_END, length):
        block = window.take(length)
    # garbage after a record does not make its length wrong
    if is_end or (block and agrees(fields.get("warc-block-digest", ""), block)):
        window.drop(length)
        return block, ""
    return _block_to_next(window, most)


def _ends_at(window: _Window, length: int) -> bool:
    """Tell whether a record ends after so many bytes: two line ends, then the next record or the end of the archive."""
    window.fill(length + len(_END) + _LONGEST_MARK)
    after = bytes(window.data[length : length + len(_END) + _LONGEST_MARK])
    if len(window.data) >= length and not after.strip(b"\r\n"):
        return True
    return after.startswith(_END) and bool(_START.match(after.lstrip(b"\r\n")))


def _block_to_next(window: _Window, most: int) -> tuple[bytes, str]:
    """Take a block whose length is not known: it goes as far as the next record."""
    seen = 0
    while True:
        found = _NEXT.search(window.data, max(0, seen - _LONGEST_MARK))
        if found:
            fits = found.start() <= most
            block = window.take(found.start()) if fits else b""
            window.drop(found.end())
            return block, "warc-length" if fits else "too-large"
        seen = len(window.data)
        if seen > most:
            _pass_to_next(window)
            return b"", "too-large"
        if not window.fill(seen + 1):
            break
    block = window.take(seen)
    window.drop(seen)
    return (block.removesuffix(_END), "warc-length") if block.endswith(_END) else (b"", "truncated")


def _pass_to_next(window: _Window) -> None:
    """Pass everything up to the next record."""
    while True:
        found = _NEXT.search(window.data)
        if found:
            window.drop(found.end())
            return
        window.drop(max(0, len(window.data) - _LONGEST_MARK))
        if not window.fill(_LONGEST_MARK + 1):
            window.drop(_LONGEST_MARK)
            return
