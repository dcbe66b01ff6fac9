"""A Word document to its text: the parts that hold words are read, nothing else is touched."""

from __future__ import annotations

import posixpath

from lxml import etree

from kb_app.core.article import SourceFile
from kb_app.ingest.documents.docx_text import Story, Style, Styles, child, is_on
from kb_app.ingest.documents.left_out import LeftOut
from kb_app.ingest.documents.package import Package, attribute, words_in
from kb_app.ingest.documents.written import Draft, Part, Properties, Written
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.xml_elements import local_name

_TYPES = "[Content_Types].xml"
_ROOT = "_rels/.rels"
_CORE = "docProps/core.xml"
_WORD_TYPES = ("wordprocessingml", "ms-word")
_NO_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_DEEPEST_STYLE = 20


def read_docx(source: SourceFile, given: GivenMetadata) -> Written:
    """Read a Word document; raises Refused or Failed as a package does."""
    package = Package(source.data, source.name)
    main = _main_part(package)
    root = package.xml(main)
    body = child(root, "body")
    if local_name(root) != "document" or body is None:
        raise package.corrupt("it has no body")
    left_out = _surroundings(package)
    draft = Draft(source.name)
    story = Story(draft, _styles(package, main), left_out)
    story.blocks(body)
    _notes(package, main, story)
    return draft.written(_properties(package), tuple(left_out.warnings()))


def _main_part(package: Package) -> str:
    """Return the part that holds the document, as the package itself says; raises Failed `corrupt`."""
    types = package.xml(_TYPES)
    target = "word/document.xml"
    if _ROOT in package.names:
        for relation in package.xml(_ROOT):
            if attribute(relation, "Type").endswith("/officeDocument"):
                target = posixpath.normpath(attribute(relation, "Target").lstrip("/"))
    kinds = {attribute(one, "PartName").lstrip("/"): attribute(one, "ContentType") for one in types}
    ending = target.rpartition(".")[2]
    usual = {attribute(one, "Extension"): attribute(one, "ContentType") for one in types}
    kind = kinds.get(target) or usual.get(ending, "")
    if not any(word in kind for word in _WORD_TYPES):
        raise package.corrupt("it does not say that it is a Word document")
    return target


def _beside(main: str, name: str) -> str:
    return posixpath.join(posixpath.dirname(main), name)


def _styles(package: Package, main: str) -> Styles:
    part = _beside(main, "styles.xml")
    if part not in package.names:
        return Styles()
    found = {attribute(one, "styleId"): one for one in package.xml(part) if local_name(one) == "style"}
    return Styles({name: _style(name, found) for name in found})


def _style(name: str, found: dict[str, etree._Element]) -> Style:
    """Return a style with what it takes over from those it is based on."""
    part, hidden = Part.BODY, None
    for _ in range(_DEEPEST_STYLE):
        style = found.get(name)
        if style is None:
            break
        label = child(style, "name")
        if part is Part.BODY and label is not None:
            part = _part(attribute(label, "val"))
        switch = child(child(style, "rPr"), "vanish")
        if hidden is None and switch is not None:
            hidden = is_on(switch)
        base = child(style, "basedOn")
        name = attribute(base, "val") if base is not None else ""
    return Style(part, bool(hidden))


def _part(name: str) -> Part:
    name = name.casefold()
    if name == "title":
        return Part.TITLE
    if name.startswith("heading"):
        return Part.HEADING
    return Part.CAPTION if name == "caption" else Part.BODY


def _notes(package: Package, main: str, story: Story) -> None:
    """Read the notes that the text calls, below it and in the order of the calls."""
    called, story.notes = story.notes, []
    for kind, part in (("footnote", "footnotes.xml"), ("endnote", "endnotes.xml")):
        part = _beside(main, part)
        wanted = [note for found, note in called if found == kind]
        if not wanted or part not in package.names:
            continue
        notes = {attribute(note, "id"): note for note in package.xml(part) if attribute(note, "type") not in _NO_NOTES}
        for note in dict.fromkeys(wanted):
            if note in notes:
                story.blocks(notes[note])


def _surroundings(package: Package) -> LeftOut:
    """Count what is beside the text."""
    left_out = LeftOut()
    for name in package.names:
        folder = name.casefold()
        if folder.endswith(".rels"):
            left_out.outside += sum(1 for relation in package.xml(name) if _is_outside(relation))
        elif "/embeddings/" in folder or "/activex/" in folder:
            left_out.embedded += not folder.endswith(("/", ".xml"))
        elif folder.endswith("/comments.xml"):
            left_out.comments += sum(1 for one in package.xml(name) if local_name(one) == "comment")
        left_out.has_macros = left_out.has_macros or folder.endswith("vbaproject.bin")
    return left_out


def _is_outside(relation: etree._Element) -> bool:
    # a link is for the reader to follow; everything else a program would fetch by itself
    return attribute(relation, "TargetMode") == "External" and not attribute(relation, "Type").endswith("/hyperlink")


def _properties(package: Package) -> Properties:
    if _CORE not in package.names:
        return Properties()
    core = package.xml(_CORE)
    return Properties(
        title=words_in(core, "title"), author=words_in(core, "creator"), created=words_in(core, "created")
    )
