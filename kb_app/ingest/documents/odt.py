"""An OpenDocument text to its text: what is shown, without what was deleted or hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from kb_app.core.article import SourceFile
from kb_app.core.errors import Refused
from kb_app.ingest.documents.left_out import LeftOut
from kb_app.ingest.documents.package import Package, attribute, words_in
from kb_app.ingest.documents.table_cells import is_laid_out
from kb_app.ingest.documents.written import Draft, Part, Properties, Written
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.xml_elements import local_name

_CONTENT = "content.xml"
_STYLES = "styles.xml"
_META = "meta.xml"
_MANIFEST = "META-INF/manifest.xml"
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_BLANKS = 100
_BLOCKS_INSIDE = frozenset({"section", "list", "list-item", "list-header", "index-body", "numbered-paragraph", "g"})
_BLOCKS_INSIDE |= {"table-of-content", "alphabetical-index", "bibliography", "user-index", "frame", "text-box"}
_HIDDEN = frozenset({"hidden-text", "hidden-paragraph"})
_UNSHOWN = frozenset({"annotation", "annotation-end", "title", "desc", "event-listeners", "ruby-text", "object-ole"})
_UNSHOWN |= {"index-title-template", "sequence-decls", "variable-decls", "forms", "tracked-changes", "script"}
_HEADING_STYLES = {"title": Part.TITLE, "caption": Part.CAPTION, "illustration": Part.CAPTION}
_MACROS = ("Basic/", "Scripts/")


def read_odt(source: SourceFile, given: GivenMetadata) -> Written:
    """Read an OpenDocument text; raises Refused or Failed as a package does."""
    package = Package(source.data, source.name)
    _refuse_encrypted(package, source.name)
    root = package.xml(_CONTENT)
    text = next((one for one in root.iter() if local_name(one) == "text" and _parent_name(one) == "body"), None)
    if text is None:
        raise package.corrupt("it holds no text")
    left_out = _surroundings(package, root)
    draft = Draft(source.name)
    roots = [package.xml(_STYLES), root] if _STYLES in package.names else [root]
    reader = _Reader(draft, _Styles(roots), left_out)
    reader.blocks(text)
    reader.read_notes()
    return draft.written(_properties(package), tuple(left_out.warnings()))


def _parent_name(element: etree._Element) -> str:
    above = element.getparent()
    return local_name(above) if above is not None else ""


def _refuse_encrypted(package: Package, name: str) -> None:
    if _MANIFEST not in package.names:
        return
    # its DOCTYPE, which old programs wrote, declares nothing
    manifest = package.parsed(package.part(_MANIFEST), _MANIFEST)
    if any(local_name(one) == "encryption-data" for one in manifest.iter()):
        raise Refused("encrypted", f"“{name}” is protected by a password, so it could not be read.")


class _Styles:
    """What the styles of a document say of the text that bears them."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._hidden: set[str] = set()
        self._above: dict[str, str] = {}
        for root in roots:
            for style in root.iter():
                if local_name(style) == "style" and attribute(style, "name"):
                    self._note(style)

    def _note(self, style: etree._Element) -> None:
        name = attribute(style, "name")
        self._above[name] = attribute(style, "parent-style-name")
        if any(local_name(one) == "text-properties" and attribute(one, "display") == "none" for one in style):
            self._hidden.add(name)

    def is_hidden(self, element: etree._Element) -> bool:
        """Tell whether an element's style hides it."""
        return any(name in self._hidden for name in self._chain(element))

    def part(self, element: etree._Element) -> Part:
        """Return what an element is by its style."""
        for name in self._chain(element):
            part = _HEADING_STYLES.get(name.casefold())
            if part:
                return part
        return Part.BODY

    def _chain(self, element: etree._Element) -> list[str]:
        name, chain = attribute(element, "style-name"), []
        while name and name not in chain:
            chain.append(name)
            name = self._above.get(name, "")
        return chain


