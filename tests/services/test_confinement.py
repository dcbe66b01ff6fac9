"""What a confined process can no longer do; each is tried in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kb_app.services.confinement import sandboxed
from kb_app.services.landlock import landlock_version
from kb_app.services.windows_job import WindowsJob

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="these are limits of Linux")
LANDLOCK = pytest.mark.skipif(landlock_version() == 0, reason="this system has no Landlock")


def outcome(project_root: Path, deed: str, temporary: Path) -> str:
    """Do something in a confined process; tells what it printed, or the error that ended it."""
    code = f"import os, socket, sys\nfrom kb_app.services.confinement import confine\nconfine()\n{deed}\n"
    environment = {"PYTHONPATH": str(project_root), "TMPDIR": str(temporary), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    lines = (done.stdout or done.stderr).strip().splitlines()
    return lines[-1] if lines else ""


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@LANDLOCK
@pytest.mark.parametrize(
    "deed",
    [
        "open({outside!r}, 'w')",
        "open({kept!r}, 'a')",
        "os.remove({kept!r})",
        "os.rename({kept!r}, {outside!r})",
        "os.mkdir({outside!r})",
        "os.truncate({kept!r}, 0)",
    ],
)
def test_it_changes_no_file_of_the_person(project_root: Path, tmp_path: Path, temporary: Path, deed: str) -> None:
    kept, outside = tmp_path / "kept.txt", tmp_path / "outside.txt"
    kept.write_text("words")
    said = outcome(project_root, deed.format(kept=str(kept), outside=str(outside)), temporary)
    assert "Permission denied" in said
    assert kept.read_text() == "words" and not outside.exists()


@LINUX
def test_it_reads_and_writes_temporary_files(project_root: Path, tmp_path: Path, temporary: Path) -> None:
    (tmp_path / "kept.txt").write_text("words")
    deed = f"""
import tempfile
with tempfile.TemporaryFile() as file:
    file.write(open({str(tmp_path / "kept.txt")!r}, "rb").read())
    file.seek(0)
    print(file.read().decode())
"""
    assert outcome(project_root, deed, temporary) == "words"


@LINUX
@pytest.mark.parametrize(
    "deed",
    [
        "socket.create_connection(('127.0.0.1', 9), 1)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
        "socket.getaddrinfo('harbour.example', 80)",
    ],
)
def test_it_reaches_no_network(project_root: Path, temporary: Path, deed: str) -> None:
    assert "NetworkRefused" in outcome(project_root, deed, temporary)


@LANDLOCK
def test_it_reaches_no_network_either_past_python(project_root: Path, temporary: Path) -> None:
    deed = """
import ctypes, struct
system = ctypes.CDLL(None, use_errno=True)
handle = system.socket(2, 1, 0)
address = struct.pack("=H2s4s8x", 2, (9).to_bytes(2, "big"), bytes((127, 0, 0, 1)))
print(handle, system.connect(handle, address, 16), os.strerror(ctypes.get_errno()))
"""
    said = outcome(project_root, deed, temporary)
    assert "-1" in said and ("denied" in said or "unreachable" in said)


@LINUX
def test_it_has_no_more_memory_than_it_may(project_root: Path, temporary: Path) -> None:
    assert outcome(project_root, "bytearray(3 * 1024**3)", temporary) == "MemoryError"


def test_elsewhere_the_other_systems_means_do_nothing() -> None:
    if sys.platform == "darwin":
        assert sandboxed(["worker"])[0].endswith("sandbox-exec")
    else:
        assert sandboxed(["worker"]) == ["worker"]
    if sys.platform != "win32":
        job = WindowsJob(1)
        assert not job.take(0)
        job.close()
