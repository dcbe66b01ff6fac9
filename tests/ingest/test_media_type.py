"""What some bytes are is told cheaply, whatever they claim."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest

from kb_app.ingest.media_type import DOCX, ZIP, media_type_of

LARGEST_GATHERED = 20 * 1024**2


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"Words.")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("docProps/app.xml", "word/document.xml", "[Content_Types].xml"), DOCX),
        (("[Content_Types].xml", "word/document.xml"), DOCX),
        (("word/document.xml",), ZIP),
        (("[Content_Types].xml.txt", "word/a.txt"), ZIP),
        (("copy of word/a.txt", "[Content_Types].xml"), ZIP),
    ],
)
def test_a_document_in_a_package_is_told_by_its_members(names: tuple[str, ...], kind: str) -> None:
    assert media_type_of(zipped(*names)) == kind


def test_overlapping_entries_of_a_directory_are_not_gathered() -> None:
    # each entry begins in the one before and claims a name of 19 kB
    size = 1_000_000
    data = (
        b"PK\x03\x04" + b"PK\x01\x02" * (size // 4) + b"PK\x05\x06" + bytes(8) + size.to_bytes(4, "little") + bytes(6)
    )
    tracemalloc.start()
    try:
        assert media_type_of(data) == ZIP
        assert tracemalloc.get_traced_memory()[1] < LARGEST_GATHERED
    finally:
        tracemalloc.stop()
