"""The paragraphs of a Word document: what is shown, without what was deleted or hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from kb_app.ingest.documents.left_out import LeftOut
from kb_app.ingest.documents.package import attribute
from kb_app.ingest.documents.table_cells import is_laid_out
from kb_app.ingest.documents.written import Draft, Part
from kb_app.ingest.xml_elements import local_name

_WORDPROCESSING = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATHEMATICS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_THROUGH = frozenset({"hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml", "dir", "bdo", "ruby"})
_THROUGH |= {"rubyBase", "oMath", "oMathPara", "subDoc"}
_KEPT = frozenset({"ins", "moveTo"})
_DROPPED = frozenset({"del", "moveFrom"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """What a style makes of its text."""

    part: Part = Part.BODY
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by their ids."""

    known: Mapping[str, Style] = field(default_factory=dict)

    def of(self, properties: etree._Element | None, name: str) -> Style:
        """Return the style that properties refer to by an element of a name."""
        found = child(properties, name)
        return self.known.get(attribute(found, "val"), Style()) if found is not None else Style()


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child of a name without namespace."""
    if element is None:
        return None
    return next((one for one in element if local_name(one) == name), None)


def is_on(element: etree._Element | None) -> bool:
    """Tell whether a switch is there and not turned off."""
    return element is not None and attribute(element, "val").casefold() not in _OFF


class Story:
    """Reads the blocks of one part of a document into a draft."""

    def __init__(self, draft: Draft, styles: Styles, left_out: LeftOut) -> None:
        self._draft = draft
        self._styles = styles
        self._left_out = left_out
        self._words: list[str] = []
        self._carried = ""  # a paragraph whose end was deleted goes on in the next
        self._boxes: list[etree._Element] = []
        self.notes: list[tuple[str, str]] = []  # kind and id of the notes, in the order in which they are called

    def blocks(self, elements: Iterable[etree._Element]) -> None:
        """Read paragraphs and tables."""
        for element in elements:
            name = local_name(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name in _KEPT:
                self._left_out.insertions += 1
                self.blocks(element)
            elif name in _DROPPED:
                self._left_out.deletions += 1
            elif name == "altChunk":
                self._left_out.other_parts += 1
            elif name in _THROUGH:
                self.blocks(element)
            elif name == "AlternateContent":
                self.blocks(_alternative(element))

    def _paragraph(self, element: etree._Element) -> None:
        properties = child(element, "pPr")
        style = self._styles.of(properties, "pStyle")
        mark = child(properties, "rPr")
        outer, self._words = self._words, [self._carried]
        self._carried = ""
        self._inline(element, style.is_hidden)
        words, self._words = "".join(self._words), outer
        if is_on(child(mark, "del")):
            self._left_out.deletions += 1
            self._carried = words
        else:
            level = child(properties, "outlineLvl")
            is_heading = style.part is Part.BODY and level is not None and attribute(level, "val") in "012345678"
            self._draft.add(words, Part.HEADING if is_heading else style.part)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box)

    def _table(self, table: etree._Element) -> None:
        for row in _rows(table):
            properties = child(row, "trPr")
            if is_on(child(properties, "del")):
                self._left_out.deletions += 1
                continue
            if is_on(child(properties, "ins")):
                self._left_out.insertions += 1
            cells = [cell for cell in row.iter() if local_name(cell) == "tc" and _row_of(cell) is row]
            if any(is_laid_out(cell, {"p"}) for cell in cells):
                for cell in cells:
                    self.blocks(cell)
            else:
                self._draft.add("\t".join(map(self._cell, cells)), Part.ROW)

    def _cell(self, cell: etree._Element) -> str:
        outer, self._words = self._words, []
        for paragraph in cell.iter():
            if local_name(paragraph) == "p" and not _is_dropped(paragraph, cell):
                properties = child(paragraph, "pPr")
                self._inline(paragraph, self._styles.of(properties, "pStyle").is_hidden)
                self._words.append(" ")
        words, self._words = " ".join("".join(self._words).split()), outer
        self._boxes = []  # their paragraphs were met on the way
        return words

    def _inline(self, element: etree._Element, is_hidden: bool) -> None:
        for one in element:
            name = local_name(one)
            if name == "r":
                self._run(one, is_hidden)
            elif name in _KEPT:
                self._left_out.insertions += 1
                self._inline(one, is_hidden)
            elif name in _DROPPED:
                self._left_out.deletions += 1
            elif name in _THROUGH:
                self._inline(one, is_hidden)
            elif name == "AlternateContent":
                self._inline(_alternative(one), is_hidden)

    def _run(self, run: etree._Element, is_hidden: bool) -> None:
        properties = child(run, "rPr")
        switch = child(properties, "vanish")
        hidden = is_on(switch) if switch is not None else is_hidden or self._styles.of(properties, "rStyle").is_hidden
        before = len(self._words)
        self._signs(run)
        if hidden and len(self._words) > before:
            if "".join(self._words[before:]).strip():
                self._left_out.hidden += 1
            del self._words[before:]

    def _signs(self, run: etree._Element) -> None:
        for one in run:
            name = local_name(one)
            if name == "t":
                if etree.QName(one).namespace in (*_WORDPROCESSING, _MATHEMATICS):
                    self._words.append(one.text or "")
            elif name in _SIGNS:
                self._words.append(_SIGNS[name])
            elif name in ("footnoteReference", "endnoteReference"):
                self.notes.append((name.removesuffix("Reference"), attribute(one, "id")))
            elif name in ("drawing", "pict", "object"):
                self._boxes += _text_boxes(one)
            elif name == "AlternateContent":
                self._signs(_alternative(one))
            elif name in _THROUGH:
                self._inline(one, False)


def _alternative(element: etree._Element) -> etree._Element:
    """Return the one of several forms of a thing that a new program shows."""
    choice = child(element, "Choice")
    found = choice if choice is not None else child(element, "Fallback")
    return found if found is not None else etree.Element("none")


def _text_boxes(drawing: etree._Element) -> list[etree._Element]:
    return [box for box in drawing.iter() if local_name(box) == "txbxContent"]


def _rows(table: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for one in table:
        name = local_name(one)
        if name == "tr":
            found.append(one)
        elif name in _THROUGH or name in _KEPT:
            found += _rows(one)
    return found


def _row_of(cell: etree._Element) -> etree._Element | None:
    return next((above for above in cell.iterancestors() if local_name(above) == "tr"), None)


def _is_dropped(paragraph: etree._Element, cell: etree._Element) -> bool:
    for above in paragraph.iterancestors():
        if above is cell:
            return False
        if local_name(above) in _DROPPED or local_name(above) == "Fallback":
            return True
    return False
