"""A PDF document to its text: page by page through pdfium, which runs nothing and opens nothing that is inside."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb_app.core.article import SourceFile
from kb_app.core.errors import Failed, Refused, UnreadableInput
from kb_app.ingest.documents.left_out import counted
from kb_app.ingest.documents.page_layout import flows_of
from kb_app.ingest.documents.paragraphs import PageFlow, rebuilt
from kb_app.ingest.documents.pdf_page import PageText, page_text
from kb_app.ingest.documents.properties import pdf_day
from kb_app.ingest.documents.running_heads import without_running_heads
from kb_app.ingest.documents.text_recognition import Recogniser, recogniser_for
from kb_app.ingest.documents.written import MOST_CHARACTERS, Properties, Written
from kb_app.ingest.given import GivenMetadata

MOST_PAGES = 10_000
READ_SECONDS = 45.0  # a worker is given 90 for pages, of which the text needs some after this
MOST_PIECES = 300_000
_FEW_UNMAPPED = 0.05
_NAMED_PAGES = 20
_DYNAMIC_FORMS = (2, 3)  # FORMTYPE_XFA_FULL, FORMTYPE_XFA_FOREGROUND of fpdf_formfill.h
_ZIP_END = b"PK\x05\x06"
_ZIP_END_BYTES = 66_000
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY of fpdfview.h


@dataclass
class _Pages:
    """What was read so far, and what was not."""

    count: int
    texts: list[PageText] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    unread: int = 0  # pages behind the last one for which time or room was left


def read_pdf(source: SourceFile, given: GivenMetadata) -> Written:
    """Read a PDF document.

    Raises Refused `encrypted` or Failed `corrupt`; Failed `no-recogniser` where text recognition was asked for in vain.
    """
    # late: it takes 0.2 s to load and nothing but a PDF document needs it
    import pypdfium2

    recogniser = recogniser_for(given.recognise, source.name) if given.recognise else None
    document = _opened(pypdfium2, source)
    try:
        pages = _read(pypdfium2, document, recogniser)
        if not pages.texts:
            raise _corrupt(source.name)
        warnings = (*_warnings(pypdfium2.raw, document, pages), *_other_nature(source.data))
        return _written(pages, _properties(document), warnings)
    finally:
        document.close()


def _opened(pdfium: Any, source: SourceFile) -> Any:
    try:
        document = pdfium.PdfDocument(source.data)
    except pdfium.PdfiumError as error:
        raise _not_opened(error, source.name) from error
    if len(document) == 0:
        document.close()
        raise _corrupt(source.name)
    return document


def _not_opened(error: Exception, name: str) -> UnreadableInput:
    if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
        return Refused(
            "encrypted",
            f"“{name}” is protected by a password and was not opened. Please enter the password in a PDF program, save "
            "a copy without it and import the copy.",
        )
    return _corrupt(name)


def _corrupt(name: str) -> Failed:
    return Failed(
        "corrupt", f"“{name}” is damaged or cut short, so that no page of it could be read. It was left as it is."
    )


def _read(pdfium: Any, document: Any, recogniser: Recogniser | None) -> _Pages:
    pages = _Pages(len(document))
    until = time.monotonic() + (recogniser.seconds if recogniser else READ_SECONDS)
    pieces = characters = 0
    for number in range(pages.count):
        is_full = number >= MOST_PAGES or pieces > MOST_PIECES or characters > MOST_CHARACTERS
        if is_full or time.monotonic() > until:
            pages.unread = pages.count - number
            break
        try:
            page = document[number]
        except pdfium.PdfiumError:
            pages.damaged.append(number)
            continue
        try:
            text = _page(pdfium, page, number, recogniser)
        except pdfium.PdfiumError:
            pages.damaged.append(number)
            continue
        finally:
            page.close()
        if recogniser and text.groups and text.is_picture:
            pages.recognised.append(number)
        pieces += sum(map(len, text.groups))
        characters += sum(len(piece.text) for group in text.groups for piece in group)
        pages.texts.append(text)
    return pages


def _page(pdfium: Any, page: Any, number: int, recogniser: Recogniser | None) -> PageText:
    text = page_text(pdfium.raw, page, number)
    return recogniser.read(page, text) if recogniser and text.is_picture else text


def _written(pages: _Pages, properties: Properties, warnings: tuple[str, ...]) -> Written:
    kept, margins = without_running_heads(pages.texts)
    # what runs another way than its page does, as a note on its side, must not part a sentence from its end
    aside = [(page.number, group) for page in pages.texts for group in page.groups[1:]]
    main = [(page.number, pieces) for page, pieces in zip(pages.texts, kept, strict=True)]
    flows = [PageFlow(number, flow) for number, group in (*main, *aside) for flow in flows_of(group)]
    found = rebuilt(flows)
    return Written(
        text=found.text,
        headings=found.headings,
        shown_title=found.title,
        margins=margins,
        properties=properties,
        page_map=found.page_map,
        warnings=warnings,
    )


def _properties(document: Any) -> Properties:
    known = document.get_metadata_dict(skip_empty=True)
    return Properties(
        title=known.get("Title", ""), author=known.get("Author", ""), created=pdf_day(known.get("CreationDate", ""))
    )


def _warnings(raw: Any, document: Any, pages: _Pages) -> Iterator[str]:
    pictures = [page.number for page in pages.texts if page.is_picture and not page.groups]
    if pictures:
        yield (
            f"no-text-layer: There is no text on {_listed(pictures)} of {pages.count}, only pictures, so nothing could "
            "be read there; the pages are kept and can be looked at."
        )
    if pages.recognised:
        yield f"text-recognised: Text recognition, which makes mistakes, read {_listed(pages.recognised)}."
    if pages.damaged:
        yield f"damaged-pages: Nothing could be read on {_listed(pages.damaged)} of {pages.count}, which are damaged."
    if pages.unread:
        done = pages.count - pages.unread
        yield f"cut-short: it has {pages.count:,} pages, of which only the first {done:,} were read."
    unmapped = sum(page.unmapped for page in pages.texts)
    written = sum(len(piece.text) for page in pages.texts for group in page.groups for piece in group)
    if unmapped > _FEW_UNMAPPED * written:
        yield f"unmapped-characters: for {unmapped:,} of {written:,} characters the file does not say what they mean."
    outside = sum(page.outside for page in pages.texts)
    if outside:
        yield f"outside-page: {counted(outside, 'word')} beyond the edge of the page left out."
    if raw.FPDF_GetFormType(document.raw) in _DYNAMIC_FORMS:
        yield "dynamic-form: It is a form whose content is made by a program inside it; what the pages show was read."
    files, scripts = raw.FPDFDoc_GetAttachmentCount(document.raw), raw.FPDFDoc_GetJavaScriptActionCount(document.raw)
    if files > 0:
        yield f"embedded-files: {counted(files, 'embedded file')} left closed."
    if scripts > 0:
        yield f"active-content: {counted(scripts, 'script')} inside it not run."


def _other_nature(data: bytes) -> Iterator[str]:
    if _ZIP_END in data[-_ZIP_END_BYTES:]:
        yield "two-formats: It can be opened as a zip archive, too; only the PDF document was read."


def _listed(numbers: Sequence[int]) -> str:
    """Return pages as people count them ("page 2", "pages 1, 3–5")."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    words = [f"{first + 1}" if first == last else f"{first + 1}–{last + 1}" for first, last in runs[:_NAMED_PAGES]]
    more = ", …" if len(runs) > _NAMED_PAGES else ""
    return f"{'page' if len(numbers) == 1 else 'pages'} {', '.join(words)}{more}"
