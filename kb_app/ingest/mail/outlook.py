"""Reads a mail that Outlook saved as a file (MSG): properties in the streams of an OLE storage ([MS-OXMSG])."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.parser import BytesParser
from email.policy import compat32
from typing import Any

from kb_app.core.article import SourceFile
from kb_app.core.errors import Failed, Refused, UnreadableInput
from kb_app.ingest.documents.rtf import read_rtf
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.mail.mail_headers import MailHeaders, bare_subject, headers_of
from kb_app.ingest.mail.message import LARGEST_HEADER, MANGLED
from kb_app.ingest.mail.packed_rtf import unpacked_rtf
from kb_app.ingest.media_type import RTF
from kb_app.ingest.members import DEEPEST_NESTING

_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = re.compile(r"__attach_version1\.0_#[0-9A-F]{8}", re.IGNORECASE)
_SUBJECT, _BODY, _PAGE, _RTF, _HEADERS = 0x0037, 0x1000, 0x1013, 0x1009, 0x007D
_SENDER, _SENDER_ADDRESS = 0x0C1A, 0x0C1F
_SENT, _DELIVERED = 0x0039, 0x0E06
_TEXT_CODES, _PAGE_CODES = 0x3FFD, 0x3FDE  # the Windows code pages of strings and of the page
_LONG_NAME, _SHORT_NAME, _CONTENT, _CONTENT_ID, _IS_HIDDEN = 0x3707, 0x3704, 0x3701, 0x3712, 0x7FFE
_WIDE, _NARROW, _BYTES, _STORAGE = "001F", "001E", "0102", "000D"
# bytes before the properties of a message, of one within another, and of an attachment
_HEAD, _HEAD_WITHIN, _HEAD_OF_ATTACHMENT = 32, 24, 8
_PROPERTY = struct.Struct("<HHL8s")
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_MOST_ATTACHMENTS = 1_000
_SHIFTS_AT, _SHIFTS = 30, (b"\x09\0\x06\0", b"\x0c\0\x06\0")  # where the header states the sizes of sectors
_COUNTS_AT, _SMALLEST_SECTOR = (44, 64, 72), 512  # and how many sectors the tables of chains take
_BROKEN = (*MANGLED, OSError, EOFError, ArithmeticError, struct.error, RecursionError, MemoryError)


@dataclass(frozen=True, slots=True)
class Attached:
    """What came with a mail; what lies in a storage within it has no bytes of its own, but may be a mail."""

    name: str
    data: bytes
    is_stored: bool = False
    is_embedded: bool = False
    mail: OutlookMail | None = None


@dataclass(frozen=True, slots=True)
class OutlookMail:
    """A mail's headers and its text in two forms, either of which may be empty."""

    headers: MailHeaders
    text: str
    page: bytes
    page_encoding: str
    attached: tuple[Attached, ...] = ()


def outlook_mail(data: bytes, name: str, with_attachments: bool = False) -> OutlookMail:
    """Read a mail; raises Refused `unsupported-type` for another file in such a storage, or Failed `corrupt`."""
    try:
        storage = _opened(data)
        streams = {"/".join(path).upper(): path for path in storage.listdir()}
    except _BROKEN as error:
        raise Failed("corrupt", f"“{name}” is damaged and cannot be read ({error}).") from error
    if _PROPERTIES.upper() not in streams:
        raise Refused("unsupported-type", f"“{name}” is an old Office document, which this version cannot read.")
    try:
        return _mail(_Store(storage, streams, len(data)), with_attachments)
    except _BROKEN as error:
        raise Failed("corrupt", f"“{name}” is a damaged Outlook message ({error}).") from error


def _mail(store: _Store, with_attachments: bool) -> OutlookMail:
    properties = _Properties(store)
    page, code_page = properties.raw(_PAGE), properties.number(_PAGE_CODES)
    wide_page = properties.raw(_PAGE, _WIDE)
    text = properties.words(_BODY)
    return OutlookMail(
        headers=_headers(properties),
        text=text if text.strip() or page or wide_page else _words_of_rtf(properties.raw(_RTF)),
        page=page or wide_page.decode("utf-16-le", "replace").encode(),
        page_encoding="utf-8" if wide_page and not page else (codec_of(code_page) if code_page else ""),
        attached=tuple(_attached(store)) if with_attachments and store.depth <= DEEPEST_NESTING else (),
    )


def _words_of_rtf(packed: bytes) -> str:
    """Return the words of a mail that holds them in no other form, "" where there are none."""
    if not packed:
        return ""
    try:
        return read_rtf(SourceFile("body.rtf", unpacked_rtf(packed), "", RTF), GivenMetadata()).text
    except UnreadableInput:
        return ""


