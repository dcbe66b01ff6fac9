"""What a recorded HTTP response carries, freed of its transfer and content encodings."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from kb_app.core.errors import Failed, Refused
from kb_app.ingest.archives.warc_records import fields_of
from kb_app.ingest.limits import MEGABYTE
from kb_app.ingest.media_type import HTML, XHTML, media_type_of

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})[^\r\n]*\r?\n")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEADER = 256 * 1024
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_MOST_ENCODINGS = 3
_GZIP, _ZLIB, _RAW = 31, 15, -15  # windows of zlib


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it was sent; `fields` by their names in lower case."""

    status: int
    fields: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Payload:
    """A response's content, with what was wrong on the way to it ("code: sentence")."""

    data: bytes
    warnings: tuple[str, ...] = ()


def response_of(block: bytes) -> Response | None:
    """Return the response that a block holds, None when it holds none."""
    status = _STATUS.match(block)
    end = _HEADER_END.search(block, status.end() - 2, _LONGEST_HEADER) if status else None
    if status is None or end is None:
        return None
    return Response(int(status[1]), fields_of(block[status.end() : end.end()]), block[end.end() :])


def kind_stated(content_type: str) -> str:
    """Return the media type of a Content-Type field, without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def charset_stated(content_type: str) -> str:
    """Return the encoding that a Content-Type field states, "" if none."""
    found = _CHARSET.search(content_type)
    return found[1] if found else ""


def payload_of(response: Response, most: int) -> Payload:
    """Return a response's content; raises Refused `method` or `too-large`, or Failed `corrupt`."""
    data, warnings = response.body, []
    if "chunked" in response.fields.get("transfer-encoding", "").lower():
        data, is_whole = _without_chunks(data)
        if not is_whole:
            warnings.append("truncated: the response ends in the middle of a chunk.")
    encodings = [name.strip().lower() for name in response.fields.get("content-encoding", "").split(",")]
    for name in reversed(encodings[-_MOST_ENCODINGS:]):
        data, is_whole = _decoded(data, name, most)
        if not is_whole:
            warnings.append(f"truncated: the response ends in the middle of its {name} data.")
    return Payload(data, tuple(warnings))


def _without_chunks(body: bytes) -> tuple[bytes, bool]:
    """Join the chunks of a body; one that has none, as where the archive joined them, is returned as it is."""
    pieces: list[bytes] = []
    at = 0
    while size := _CHUNK.match(body, at):
        length = int(size[1], 16)
        if not length:
            return b"".join(pieces), True
        pieces.append(body[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    return (b"".join(pieces), False) if pieces else (body, True)


def _decoded(data: bytes, encoding: str, most: int) -> tuple[bytes, bool]:
    if not data or encoding in ("", "identity", "none", "utf-8"):
        return data, True
    if encoding in ("gzip", "x-gzip"):
        return _inflated(data, _GZIP, most)
    if encoding == "deflate":
        is_wrapped = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        return _inflated(data, _ZLIB if is_wrapped else _RAW, most)
    if encoding == "br":
        return _without_brotli(data, most)
    raise Refused("method", f"The response is encoded as “{encoding[:40]}”, which cannot be read.")


# archives that unpack what they record often keep the field that said so: what is a page already stays as it is
def _inflated(data: bytes, window: int, most: int) -> tuple[bytes, bool]:
    machine = zlib.decompressobj(window)
    try:
        inflated = machine.decompress(data, most + 1)
    except zlib.error as error:
        if media_type_of(data) in (HTML, XHTML):
            return data, True
        raise Failed("corrupt", f"The response's compressed data is damaged ({error}).") from error
    _check_size(inflated, most)
    return inflated, machine.eof


def _without_brotli(data: bytes, most: int) -> tuple[bytes, bool]:
    import brotli

    machine = brotli.Decompressor()
    try:
        unpacked: bytes = machine.process(data, output_buffer_limit=most + 1)
    except brotli.error as error:
        if media_type_of(data) in (HTML, XHTML):
            return data, True
        raise Failed("corrupt", "The response's compressed data is damaged.") from error
    _check_size(unpacked, most)
    return unpacked, bool(machine.is_finished())


def _check_size(data: bytes, most: int) -> None:
    if len(data) > most:
        raise Refused(
            "too-large", f"The response is too large when it is unpacked (the limit is {most // MEGABYTE} MB)."
        )
