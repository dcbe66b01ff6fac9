"""Takes a Linux process's right to write files and to use TCP away, for good.

As docs.kernel.org/userspace-api/landlock describes; without privileges, and also where namespaces are not allowed.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Sequence
from pathlib import Path

# the numbers of these calls are the same on every architecture
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_FOR_VERSION = 1
_BENEATH_A_PATH = 1
_NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS of linux/prctl.h
_SYSCALL_FAILED = -1

# linux/landlock.h: everything that changes files; reading stays, for libraries are loaded late
_WRITE_FILE, _TRUNCATE, _REFER = 1 << 1, 1 << 14, 1 << 13
_CHANGING = _WRITE_FILE | sum(1 << bit for bit in range(4, 13))
_ON_A_FILE = _WRITE_FILE | _TRUNCATE
_BIND_TCP, _CONNECT_TCP = 1, 2
_VERSION_OF_REFER, _VERSION_OF_TRUNCATE, _VERSION_OF_NETWORK = 2, 3, 4


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def landlock_version() -> int:
    """Return which version of Landlock the system has, 0 where it has none."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, int(_system().syscall(_CREATE_RULESET, None, 0, _ASK_FOR_VERSION)))


def forbid_writing(except_in: Sequence[Path]) -> bool:
    """Forbid this process to change any file but in these folders, and to use TCP; tells whether the system could."""
    version = landlock_version()
    if not version:
        return False
    changing = _CHANGING
    changing |= _REFER if version >= _VERSION_OF_REFER else 0
    changing |= _TRUNCATE if version >= _VERSION_OF_TRUNCATE else 0
    network = _BIND_TCP | _CONNECT_TCP if version >= _VERSION_OF_NETWORK else 0
    rules = _Ruleset(changing, network)
    size = ctypes.sizeof(rules) if network else ctypes.sizeof(ctypes.c_uint64)
    system = _system()
    handle = int(system.syscall(_CREATE_RULESET, ctypes.byref(rules), size, 0))
    if handle == _SYSCALL_FAILED:
        return False
    try:
        for path in except_in:
            _allow(handle, path, changing)
        system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return int(system.syscall(_RESTRICT_SELF, handle, 0)) != _SYSCALL_FAILED
    finally:
        os.close(handle)


def _allow(handle: int, path: Path, changing: int) -> None:
    with contextlib.suppress(OSError):  # a folder that is not there cannot be written either
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            rule = _Beneath(changing if path.is_dir() else changing & _ON_A_FILE, folder)
            _system().syscall(_ADD_RULE, handle, _BENEATH_A_PATH, ctypes.byref(rule), 0)
        finally:
            os.close(folder)


def _system() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
