"""Compressed streams are unpacked piece by piece: tar archives, web archives, single files."""

from __future__ import annotations

import bz2
import gzip
import lzma

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_app.core.errors import UnreadableInput
from kb_app.ingest.archives import expansion
from kb_app.ingest.containers import members_of
from kb_app.ingest.media_type import BZIP2, GZIP, XZ, media_type_of
from kb_app.ingest.members import Member
from tests.ingest.archives.containers import members, opened, survived, taken, tarred, troubles

WORDS = b"Ilse Marrow spoke in Harbury. "
PACKERS = {GZIP: gzip.compress, BZIP2: bz2.compress, XZ: lzma.compress}
PAIR = tarred(("a.txt", WORDS), ("b.txt", WORDS * 2))


@pytest.mark.parametrize("kind", PACKERS)
def test_a_packed_tar_archive_is_taken_apart(kind: str) -> None:
    data = PACKERS[kind](PAIR)
    assert media_type_of(data) == kind
    assert members(taken(data)) == {"a.txt": WORDS, "b.txt": WORDS * 2}


@pytest.mark.parametrize(("kind", "name"), [(GZIP, "a.txt.gz"), (BZIP2, "a.txt.bz2"), (XZ, "a.txt.xz")])
def test_a_packed_file_is_its_one_member(kind: str, name: str) -> None:
    [member] = members_of(opened(PACKERS[kind](WORDS) + PACKERS[kind](WORDS), name))
    assert isinstance(member, Member)
    assert (member.name, member.data, member.media_type) == ("a.txt", WORDS * 2, "text/plain")
    assert member.provenance.container == f"{name} › a.txt"


@pytest.mark.parametrize("kind", PACKERS)
def test_a_bomb_is_stopped_while_it_is_unpacked(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "RATIO_WATCHED_FROM", 2**20)
    bomb = PACKERS[kind](tarred(("bomb.bin", bytes(2**25)), ("a.txt", WORDS)))
    with pytest.raises(UnreadableInput) as refused:
        taken(bomb)
    assert refused.value.code == "archive-ratio"


def test_a_single_packed_bomb_is_refused() -> None:
    with pytest.raises(UnreadableInput) as refused:
        taken(gzip.compress(b"word " * 11 * 2**20))
    assert refused.value.code == "archive-ratio"


def test_a_cut_stream_is_told_and_what_came_before_is_kept() -> None:
    many = tarred(*((f"{n}.txt", bytes(str(n), "ascii") * 2000) for n in range(200)))
    found = taken(gzip.compress(many)[:-1500])
    assert "0.txt" in members(found)
    assert "truncated" in troubles(found).values() or "corrupt" in troubles(found).values()
    with pytest.raises(UnreadableInput) as failed:
        taken(gzip.compress(WORDS * 100)[:-20])
    assert failed.value.code == "corrupt"


@pytest.mark.parametrize("kind", PACKERS)
def test_any_damage_is_survived(kind: str) -> None:
    packed = PACKERS[kind](PAIR)

    @settings(deadline=None, max_examples=80)
    @given(st.lists(st.tuples(st.integers(0, len(packed) - 1), st.integers(0, 255)), max_size=4))
    def damage(changes: list[tuple[int, int]]) -> None:
        data = bytearray(packed)
        for place, value in changes:
            data[place] = value
        survived(bytes(data), kind)
        survived(packed[: changes[0][0]] if changes else b"", kind)

    damage()
