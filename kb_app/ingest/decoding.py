"""Bytes to text by fixed rules: signature, declaration, UTF-8; a guess only as a last resort and never silently."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from kb_app.core.errors import Failed

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# labels that pages use for one encoding while they mean its superset (WHATWG Encoding Standard)
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}
_DECLARED_IN_MARKUP = re.compile(
    rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_DECLARATION_BYTES = 8192
# C0 and C1 controls except tab, line feed, form feed and carriage return; surrogates; noncharacters
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_VALID_SHARE = 0.999
_MIXED_SHARE = 0.2  # of characters that are no UTF-8: with more, a text is not worth reading so
_GUESSED_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding it was read in and what had to be replaced ("code: sentence")."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decoded(data: bytes, declared: str = "", name: str = "The input") -> Decoded:
    """Decode bytes; `declared` is what a header or the person said; raises Failed `encoding`.

    A byte order mark stays in UTF-8 text as its first character; in UTF-16 and UTF-32 it is left out.
    """
    for signature, encoding in _SIGNATURES:
        if data.startswith(signature):
            # in UTF-8 the mark is a character of the text, as for every program that opens the file as UTF-8
            return _lenient(data if encoding == "utf-8" else data[len(signature) :], encoding)
    if declared:
        codec = _known(declared)
        if codec:
            return _lenient(data, codec, strict_first=True)
    return _undeclared(data, name, f"the declared encoding {declared!r} is unknown" if declared else "")


def declared_in_markup(data: bytes) -> str:
    """Return the encoding that the beginning of a page declares, "" if none that is known."""
    found = _DECLARED_IN_MARKUP.search(data[:_DECLARATION_BYTES])
    label = (found[1] or found[2]).decode("ascii") if found else ""
    # a page that can be read so far as bytes is not UTF-16, whatever it says
    return "utf-8" if label.lower().startswith("utf-16") else label


def cleaned(text: str) -> tuple[str, int]:
    """Replace NUL, controls, surrogates and noncharacters one for one; return the text and their number."""
    # most texts hold few different characters and none of these: that is told quicker than by looking at each place
    if not _UNFIT.search("".join(set(text))):
        return text, 0
    return _UNFIT.subn(REPLACEMENT, text)


def _known(label: str) -> str:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    if not getattr(codecs.lookup(label), "_is_text_encoding", True):
        return ""
    return _MEANT.get(name, name)


def _undeclared(data: bytes, name: str, doubt: str) -> Decoded:
    doubts = (f"encoding-unknown: {doubt}.",) if doubt else ()
    wide = _wide_without_signature(data)
    if wide:
        return _lenient(data, wide, (*doubts, f"encoding-guessed: read as {wide.upper()}, which it does not declare."))
    strict = _strictly(data, "utf-8")
    if strict is not None:
        return _finished(strict, "utf-8", doubts)
    lenient = data.decode("utf-8", "replace")
    if 1 - _share_replaced(lenient) >= _VALID_SHARE:
        return _lenient(data, "utf-8", doubts)
    return _guessed(data, name, doubts)


def _guessed(data: bytes, name: str, doubts: tuple[str, ...]) -> Decoded:
    best = from_bytes(data[:_GUESSED_BYTES]).best()
    if best is None and _share_replaced(data.decode("utf-8", "replace")) < _MIXED_SHARE:
        words = "encoding-mixed: parts of it are in another encoding than UTF-8, and in no single one; please check."
        return _lenient(data, "utf-8", (*doubts, words))
    if best is None:
        raise Failed(
            "encoding",
            f"The encoding of “{name}” could not be told. The file was left as it is; please choose an encoding.",
        )
    guess = best.encoding
    return _lenient(
        data, guess, (*doubts, f"encoding-guessed: read as {guess}, which it does not declare; please check.")
    )


def _share_replaced(text: str) -> float:
    return text.count(REPLACEMENT) / max(1, len(text))


def _lenient(data: bytes, encoding: str, doubts: tuple[str, ...] = (), *, strict_first: bool = False) -> Decoded:
    text = _strictly(data, encoding)
    if text is not None:
        return _finished(text, encoding, doubts)
    if strict_first and encoding != "utf-8":
        # a page that declares another encoding and is flawless UTF-8 was converted and forgot to say so
        plain = _strictly(data, "utf-8")
        if plain is not None:
            return _finished(plain, "utf-8", (f"encoding-contradicted: declared {encoding}, but it is UTF-8.",))
    text = data.decode(encoding, "replace")
    bad = text.count(REPLACEMENT)
    return _finished(text, encoding, (*doubts, f"encoding-damaged: {bad} characters could not be read as {encoding}."))


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _finished(text: str, encoding: str, doubts: tuple[str, ...]) -> Decoded:
    fit, replaced = cleaned(text)
    if replaced:
        doubts = (*doubts, f"characters-replaced: {replaced} control or invalid characters were replaced.")
    return Decoded(fit, encoding, doubts)


def _wide_without_signature(data: bytes) -> str:
    head = data[:4096]
    if len(head) < 8 or head.count(0) < len(head) * 0.2:
        return ""
    zeros = [head[place::4].count(0) / max(1, len(head[place::4])) for place in range(4)]
    if min(zeros[1:]) > 0.8 and zeros[0] < 0.2:
        return "utf-32-le"
    if min(zeros[:3]) > 0.8 and zeros[3] < 0.2:
        return "utf-32-be"
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else ""
