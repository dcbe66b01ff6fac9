"""How the bytes of a source are kept."""

from __future__ import annotations

import zlib

_COMPRESSION = 6


def pack_source(data: bytes) -> bytes:
    """Compress bytes for keeping; large ones take long, so it may be done beforehand and in any thread."""
    return zlib.compress(data, _COMPRESSION)
