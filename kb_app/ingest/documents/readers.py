"""Which reader a kind of document has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kb_app.core.article import Article, SourceFile
from kb_app.ingest.documents.document_article import article_of_document
from kb_app.ingest.documents.docx import read_docx
from kb_app.ingest.documents.epub import read_epub
from kb_app.ingest.documents.odt import read_odt
from kb_app.ingest.documents.pdf import read_pdf
from kb_app.ingest.documents.rtf import read_rtf
from kb_app.ingest.documents.written import Written
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.media_type import DOCX, EPUB, ODT, PDF, RTF

Reader = Callable[[SourceFile, GivenMetadata], Written]

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        PDF: read_pdf,
        DOCX: read_docx,
        ODT: read_odt,
        RTF: read_rtf,
        EPUB: read_epub,
    }
)


def document_article(source: SourceFile, given: GivenMetadata) -> Article:
    """Read a document by its kind; raises Refused or Failed as its reader does, or Refused `no-text`."""
    return article_of_document(READERS[source.media_type](source, given), given, source.name)
