"""PDF files made for the tests: invented lines on pages, with the place of each."""

from __future__ import annotations

import ctypes
from io import BytesIO

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kb_app.core.article import PageRun

SIZE = (300, 400)  # points
LINE, LEFT, TOP, LETTERS = 20, 30, 40, 12


def pdf(pages: tuple[tuple[str, ...], ...]) -> bytes:
    """Make a document with these lines on its pages."""
    document = pdfium.PdfDocument.new()
    for lines in pages:
        page = document.new_page(*SIZE)
        for number, words in enumerate(lines):
            _write(document, page, words, SIZE[1] - TOP - LINE * number - LETTERS)
        page.gen_content()
    held = BytesIO()
    document.save(held)
    document.close()
    return held.getvalue()


def text_of(pages: tuple[tuple[str, ...], ...]) -> str:
    """Return the text of the lines, a line feed after each."""
    return "\n".join(line for lines in pages for line in lines)


def page_map(pages: tuple[tuple[str, ...], ...]) -> tuple[PageRun, ...]:
    """Return where the lines of `text_of` stand, in Helvetica of twelve points, which is about half as wide."""
    runs = []
    start = 0
    for page, lines in enumerate(pages):
        for number, words in enumerate(lines):
            top = TOP + LINE * number
            right = LEFT + len(words) * LETTERS * 0.46
            runs.append(PageRun(start, len(words), page, LEFT, top, right, top + LETTERS + 3))
            start += len(words) + 1
    return tuple(runs)


def _write(document: pdfium.PdfDocument, page: pdfium.PdfPage, words: str, bottom: float) -> None:
    drawn = raw.FPDFPageObj_NewTextObj(document, b"Helvetica", LETTERS)
    letters = (words + "\0").encode("utf-16-le")
    raw.FPDFText_SetText(drawn, ctypes.cast(ctypes.create_string_buffer(letters), raw.FPDF_WIDESTRING))
    raw.FPDFPageObj_Transform(drawn, 1, 0, 0, 1, LEFT, bottom)
    raw.FPDFPage_InsertObject(page, drawn)
