"""Web archives that the tests make, written by another library than reads them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = b"<html><head><title>Pier Closed</title></head><body><p>Ilse Marrow spoke in Harbury.</p></body></html>"


@dataclass(frozen=True, slots=True)
class Capture:
    """A response to be recorded."""

    address: str = "http://post.example/pier"
    body: bytes = PAGE
    kind: str = "text/html; charset=utf-8"
    status: str = "200 OK"
    http: Mapping[str, str] = field(default_factory=dict)
    warc: Mapping[str, str] = field(default_factory=dict)


def warc(*captures: Capture, packed: bool = False) -> bytes:
    """Return a web archive with a record of its own on top."""

    def write(writer: WARCWriter) -> None:
        writer.write_record(writer.create_warcinfo_record("crawl.warc", {"software": "invented"}))
        for capture in captures:
            facts = {"WARC-Date": "2024-03-09T10:20:30Z", **capture.warc}
            fields = [("Content-Type", capture.kind), *capture.http.items()]
            http = StatusAndHeaders(capture.status, fields, protocol="HTTP/1.1")
            body = io.BytesIO(capture.body)
            writer.write_record(
                writer.create_warc_record(
                    capture.address, "response", payload=body, http_headers=http, warc_headers_dict=facts
                )
            )

    return written(write, packed)


def written(write: Callable[[WARCWriter], None], packed: bool = False) -> bytes:
    """Return what is written as a web archive; the writer leaves its temporary files open."""
    file = io.BytesIO()
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        write(WARCWriter(file, gzip=packed))
    return file.getvalue()
