"""Packs rows into bytes and back, so that a step taken back can be done again."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable, Sequence

from kb_app.core.errors import StoreError

Value = str | int | float | bytes | None
_LENGTH = struct.Struct(">Q")


def pack_rows(rows: Iterable[Sequence[Value]]) -> bytes:
    """Pack rows: text and numbers as compressed JSON, bytes (which are compressed already) as they are behind it."""
    blobs: list[bytes] = []

    def plain(value: Value) -> object:
        if isinstance(value, bytes):
            blobs.append(value)
            return [len(value)]
        return value

    listed = [[plain(value) for value in row] for row in rows]
    head = zlib.compress(json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode(), 6)
    return b"".join((_LENGTH.pack(len(head)), head, *blobs))


def unpack_rows(image: bytes) -> list[tuple[Value, ...]]:
    """Return the packed rows; raises StoreError where the image is not whole."""
    try:
        size = _LENGTH.unpack_from(image)[0]
        at = _LENGTH.size + size
        listed = json.loads(zlib.decompress(image[_LENGTH.size : at]))
    except (struct.error, zlib.error, ValueError) as error:
        raise StoreError("A step cannot be taken back: what was kept of it is damaged. Nothing was changed.") from error
    rows: list[tuple[Value, ...]] = []
    for packed in listed:
        row: list[Value] = []
        for value in packed:
            if isinstance(value, list):
                row.append(image[at : at + value[0]])
                at += value[0]
            else:
                row.append(value)
        rows.append(tuple(row))
    return rows
