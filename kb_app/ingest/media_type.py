"""What kind of content some bytes are, told by the bytes and not by the file's name."""

from __future__ import annotations

import re

PLAIN_TEXT = "text/plain"
HTML = "text/html"
XHTML = "application/xhtml+xml"
BINARY = "application/octet-stream"
READABLE = frozenset({PLAIN_TEXT, HTML, XHTML})

SNIFFED_BYTES = 8192
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")

# how a file of each kind begins
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x05\x06", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ", "application/x-msdownload"),
    (b"\xca\xfe\xba\xbe", "application/java-vm"),
    (b"\x00asm", "application/wasm"),
    (b"wOF2", "font/woff2"),
    (b"\x00\x01\x00\x00\x00", "font/ttf"),
    (b"WARC/1.", "application/warc"),
)
# short beginnings that a text may share: believed only where the rest looks binary too
_WEAK_BEGINNINGS = frozenset({b"BM", b"MZ", b"BZh", b"ID3"})
# what the first members of a zip archive are called; a name stands right behind its header of 30 bytes
_ZIP_MEMBERS: tuple[tuple[bytes, str], ...] = (
    (rb"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (rb"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (rb"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (rb"mimetypeapplication/vnd\.oasis\.opendocument", "application/vnd.oasis.opendocument"),
    (rb"mimetypeapplication/epub\+zip", "application/epub+zip"),
)
_ZIP_MEMBER = re.compile(b"|".join(rb"PK\x03\x04.{26}(%b)" % start for start, _ in _ZIP_MEMBERS), re.DOTALL)
_MARKUP_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.{0,4000}?-->\s*)*<(!doctype\s+html|html|head|body|title|meta|article|div|p|h1|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP_ANYWHERE = re.compile(rb"<(?:html|head|body|title|meta|article|p|div|h1|br)\b[^<>]*>", re.IGNORECASE)
_XHTML = re.compile(rb"<html[^>]*xmlns\s*=|<!doctype[^>]*xhtml", re.IGNORECASE)
_OTHER_XML = re.compile(rb"\s*<\?xml[^>]*>\s*(?:<!--.{0,4000}?-->\s*)*<(?!!doctype\s+html|html)", re.I | re.S)
_DRAWING = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!doctype\s+svg[^>]*>\s*|<!--.{0,4000}?-->\s*)*<svg\b", re.I | re.S)
_CONTROL_SHARE = 0.10
_ENOUGH_TAGS = 3

# what the kinds that are not read are called, for people
NAMES = {
    "application/pdf": "a PDF document",
    "application/zip": "a zip archive",
    "application/rtf": "an RTF document",
    "application/x-ole-storage": "an old Office document",
    "application/warc": "a web archive",
    "application/xml": "an XML file",
    "message/rfc822": "an e-mail",
    "application/vnd.sqlite3": "a database",
    "application/epub+zip": "an e-book",
}


def media_type_of(data: bytes) -> str:
    """Return the media type that the content shows."""
    head = data[:SNIFFED_BYTES]
    if head.startswith(b"PK\x03\x04"):
        known = _ZIP_MEMBER.search(head)
        return _ZIP_MEMBERS[(known.lastindex or 1) - 1][1] if known else "application/zip"
    for start, kind in _BEGINNINGS:
        if head.startswith(start) and (start not in _WEAK_BEGINNINGS or looks_binary(head)):
            return kind
    if head[4:8] == b"ftyp":
        return "video/mp4"
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "image/webp" if head[8:12] == b"WEBP" else "audio/x-wav"
    if looks_binary(head):
        return BINARY
    return _text_type(head)


def looks_binary(head: bytes) -> bool:
    """Tell whether bytes without a Unicode signature hold more control characters than text would."""
    if not head or head.startswith(_BYTE_ORDER_MARKS) or _is_wide_text(head):
        return False
    controls = sum(1 for byte in head if byte < 32 and byte not in (9, 10, 12, 13, 27))
    return controls / len(head) > _CONTROL_SHARE


def _is_wide_text(head: bytes) -> bool:
    # UTF-16 or UTF-32 without a signature: nearly every second byte of Latin text is zero, on one side only, or nearly
    # three of four are
    if (
        len(head) >= 8
        and sorted(head[place::4].count(0) > 0.8 * (len(head) // 4) for place in range(4)).count(True) == 3
    ):
        return True
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    return len(head) >= 4 and max(even, odd) > 0.4 * half and min(even, odd) < 0.05 * half


def _text_type(head: bytes) -> str:
    narrow = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _DRAWING.match(narrow):
        return "image/svg+xml"
    if _MARKUP_START.match(narrow) or len(_MARKUP_ANYWHERE.findall(narrow)) >= _ENOUGH_TAGS:
        return XHTML if _XHTML.search(narrow) else HTML
    if _OTHER_XML.match(narrow):
        return "application/xml"
    return PLAIN_TEXT


def name_of(kind: str) -> str:
    """Return what a media type is called in a sentence."""
    if kind in NAMES:
        return NAMES[kind]
    family = kind.partition("/")[0]
    if "officedocument" in kind or "opendocument" in kind:
        return "an Office document"
    return {"image": "a picture", "audio": "a sound file", "video": "a film", "font": "a font"}.get(
        family, "binary data"
    )
