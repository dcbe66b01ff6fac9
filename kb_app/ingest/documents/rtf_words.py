"""The control words of RTF that matter for the text, by the RTF specification 1.9.1, and its encodings."""

from __future__ import annotations

import codecs
from types import MappingProxyType

# groups whose content is not shown, besides all that are marked as ones to pass over when unknown
UNSHOWN = frozenset(
    "colortbl filetbl pict header headerl headerr headerf footer footerl footerr footerf fldinst nonshppict listtext"
    " pntext pntxta pntxtb xe tc rxe txe shprslt ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn objdata themedata"
    " datastore annotation atnid atnauthor bkmkstart bkmkend revtbl listtable listoverridetable generator userprops"
    " subject operator manager category keywords comment doccomm hlinkbase revtim printim buptim".split()
)
SIGNS = MappingProxyType(
    {
        "tab": "\t",
        "line": "\n",
        "emdash": "—",
        "endash": "–",
        "bullet": "•",
        "lquote": "‘",
        "rquote": "’",
        "ldblquote": "“",
        "rdblquote": "”",
        "emspace": " ",
        "enspace": " ",
        "qmspace": " ",
    }
)
SYMBOLS = MappingProxyType({b"~": " ", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"})
PARAGRAPH_ENDS = frozenset({"par", "sect", "page", "column"})
_CHARSETS = MappingProxyType(
    {77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254"}
    | {163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250"}
    | {254: "cp437", 255: "cp850"}
)
WHOLE_FILE = MappingProxyType({"mac": "mac_roman", "pc": "cp437", "pca": "cp850"})


def codec_of_charset(number: int) -> str:
    """Return the encoding of a font's character set, "" where it is that of the whole file."""
    return _CHARSETS.get(number, "")


def codec_of_page(number: int) -> str:
    """Return the encoding of a code page, "" where there is none."""
    name = {10000: "mac_roman", 65001: "utf-8", 1361: "johab", 936: "gbk"}.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
