"""Messages between a worker and who employs it: two lengths, a JSON part and a part of plain bytes."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

from kb_app.services.codec import LARGEST_MESSAGE, CodecError

_LENGTHS = struct.Struct(">II")


@dataclass(frozen=True, slots=True)
class Frame:
    """One message."""

    json: bytes
    blob: bytes = b""


def write_frame(stream: BinaryIO, frame: Frame) -> None:
    """Send a message whole."""
    stream.write(_LENGTHS.pack(len(frame.json), len(frame.blob)))
    stream.write(frame.json)
    if frame.blob:
        stream.write(frame.blob)
    stream.flush()


def read_frame(stream: BinaryIO) -> Frame | None:
    """Receive a message, None at the end; raises CodecError when it is cut off or too large."""
    head = stream.read(_LENGTHS.size)
    if not head:
        return None
    if len(head) < _LENGTHS.size:
        raise CodecError("a message was cut off")
    json_length, blob_length = _LENGTHS.unpack(head)
    if json_length + blob_length > LARGEST_MESSAGE:
        raise CodecError(f"a message of {json_length + blob_length} bytes is too large")
    return Frame(_exactly(stream, json_length), _exactly(stream, blob_length))


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length) if length else b""
    if len(data) < length:
        raise CodecError("a message was cut off")
    return data
