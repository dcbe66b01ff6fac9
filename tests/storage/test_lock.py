"""The lock file names its holder and never outlives it."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from kb_app.core.errors import StoreLocked
from kb_app.storage.file_system import mount_type, move_to_free_name
from kb_app.storage.lock import StoreLock, read_holder


def test_a_lock_names_its_holder_and_goes_when_released(path: Path) -> None:
    lock = StoreLock(path)
    lock.acquire()
    holder = read_holder(lock.path)
    assert holder is not None and holder.pid == os.getpid()
    lock.release()
    lock.release()
    assert not lock.path.exists()


def test_only_one_holds_it(path: Path) -> None:
    first, second = StoreLock(path), StoreLock(path)
    first.acquire()
    with pytest.raises(StoreLocked):
        second.acquire()
    first.release()
    second.acquire()
    second.release()


@pytest.mark.parametrize("content", ["", "{", "[]", json.dumps({"pid": "x", "host": 1, "started": None})])
def test_a_lock_file_that_says_nothing_names_nobody(path: Path, content: str) -> None:
    path.write_text(content)
    assert read_holder(path) is None


def test_the_type_of_a_disk_is_that_of_the_nearest_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        f"23 22 0:40 / {tmp_path}/my\\040share rw - cifs //server/share rw\n"
        f"24 22 0:41 / {tmp_path}/my rw shared:1 - tmpfs none rw\n"
        "bad line\n"
    )
    assert mount_type(tmp_path / "my share" / "a.kb", mounts) == "cifs"
    assert mount_type(tmp_path / "my" / "a.kb", mounts) == "tmpfs"
    assert mount_type(tmp_path / "mystery.kb", mounts) == "ext4"
    assert mount_type(tmp_path, tmp_path / "absent") == ""


def test_on_a_disk_without_locks_the_text_decides(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb_app.storage.lock._lock", lambda _: None)
    first, second = StoreLock(path), StoreLock(path)
    first.acquire()
    with pytest.raises(StoreLocked, match=str(os.getpid())):
        second.acquire()
    dead = {"pid": 2**22 + 1, "host": socket.gethostname(), "started": "2026-01-01 10:00"}
    first.path.write_text(json.dumps(dead))
    second.acquire()
    second.release()
    first.release()


def test_a_file_is_put_where_nothing_is_also_without_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    new, target = tmp_path / "new", tmp_path / "target"
    new.write_text("new")
    move_to_free_name(new, target)
    assert target.read_text() == "new"
    new.write_text("newer")
    with pytest.raises(FileExistsError):
        move_to_free_name(new, target)
    assert target.read_text() == "new"
