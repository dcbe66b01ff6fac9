"""Makes web archives and PDF documents for benchmarks, as plain as their formats allow."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

_CAPTURED = "2024-05-06T07:08:09Z"
_LINE = 90  # characters of a line of a PDF page
_LINES = 60  # of a page


def warc_record(address: str, page: str) -> bytes:
    """Return a response record of WARC 1.0 that holds a page (iso.org/standard/44717)."""
    body = page.encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    block = head + body
    fields = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{abs(hash(address)) % 10**12:012}>\r\n"
        f"WARC-Target-URI: {address}\r\nWARC-Date: {_CAPTURED}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return fields.encode() + block + b"\r\n\r\n"


def pdf_of(pages: Sequence[str]) -> bytes:
    """Return a PDF document with one page for each text; what does not fit is cut off."""
    contents = [_content(text) for text in pages]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, content in enumerate(contents):
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * at} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(page.encode())
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    return _written(objects)


def _content(text: str) -> bytes:
    lines = [part for line in text.splitlines() for part in textwrap.wrap(line, _LINE) or [""]][:_LINES]
    shown = "\n".join(f"({_escaped(line)}) '" for line in lines)
    return f"BT /F1 10 Tf 12 TL 50 800 Td\n{shown}\nET".encode("cp1252", "replace")


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _written(objects: Sequence[bytes]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + end.encode()
