"""A zip archive is taken apart member by member, and the bad ones are told with a reason."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_app.core.errors import UnreadableInput
from kb_app.ingest.archives import expansion, zip_archive, zip_entries
from kb_app.ingest.media_type import media_type_of
from kb_app.ingest.members import Member
from tests.ingest.archives.containers import members, survived, taken, troubles, zipped

ZIP = "application/zip"
WORDS = b"Ilse Marrow spoke in Harbury."
PAIR = zipped(("a.txt", WORDS), ("b.txt", WORDS * 2))


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    assert data.count(old)
    return data.replace(old, new)


def test_files_come_out_in_order_with_kind_and_place() -> None:
    found = taken(zipped(("news/a.txt", WORDS), ("b.html", b"<html><p>words"), ("folder/", b"")))
    assert [one.name for one in found] == ["news/a.txt", "b.html"]
    [text, page] = [one for one in found if isinstance(one, Member)]
    assert (text.data, text.media_type, page.media_type) == (WORDS, "text/plain", "text/html")
    assert (text.provenance.how, text.provenance.container) == ("archive", "box › news/a.txt")


def test_junk_and_the_parts_of_saved_pages_stay_inside() -> None:
    names = ("page.html", "page_files/ad.html", "__MACOSX/x", "in/.DS_Store", "in/Thumbs.db", "other_files/a.txt")
    assert list(members(taken(zipped(*((name, WORDS) for name in names))))) == ["page.html", "other_files/a.txt"]


def test_a_bomb_is_stopped_while_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "RATIO_WATCHED_FROM", 2**20)
    bomb = zipped(("bomb.bin", bytes(2**24)), ("a.txt", WORDS))
    lying = patched(bomb, struct.pack("<L", 2**24), struct.pack("<L", 2**31))
    for data in (bomb, lying):
        found = taken(data)
        assert troubles(found) == {"bomb.bin": "archive-ratio"}
        assert members(found) == {"a.txt": WORDS}


def test_a_bomb_of_text_is_stopped_at_the_limit_for_texts() -> None:
    assert troubles(taken(zipped(("bomb.txt", b"word " * 11 * 2**20)))) == {"bomb.txt": "archive-ratio"}


def test_an_archive_that_becomes_too_much_ends_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_entries, "Expansion", lambda: expansion.Expansion(most=50))
    found = taken(zipped(("a", WORDS), ("b", WORDS), ("c", WORDS)))
    assert (list(members(found)), troubles(found)) == (["a"], {"b": "archive-size"})


def test_overlapping_files_are_refused() -> None:
    entry = zipfile.ZipInfo("a.txt")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(entry, WORDS)
        archive.filelist.append(entry)
    with pytest.raises(UnreadableInput) as refused:
        taken(file.getvalue())
    assert refused.value.code == "archive-overlap"


def test_files_beyond_the_limit_are_told_and_the_first_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_archive, "MOST_MEMBERS", 1)
    found = taken(PAIR)
    assert (list(members(found)), troubles(found)) == (["a.txt"], {"box": "too-many-members"})


def test_a_list_of_files_that_would_fill_the_memory_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_entries, "_LARGEST_DIRECTORY", 100)
    with pytest.raises(UnreadableInput) as refused:
        taken(PAIR)
    assert refused.value.code == "too-many-members"


@pytest.mark.parametrize("name", ["../../etc/x", "/abs", "C:\\x", "\\\\srv\\x", "a\\..\\b"])
def test_a_name_that_leads_out_is_warned_of(name: str) -> None:
    [member] = taken(zipped((name, WORDS)))
    assert isinstance(member, Member)
    assert member.data == WORDS
    assert [warning.partition(":")[0] for warning in member.warnings] == ["member-name"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_twins_and_device_names_are_items_of_their_own() -> None:
    names = ("a.txt", "a.txt", "A.TXT", "CON", "end. ", "long" * 1000)
    found = taken(zipped(*((name, b"words %d" % n) for n, name in enumerate(names))))
    assert [one.data for one in found if isinstance(one, Member)] == [b"words %d" % n for n in range(6)]
    assert max(len(one.name) for one in found) < 400


def test_hidden_characters_of_a_name_are_shown() -> None:
    [member] = taken(zipped(("a\u202etxt.exe\u200b\n", WORDS)))
    assert member.name == "a\\u202etxt.exe\\u200b\\n"


def test_a_file_without_a_name_is_taken() -> None:
    assert members(taken(zipped(("a", WORDS)).replace(b"\0a", b"\0\0"))) == {"(no name)": WORDS}


def test_a_name_in_utf_8_without_the_sign_is_read() -> None:
    data = zipped(("Übersicht.txt", WORDS))
    unsigned = data.replace(struct.pack("<H", 0x800), bytes(2))
    assert list(members(taken(unsigned))) == ["Übersicht.txt"]


def test_an_encrypted_file_is_refused_and_the_others_come() -> None:
    data = bytearray(PAIR)
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    found = taken(bytes(data))
    assert (troubles(found), list(members(found))) == ({"a.txt": "encrypted"}, ["b.txt"])


def test_a_wrong_checksum_and_an_unknown_method_are_told() -> None:
    crc = struct.pack("<L", zlib.crc32(WORDS))
    assert troubles(taken(patched(PAIR, crc, b"\0\0\0\1"))) == {"a.txt": "crc"}
    first = PAIR.index(b"PK\x01\x02") + 10
    unknown = PAIR[:8] + b"\x5d\0" + PAIR[10:first] + b"\x5d\0" + PAIR[first + 2 :]
    found = taken(unknown)
    assert (troubles(found), list(members(found))) == ({"a.txt": "method"}, ["b.txt"])


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_the_other_methods_are_read(method: int) -> None:
    assert members(taken(zipped(("a.txt", WORDS), method=method))) == {"a.txt": WORDS}


def test_links_and_devices_are_not_followed() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for mode in (0o120777, 0o010644, 0o060644):
            entry = zipfile.ZipInfo(f"{mode:o}")
            entry.create_system, entry.external_attr = 3, mode << 16
            archive.writestr(entry, "/etc/passwd")
    assert set(troubles(taken(file.getvalue())).values()) == {"not-a-file"}


def test_a_damaged_archive_is_told() -> None:
    with pytest.raises(UnreadableInput) as failed:
        taken(PAIR[:-40])
    assert failed.value.code == "corrupt"


def test_an_office_word_in_a_name_makes_no_office_document() -> None:
    assert media_type_of(zipped(("password/a.txt", WORDS))) == ZIP
    assert media_type_of(zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>"))).endswith("document")


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(st.integers(0, len(PAIR) - 1), st.integers(0, 255)), max_size=6), st.integers(0, len(PAIR)))
def test_any_damage_is_survived(changes: list[tuple[int, int]], end: int) -> None:
    data = bytearray(PAIR)
    for place, value in changes:
        data[place] = value
    survived(bytes(data), ZIP)
    survived(bytes(data[:end]), ZIP)
