"""An e-book to its text: its chapters in the order in which they are read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from kb_app.core.article import SourceFile
from kb_app.core.errors import Refused
from kb_app.ingest.decoding import declared_in_markup, decoded
from kb_app.ingest.documents.package import Package, attribute, words_in
from kb_app.ingest.documents.written import Draft, Part, Properties, Written
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.html_layout import is_caption, is_heading
from kb_app.ingest.html_offsets import visible_text
from kb_app.ingest.xml_elements import local_name

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document"})
# letters are often scrambled against copying, which takes nothing from the text
_FONT_SCRAMBLING = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})


@dataclass(frozen=True, slots=True)
class _Book:
    """The chapters' parts in order, and what the package says of the book."""

    chapters: tuple[str, ...]
    properties: Properties


def read_epub(source: SourceFile, given: GivenMetadata) -> Written:
    """Read an e-book; raises Refused `encrypted` where it is protected, or what a package raises."""
    package = Package(source.data, source.name)
    book = _book(package)
    _refuse_protected(package, book, source.name)
    draft = Draft(source.name)
    warnings: list[str] = []
    missing = [chapter for chapter in book.chapters if chapter not in package.names]
    for chapter in book.chapters:
        if chapter in package.names:
            warnings += _read_chapter(package, chapter, draft)
    if missing and len(missing) == len(book.chapters):
        raise package.corrupt("its chapters are missing")
    if missing:
        warnings.append(f"damaged-pages: {len(missing)} of {len(book.chapters)} chapters are missing.")
    return draft.written(book.properties, tuple(dict.fromkeys(warnings)))


def _book(package: Package) -> _Book:
    container = package.parsed(package.part(_CONTAINER), _CONTAINER)
    root = next((attribute(one, "full-path") for one in container.iter() if local_name(one) == "rootfile"), "")
    if not root:
        raise package.corrupt("it does not say where its contents are listed")
    listing = package.parsed(package.part(root), root)
    items = {attribute(one, "id"): one for one in listing.iter() if local_name(one) == "item"}
    order = [attribute(one, "idref") for one in listing.iter() if local_name(one) == "itemref"]
    chapters = [
        _place(root, items[name]) for name in dict.fromkeys(order) if name in items and _is_chapter(items[name])
    ]
    if not chapters:
        raise package.corrupt("it lists no chapters")
    return _Book(tuple(chapters), _properties(listing))


def _is_chapter(item: etree._Element) -> bool:
    return attribute(item, "media-type") in _PAGES and "nav" not in attribute(item, "properties").split()


def _place(root: str, item: etree._Element) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(root), unquote(attribute(item, "href"))))


def _refuse_protected(package: Package, book: _Book, name: str) -> None:
    if _ENCRYPTION not in package.names:
        return
    for data in package.parsed(package.part(_ENCRYPTION), _ENCRYPTION):
        method = next((attribute(one, "Algorithm") for one in data if local_name(one) == "EncryptionMethod"), "")
        places = {unquote(attribute(one, "URI")) for one in data.iter() if local_name(one) == "CipherReference"}
        if method not in _FONT_SCRAMBLING and places & set(book.chapters):
            raise Refused("encrypted", f"“{name}” is protected against copying (DRM), so its text could not be read.")


def _read_chapter(package: Package, chapter: str, draft: Draft) -> Iterator[str]:
    data = package.part(chapter)
    if not data:
        return
    text = decoded(data, declared_in_markup(data), chapter)
    page = visible_text(text.text)
    for block in page.blocks:
        if page.tag(block) in ("title", "head"):
            continue
        part = Part.HEADING if is_heading(page, block) else Part.CAPTION if is_caption(page, block) else Part.BODY
        draft.add(page.words(block), part)
    yield from text.warnings


def _properties(listing: etree._Element) -> Properties:
    return Properties(
        title=words_in(listing, "title"),
        author=", ".join(_all(listing, "creator")),
        publisher=words_in(listing, "publisher"),
        published=words_in(listing, "date"),
        address=next((found for found in _all(listing, "source") if found.startswith(("https://", "http://"))), ""),
    )


def _all(listing: etree._Element, name: str) -> list[str]:
    found = ("".join(str(text) for text in one.itertext()).strip() for one in listing.iter() if local_name(one) == name)
    return list(dict.fromkeys(words for words in found if words))
