"""A tar archive passes by and its files are taken; links and devices are never followed."""

from __future__ import annotations

import io
import tarfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_app.core.errors import UnreadableInput
from kb_app.ingest.archives import tar_archive, tar_entries
from kb_app.ingest.media_type import TAR, media_type_of
from kb_app.ingest.members import Member
from tests.ingest.archives.containers import members, survived, taken, tarred, troubles

WORDS = b"Ilse Marrow spoke in Harbury."
PAIR = tarred(("a.txt", WORDS), ("b.txt", WORDS * 2))


def with_entry(**facts: object) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        entry = tarfile.TarInfo("odd")
        for name, value in facts.items():
            setattr(entry, name, value)
        archive.addfile(entry)
        plain = tarfile.TarInfo("a.txt")
        plain.size = len(WORDS)
        archive.addfile(plain, io.BytesIO(WORDS))
    return file.getvalue()


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_files_come_out_of_every_form(form: int) -> None:
    long = "folder/" + "long/" * 30 + "name.txt" if form != tarfile.USTAR_FORMAT else "f/" * 60 + "name.txt"
    data = tarred(("news/a.txt", WORDS), (long, WORDS * 100), form=form)
    assert media_type_of(data) == TAR
    assert members(taken(data)) == {"news/a.txt": WORDS, long: WORDS * 100}


def test_a_name_that_is_no_ascii_is_read() -> None:
    assert list(members(taken(tarred(("Übersicht.txt", WORDS))))) == ["Übersicht.txt"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE])
def test_links_pipes_and_devices_are_not_followed(kind: bytes) -> None:
    found = taken(with_entry(type=kind, linkname="/etc/passwd"))
    assert (troubles(found), members(found)) == ({"odd": "not-a-file"}, {"a.txt": WORDS})


def test_a_file_with_holes_is_refused() -> None:
    data = with_entry(pax_headers={"GNU.sparse.map": "0,1", "GNU.sparse.realsize": "1099511627776"})
    assert troubles(taken(data)) == {"odd": "not-a-file"}


def test_names_that_lead_out_are_warned_of_and_junk_is_left() -> None:
    found = taken(tarred(("../../x", WORDS), ("page.html", WORDS), ("page_files/ad.js", WORDS), (".DS_Store", WORDS)))
    assert [one.name for one in found] == ["../../x", "page.html"]
    assert isinstance(found[0], Member) and found[0].warnings[0].startswith("member-name:")


def test_twins_are_items_of_their_own() -> None:
    names = ("a.txt", "a.txt", "A.TXT", "CON", "end. ")
    found = taken(tarred(*((name, b"words %d" % n) for n, name in enumerate(names))))
    assert [one.data for one in found if isinstance(one, Member)] == [b"words %d" % n for n in range(5)]


def test_a_cut_archive_keeps_what_came_before() -> None:
    found = taken(PAIR[: 512 * 3 + 20])
    assert (members(found), troubles(found)) == ({"a.txt": WORDS}, {"b.txt": "truncated"})


def test_a_damaged_header_ends_it() -> None:
    damaged = PAIR[:1024] + b"\xff" * 512 + PAIR[1536:]
    found = []
    with pytest.raises(UnreadableInput) as failed:
        found += taken(damaged)
    assert failed.value.code == "corrupt"


def test_a_file_that_says_it_is_endless_is_not_waited_for() -> None:
    entry = tarfile.TarInfo("odd")
    entry.size = 2**80
    assert troubles(taken(entry.tobuf(tarfile.GNU_FORMAT))) == {"odd": "truncated"}


def test_a_header_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tar_entries, "_LARGEST_EXTENSION", 100)
    with pytest.raises(UnreadableInput) as refused:
        taken(tarred(("n" * 300, WORDS), form=tarfile.PAX_FORMAT))
    assert refused.value.code == "corrupt"


def test_files_beyond_the_limit_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tar_archive, "MOST_MEMBERS", 1)
    found = taken(PAIR)
    assert (list(members(found)), troubles(found)) == (["a.txt"], {"box": "too-many-members"})


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 2047), st.integers(0, 255)), max_size=6), st.integers(0, len(PAIR)))
def test_any_damage_is_survived(changes: list[tuple[int, int]], end: int) -> None:
    data = bytearray(tarred(("n" * 200, WORDS), ("b", WORDS), form=tarfile.PAX_FORMAT))
    for place, value in changes:
        data[place] = value
    survived(bytes(data), TAR)
    survived(PAIR[:end], TAR)
