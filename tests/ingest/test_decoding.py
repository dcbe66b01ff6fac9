"""Bytes become text by fixed rules, and nothing is guessed silently."""

from __future__ import annotations

import pytest

from kb_app.core.errors import Failed
from kb_app.ingest.decoding import REPLACEMENT, cleaned, declared_in_markup, decoded

RUSSIAN = "Министр заявил во вторник, что дамба будет закрыта до весны. " * 8


def test_utf_8_needs_no_warning() -> None:
    assert decoded("Köln — Łódź".encode()).text == "Köln — Łódź"
    assert decoded("Köln".encode()).warnings == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_signature_goes_before_everything(encoding: str) -> None:
    found = decoded("Wörter".encode(encoding), "latin-1")
    assert (found.text, found.warnings) == ("Wörter", ())


def test_an_utf_8_signature_stays_a_character_of_the_text() -> None:
    assert decoded(b"\xef\xbb\xbfWords").text == "\ufeffWords"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_a_signature_is_read_with_a_warning(encoding: str) -> None:
    found = decoded("The minister said so.".encode(encoding))
    assert found.text == "The minister said so."
    assert found.warnings[0].startswith("encoding-guessed:")


def test_a_declared_encoding_is_used() -> None:
    assert decoded(RUSSIAN.encode("koi8-r"), "KOI8-R").text == RUSSIAN
    assert decoded(b"\x93So\x94", "iso-8859-1").text == "“So”"


def test_a_declaration_that_flawless_utf_8_contradicts_is_not_believed() -> None:
    found = decoded(RUSSIAN.encode(), "ascii")
    assert found.text == RUSSIAN
    assert found.warnings[0].startswith("encoding-contradicted:")


@pytest.mark.parametrize("declared", ["no-such-code", "base64", "\x00", "utf-7\n"])
def test_a_declaration_that_is_none_is_told_or_survived(declared: str) -> None:
    assert decoded(b"plain words", declared).text == "plain words"


def test_a_few_bad_bytes_do_not_change_the_encoding() -> None:
    found = decoded(b"word " * 1000 + b"\xff" + b" word" * 1000)
    assert found.encoding == "utf-8"
    assert found.text.count(REPLACEMENT) == 1
    assert found.warnings == ("encoding-damaged: 1 characters could not be read as utf-8.",)


def test_a_guess_is_told() -> None:
    found = decoded(RUSSIAN.encode("cp1251"))
    assert found.text == RUSSIAN
    assert found.warnings[0].startswith("encoding-guessed:")


def test_bytes_of_no_encoding_fail_with_a_sentence() -> None:
    with pytest.raises(Failed) as failed:
        decoded(bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xFF, 0xFE, 0x00]) * 40, name="odd.txt")
    assert failed.value.code == "encoding"
    assert "odd.txt" in failed.value.sentence


def test_unfit_characters_are_replaced_one_for_one() -> None:
    assert cleaned("a\x00b\x1bc\x9fd\ud800e\ufffef\U0010ffffg\tz\r\n") == (
        "a�b�c�d�e�f�g\tz\r\n",
        6,
    )


def test_a_page_declares_its_encoding() -> None:
    assert (
        declared_in_markup(b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">')
        == "windows-1251"
    )
    assert declared_in_markup(b"<?xml version='1.0' encoding='koi8-r'?>") == "koi8-r"
    assert declared_in_markup(b"<meta charset=utf-16>") == "utf-8"
    assert declared_in_markup(b"<p>charset=x</p>") == ""


def test_a_text_in_two_encodings_is_kept_with_a_warning_and_one_in_none_fails() -> None:
    words = "Größe und Maß, naïve Cafés. " * 20
    found = decoded(words.encode() * 3 + words.encode("latin-1"))
    assert found.encoding == "utf-8" and words in found.text
    assert [warning.partition(":")[0] for warning in found.warnings] == ["encoding-mixed", "encoding-damaged"]
    with pytest.raises(Failed):
        decoded(bytes(range(128, 256)) * 100)
