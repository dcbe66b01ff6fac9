"""Pictures of the pages of a PDF document."""

from __future__ import annotations

import math
from typing import Any

from kb_app.core.article import SourceFile
from kb_app.core.errors import Failed, Refused
from kb_app.core.original import PagePicture, PictureSize

MOST_PIXELS = 24_000_000  # four bytes each; a page of A4 at 400 dots an inch has 15 million
LONGEST_SIDE = 12_000
LONGEST_POINTS = 20_000.0
_DOT = 1.0  # a page without any size is shown one pixel wide


def page_picture(source: SourceFile, page: int, width: int) -> PagePicture:
    """Draw a page so many pixels wide, or narrower where it would be too large.

    Raises Failed `damaged` or Refused `no-page`.
    """
    # it loads a library of several megabytes, which only pages need
    import pypdfium2 as pdfium

    try:
        return _picture(pdfium.PdfDocument(source.data), source.name, page, width)
    except pdfium.PdfiumError as error:
        words = f"Page {page + 1} of “{source.name}” cannot be shown: the document is damaged ({error})."
        raise Failed("damaged", words) from error


def _picture(document: Any, name: str, page: int, width: int) -> PagePicture:
    pages = len(document)
    if not 0 <= page < pages:
        raise Refused("no-page", f"“{name}” has {pages} pages, and none of the number {page + 1}.")
    drawn = document[page]
    wide, high = (min(max(side, _DOT), LONGEST_POINTS) for side in drawn.get_size())
    scale = min(width / wide, LONGEST_SIDE / max(wide, high), math.sqrt(MOST_PIXELS / (wide * high)))
    bitmap = drawn.render(scale=scale, prefer_bgrx=True, may_draw_forms=False)
    size = PictureSize(page, pages, bitmap.width, bitmap.height, wide, high)
    return PagePicture(size, _rows(bitmap))


def _rows(bitmap: Any) -> bytes:
    """Return the pixels without what may stand between the end of a row and the next one."""
    pixels, row = memoryview(bitmap.buffer).cast("B"), bitmap.width * 4
    if bitmap.stride == row:
        return bytes(pixels)
    return b"".join(pixels[at * bitmap.stride : at * bitmap.stride + row] for at in range(bitmap.height))
