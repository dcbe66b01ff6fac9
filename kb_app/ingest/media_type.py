"""What kind of content some bytes are, told by the bytes and not by the file's name."""

from __future__ import annotations

import re

from kb_app.ingest.feed_types import ATOM, CSV, JSON, MARKDOWN, RSS, TSV, ZOTERO_RDF, feed_type, type_by_name

PLAIN_TEXT = "text/plain"
HTML = "text/html"
XHTML = "application/xhtml+xml"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
EPUB = "application/epub+zip"
ZIP = "application/zip"
BINARY = "application/octet-stream"
TAR = "application/x-tar"
GZIP = "application/gzip"
BZIP2 = "application/x-bzip2"
XZ = "application/x-xz"
WARC = "application/warc"
WACZ = "application/wacz"
HAR = "application/har+json"
MAIL = "message/rfc822"
MAILBOX = "application/mbox"
OLE_STORAGE = "application/x-ole-storage"  # old Office documents, and mails of Outlook
OUTLOOK_MAIL = "application/vnd.ms-outlook"
WEB_PAGE_ARCHIVE = "application/x-mimearchive"  # MHTML
ITEM_XML = "application/vnd.kartoteka.item+xml"  # one item of a feed or a library
ITEM_JSON = "application/vnd.kartoteka.item+json"  # one row of a table, one object of an export
ITEMS = frozenset({ITEM_XML, ITEM_JSON})
TEXTS = frozenset({PLAIN_TEXT, HTML, XHTML, MARKDOWN}) | ITEMS
DOCUMENTS = frozenset({PDF, DOCX, ODT, RTF, EPUB})
READABLE = TEXTS | DOCUMENTS

SNIFFED_BYTES = 8192
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")

