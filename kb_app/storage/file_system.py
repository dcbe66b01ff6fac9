"""What the disk under a knowledge base can do, and writing files so that they are whole or absent."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
# shared memory between connections, which WAL needs, is not safe there (sqlite.org/wal.html)
_NETWORK_TYPES = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "9p", "vboxsf", "prl_fs", "coda"})
_REMOTE_DRIVE = 4


def can_share_memory(path: Path) -> bool:
    """Tell whether the file's disk is a local one, fit for a write-ahead log."""
    if sys.platform == "win32":
        anchor = path.resolve().anchor
        is_share = anchor.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(anchor) == _REMOTE_DRIVE
        return not is_share
    kind = mount_type(path)
    return not (kind in _NETWORK_TYPES or (kind.startswith("fuse.") and kind not in ("fuse.ext4", "fuse.ntfs-3g")))


def mount_type(path: Path, mounts: Path = _MOUNTS) -> str:
    """Return the type of the file system that holds the path, "" where the system does not say."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    wanted = str(path.resolve())
    for line in lines:
        left, _, right = line.partition(" - ")
        fields = left.split()
        if len(fields) < 5 or not right:
            continue
        point = fields[4].replace("\\040", " ")
        inside = wanted == point or wanted.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, right.split()[0]
    return kind


def flush(path: Path) -> None:
    """Wait until the file's content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the folder's entries are on the disk, where the system can tell."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def move_into_place(temporary: Path, target: Path) -> None:
    """Put a finished file where it belongs, replacing what is there in one step."""
    flush(temporary)
    temporary.replace(target)
    flush_folder(target.parent)


def move_to_free_name(temporary: Path, target: Path) -> None:
    """Put a finished file where nothing is yet; raises FileExistsError where something is."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # no hard links on this disk; the moment between look and rename is the best it can do
        if target.exists():
            raise FileExistsError(str(target)) from None
        temporary.rename(target)


def free_bytes(folder: Path) -> int:
    """Return how much room is left for us on the folder's disk."""
    return shutil.disk_usage(folder).free
