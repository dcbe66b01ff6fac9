"""The compressed text of Outlook's mails is unpacked as its format says, and nothing of it does harm."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_app.core.article import SourceFile
from kb_app.ingest.articles import decoded_source, to_article
from kb_app.ingest.mail.packed_rtf import LARGEST, unpacked_rtf
from kb_app.ingest.media_type import OUTLOOK_MAIL
from tests.ingest.mail.mails import STORY
from tests.ingest.mail.outlook_files import outlook, text

START = 207  # bytes that both sides know


def packed(content: bytes, size: int, method: bytes = b"LZFu") -> bytes:
    return struct.pack("<LL4sL", len(content) + 12, size, method, 0) + content


def letters(data: bytes, end: bytes = b"") -> bytes:
    """Pack letters as they are, eight behind each byte of flags; `end` is a reference that follows them."""
    pieces = [data[at : at + 8] for at in range(0, len(data), 8)]
    if not end:
        return b"".join(b"\0" + piece for piece in pieces)
    last = pieces.pop() if len(pieces[-1]) < 8 else b""
    return b"".join(b"\0" + piece for piece in pieces) + bytes([1 << len(last)]) + last + end


def reference(place: int, length: int) -> bytes:
    return struct.pack(">H", place << 4 | length - 2)


def test_letters_come_out_as_they_are() -> None:
    data = rb"{\rtf1 The pier of Harbury is closed.}"
    assert unpacked_rtf(packed(letters(data), len(data))) == data
    assert unpacked_rtf(packed(data, len(data), b"MELA")) == data


def test_a_reference_repeats_what_was_written_also_what_it_writes_itself() -> None:
    assert unpacked_rtf(packed(letters(b"pier", reference(START, 10)), 14)) == b"pierpierpierpi"
    assert unpacked_rtf(packed(letters(b"", b"") + b"\1" + reference(0, 6), 6)) == rb"{\rtf1"


def test_a_reference_to_the_next_byte_is_the_end() -> None:
    assert unpacked_rtf(packed(letters(b"pier", reference(START + 4, 2)) + b"\0more", 99)) == b"pier"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"abc",
        packed(b"", LARGEST + 1),
        packed(b"words", 5, b"ABCD"),
        packed(b"\1" + reference(2000, 4), 4),
    ],
)
def test_what_is_no_packed_text_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="its text"):
        unpacked_rtf(data)


@given(st.binary(max_size=400), st.integers(0, 10_000))
def test_any_bytes_come_to_no_more_than_they_state(content: bytes, size: int) -> None:
    try:
        assert len(unpacked_rtf(packed(content, size))) <= size
    except ValueError as error:
        assert "refers" in str(error)


def test_a_mail_that_holds_its_words_only_so_is_read() -> None:
    rtf = rb"{\rtf1\ansi " + STORY.replace("\n\n", "\\par ").encode("cp1252", "replace") + b"}"
    data = outlook({"__substg1.0_0037001F": text("Pier"), "__substg1.0_10090102": packed(letters(rtf), len(rtf))})
    source = SourceFile("a.msg", data, "", OUTLOOK_MAIL)
    found = to_article(source)
    assert "harbour board" in found.text and "rtf1" not in found.text
    assert found.title == "Pier" and decoded_source(source).text == found.text
