"""The words of a PDF's page with their boxes, upright and as shown, whatever way the page or the words are turned."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kb_app.ingest.documents.pieces import Box, Piece, Word, pieces_of

LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
# pdfium writes these for a hyphen at the end of a line, and no line break behind it
_LINE_END_HYPHEN = "\x02\ufffe"
_WORD = re.compile(rf"[^\s\x00-\x1f{_LINE_END_HYPHEN}]+[{_LINE_END_HYPHEN}]?")
_SIGNS = LIGATURES | {ord(sign): "-" for sign in _LINE_END_HYPHEN}
_UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff]")
MOST_CHARACTERS_A_PAGE = 400_000


@dataclass(frozen=True, slots=True)
class PageText:
    """What was read on a page: pieces by the way they run, and what speaks for a scan."""

    number: int
    groups: tuple[tuple[Piece, ...], ...]  # those that run as most do come first
    depth: float  # how far it is from the upper to the lower edge for who reads the first group
    unmapped: int = 0  # characters that the file gives no meaning for
    outside: int = 0  # words beyond the edge of the page as it is shown
    is_picture: bool = False  # something is drawn on it, and no words


@dataclass(frozen=True, slots=True)
class _Frame:
    """How the coordinates of a page become those of the page as it is shown: crop box and quarter turns."""

    crop: Box  # bottom and top as PDF counts, from below
    turns: int
    scale: float
    width: float
    height: float

    def shown(self, left: float, bottom: float, right: float, top: float) -> Box:
        crop, scale = self.crop, self.scale
        if self.turns == 0:
            return Box(
                (left - crop.left) * scale,
                (crop.top - top) * scale,
                (right - crop.left) * scale,
                (crop.top - bottom) * scale,
            )
        if self.turns == 1:
            box = (bottom - crop.bottom, left - crop.left, top - crop.bottom, right - crop.left)
        elif self.turns == 2:
            box = (crop.right - right, bottom - crop.bottom, crop.right - left, top - crop.bottom)
        else:
            box = (crop.top - top, crop.right - right, crop.top - bottom, crop.right - left)
        return Box(*(value * scale for value in box))

    def upright(self, shown: Box, turns: int) -> Box:
        """Turn a shown box so that words which run with `turns` quarters to the right run from left to right."""
        if turns == 0:
            return shown
        width, height = self.width, self.height
        if turns == 1:  # downwards
            return Box(shown.top, width - shown.right, shown.bottom, width - shown.left)
        if turns == 2:
            return Box(width - shown.right, height - shown.bottom, width - shown.left, height - shown.top)
        return Box(height - shown.bottom, shown.left, height - shown.top, shown.right)


def page_text(raw: Any, page: Any, number: int) -> PageText:
    """Read a page; `raw` is pdfium's own interface and `page` an open page of pypdfium2."""
    frame = _frame(raw, page)
    text_page = page.get_textpage()
    try:
        text = _characters(raw, text_page)
        groups: dict[int, list[Word]] = {}
        outside = 0
        for turns, word in _words(raw, text_page.raw, text, frame):
            if _is_inside(word.shown, frame):
                groups.setdefault(turns, []).append(word)
            else:
                outside += 1
    finally:
        text_page.close()
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    pieces = tuple(tuple(pieces_of(words)) for _, words in ordered)
    depth = frame.width if ordered and ordered[0][0] % 2 else frame.height
    drawn = not pieces and raw.FPDFPage_CountObjects(page.raw) > 0
    return PageText(number, pieces, depth, len(_UNMAPPED.findall(text)), outside, drawn and not outside)


def _frame(raw: Any, page: Any) -> _Frame:
    left, bottom, right, top = page.get_bbox()
    turns = raw.FPDFPage_GetRotation(page.raw) % 4
    wide, high = (right - left, top - bottom) if turns % 2 == 0 else (top - bottom, right - left)
    shown = raw.FPDF_GetPageWidthF(page.raw)
    scale = shown / wide if wide > 0 and shown > 0 else 1.0
    return _Frame(Box(left, top, right, bottom), turns, scale, wide * scale, high * scale)


def _characters(raw: Any, text_page: Any) -> str:
    """Return one character for each index that pdfium counts."""
    count = min(text_page.count_chars(), MOST_CHARACTERS_A_PAGE)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = raw.FPDFText_GetText(text_page.raw, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(0, got - 1)].decode("utf-16-le", "surrogatepass")
    if len(text) == count and not any("\ud800" <= c <= "\udfff" for c in text):
        return text
    codes = (raw.FPDFText_GetUnicode(text_page.raw, at) for at in range(count))
    return "".join(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


def _words(raw: Any, text_page: Any, text: str, frame: _Frame) -> Iterator[tuple[int, Word]]:
    rectangle = raw.FS_RECTF()
    place = ctypes.byref(rectangle)
    box_of, angle_of = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharAngle
    for found in _WORD.finditer(text):
        start, end = found.span()
        if not box_of(text_page, start, place):
            continue
        left, bottom, right, top = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        if end - start > 1 and box_of(text_page, end - 1, place):
            left, right = min(left, rectangle.left), max(right, rectangle.right)
            bottom, top = min(bottom, rectangle.bottom), max(top, rectangle.top)
        shown = frame.shown(left, bottom, right, top)
        # pdfium counts the angle of a word from the right downwards
        turns = (round(angle_of(text_page, start) / (math.pi / 2)) + frame.turns) % 4
        words = found[0] if found[0].isascii() and found[0].isprintable() else found[0].translate(_SIGNS)
        yield turns, Word(words, frame.upright(shown, turns), shown)


def _is_inside(box: Box, frame: _Frame) -> bool:
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return 0 <= across <= frame.width and 0 <= down <= frame.height
