"""One input's bytes to one article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from kb_app.core.article import LONGEST_VALUE, Article, Found, SourceFile
from kb_app.core.errors import Refused
from kb_app.ingest.decoding import Decoded, declared_in_markup, decoded
from kb_app.ingest.documents.readers import document_article
from kb_app.ingest.feed_types import MARKDOWN
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.html import article_of_page
from kb_app.ingest.item_article import article_of_item
from kb_app.ingest.language import language_of
from kb_app.ingest.limits import MEGABYTE, Limits
from kb_app.ingest.mail.mail_article import article_of_bare_mail, article_of_mail, article_of_mail_page
from kb_app.ingest.mail.readable_part import WRAPPED, ReadablePart, readable_part
from kb_app.ingest.markdown import article_of_markdown
from kb_app.ingest.media_type import BINARY, DOCUMENTS, ITEMS, PLAIN_TEXT, READABLE, TEXTS, name_of
from kb_app.ingest.plain_text import article_of_text

_MOST_NOTES = 200

_READERS: Mapping[str, Callable[[str, GivenMetadata, str], Article]] = MappingProxyType(
    {PLAIN_TEXT: article_of_text, MARKDOWN: article_of_markdown}
)  # of others: as a page


def to_article(source: SourceFile, given: GivenMetadata | None = None, encoding: str | None = None) -> Article:
    """Turn a source into an article; `encoding` is what a header or the person says it is written in.

    Raises Refused (`empty`, `binary`, `unsupported-type`, `no-text`, `too-large`) or Failed (`encoding`), and what the
    readers of documents raise.
    """
    _check(source)
    read = _document if source.media_type in DOCUMENTS else _text
    return _bounded(read(source, given or GivenMetadata(), encoding or ""))


def _document(source: SourceFile, known: GivenMetadata, encoding: str) -> Article:
    article = document_article(source, known)
    return replace(article, language=language_of(article.body.of(article.text) or article.text))


def _text(source: SourceFile, known: GivenMetadata, encoding: str) -> Article:
    part = readable_part(source)
    if part.mail and not part.data:
        return replace(article_of_bare_mail(part.mail, known, source.name), warnings=part.warnings)
    text = _decoded(part, encoding or known.encoding, source.name)
    if not text.text.strip("\ufeff \t\r\n\f\v\x00"):
        raise Refused("empty", f"“{source.name}” holds nothing but blanks, so there is nothing to import.")
    article = _read(part, text.text, known, source.name)
    return replace(
        article,
        language=language_of(article.body.of(article.text) or article.text) or article.language,
        encoding=text.encoding,
        warnings=(*part.warnings, *text.warnings, *article.warnings),
    )


def _bounded(article: Article) -> Article:
    """Cut what is longer than any title, name or address is: lists show these whole."""
    metadata = article.metadata
    found = {field.name: getattr(metadata, field.name) for field in fields(metadata)}
    cut: dict[str, Any] = {
        name: replace(one, value=one.value[:LONGEST_VALUE]) for name, one in found.items() if isinstance(one, Found)
    }
    cut["wires"] = tuple(wire[:LONGEST_VALUE] for wire in metadata.wires[:_MOST_NOTES])
    cut["source_url_as_printed"] = metadata.source_url_as_printed[:LONGEST_VALUE]
    warnings = tuple(warning[:LONGEST_VALUE] for warning in article.warnings[:_MOST_NOTES])
    return replace(article, metadata=replace(metadata, **cut), language=article.language[:20], warnings=warnings)


def _read(part: ReadablePart, text: str, known: GivenMetadata, name: str) -> Article:
    if part.kind in ITEMS:
        return article_of_item(text, known, name, part.kind)
    if part.mail:
        read_mail = article_of_mail if part.kind == PLAIN_TEXT else article_of_mail_page
        return read_mail(text, part.mail, known, name)
    read = _READERS.get(part.kind, article_of_page)
    return read(text, replace(known, source_url=known.source_url or part.address), name)


def decoded_source(source: SourceFile, encoding: str = "") -> Decoded:
    """Return a source's text as the offsets of an article refer to it; raises Failed `encoding`.

    A signature stays in an UTF-8 text, as reading the file as UTF-8 keeps it.
    """
    return _decoded(readable_part(source), encoding, source.name)


def _decoded(part: ReadablePart, encoding: str, name: str) -> Decoded:
    # items are archived as UTF-8, whatever the feed was written in
    declared = "utf-8" if part.kind in ITEMS else encoding or part.encoding
    if not declared and part.kind not in _READERS:
        declared = declared_in_markup(part.data)
    return decoded(part.data, declared, name)


def _check(source: SourceFile) -> None:
    if not source.data:
        raise Refused("empty", f"“{source.name}” is empty, so there is nothing to import.")
    if source.media_type == BINARY:
        raise Refused("binary", f"“{source.name}” holds binary data and no text, so it was not imported.")
    if source.media_type not in READABLE | WRAPPED:
        kind = name_of(source.media_type)
        raise Refused("unsupported-type", f"“{source.name}” is {kind}, which this version cannot read.")
    limit = Limits().text if source.media_type in TEXTS else Limits().any_kind
    if len(source.data) > limit:
        size = len(source.data) / MEGABYTE
        raise Refused(
            "too-large", f"“{source.name}” is too large ({size:,.0f} MB; the limit is {limit // MEGABYTE} MB)."
        )
