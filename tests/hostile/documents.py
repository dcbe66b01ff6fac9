"""Hostile documents: PDF that acts, is locked, torn or endless; Office files with entities and outward links."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.hostile.case import (
    AWAY,
    FAILED,
    IMPORTED,
    REFUSED,
    TEXT,
    WARNED,
    Case,
    case,
    one,
    written,
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(pages: list[str], catalog: str = "", extra: list[str] | None = None) -> bytes:
    """Build a PDF with a line of text a line; `catalog` goes into the catalogue, `extra` are further objects."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in _escaped(text))
        stream = f"BT /F1 11 Tf 60 760 Td {lines}ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return assembled([*objects, *(extra or [])])


def assembled(objects: list[str], trailer: str = "") -> bytes:
    """Number objects from 1 and write them with their table; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1", "replace")
    at = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{at}\n%%EOF\n".encode()
    return bytes(out)


def _escaped(text: str) -> list[str]:
    lines = []
    for paragraph in text.split("\n"):
        words = paragraph.split()
        while words:
            line = ""
            while words and len(line) + len(words[0]) < 80:
                line = f"{line} {words.pop(0)}".strip()
            lines.append(
                line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").replace("“", '"').replace("”", '"')
            )
    return lines


def acting() -> bytes:
    """A PDF that would run a script, start a program, open an address and hand out a file."""
    actions = (
        "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> "
        "/AA << /WC << /S /Launch /F (/bin/sh) >> >> "
        "/Names << /EmbeddedFiles << /Names [(evil.exe) << /F (evil.exe) /Type /Filespec >>] >> >> "
        "/AcroForm << /XFA (<xdp/>) /Fields [] >>"
    )
    link = f"<< /Type /Annot /Subtype /Link /Rect [0 0 612 792] /A << /S /URI /URI ({AWAY}/link) >> >>"
    return pdf([TEXT], actions, [link])


def endless_pages() -> bytes:
    """A page tree that contains itself."""
    return assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>",
        ]
    )


def many_pages() -> bytes:
    """More pages than are read, each with words of its own."""
    places = ("harbour", "island", "river", "village", "school", "bridge", "market", "station", "ministry", "court")
    words = ("".join(f"{places[int(digit)]} " for digit in f"{number:05d}") for number in range(10_050))
    return pdf([f"Nobody came to the {one_page}that day." for one_page in words])


def scanned() -> bytes:
    """A page that is one picture."""
    pixels = "\x80" * (20 * 20)
    return assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
            "/Resources << /XObject << /I 5 0 R >> >> >>",
            "<< /Length 30 >>\nstream\nq 612 0 0 792 0 0 cm /I Do Q   \nendstream",
            "<< /Type /XObject /Subtype /Image /Width 20 /Height 20 /ColorSpace /DeviceGray /BitsPerComponent 8 "
            f"/Length 400 >>\nstream\n{pixels}\nendstream",
        ]
    )


def user_locked() -> bytes:
    """A PDF that asks for a password: its keys fit none."""
    encrypt = "<< /Filter /Standard /V 1 /R 2 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> /P -4 >>"
    body = pdf([TEXT], "", [encrypt])
    number = body.count(b" 0 obj")
    return body.replace(b"/Root 1 0 R", f"/Root 1 0 R /Encrypt {number} 0 R /ID [<00> <00>]".encode())


def docx(body: str, relations: str = "", parts: dict[str, bytes] | None = None, doctype: str = "") -> bytes:
    """Build a Word document around a body."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
            "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
            "<Override PartName='/word/document.xml' ContentType="
            "'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>",
        )
        archive.writestr(
            "_rels/.rels",
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
            f"<Relationship Id='r1' Type='{R}/officeDocument' Target='word/document.xml'/></Relationships>",
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
            f"{relations}</Relationships>",
        )
        archive.writestr(
            "word/document.xml",
            f"<?xml version='1.0'?>{doctype}<w:document xmlns:w='{W}'><w:body>{body}</w:body></w:document>",
        )
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return stream.getvalue()


