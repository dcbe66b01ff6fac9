"""The encodings that a person can choose, and what a text looks like in one of them."""

from __future__ import annotations

from dataclasses import dataclass

# the encodings of the WHATWG Encoding Standard and the old ones of DOS and the Macintosh, the commonest first
ENCODINGS: tuple[str, ...] = (
    "utf-8",
    "windows-1252",
    "windows-1251",
    "windows-1250",
    "iso-8859-15",
    "iso-8859-2",
    "iso-8859-5",
    "koi8-r",
    "koi8-u",
    "mac-cyrillic",
    "cp866",
    "mac-roman",
    "cp437",
    "cp850",
    "cp852",
    "windows-1253",
    "iso-8859-7",
    "windows-1254",
    "windows-1257",
    "windows-1255",
    "windows-1256",
    "windows-1258",
    "cp874",
    "gb18030",
    "big5",
    "shift_jis",
    "euc-jp",
    "iso2022-jp",
    "euc-kr",
    "utf-16-le",
    "utf-16-be",
)


@dataclass(frozen=True, slots=True)
class EncodingPreview:
    """The first lines of a source in an encoding, and how many characters of it cannot be read so."""

    encoding: str
    lines: tuple[str, ...]
    unreadable: int = 0
