"""Packs archived originals, and unpacks no more of them than they are said to hold."""

from __future__ import annotations

import zlib

LARGEST_ORIGINAL = 256 * 1024 * 1024  # bytes; more is never imported
_LEVEL = 6


def pack_source(data: bytes) -> bytes:
    """Compress bytes for keeping; large ones take long, so it may be done beforehand and in any thread."""
    return zlib.compress(data, _LEVEL)


def unpacked(data: bytes, size: int) -> bytes:
    """Return the bytes that were packed; raises zlib.error where they are damaged, or more than they are said to be.

    A file from elsewhere may hold a few bytes that unpack to gigabytes.
    """
    if size > LARGEST_ORIGINAL:
        raise zlib.error(f"{size} bytes are more than is ever imported")
    unpacker = zlib.decompressobj()
    found = unpacker.decompress(data, size + 1)
    if len(found) > size or not unpacker.eof:
        raise zlib.error("it is cut off, or unpacks to more than it is said to")
    return found
