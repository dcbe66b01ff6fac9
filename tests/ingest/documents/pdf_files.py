"""Small PDF files, written by hand."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@dataclass(frozen=True)
class Page:
    """A page's drawing, how it is turned and cut, and a grey picture on it (width, height, bytes)."""

    drawing: bytes
    rotate: int = 0
    crop: str = ""
    picture: tuple[int, int, bytes] | None = None


@dataclass(frozen=True)
class Extras:
    """What else a file holds: its record, entries of its catalogue, and passwords."""

    info: str = ""
    catalogue: str = ""
    objects: tuple[bytes, ...] = ()  # numbered from 4 on
    user: bytes | None = None
    owner: bytes = b"owner"


def words(x: float, y: float, text: str, size: float = 10) -> bytes:
    """Draw words with their beginning at a point; `y` counts from below."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")
    return f"BT /F1 {size} Tf {x} {y} Td (".encode() + escaped + b") Tj ET\n"


def turned(matrix: str, text: str, size: float = 10) -> bytes:
    """Draw words by a text matrix."""
    return f"BT /F1 {size} Tf {matrix} Tm ({text}) Tj ET\n".encode()


def lines(x: float, y: float, texts: Sequence[str], size: float = 10) -> bytes:
    """Draw lines below each other; two blanks before one indent it."""
    pieces = []
    for number, text in enumerate(texts):
        indent = 12 if text.startswith("  ") else 0
        pieces.append(words(x + indent, y - 1.2 * size * number, text.strip(), size))
    return b"".join(pieces)


def interleaved(*columns: Sequence[bytes]) -> bytes:
    """Mix the drawings of columns line by line, as some programs write them."""
    rows = max(map(len, columns))
    return b"".join(column[row] for row in range(rows) for column in columns if row < len(column))


def pdf(*pages: Page | bytes, extras: Extras | None = None) -> bytes:
    """Write a file of pages of 595 to 842 points."""
    more = extras or Extras()
    whole = [page if isinstance(page, Page) else Page(page) for page in pages]
    first = 4 + len(more.objects)
    kids = " ".join(f"{first + 3 * n} 0 R" for n in range(len(whole)))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {more.catalogue} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(whole)} >>".encode(),
        font,
        *more.objects,
    ]
    key = _key(more) if more.user is not None else b""
    for number, page in enumerate(whole):
        objects += _page(page, first + 3 * number, key)
    return _file(objects, more, key)


def _page(page: Page, number: int, key: bytes) -> list[bytes]:
    crop = f"/CropBox [{page.crop}]" if page.crop else ""
    drawing = page.drawing
    if page.picture:
        drawing += b"q 595 0 0 842 0 0 cm /P1 Do Q\n"
    width, height, dots = page.picture or (1, 1, b"\xff")
    head = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {crop} /Rotate {page.rotate} /Resources << /Font"
        f" << /F1 3 0 R >> /XObject << /P1 {number + 2} 0 R >> >> /Contents {number + 1} 0 R >>"
    )
    form = (
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray"
        " /BitsPerComponent 8 /Filter /FlateDecode"
    )
    return [
        head.encode(),
        _stream("", _rc4(key, number + 1, drawing)),
        _stream(form, _rc4(key, number + 2, zlib.compress(dots))),
    ]


def _stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: list[bytes], more: Extras, key: bytes) -> bytes:
    trailer = "/Root 1 0 R"
    if more.info:
        objects.append(f"<< {more.info} >>".encode("cp1252"))
        trailer += f" /Info {len(objects)} 0 R"
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    if key:
        user = _encrypted(key, PADDING).hex()
        trailer += (
            f" /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{_owner(more).hex()}> /U <{user}> >>"
        )
    out += f"trailer << /Size {len(objects) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _owner(more: Extras) -> bytes:
    key = hashlib.md5((more.owner + PADDING)[:32]).digest()[:5]
    return _encrypted(key, ((more.user or b"") + PADDING)[:32])


def _key(more: Extras) -> bytes:
    """Return the key of the oldest of the standard encryptions (PDF 32000-1, 7.6.3)."""
    secret = ((more.user or b"") + PADDING)[:32] + _owner(more) + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + b"\x00"
    return hashlib.md5(secret).digest()[:5]


def _rc4(key: bytes, number: int, data: bytes) -> bytes:
    if not key:
        return data
    return _encrypted(hashlib.md5(key + number.to_bytes(3, "little") + b"\x00\x00").digest()[:10], data)


def _encrypted(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
