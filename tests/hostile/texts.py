"""Hostile texts: endless, empty, in no or in several encodings, full of controls, overrides and look-alikes."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path

from tests.hostile.case import (
    DUPLICATE,
    FAILED,
    IMPORTED,
    REFUSED,
    TEXT,
    WARNED,
    Case,
    Want,
    case,
    one,
    page,
    paragraphs,
    written,
)

CYRILLIC = "Паром остался в порту\n\nМинистр юстиции Анна Вела сказала, что вода в реке спадёт к пятнице. " * 6


def _sparse(name: str) -> Callable[[Path], Path]:
    """Make a file of two gigabytes without a line end; it takes no room on the disk."""

    def make(folder: Path) -> Path:
        path = folder / name
        with path.open("wb") as file:
            file.write(b"x" * 1000)
            file.truncate(2 * 1024**3)
        return path

    return make


def _mislabelled() -> bytes:
    head = "<html><head><meta charset='windows-1251'><title>x</title></head>"
    return f"{head}<body>{paragraphs(CYRILLIC)}</body></html>".encode("koi8-r", "replace")


def growing(folder: Path) -> Path:
    """A file of just more than a text may have, of plain letters."""
    path = folder / "long.txt"
    with path.open("wb") as file:
        for _ in range(51):
            file.write(b"word " * (1024 * 1024 // 5))
    return path


def twins(folder: Path) -> Path:
    """The same bytes twice, under two names."""
    for name in ("first.txt", "second.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    return folder


def odd_file_name(folder: Path) -> Path:
    """A name that is no Unicode."""
    path = os.fsencode(folder) + b"/caf\xe9 \xff.txt"
    with open(path, "wb") as file:
        file.write(TEXT.encode())
    return folder


def override_name(folder: Path) -> Path:
    """A name that reads backwards: it seems to end in .txt and ends in .exe."""
    path = folder / "report\u202etxt.exe"
    path.write_text(TEXT, encoding="utf-8")
    return path


CASES: tuple[Case, ...] = (
    case(12, "two gigabytes of text", _sparse("line.txt"), one(REFUSED, codes=("too-large",))),
    case(12, "two gigabytes of markup", _sparse("line.html"), one(REFUSED, codes=("too-large",))),
    case(12, "a text just too long", growing, one(REFUSED, codes=("too-large",))),
    case(14, "no bytes", written("none.txt", b""), one(REFUSED, codes=("empty",))),
    case(14, "only blanks", written("blank.txt", b" \r\n\t\n " * 9), one(REFUSED, codes=("empty",))),
    case(14, "only a byte order mark", written("bom.txt", b"\xef\xbb\xbf"), one(REFUSED, codes=("empty",))),
    case(
        15,
        "one bad byte in ten megabytes",
        written("bad.txt", (TEXT.encode() * 400)[:200_000] + b"\xff" + TEXT.encode()),
        one(WARNED, codes=("encoding-damaged",)),
    ),
    case(
        15,
        "bytes of no encoding",
        written("odd.txt", TEXT.encode() + bytes(range(128, 256)) * 3),
        one(FAILED, codes=("encoding",)),
    ),
    case(
        16,
        "two encodings in one file",
        written(
            "mixed.txt",
            TEXT.encode() + "Größe, naïve, café. ".encode() * 20 + "Größe, naïve, café. ".encode("latin-1") * 20,
        ),
        one(WARNED, codes=("encoding-mixed",)),
    ),
    case(17, "UTF-16 with its mark", written("wide.txt", TEXT.encode("utf-16")), one(IMPORTED, WARNED)),
    case(
        17,
        "UTF-16 without a mark",
        written("wide.txt", TEXT.encode("utf-16-le")),
        one(WARNED, codes=("encoding-guessed",)),
    ),
    case(
        17,
        "UTF-32 without a mark",
        written("wide.txt", TEXT.encode("utf-32-be")),
        one(WARNED, codes=("encoding-guessed",)),
    ),
    case(
        18,
        "meta says windows-1251, bytes are KOI8-R",
        written(
            "koi.html",
            _mislabelled(),
        ),
        one(IMPORTED, WARNED),
    ),
    case(
        19,
        "controls, NULs and noncharacters",
        written("controls.txt", TEXT.encode() + b"\x00\x01\x07\x1b[31m\x7f" + "\ufdd0\uffff".encode()),
        one(WARNED, codes=("characters-replaced",)),
    ),
    case(
        19,
        "half characters",
        written("half.txt", TEXT.encode() + b"\xed\xa0\x80" * 3),
        one(WARNED, codes=("encoding-guessed",)),
    ),
    case(
        20,
        "overrides in the text",
        written("bidi.txt", f"{TEXT}\n\n\u202eKerb samoT\u202c said \u2066nothing\u2069.\u200b\U000e0041".encode()),
        one(IMPORTED, WARNED),
    ),
    case(20, "overrides in the name", override_name, Want(r"report\u202etxt.exe", (IMPORTED,))),
    case(
        21,
        "look-alike letters",
        written("alike.txt", TEXT.replace("Tomas Brek", "Tom\u0430s Brek", 1).encode()),
        one(IMPORTED, WARNED),
    ),
    case(
        22,
        "composed and decomposed",
        written("nfd.txt", f"{TEXT}\n\nAndre\u0301 Café and Andr\u00e9 Cafe\u0301 met ﬁve times in ２０２４.".encode()),
        one(IMPORTED, WARNED),
    ),
    case(
        23,
        "a hundred thousand marks on a letter",
        written("zalgo.txt", f"{TEXT}\n\na{chr(0x301) * 100_000} end.".encode()),
        one(IMPORTED, WARNED),
    ),
    case(
        43,
        "dates that are none",
        written(
            "dates.html", page(paragraphs(), "<meta property='article:published_time' content='9999-02-31T25:61'>")
        ),
        one(IMPORTED, WARNED),
    ),
    case(
        43,
        "a date of the year 0",
        written("dates.html", page(paragraphs(), "<meta name='date' content='0000-00-00'>")),
        one(IMPORTED, WARNED),
    ),
    case(44, "the same bytes twice", twins, one(IMPORTED), one(DUPLICATE, codes=("duplicate",))),
    case(45, "a page called PDF", written("page.pdf", page(paragraphs())), one(IMPORTED, WARNED)),
    case(
        45,
        "a picture called text",
        written("picture.txt", b"\x89PNG\r\n\x1a\n" + struct.pack(">L", 13) + b"IHDR" + bytes(200)),
        one(REFUSED, codes=("unsupported-type",)),
    ),
    case(47, "a name that is no Unicode", odd_file_name, one(IMPORTED, WARNED)),
)