def line(text: str, properties: str = "") -> str:
    """Build a paragraph of a Word document."""
    return f"<w:p><w:r>{properties}<w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def _lines(text: str = TEXT) -> str:
    return "".join(line(paragraph) for paragraph in text.split("\n\n"))


OUTWARD = (
    f"<Relationship Id='r9' Type='{R}/attachedTemplate' Target='{AWAY}/template.dotm' "
    "TargetMode='External'/>"
    f"<Relationship Id='r8' Type='{R}/image' Target='{AWAY}/image.png' TargetMode='External'/>"
    f"<Relationship Id='r7' Type='{R}/aFChunk' Target='{AWAY}/chunk.html' TargetMode='External'/>"
)
TRACKED = (
    "<w:p><w:r><w:t xml:space='preserve'>The minister </w:t></w:r>"
    "<w:del w:id='1' w:author='A'><w:r><w:delText xml:space='preserve'>never </w:delText></w:r></w:del>"
    "<w:ins w:id='2' w:author='A'><w:r><w:t xml:space='preserve'>often </w:t></w:r></w:ins>"
    "<w:r><w:t>spoke of the gates.</w:t></w:r></w:p>" + line("A hidden remark.", "<w:rPr><w:vanish/></w:rPr>")
)


def missing_part() -> bytes:
    """A Word document without its document."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/styles.xml", "<x/>")
    return stream.getvalue()


def word_bomb(folder: Path) -> Path:
    """A Word document whose text unpacks to a gigabyte."""
    path = folder / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as member:
            member.write(f"<w:document xmlns:w='{W}'><w:body>".encode())
            for _ in range(512):
                member.write(line("x").encode() * 20_000)
            member.write(b"</w:body></w:document>")
    return path


ENTITIES = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "ha">]>'

CASES: tuple[Case, ...] = (
    case(
        8,
        "entities in a Word document",
        written("laughs.docx", docx(line("&x;&y;"), doctype=ENTITIES)),
        one(REFUSED, FAILED, codes=("xml-entities",)),
    ),
    case(1, "a Word document that is a bomb", word_bomb, one(FAILED, codes=("corrupt",))),
    case(29, "a PDF that acts", written("acting.pdf", acting), one(WARNED, codes=("embedded-files",))),
    case(
        30, "a PDF that asks for a password", written("locked.pdf", user_locked()), one(REFUSED, codes=("encrypted",))
    ),
    case(31, "a PDF cut in half", written("half.pdf", pdf([TEXT])[:400]), one(FAILED, codes=("corrupt",))),
    case(
        31,
        "garbage called PDF",
        written("garbage.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20),
        one(FAILED, codes=("corrupt",)),
    ),
    case(31, "a PDF of its first line", written("empty.pdf", b"%PDF-1.7\n"), one(FAILED, codes=("corrupt",))),
    case(
        32,
        "ten thousand pages",
        written("many.pdf", many_pages),
        one(WARNED, codes=("cut-short",)),
    ),
    case(32, "a page tree without end", written("endless.pdf", endless_pages), one(FAILED, codes=("corrupt",))),
    case(32, "a scan", written("scan.pdf", scanned()), one(WARNED, codes=("no-text-layer",))),
    case(
        33,
        "a Word document that leads out",
        written(
            "outward.docx",
            docx(_lines(), OUTWARD, {"word/vbaProject.bin": bytes(100), "word/embeddings/oleObject1.bin": bytes(100)}),
        ),
        one(WARNED, codes=("outside-parts",)),
    ),
    case(
        33,
        "tracked and hidden text",
        written("tracked.docx", docx(_lines() + TRACKED)),
        one(WARNED, codes=("deleted-text", "hidden-text", "tracked-changes")),
    ),
    case(
        34, "a Word document without its text", written("missing.docx", missing_part()), one(FAILED, codes=("corrupt",))
    ),
    case(
        34,
        "two hundred thousand paragraphs",
        written("long.docx", docx(line("A line of the long document.") * 200_000)),
        one(IMPORTED),
    ),
    case(
        45,
        "a PDF that is a zip too",
        written("both.pdf", pdf([TEXT]) + docx(_lines())),
        one(WARNED, codes=("two-formats",)),
    ),
)
