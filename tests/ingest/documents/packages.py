"""Word, OpenDocument and EPUB files, made of their parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(
    f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text", "style", "table", "meta", "manifest")
) + (
    f' xmlns:draw="{_ODF}:drawing:1.0" xmlns:fo="{_ODF}:xsl-fo-compatible:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def zipped(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else compression
            archive.writestr(name, content, kind)
    return out.getvalue()


def w_p(words: str = "", style: str = "", runs: str = "") -> str:
    """Return a paragraph of Word."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    text = f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>' if words else ""
    return f"<w:p>{properties}{text}{runs}</w:p>"


def docx(body: str, parts: Mapping[str, str | bytes] | None = None, main: str = _MAIN) -> bytes:
    """Return a Word document with a body and further parts."""
    return zipped(
        {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"'
                f' ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{main}"/>'
                "</Types>"
            ),
            "_rels/.rels": relations(("officeDocument", "word/document.xml", "")),
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": (
                f'<w:styles {W}><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style><w:style w:styleId="H">'
                '<w:name w:val="heading 1"/></w:style><w:style w:styleId="H2"><w:name w:val="Own"/><w:basedOn'
                ' w:val="H"/></w:style><w:style w:styleId="Unseen"><w:name'
                ' w:val="Unseen"/><w:rPr><w:vanish/></w:rPr></w:style>'
                "</w:styles>"
            ),
            **(parts or {}),
        }
    )


def relations(*entries: tuple[str, str, str]) -> str:
    """Return a part of relations: kind, target, mode."""
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="{mode or "Internal"}"/>'
        for n, (kind, target, mode) in enumerate(entries)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def core(title: str, author: str, created: str) -> str:
    """Return the record of a Word document."""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dcterms:created>{created}</dcterms:created>"
        "</cp:coreProperties>"
    )


def odt(body: str, styles: str = "", meta: str = "", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return an OpenDocument text with a body, automatic styles and a record."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                f"<office:document-content {NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
                f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
            ),
            "meta.xml": f"<office:document-meta {NAMESPACES}><office:meta>{meta}</office:meta></office:document-meta>",
            **(parts or {}),
        }
    )
