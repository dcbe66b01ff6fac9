from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pytest

from kb_app.core.errors import KartotekaError
from kb_app.exchange.whole_file import write_whole, write_whole_by


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    write_whole(path, b"first")
    write_whole(path, b"second")
    assert path.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [path]


def test_where_writing_fails_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_bytes(b"old")

    def fail_half_way(stream: BinaryIO) -> None:
        stream.write(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(KartotekaError, match=r"out\.json.*No space left"):
        write_whole_by(path, fail_half_way)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(KartotekaError, match="gone"):
        write_whole(tmp_path / "gone" / "out.json", b"x")
