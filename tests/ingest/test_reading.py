"""Files are read once, folders walked in a stable order, and what cannot be read says why."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from kb_app.core.errors import Failed, Refused, UnreadableInput
from kb_app.ingest.limits import Limits
from kb_app.ingest.reading import read_source, shown_name, source_from_bytes, walk_inputs
from kb_app.services.watching import looks_at

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a matter of POSIX file systems")


def code_of(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableInput) as error:
        read_source(path, limits or Limits())
    assert path.name in error.value.sentence
    return error.value.code


def test_a_source_keeps_the_bytes_and_their_hash(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"Words\r\nand more")
    source = read_source(file)
    assert source.data == b"Words\r\nand more"
    assert source.sha256 == hashlib.sha256(source.data).hexdigest()
    assert (source.name, source.path, source.media_type) == ("a.txt", str(file), "text/plain")


def test_what_cannot_be_read_has_a_code_and_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert code_of(tmp_path / "gone.txt") == "vanished"
    assert code_of(tmp_path / "empty.txt") == "empty"
    assert code_of(tmp_path) == "not-a-file"


@POSIX
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert code_of(tmp_path / "pipe") == "not-a-file"


@POSIX
def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    file = tmp_path / "a.txt"
    file.write_text("words")
    file.chmod(0)
    assert code_of(file) == "permission"


def test_size_limits_differ_by_content(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"word " * 100)
    (tmp_path / "picture").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400))
    limits = Limits(text=100, any_kind=450)
    assert code_of(tmp_path / "text", limits) == "too-large"
    assert read_source(tmp_path / "picture", limits).media_type == "image/png"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow Unicode names alone")
def test_a_name_that_is_no_unicode_is_read_and_can_be_stored(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(name, "wb") as file:
        file.write(b"words")
    [path] = walk_inputs([tmp_path])
    source = read_source(path)
    assert source.name == "caf\\xe9.txt"
    source.path.encode("utf-8")


def test_bytes_from_the_clipboard_are_a_source() -> None:
    assert source_from_bytes("pasted", b"<p>Words</p><p>more</p><br>").media_type == "text/html"
    with pytest.raises(Refused):
        source_from_bytes("pasted", b"")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 words", "application/pdf"),
        (
            b"PK\x03\x04" + bytes(26) + b"word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"  <!-- saved --><!DOCTYPE HTML><html>", "text/html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "application/xhtml+xml"),
        ("<html><body>Wörter".encode("utf-16"), "text/html"),
        ("Wörter aus Text".encode("utf-16-le"), "text/plain"),
        (b'<?xml version="1.0"?><rss><channel/></rss>', "application/rss+xml"),
        (b'<?xml version="1.0"?><ledger><entry/></ledger>', "application/xml"),
        ("Words of a text".encode("utf-32-be"), "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><p>Words</p></svg>", "image/svg+xml"),
        (b"BMW said on Monday that a < b and b > c.", "text/plain"),
        (bytes(range(256)) * 8, "application/octet-stream"),
    ],
)
def test_the_kind_is_told_by_the_content(data: bytes, kind: str) -> None:
    assert source_from_bytes("misleading.doc", data).media_type == kind


def test_folders_are_walked_in_order_without_junk(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.txt", ".hidden", "page.html", "page_files/advert.html", "other_files/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("words")
    skipped: list[tuple[str, str]] = []
    found = list(walk_inputs([tmp_path], lambda path, reason: skipped.append((path.name, reason))))
    names = [path.relative_to(tmp_path).as_posix() for path in found]
    assert names == ["a/1.txt", "a/2.txt", "b.txt", "other_files/c.txt", "page.html"]
    assert sorted(skipped) == [(".hidden", "hidden"), ("page_files", "companion")]


def test_a_file_named_twice_comes_once_and_a_missing_one_comes_to_be_told(tmp_path: Path) -> None:
    file, gone = tmp_path / "a.txt", tmp_path / "gone.txt"
    file.write_text("words")
    assert list(walk_inputs([file, tmp_path, gone])) == [file, gone]


@POSIX
def test_links_out_of_the_folder_loops_and_pipes_are_left_out(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside.txt", tmp_path / "root"
    root.mkdir()
    outside.write_text("words")
    (root / "a.txt").write_text("words")
    (root / "inside").symlink_to(root / "a.txt")
    (root / "out").symlink_to(outside)
    (root / "up").symlink_to(root)
    os.mkfifo(root / "pipe")
    reasons: dict[str, str] = {}
    found = list(walk_inputs([root], lambda path, reason: reasons.update({path.name: reason})))
    assert found == [root / "a.txt"]
    assert reasons == {"out": "outside-link", "up": "loop", "pipe": "not-a-file"}


@POSIX
def test_a_folder_without_permission_is_told_by_reading_it(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    tmp_path.chmod(0)
    try:
        [path] = walk_inputs([tmp_path])
        with pytest.raises(Failed) as failed:
            read_source(path)
        assert failed.value.code == "permission"
    finally:
        tmp_path.chmod(0o700)


@POSIX
def test_folders_nested_more_deeply_than_calls_are_walked(tmp_path: Path) -> None:
    depth = 600  # each took two or three
    handle = os.open(tmp_path, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=handle)
        inner = os.open("d", os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = inner
    os.close(os.open("a.txt", os.O_CREAT | os.O_WRONLY, dir_fd=handle))
    os.close(handle)
    (tmp_path / "z.txt").touch()
    expected = [tmp_path.joinpath(*["d"] * depth, "a.txt"), tmp_path / "z.txt"]
    assert list(walk_inputs([tmp_path])) == expected
    assert [look.path for look in looks_at(tmp_path)] == []  # they are empty
    expected[0].write_text("Words.")
    assert [look.path for look in looks_at(tmp_path)] == expected[:1]


def test_a_name_shows_every_character_in_it() -> None:
    assert shown_name(Path("report\u202etxt.exe")) == r"report\u202etxt.exe"
    assert shown_name(Path("a\u200bb\nc.txt")) == r"a\u200bb\nc.txt"
    assert shown_name(Path("Größe – файл 1.txt")) == "Größe – файл 1.txt"