class _Reader:
    """Reads the blocks of a text into a draft."""

    def __init__(self, draft: Draft, styles: _Styles, left_out: LeftOut) -> None:
        self._draft = draft
        self._styles = styles
        self._left_out = left_out
        self._words: list[str] = []
        self._after: list[etree._Element] = []  # boxes anchored in a paragraph
        self._notes: list[etree._Element] = []

    def blocks(self, elements: Iterable[etree._Element]) -> None:
        """Read paragraphs, lists, sections and tables."""
        for element in elements:
            name = local_name(element)
            if name in ("p", "h"):
                self._draft.add(self._paragraph(element), self._part(element, name))
                boxes, self._after = self._after, []
                self.blocks(boxes)
            elif name == "section" and attribute(element, "display") in ("none", "condition"):
                self._left_out.hidden += 1
            elif name == "table":
                self._table(element)
            elif name in _BLOCKS_INSIDE:
                self.blocks(element)

    def read_notes(self) -> None:
        """Read the notes that the text called, below it."""
        while self._notes:
            notes, self._notes = self._notes, []
            for note in notes:
                self.blocks(note)

    def _part(self, element: etree._Element, name: str) -> Part:
        part = self._styles.part(element)
        return Part.HEADING if name == "h" and part is Part.BODY else part

    def _paragraph(self, element: etree._Element) -> str:
        is_hidden = any(local_name(one) == "hidden-paragraph" for one in element.iter())
        if is_hidden or self._styles.is_hidden(element):
            self._left_out.hidden += 1
            return ""
        outer, self._words = self._words, []
        self._inline(element)
        words, self._words = "".join(self._words), outer
        # a blank at the end of a stretch and one at the beginning of the next are one
        return re.sub(r" {2,}", " ", words).replace("\x00", " ")

    def _inline(self, element: etree._Element) -> None:
        self._add(element.text)
        for one in element:
            self._one(one)
            self._add(one.tail)

    def _one(self, element: etree._Element) -> None:
        name = local_name(element)
        if name == "s":
            count = attribute(element, "c")
            # blanks that the document counts are meant, and kept from being joined
            self._words.append("\x00" * (min(int(count), _MOST_BLANKS) if count.isdecimal() else 1))
        elif name in ("tab", "line-break"):
            self._words.append("\t" if name == "tab" else "\n")
        elif name == "note":
            self._notes += [one for one in element if local_name(one) == "note-body"]
        elif name in _HIDDEN:
            self._left_out.hidden += 1
        elif name in ("frame", "text-box", "g"):
            self._after.append(element)
        elif name in _UNSHOWN or not name:
            return
        elif self._styles.is_hidden(element):
            self._left_out.hidden += 1
        else:
            self._inline(element)

    def _add(self, words: str | None) -> None:
        if words:
            self._words.append(_BLANKS.sub(" ", words))

    def _table(self, table: etree._Element) -> None:
        for row in _rows(table):
            cells = [one for one in row if local_name(one) == "table-cell"]
            if any(is_laid_out(cell, {"p", "h"}) for cell in cells):
                for cell in cells:
                    self.blocks(cell)
            else:
                self._draft.add("\t".join(map(self._cell, cells)), Part.ROW)

    def _cell(self, cell: etree._Element) -> str:
        paragraphs = [one for one in cell.iter() if local_name(one) in ("p", "h")]
        words = " ".join(self._paragraph(one) for one in paragraphs if not _is_unshown(one, cell))
        self._after = []  # their paragraphs were met on the way
        return " ".join(words.split())


def _rows(table: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for one in table:
        if local_name(one) == "table-row":
            found.append(one)
        elif local_name(one) in ("table-header-rows", "table-rows", "table-row-group"):
            found += _rows(one)
    return found


def _is_unshown(paragraph: etree._Element, cell: etree._Element) -> bool:
    for above in paragraph.iterancestors():
        if above is cell:
            return False
        if local_name(above) in _UNSHOWN or local_name(above) == "note-body":
            return True
    return False


def _surroundings(package: Package, root: etree._Element) -> LeftOut:
    """Count what is tracked, what is beside the text and what lies elsewhere."""
    left_out = LeftOut()
    for element in root.iter():
        name = local_name(element)
        if name == "deletion":
            left_out.deletions += 1
        elif name == "insertion":
            left_out.insertions += 1
        elif name == "annotation":
            left_out.comments += 1
        elif name in ("image", "object", "section-source", "plugin") and _is_outside(attribute(element, "href")):
            left_out.outside += 1
    left_out.embedded = sum(1 for name in package.names if re.match(r"Object [^/]*$", name))
    left_out.has_macros = any(name.startswith(_MACROS) and not name.endswith("/") for name in package.names)
    return left_out


def _is_outside(address: str) -> bool:
    return bool(re.match(r"(?:[a-z][a-z0-9+.-]+:|/|\.\./)", address, re.IGNORECASE))


def _properties(package: Package) -> Properties:
    if _META not in package.names:
        return Properties()
    meta = package.xml(_META)
    author = words_in(meta, "initial-creator") or words_in(meta, "creator")
    return Properties(title=words_in(meta, "title"), author=author, created=words_in(meta, "creation-date"))
