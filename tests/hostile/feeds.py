"""Hostile feeds and tables: entities that swell or reach out, endless attributes, several encodings, broken rows."""

from __future__ import annotations

import json

from tests.hostile.case import AWAY, FAILED, IMPORTED, REFUSED, WARNED, WORDS, Case, Want, case, one, written

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ROWS = "".join(f'"Report {n}","{WORDS.replace(chr(34), chr(39))} {n}"\r\n' for n in range(40))
CYRILLIC = "Министр юстиции Анна Вела сказала, что вода в реке спадёт к пятнице. " * 6


def _feed(title: str, doctype: str = "", attributes: str = "") -> bytes:
    item = f"<item {attributes}><title>{title}</title><description>{WORDS}</description></item>"
    return f"<?xml version='1.0'?>{doctype}<rss version='2.0'><channel>{item}</channel></rss>".encode()


def _with_entity(declared: str) -> bytes:
    return _feed("&x;", f"<!DOCTYPE rss [{declared}]>")


CASES: tuple[Case, ...] = (
    case(
        8,
        "a feed of a billion laughs",
        written("laughs.xml", _feed("&l9;", f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>')),
        one(REFUSED, codes=("xml-entities",)),
    ),
    case(
        9,
        "a feed that asks for a file",
        written("file.xml", _with_entity('<!ENTITY x SYSTEM "file:///etc/hostname">')),
        one(REFUSED, codes=("xml-entities",)),
    ),
    case(
        9,
        "a feed that asks for an address",
        written("away.xml", _with_entity(f'<!ENTITY x SYSTEM "{AWAY}/x"><!ENTITY % y SYSTEM "{AWAY}/y"> %y;')),
        one(REFUSED, codes=("xml-entities",)),
    ),
    case(
        9,
        "a feed whose declaration lies elsewhere",
        written("dtd.xml", _feed("Ferry stays in port", f'<!DOCTYPE rss SYSTEM "{AWAY}/rss.dtd">')),
        one(WARNED, codes=("summary-only",)),
    ),
    case(
        10,
        "a feed of a hundred thousand attributes",
        written("wide.xml", lambda: _feed("Ferry", attributes=" ".join(f'a{n}="x"' for n in range(100_000)))),
        Want("1: Ferry", (WARNED,), ("summary-only",)),
    ),
    case(
        10,
        "a feed with an attribute of eleven megabytes",
        written("long.xml", lambda: _feed("Ferry", attributes=f'a="{"x" * 11_000_000}"')),
        Want("1: Ferry", (FAILED,), ("corrupt",)),
    ),
    case(
        15,
        "a table with one bad byte",
        written("bad.csv", f"title,text\r\n{ROWS}".encode() * 9 + b'Last\xff,"Words that end the table."\r\n'),
        Want("Last", (WARNED,), ("encoding-damaged", "characters-replaced")),
    ),
    case(
        17,
        "a table in UTF-16",
        written("wide.csv", f"title,text\r\n{ROWS}".encode("utf-16")),
        Want("Report 3", (IMPORTED, WARNED)),
    ),
    case(
        18,
        "a table in an encoding that nothing declares",
        written("guess.csv", f'title,text\r\n"Река","{CYRILLIC}"\r\n'.encode("cp1251")),
        Want("2: ", (WARNED,), ("encoding-guessed",)),
    ),
    case(
        11,
        "JSON nested a hundred thousand deep",
        written("deep.json", b'[{"title": ' + b"[" * 100_000),
        Want("item 1", (FAILED,), ("corrupt",)),
    ),
    case(
        34,
        "lines of JSON of which one breaks off",
        written(
            "lines.jsonl",
            b"\n".join(
                [
                    json.dumps({"title": "Ferry", "text": WORDS}).encode(),
                    b'{"title": "Half',
                    b'{"text": "' + b"w " * 99 + b'"}',
                ]
            ),
        ),
        Want("1: Ferry", (IMPORTED, WARNED)),
        Want("item 2", (FAILED,), ("corrupt",)),
        Want("item 3", (IMPORTED, WARNED)),
    ),
)
