from __future__ import annotations

import hashlib
import sys
import time
from pathlib import Path

import pytest

from kb_app.ingest.members import Member, Taken, Trouble
from kb_app.services.opener_process import BYTES_AHEAD, Container, OpenerProcess
from tests.ingest.archives.containers import zipped

ODD = [sys.executable, str(Path(__file__).with_name("odd_opener.py"))]


def all_of(container: Container, command: list[str] | None = None, seconds: float = 30.0) -> list[Taken]:
    opener = OpenerProcess(container, command, seconds)
    found: list[Taken] = []
    try:
        while not opener.is_over:
            opener.wait(0.05)
            taken = opener.take()
            if taken is not None:
                found.append(taken)
    finally:
        opener.close()
    return found if opener.trouble is None else [*found, opener.trouble]


def test_a_file_and_bytes_give_the_same_members_with_the_digest_of_the_whole(tmp_path: Path) -> None:
    data = zipped(("a.txt", b"First."), ("inner/b.html", b"<html><body><p>Second.</p></body></html>"))
    path = tmp_path / "two.zip"
    path.write_bytes(data)
    from_file = all_of(Container("two.zip", "application/zip", path))
    assert from_file == all_of(Container("two.zip", "application/zip", data=data))
    assert [one.name for one in from_file] == ["a.txt", "inner/b.html"]
    assert isinstance(from_file[1], Member)
    assert from_file[1].media_type == "text/html"
    assert from_file[1].provenance.container == "two.zip › inner/b.html"
    opener = OpenerProcess(Container("two.zip", "application/zip", path))
    try:
        opener.wait(20)
        assert opener.take() is not None
        assert opener.sha256 == hashlib.sha256(data).hexdigest()
    finally:
        opener.close()


def test_what_cannot_be_opened_is_a_trouble(tmp_path: Path) -> None:
    (broken,) = all_of(Container("broken.zip", "application/zip", data=b"PK\x03\x04 and nothing more"))
    (gone,) = all_of(Container("gone.zip", "application/zip", tmp_path / "gone.zip"))
    assert isinstance(broken, Trouble) and broken.code == "corrupt"
    assert isinstance(gone, Trouble) and gone.code == "vanished"


@pytest.mark.parametrize(
    ("way", "codes"),
    [
        ("die", ["", "worker-died"]),
        ("hang", ["", "timeout"]),
        ("lie", ["", ""]),
        ("babble", ["worker-died"]),
        ("call", ["NetworkRefused"]),
        ("eat", ["memory"]),
    ],
)
def test_an_opener_that_misbehaves_loses_only_its_own_rest(way: str, codes: list[str]) -> None:
    found = all_of(Container("odd.zip", "application/zip", data=way.encode()), ODD, 1.0 if way == "hang" else 30.0)
    assert [one.code if isinstance(one, Trouble) else "" for one in found] == codes


def test_what_a_child_claims_is_told_again_from_the_bytes() -> None:
    first, second = all_of(Container("odd.zip", "application/zip", data=b"lie"), ODD)
    assert isinstance(first, Member) and isinstance(second, Member)
    assert first.media_type == "text/plain"
    assert "\x1b" not in first.name and len(first.name) <= 1_000
    assert first.provenance.parent_sha256 == "" and len(first.provenance.address) <= 4_000


def test_members_wait_until_they_are_wanted() -> None:
    container = Container("odd.zip", "application/zip", data=b"flood")
    opener = OpenerProcess(container, ODD)
    try:
        opener.wait(20)
        assert opener.take() is not None
        time.sleep(1.0)
        assert opener._bytes <= BYTES_AHEAD + 8 * 1024**2
    finally:
        opener.close()