# how a file of each kind begins
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE_STORAGE),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", GZIP),
    (b"BZh", BZIP2),
    (b"\xfd7zXZ\x00", XZ),
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
    (b"WARC/1.", WARC),
)
# short beginnings that a text may share: believed only where the rest looks binary too
_WEAK_BEGINNINGS = frozenset({b"BM", b"MZ", b"BZh", b"ID3"})
# what the first member of a package says that the whole is
_PACKAGE_TYPES: tuple[tuple[bytes, str], ...] = (
    (b"mimetypeapplication/vnd.oasis.opendocument.text", ODT),
    (b"mimetypeapplication/vnd.oasis.opendocument", "application/vnd.oasis.opendocument"),
    (b"mimetypeapplication/epub+zip", EPUB),
)
_FIRST_MEMBER = 30  # bytes of its header before its name
_OFFICE_FOLDERS: tuple[tuple[bytes, str], ...] = (
    (b"word/", DOCX),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
# names are looked for where they stand in an entry and never gathered: entries may claim to be long and overlap
_ENTRY = re.compile(rb"PK\x01\x02")
_OFFICE_CONTENTS = re.compile(rb"PK\x01\x02.{24}\x13\x00.{16}\[Content_Types\]\.xml", re.DOTALL)
_OFFICE_FOLDER = re.compile(rb"PK\x01\x02.{42}(word/|xl/|ppt/)", re.DOTALL)
_END = b"PK\x05\x06"
_END_BYTES = 66_000  # the end of a directory with the longest comment
_DIRECTORY_BYTES = 1_000_000
_WACZ_MEMBER = re.compile(
    rb"PK\x03\x04.{26}(?:datapackage\.json|archive/[^/]{1,200}\.warc|pages/pages\.jsonl|indexes/index\.)", re.DOTALL
)
# atomic groups: a text of many comments must not be tried in every way of joining them
_MARKUP_START = re.compile(
    rb"\s*(?>(?:<\?xml[^>]*>\s*|<!--.{0,4000}?-->\s*))*+<(!doctype\s+html|html|head|body|title|meta|article|div|p|h1|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP_ANYWHERE = re.compile(rb"<(?:html|head|body|title|meta|article|p|div|h1|br)\b[^<>]*>", re.IGNORECASE)
_XHTML = re.compile(rb"<html[^>]*xmlns\s*=|<!doctype[^>]*xhtml", re.IGNORECASE)
_OTHER_XML = re.compile(rb"\s*<\?xml[^>]*>\s*(?><!--.{0,4000}?-->\s*)*+<(?!!doctype\s+html|html)", re.I | re.S)
_HAR_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*\{\s*\"log\"\s*:\s*\{\s*\"(?:version|creator|browser|pages|entries|comment)\""
)
_DRAWING = re.compile(
    rb"\s*(?>(?:<\?xml[^>]*>|<!doctype\s+svg[^>]*>|<!--.{0,4000}?-->)\s*)*+<svg\b", re.IGNORECASE | re.DOTALL
)
_MAILBOX_START = re.compile(rb"From [^\r\n]{1,200}[ :]\d\d[^\r\n]{0,40}\r?\n")
_MAIL_HEADER = re.compile(rb"(?:[A-Za-z][\w-]{1,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+")
_MAIL_FIELD = re.compile(rb"^([A-Za-z][\w-]{1,60}):", re.MULTILINE)
_MAIL_FIELDS = frozenset(
    b"received from to subject date message-id mime-version return-path delivered-to reply-to cc sender content-type"
    b" snapshot-content-location x-mailer dkim-signature list-id content-transfer-encoding".split()
)
_MAIL_SIGNS = frozenset(b"received message-id mime-version return-path delivered-to to".split())
_ENOUGH_FIELDS = 3
_RELATED = re.compile(rb"^content-type:\s*multipart/(?:related|mixed)", re.IGNORECASE | re.MULTILINE)
_SAVED_PAGE = re.compile(
    rb"^snapshot-content-location:|^from:\s*[\"<]*saved by|^content-location:", re.I | re.MULTILINE
)
_TAR_HEADER, _TAR_SUM = 512, slice(148, 156)
_CONTROL_SHARE = 0.10
_CONTROLS = bytes(byte for byte in range(32) if byte not in (9, 10, 12, 13, 27))
_ENOUGH_TAGS = 3

# what the kinds that are not read are called, for people
NAMES = {
    PDF: "a PDF document",
    ZIP: "a zip archive",
    "application/rtf": "an RTF document",
    OLE_STORAGE: "an old Office document",
    WARC: "a web archive",
    WACZ: "a web archive",
    HAR: "a record of a browser",
    TAR: "an archive",
    GZIP: "a compressed file",
    "application/xml": "an XML file",
    MAIL: "an e-mail",
    MAILBOX: "a mailbox",
    OUTLOOK_MAIL: "an e-mail of Outlook",
    WEB_PAGE_ARCHIVE: "a saved page",
    "application/vnd.sqlite3": "a database",
    "application/epub+zip": "an e-book",
    RSS: "a feed",
    ATOM: "a feed",
    ZOTERO_RDF: "a library of Zotero",
    JSON: "a JSON file",
    CSV: "a table",
    TSV: "a table",
}


def media_type_of(data: bytes, name: str = "") -> str:
    """Return the media type that the content shows; between kinds of text that look alike the name decides."""
    head = data[:SNIFFED_BYTES]
    if head.startswith(b"PK\x03\x04"):
        return _zip_type(data, head)
    if is_tar(head):
        return TAR
    for start, kind in _BEGINNINGS:
        if head.startswith(start) and (start not in _WEAK_BEGINNINGS or looks_binary(head)):
            return kind
    if head[4:8] == b"ftyp":
        return "video/mp4"
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "image/webp" if head[8:12] == b"WEBP" else "audio/x-wav"
    if looks_binary(head):
        return BINARY
    kind = _text_type(head)
    return (type_by_name(name) or kind) if kind == PLAIN_TEXT else kind


def is_tar(head: bytes) -> bool:
    """Tell whether a file begins with the header of a tar archive: its sum stands in it."""
    stated = head[_TAR_SUM].strip(b"\0 ")
    if len(head) < _TAR_HEADER or not re.fullmatch(rb"[0-7]{1,8}", stated):
        return False
    return int(stated, 8) == sum(head[:_TAR_HEADER]) - sum(head[_TAR_SUM]) + 8 * ord(" ")


def _zip_type(data: bytes, head: bytes) -> str:
    """Return what a zip file is: a document by its first member or by its folders, or a plain archive.

    Only its two ends are looked at: opening it is for the process that reads it.
    """
    for mark, kind in _PACKAGE_TYPES:
        if head.startswith(mark, _FIRST_MEMBER):
            return kind
    if _WACZ_MEMBER.search(head):
        return WACZ
    directory = _directory(data)
    if not _ENTRY.search(directory):
        # only the beginning is at hand, or the end is damaged
        return next((kind for folder, kind in _OFFICE_FOLDERS if folder in head), ZIP)
    if not _OFFICE_CONTENTS.search(directory):
        return ZIP
    folders = {found[1] for found in _OFFICE_FOLDER.finditer(directory)}
    return next((kind for folder, kind in _OFFICE_FOLDERS if folder in folders), ZIP)


def _directory(data: bytes) -> bytes:
    """Return a zip file's directory, of a long one its end."""
    end = data.rfind(_END, -_END_BYTES)
    if end < 0 or len(data) < end + 16:
        return b""
    size = min(int.from_bytes(data[end + 12 : end + 16], "little"), _DIRECTORY_BYTES)
    return data[max(0, end - size) : end]


def looks_binary(head: bytes) -> bool:
    """Tell whether bytes without a Unicode signature hold more control characters than text would."""
    if not head or head.startswith(_BYTE_ORDER_MARKS) or _is_wide_text(head):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
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
    if mail := mail_type(head):
        return mail
    if _HAR_START.match(head):
        return HAR
    narrow = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _DRAWING.match(narrow):
        return "image/svg+xml"
    if feed := feed_type(narrow):
        return feed
    if _MARKUP_START.match(narrow) or len(_MARKUP_ANYWHERE.findall(narrow)) >= _ENOUGH_TAGS:
        return XHTML if _XHTML.search(narrow) else HTML
    if _OTHER_XML.match(narrow):
        return "application/xml"
    return PLAIN_TEXT


def mail_type(head: bytes) -> str:
    """Return which kind of mail begins so, "" when none does: a mail, a mailbox, a page saved as one."""
    mailbox = _MAILBOX_START.match(head)
    header = _MAIL_HEADER.match(head, mailbox.end() if mailbox else 0)
    names = {name.lower() for name in _MAIL_FIELD.findall(header[0])} if header else set()
    if not header or len(names & _MAIL_FIELDS) < (1 if mailbox else _ENOUGH_FIELDS) or not names & _MAIL_SIGNS:
        return ""
    if mailbox:
        return MAILBOX
    return WEB_PAGE_ARCHIVE if _RELATED.search(header[0]) and _SAVED_PAGE.search(header[0]) else MAIL


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
