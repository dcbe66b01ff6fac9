"""Hostile pages: entities, nesting, size, scripts, addresses to fetch, embedded bombs."""

from __future__ import annotations

import base64
import struct
import zlib

from tests.hostile.case import (
    AWAY,
    IMPORTED,
    REFUSED,
    TITLE,
    WARNED,
    Case,
    case,
    one,
    page,
    paragraphs,
    written,
)

MANY_ATTRIBUTES = " ".join(f"a{n}=1" for n in range(200_000))
LAUGHS = (
    '<!DOCTYPE r [<!ENTITY a "ha ha ha ha ha ha ha ha ha ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
OUTSIDE = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "{AWAY}/entity">]>'
FETCHING = """
<img src="AWAY/image.png" srcset="AWAY/large.png 2x">
<img src="AWAY/pixel.gif" width="1" height="1">
<iframe src="AWAY/frame"></iframe><object data="AWAY/object"></object><embed src="AWAY/embed">
<video src="AWAY/video" poster="AWAY/poster"></video><audio src="AWAY/audio"></audio>
<div style="background: url(AWAY/background.png)">.</div><a ping="AWAY/ping" href="AWAY/link">more</a>
<form action="AWAY/form"><input type="image" src="AWAY/button"></form>
<svg><image href="AWAY/svg.png"/><use href="AWAY/use.svg#x"/></svg>
""".replace("AWAY", AWAY)
HEAD = """
<base href="AWAY/"><link rel="stylesheet" href="AWAY/style.css"><link rel="prefetch" href="AWAY/next">
<link rel="dns-prefetch" href="AWAY"><meta http-equiv="refresh" content="0; url=AWAY/refresh">
<style>@import url(AWAY/import.css); @font-face { font-family: x; src: url(AWAY/font.woff) }</style>
<script src="AWAY/script.js"></script>
""".replace("AWAY", AWAY)
RUNNING = """
<script>document.title = 'run'</script><p onclick="alert(1)" onload="alert(2)">A line with handlers on it.</p>
<a href="javascript:alert(3)">A link that runs</a><template><script>alert(4)</script></template>
<noscript><p title="</noscript><img src=x onerror=alert(5)>">.</p></noscript>
<svg><style><img src=x onerror=alert(6)></style></svg>
<math><mtext></form><form><mglyph><style></math><img onerror=alert(7) src>
"""


DRAWING = (
    "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script><foreignObject><p>x</p></foreignObject>"
    f"<use href='{AWAY}/a.svg#b'/></svg>"
)


def _feed(declared: str, item: str) -> bytes:
    head = f"<?xml version='1.0'?>{declared}<rss version='2.0'><channel><title>x</title>"
    return f"{head}<item>{item}</item></channel></rss>".encode()


def _png(side: int) -> bytes:
    """Build a small file that unpacks to a picture of side × side."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = struct.pack(">LLBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(4096))) + chunk(b"IEND", b"")
    )


def _embedded() -> bytes:
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(10 * 1024 * 1024)).decode()
    script = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>").decode()
    return page(
        f'{paragraphs()}<img src="data:image/png;base64,{picture}"><img src="data:image/svg+xml;base64,{script}">'
        '<a href="data:text/html,<script>alert(2)</script>">open</a>'
    )


def _large() -> bytes:
    label = "teaser " * 12
    filler = "".join(f"<div class='{label}'><a href=/{n}>Another story, number {n}</a></div>" for n in range(210_000))
    return page(paragraphs() + filler)


CASES: tuple[Case, ...] = (
    case(
        8,
        "a billion laughs in XHTML",
        written(
            "laughs.xhtml",
            f"<?xml version='1.0'?>{LAUGHS}<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body><p>&j;</p>{paragraphs()}</body></html>".encode(),
        ),
        one(IMPORTED, WARNED),
    ),
    case(
        8,
        "a billion laughs in a feed",
        written(
            "laughs.xml",
            _feed(LAUGHS, "<title>&j;</title>"),
        ),
        one(REFUSED, codes=("xml-entities",)),
    ),
    case(
        9,
        "entities that lead out",
        written(
            "outside.xml",
            _feed(OUTSIDE, "<title>&x;&y;</title><description>&x;</description>"),
        ),
        one(REFUSED, codes=("xml-entities",)),
    ),
    case(
        10,
        "a million attributes",
        written("attributes.html", lambda: page(f"<p {MANY_ATTRIBUTES}>x</p>{paragraphs()}")),
        one(WARNED, codes=("read-plainly",)),
    ),
    case(
        10,
        "an attribute of ten megabytes",
        written("attribute.html", lambda: page(f"<p title='{'x' * 10_000_000}'>x</p>{paragraphs()}")),
        one(WARNED, codes=("read-plainly",)),
    ),
    case(
        11,
        "nested a hundred thousand deep",
        written("deep.html", lambda: page("<div>" * 100_000 + paragraphs() + "</div>" * 100_000)),
        one(WARNED, codes=("read-plainly",)),
    ),
    case(13, "thirty megabytes of page", written("large.html", _large), one(WARNED, codes=("read-plainly",))),
    case(
        24, "scripts, handlers and tricks", written("running.html", page(RUNNING + paragraphs())), one(IMPORTED, WARNED)
    ),
    case(
        25,
        "everything that fetches",
        written("fetching.html", page(FETCHING + paragraphs(), HEAD)),
        one(IMPORTED, WARNED),
    ),
    case(26, "large and running data addresses", written("embedded.html", _embedded), one(IMPORTED, WARNED)),
    case(
        27,
        "a drawing that runs",
        written(
            "drawing.svg",
            DRAWING.encode(),
        ),
        one(REFUSED, codes=("unsupported-type",)),
    ),
    case(28, "a picture bomb", written("bomb.png", _png(50_000)), one(REFUSED, codes=("unsupported-type",))),
    case(
        45,
        "a page that lies about its kind",
        written("polyglot.html", page(paragraphs()) + b"%PDF-1.7\n"),
        one(IMPORTED, WARNED),
    ),
    case(
        61,
        "words that steer rich text",
        written(
            "rich.html",
            page(f"<p>&lt;b&gt;{TITLE}&lt;/b&gt; %1 %n &lt;img src='{AWAY}/x.png'&gt; {'x' * 5000}</p>{paragraphs()}"),
        ),
        one(IMPORTED, WARNED),
    ),
)
