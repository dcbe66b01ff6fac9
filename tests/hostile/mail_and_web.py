"""Hostile mail and web archives: nested without end, endless headers, wrong lengths, cut off, false digests."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zipfile

from tests.hostile.case import (
    AWAY,
    FAILED,
    IMPORTED,
    REFUSED,
    TEXT,
    TITLE,
    WARNED,
    WORDS,
    Case,
    Want,
    case,
    one,
    page,
    paragraphs,
    written,
)

HEAD = (
    "From: Tomas Brek <brek@harbour.example>\r\nTo: desk@harbour.example\r\n"
    "Date: Tue, 11 Mar 2025 08:00:00 +0000\r\nMessage-ID: <1@harbour.example>\r\nMIME-Version: 1.0\r\n"
)


def mail(body: str = TEXT, subject: str = TITLE, more: str = "") -> bytes:
    """Build a plain mail."""
    head = f"{HEAD}Subject: {subject}\r\n{more}Content-Type: text/plain; charset=utf-8\r\n\r\n"
    return head.encode("utf-8", "surrogateescape") + body.replace("\n", "\r\n").encode()


def nested_mail(depth: int) -> bytes:
    """Parts in parts."""
    opening = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))
    return (f"{HEAD}Subject: x\r\n{opening}Content-Type: text/plain\r\n\r\n{TEXT}").encode()


def alternative() -> bytes:
    """Two bodies that say different things."""
    return (
        f"{HEAD}Subject: {TITLE}\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nPlease view this mail in a browser.\r\n"
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page(paragraphs()).decode()}\r\n--b--\r\n"
    ).encode()


def unended() -> bytes:
    """A body in the wrong transfer encoding whose last boundary is missing, with winmail.dat."""
    return (
        f"{HEAD}Subject: {TITLE}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{TEXT}\r\n"
        "--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        f"{base64.b64encode(bytes(300)).decode()}\r\n"
    ).encode()


def mailbox() -> bytes:
    """Three mails, one with a line that begins like a separator, line ends mixed."""
    tricky = TEXT + "\nFrom the harbour came the news that nobody was missing.\n"
    mails = [mail(TEXT), mail(tricky), mail(f"{TEXT}\nThird.").replace(b"\r\n", b"\n")]
    return b"".join(b"From brek@harbour.example Tue Mar 11 08:00:00 2025\n" + one_mail + b"\n\n" for one_mail in mails)


def mhtml(root: bool = True) -> bytes:
    """A page saved as one file, with parts that point outside; without a root, the first page counts."""
    start = '; start="<root>"' if root else ""
    return (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://harbour.example/ferry\r\n"
        f"Subject: {TITLE}\r\nDate: Tue, 11 Mar 2025 08:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; type="text/html"; boundary="bb"{start}\r\n\r\n'
        f"--bb\r\nContent-Type: image/png\r\nContent-Location: {AWAY}/x.png\r\n\r\nxx\r\n"
        f"--bb\r\nContent-Type: text/html; charset=utf-8\r\n{'Content-ID: <root>' if root else 'X: y'}\r\n"
        "Content-Location: file:///etc/passwd\r\n\r\n"
        f"{page(paragraphs() + f'<img src=cid:other><img src={AWAY}/y.png>').decode()}\r\n--bb--\r\n"
    ).encode()


def record(
    data: bytes, address: str, length: int | None = None, more: str = "", block_head: bytes | None = None
) -> bytes:
    """Build a response record of a web archive; `length` is what its header says."""
    head = block_head or b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    block = head + b"\r\n" + data
    said = len(block) if length is None else length
    return (
        (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2025-03-11T08:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{hashlib.md5(data + address.encode()).hexdigest()}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\n{more}Content-Length: {said}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


def crawl(length: int | None) -> bytes:
    """Three records, the middle one with a wrong length."""
    pages = [page(paragraphs(f"{WORDS}\n\nPage {n} of the crawl.")) for n in range(3)]
    lengths = (None, length, None)
    return b"".join(record(data, f"https://harbour.example/{n}", lengths[n]) for n, data in enumerate(pages))


def chunked() -> bytes:
    """A body in chunks, gzipped, and one in brotli that is no brotli."""
    packed = gzip.compress(page(paragraphs()))
    body = f"{len(packed):x}\r\n".encode() + packed + b"\r\n0\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    first = record(
        body,
        "https://harbour.example/gz",
        block_head=head + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
    )
    second = record(b"not brotli at all", "https://harbour.example/br", block_head=head + b"Content-Encoding: br\r\n")
    return first + second


def wacz(fits: bool) -> bytes:
    """A packed crawl, with the right or a false digest."""
    inner = gzip.compress(crawl(None))
    digest = hashlib.sha256(inner if fits else b"x").hexdigest()
    package = {
        "profile": "data-package",
        "resources": [
            {"name": "c.warc.gz", "path": "archive/c.warc.gz", "hash": f"sha256:{digest}", "bytes": len(inner)},
            {"name": "far", "path": f"{AWAY}/far.warc.gz"},
        ],
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("datapackage.json", json.dumps(package))
        archive.writestr("archive/c.warc.gz", inner)
    return stream.getvalue()


LONG = "a" * 1024 * 1024
MANY = ", ".join(f"person{n}@harbour.example" for n in range(20_000))
TAKEN = one(IMPORTED, WARNED)

CASES: tuple[Case, ...] = (
    case(
        35,
        "mail nested three thousand deep",
        written("deep.eml", lambda: nested_mail(3000)),
        one(REFUSED, codes=("mime-depth",)),
    ),
    case(
        36,
        "twenty thousand addresses",
        written("many.eml", mail(more=f"Cc: {MANY}\r\n")),
        one(REFUSED, codes=("header-size",)),
    ),
    case(
        36, "a subject of a megabyte", written("subject.eml", mail(subject=LONG)), one(REFUSED, codes=("header-size",))
    ),
    case(
        36,
        "malformed encoded words and injected lines",
        written("words.eml", mail(subject="=?utf-8?B?////?= =?x?Q?=0D=0ABcc: a@b?=")),
        TAKEN,
    ),
    case(
        37,
        "wrong transfer encoding, no last boundary, winmail.dat",
        written("unended.eml", unended()),
        one(WARNED, codes=("winmail",)),
    ),
    case(37, "two bodies that differ", written("two.eml", alternative()), TAKEN),
    case(38, "a mailbox with a line that begins with From", written("box.mbox", mailbox()), TAKEN),
    case(39, "a saved page whose parts point outside", written("page.mhtml", mhtml()), TAKEN),
    case(39, "a saved page without a root", written("rootless.mhtml", mhtml(root=False)), TAKEN),
    case(
        40,
        "a record that says it is longer",
        written("long.warc", crawl(10_000)),
        TAKEN,
        one(WARNED, codes=("warc-length",)),
    ),
    case(
        40,
        "a record that says it is shorter",
        written("short.warc", crawl(100)),
        TAKEN,
        one(WARNED, codes=("warc-length",)),
    ),
    case(
        40,
        "a record of negative length",
        written("negative.warc", crawl(-1)),
        TAKEN,
        one(WARNED, codes=("warc-length",)),
    ),
    case(
        40,
        "a record of a terabyte",
        written("vast.warc", crawl(10**12)),
        TAKEN,
        one(WARNED, codes=("warc-length",)),
    ),
    case(
        41,
        "a crawl cut off inside its packing",
        written("cut.warc.gz", gzip.compress(crawl(None)[:2000]) + gzip.compress(crawl(None))[:300]),
        TAKEN,
        one(FAILED, codes=("truncated",)),
    ),
    case(
        41,
        "chunks, gzip and false brotli",
        written("coded.warc", chunked()),
        TAKEN,
        Want("record 2", (FAILED,), ("corrupt",)),
    ),
    case(
        42,
        "a packed crawl with a false digest",
        written("false.wacz", wacz(fits=False)),
        Want("", (WARNED,), ("hash-mismatch",)),
    ),
    case(42, "a packed crawl as it should be", written("true.wacz", wacz(fits=True)), TAKEN),
)
