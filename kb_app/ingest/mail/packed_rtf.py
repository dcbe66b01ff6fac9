"""Unpacks the text of an Outlook mail that is kept as compressed RTF ([MS-OXRTFCP])."""

from __future__ import annotations

import struct

from kb_app.ingest.limits import MEGABYTE

LARGEST = 32 * MEGABYTE
_HEAD = struct.Struct("<LL4sL")  # bytes that follow the first field, bytes unpacked, how it is packed, checksum
_COUNTED = 4  # the first field does not count itself
_WINDOW = 4096
_SHORTEST = 2
# what both sides know before the first byte, as the format prescribes it
_KNOWN = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    + b"\r\n"
    + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def unpacked_rtf(data: bytes) -> bytes:
    """Return the RTF; what is cut off ends where it does. Raises ValueError where it is none or too large."""
    if len(data) < _HEAD.size:
        raise ValueError("its text is cut off")
    packed_size, size, method, _ = _HEAD.unpack_from(data)
    content = data[_HEAD.size : packed_size + _COUNTED]
    if size > LARGEST:
        raise ValueError("its text is too large")
    if method == b"MELA":
        return content[:size]
    if method != b"LZFu":
        raise ValueError("its text is packed in an unknown way")
    return _expanded(content, size)


def _expanded(content: bytes, size: int) -> bytes:
    """Undo the compression: after a byte of flags come eight letters or references into what was written last."""
    written = bytearray(_KNOWN)
    end, at = len(_KNOWN) + size, 0
    while at < len(content) and len(written) < end:
        flags, at = content[at], at + 1
        for bit in range(8):
            is_reference = flags >> bit & 1
            if at + is_reference >= len(content) or len(written) >= end:
                break
            if not is_reference:
                written.append(content[at])
                at += 1
                continue
            place, length = divmod(content[at] << 8 | content[at + 1], 16)
            at += 2
            back = (len(written) - place) % _WINDOW
            if not back:  # it points to where the next byte will be written: the sign of the end
                return bytes(written[len(_KNOWN) :])
            if back > len(written):
                raise ValueError("its text refers to what is not there")
            for _ in range(length + _SHORTEST):
                written.append(written[-back])
    return bytes(written[len(_KNOWN) : end])
