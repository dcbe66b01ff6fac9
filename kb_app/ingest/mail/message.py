"""Parses a mail within bounds, and decodes its headers whatever was done to them."""

from __future__ import annotations

import base64
import binascii
import codecs
import quopri
import re
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from kb_app.core.errors import Failed, Refused
from kb_app.ingest.decoding import cleaned

# what the library raises, of all its parts, on fields that it cannot read
MANGLED = (MessageError, ValueError, LookupError, TypeError, AttributeError)
DEEPEST = 50  # parts within parts
LARGEST_HEADER = 256 * 1024  # bytes
_LONGEST_VALUE = 4_000  # characters of one header field that are read

_HEADER_END = re.compile(rb"\r?\n\r?\n|\r\r")
_STRUCTURE = re.compile(
    rb"^--(?P<border>[^\r\n]{1,200}?)(?P<last>--)?[ \t]*\r?$"
    rb"|^content-type:[ \t]*multipart/(?P<parts>[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)"
    rb"|^content-type:[ \t]*(?P<message>message/)",
    re.IGNORECASE | re.MULTILINE,
)
_BOUNDARY = re.compile(rb"boundary\s*=\s*(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_ENCODED = re.compile(r"=\?([^?\s*]{1,60})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?]{0,4000})\?=(?:\s+(?==\?))?")


def parsed(data: bytes, name: str) -> Message:
    """Parse a mail; raises Refused `mime-depth` or `header-size`, or Failed `corrupt`."""
    end = _HEADER_END.search(data, 0, LARGEST_HEADER)
    if end is None and len(data) > LARGEST_HEADER:
        raise Refused("header-size", f"“{name}” has headers of more than {LARGEST_HEADER // 1024} kB.")
    _check_depth(data, name)
    try:
        return BytesParser(policy=compat32).parsebytes(data)
    except RecursionError as error:
        raise Refused("mime-depth", f"“{name}” is nested too deeply to be read.") from error
    except MANGLED as error:
        raise Failed("corrupt", f"“{name}” cannot be read as a mail ({error}).") from error


def header_of(message: Message, name: str) -> str:
    """Return a header field as people read it, on one line; "" when it is not there."""
    for key, value in message.raw_items():
        if key.lower() == name:
            return words_of(str(value))
    return ""


def words_of(raw: str) -> str:
    """Decode a header field's value; what cannot be decoded stays as it is written."""
    value = raw[:_LONGEST_VALUE].encode("utf-8", "surrogateescape")
    text = " ".join((_as_text(value, "utf-8") or value.decode("cp1252", "replace")).split())
    if "=?" in text:
        text = _without_encoded_words(text)
    return " ".join(cleaned(text)[0].split())


def _without_encoded_words(text: str) -> str:
    """Join the bytes of words that follow on each other: a character may be cut between them."""
    pieces: list[str] = []
    run, charset, at = b"", "", 0
    for found in _ENCODED.finditer(text):
        if found.start() != at or found[1].lower() != charset:
            pieces += [_as_text(run, charset), text[at : found.start()]]
            run = b""
        content = _content(found[2], found[3])
        run, charset, at = run + content, found[1].lower(), found.end()
    return "".join((*pieces, _as_text(run, charset), text[at:]))


def _content(form: str, value: str) -> bytes:
    raw = value.encode("utf-8", "replace")
    if form in "qQ":
        return quopri.decodestring(raw, header=True)
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except binascii.Error:
        return raw


def _as_text(data: bytes, charset: str) -> str:
    if not data:
        return ""
    try:
        return codecs.decode(data, charset)
    except (LookupError, ValueError, TypeError):
        return data.decode("utf-8", "replace") if charset != "utf-8" else ""


def _check_depth(data: bytes, name: str) -> None:
    """Follow the borders of the parts as a reader would; raises Refused `mime-depth`."""
    open_parts: list[tuple[bytes, int]] = [(b"", 0)]  # each with the mails that were begun inside it
    for found in _STRUCTURE.finditer(data):
        border = found["border"]
        if border is not None:
            _close(open_parts, border.rstrip(), bool(found["last"]))
        elif found["message"]:
            open_parts[-1] = (open_parts[-1][0], open_parts[-1][1] + 1)
        elif boundary := _BOUNDARY.search(found["parts"]):
            open_parts.append((boundary[1] or boundary[2], 0))
        if len(open_parts) + sum(mails for _, mails in open_parts) > DEEPEST:
            raise Refused("mime-depth", f"“{name}” holds parts within parts, more than {DEEPEST} deep.")


def _close(open_parts: list[tuple[bytes, int]], border: bytes, last: bool) -> None:
    for place in range(len(open_parts) - 1, 0, -1):
        if open_parts[place][0] == border:
            del open_parts[place + (not last) :]
            if not last:
                open_parts[place] = (border, 0)
            return
