"""One input's bytes to one article."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from kb_app.core.article import Article, SourceFile
from kb_app.core.errors import Refused
from kb_app.ingest.decoding import Decoded, declared_in_markup, decoded
from kb_app.ingest.feed_types import MARKDOWN
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.html import article_of_page
from kb_app.ingest.item_article import article_of_item
from kb_app.ingest.language import language_of
from kb_app.ingest.limits import MEGABYTE, Limits
from kb_app.ingest.markdown import article_of_markdown
from kb_app.ingest.media_type import BINARY, ITEM_JSON, ITEM_XML, PLAIN_TEXT, READABLE, name_of
from kb_app.ingest.plain_text import article_of_text

_ITEMS = frozenset({ITEM_XML, ITEM_JSON})  # archived as UTF-8, whatever the feed was written in
_READERS = MappingProxyType({PLAIN_TEXT: article_of_text, MARKDOWN: article_of_markdown})  # of others: as a page


def to_article(source: SourceFile, given: GivenMetadata | None = None, encoding: str | None = None) -> Article:
    """Turn a source into an article; `encoding` is what a header or the person says it is written in.

    Raises Refused (`empty`, `binary`, `unsupported-type`, `no-text`, `too-large`) or Failed (`encoding`).
    """
    known = given or GivenMetadata()
    _check(source)
    text = decoded_source(source, encoding or known.encoding)
    if not text.text.strip("\ufeff \t\r\n\f\v\x00"):
        raise Refused("empty", f"“{source.name}” holds nothing but blanks, so there is nothing to import.")
    article = _read(source, text.text, known)
    return replace(
        article,
        language=language_of(article.body.of(article.text) or article.text) or article.language,
        encoding=text.encoding,
        warnings=(*text.warnings, *article.warnings),
    )


def _read(source: SourceFile, text: str, known: GivenMetadata) -> Article:
    if source.media_type in _ITEMS:
        return article_of_item(text, known, source.name, source.media_type)
    return _READERS.get(source.media_type, article_of_page)(text, known, source.name)


def decoded_source(source: SourceFile, encoding: str = "") -> Decoded:
    """Return a source's text as the offsets of an article refer to it; raises Failed `encoding`.

    A signature stays in an UTF-8 text, as reading the file as UTF-8 keeps it.
    """
    declared = "utf-8" if source.media_type in _ITEMS else encoding
    if not declared and source.media_type not in _READERS:
        declared = declared_in_markup(source.data)
    return decoded(source.data, declared, source.name)


def _check(source: SourceFile) -> None:
    if not source.data:
        raise Refused("empty", f"“{source.name}” is empty, so there is nothing to import.")
    if source.media_type == BINARY:
        raise Refused("binary", f"“{source.name}” holds binary data and no text, so it was not imported.")
    if source.media_type not in READABLE:
        kind = name_of(source.media_type)
        raise Refused("unsupported-type", f"“{source.name}” is {kind}, which this version cannot read.")
    limit = Limits().text
    if len(source.data) > limit:
        size = len(source.data) / MEGABYTE
        raise Refused(
            "too-large", f"“{source.name}” is too large ({size:,.0f} MB; the limit is {limit // MEGABYTE} MB)."
        )
