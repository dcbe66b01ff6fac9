"""Unpacks a compressed stream piece by piece, bounded, and goes on after damage where the format allows it."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, BinaryIO

from kb_app.ingest.archives.expansion import Expansion, check_ratio
from kb_app.ingest.media_type import BZIP2, GZIP, XZ

_PIECE = 32 * 1024
_BUFFER = 256 * 1024
_GZIP_START = b"\x1f\x8b\x08"
_GZIP_WINDOW = 31  # of zlib: the largest, with a gzip header
_XZ_MEMORY = 256 * 1024**2
_MOST_DAMAGES = 1000
_BROKEN = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, MemoryError)
_MACHINES: Mapping[str, Callable[[], Any]] = MappingProxyType(
    {
        GZIP: lambda: zlib.decompressobj(_GZIP_WINDOW),
        BZIP2: bz2.BZ2Decompressor,
        XZ: lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY),
    }
)


class Unpacked(io.RawIOBase):
    """The bytes that a compressed stream becomes; `damages` counts the places where some were lost.

    A gzip stream goes on with the next of its parts, so that a damaged record does not take those after it along.
    Reading raises Refused `archive-ratio` and TooMuchExpanded.
    """

    def __init__(self, packed: BinaryIO, kind: str, name: str) -> None:
        super().__init__()
        self._packed = packed
        self._kind = kind
        self._name = name
        self._machine = _MACHINES[kind]()
        self._begun = False  # the machine has been given something
        self._input = b""
        self.taken = 0  # packed bytes so far
        self._expansion = Expansion()
        self.damages = 0
        self.is_cut = False  # the last part has no end

    def buffered(self) -> io.BufferedReader:
        """Return the stream with a buffer before it."""
        return io.BufferedReader(self, _BUFFER)

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, wholly but at the end."""
        filled = 0
        while filled < len(buffer):
            piece = self._step(len(buffer) - filled)
            if piece is None:
                break
            self._expansion.add(len(piece), self._name)
            check_ratio(self._name, self._expansion.expanded, self.taken)
            buffer[filled : filled + len(piece)] = piece
            filled += len(piece)
        return filled

    def _step(self, most: int) -> bytes | None:
        """Return some bytes, b"" when more has to be read for them, None at the end."""
        if self._machine.eof and not self._next_part():
            return None
        if not self._input and self._is_hungry():
            self._input = self._read()
            if not self._input:
                self.is_cut = self._begun
                return None
        return self._unpack(most)

    def _is_hungry(self) -> bool:
        return bool(getattr(self._machine, "needs_input", True))

    def _read(self) -> bytes:
        data = self._packed.read(_PIECE)
        self.taken += len(data)
        return data

    def _unpack(self, most: int) -> bytes | None:
        given, self._input, self._begun = self._input, b"", True
        try:
            piece: bytes = self._machine.decompress(given, most)
        except _BROKEN:
            return self._after_damage(given)
        self._input = self._machine.unused_data if self._machine.eof else getattr(self._machine, "unconsumed_tail", b"")
        return piece

    def _next_part(self) -> bool:
        """Begin the next part of a stream of several; zeros between parts are passed over."""
        self._input = self._input.lstrip(b"\0") or self._read().lstrip(b"\0")
        if not self._input:
            return False
        self._machine, self._begun = _MACHINES[self._kind](), False
        return True

    def _after_damage(self, given: bytes) -> bytes | None:
        self.damages += 1
        if self._kind != GZIP or self.damages > _MOST_DAMAGES:
            return None
        at = given.find(_GZIP_START, 1)
        while at < 0:
            more = self._read()
            if not more:
                return None
            # a mark may lie across two pieces
            given = given[-2:] + more
            at = given.find(_GZIP_START)
        self._input = given[at:]
        self._machine, self._begun = _MACHINES[self._kind](), False
        return b""