def _headers(properties: _Properties) -> MailHeaders:
    sent = properties.words(_HEADERS)[:LARGEST_HEADER]
    # a line that is no field may stand before the headers as they were received
    fields = sent if ":" in sent.partition("\n")[0] else sent.partition("\n")[2]
    received = headers_of(BytesParser(policy=compat32).parsebytes(fields.encode("utf-8", "replace"), headersonly=True))
    return replace(
        received,
        subject=bare_subject(properties.words(_SUBJECT)) or received.subject,
        sender=received.sender or properties.words(_SENDER).strip(" '\""),
        address=received.address or properties.words(_SENDER_ADDRESS),
        sent=received.sent or properties.moment(_SENT) or properties.moment(_DELIVERED),
    )


def _attached(store: _Store) -> Iterator[Attached]:
    for number, folder in enumerate(store.folders()[:_MOST_ATTACHMENTS], 1):
        properties = _Properties(store, folder)
        name = properties.words(_LONG_NAME) or properties.words(_SHORT_NAME) or f"part {number}"
        is_embedded = bool(properties.words(_CONTENT_ID) and properties.number(_IS_HIDDEN))
        inside = store.inside(f"{folder}/__substg1.0_{_CONTENT:04X}{_STORAGE}/")
        if not inside.streams:
            yield Attached(name, properties.raw(_CONTENT), is_embedded=is_embedded)
        else:
            is_mail = _PROPERTIES.upper() in inside.streams
            yield Attached(name, b"", True, is_embedded, _mail(inside, True) if is_mail else None)


def _opened(data: bytes) -> Any:
    """Open a storage; the library reserves memory for whatever sizes are stated, so they are looked at before it."""
    import olefile

    counts = [int.from_bytes(data[at : at + 4], "little") for at in _COUNTS_AT]
    if data[_SHIFTS_AT : _SHIFTS_AT + 4] not in _SHIFTS or max(counts) * _SMALLEST_SECTOR > len(data):
        raise OSError("its header states sizes that cannot be")
    storage = olefile.OleFileIO(io.BytesIO(data))
    if storage.root.size > len(data):
        raise OSError("it states to hold more than it does")
    return storage


@dataclass
class _Store:
    """The streams of one storage by their paths in capitals."""

    storage: Any
    streams: Mapping[str, list[str]]
    size: int  # of the whole file in bytes
    depth: int = 0  # of mails attached to mails

    def inside(self, folder: str) -> _Store:
        """Return what lies in a folder as a store of its own."""
        start = folder.upper()
        streams = {path.removeprefix(start): whole for path, whole in self.streams.items() if path.startswith(start)}
        return _Store(self.storage, streams, self.size, self.depth + 1)

    def read(self, path: str) -> bytes:
        found = self.streams.get(path.upper())
        if not found:
            return b""
        if self.storage.get_size(found) > self.size:
            raise OSError("a stream states to be larger than the file")
        return bytes(self.storage.openstream(found).read())

    def folders(self) -> list[str]:
        first = (path.partition("/")[0] for path in self.streams if "/" in path)
        return sorted({folder for folder in first if _ATTACHMENT.fullmatch(folder)})


class _Properties:
    """The properties of a message or of one attachment."""

    def __init__(self, store: _Store, folder: str = "") -> None:
        self._store = store
        self._folder = f"{folder}/" if folder else ""
        head = _HEAD_OF_ATTACHMENT if folder else _HEAD_WITHIN if store.depth else _HEAD
        fixed = store.read(self._folder + _PROPERTIES)[head:]
        whole = len(fixed) - len(fixed) % _PROPERTY.size
        self._fixed = {number: value for _, number, _, value in _PROPERTY.iter_unpack(fixed[:whole])}

    def words(self, number: int) -> str:
        wide = self.raw(number, _WIDE)
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return self.raw(number, _NARROW).decode(codec_of(self.number(_TEXT_CODES)), "replace").rstrip("\0")

    def raw(self, number: int, kind: str = _BYTES) -> bytes:
        return self._store.read(f"{self._folder}__substg1.0_{number:04X}{kind}")

    def number(self, number: int) -> int:
        return int.from_bytes(self._fixed.get(number, b"")[:4], "little")

    def moment(self, number: int) -> str:
        ticks = int.from_bytes(self._fixed.get(number, b""), "little")
        try:
            return (_EPOCH + timedelta(microseconds=ticks // 10)).isoformat() if ticks else ""
        except OverflowError:
            return ""


def codec_of(code_page: int) -> str:
    """Return the name of a Windows code page's codec; Western European where it is not known."""
    known = {65001: "utf-8", 20127: "ascii", 28591: "latin-1", 20866: "koi8-r", 1200: "utf-16-le"}
    name = known.get(code_page, f"cp{code_page}")
    try:
        b"".decode(name)
    except LookupError:
        return "cp1252"
    return name
