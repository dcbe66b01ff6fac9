"""Puts a worker of Windows into a job that limits its memory, lets it start little and ends with us."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

_PROCESSES = 4  # an environment's python.exe starts the interpreter as a second one; text recognition is a third
_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation of winnt.h
_ACTIVE_PROCESSES, _PROCESS_MEMORY = 0x8, 0x100
_DIE_ON_UNHANDLED, _KILL_ON_CLOSE = 0x400, 0x2000


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _Limits(ctypes.Structure):
    _fields_ = (
        ("basic", _BasicLimits),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("most_process_memory", ctypes.c_size_t),
        ("most_job_memory", ctypes.c_size_t),
    )


class WindowsJob:
    """A job object; the process in it ends when the job is closed. Elsewhere than on Windows it does nothing."""

    def __init__(self, memory: int) -> None:
        self._handle: int | None = None
        if sys.platform == "win32":
            self._handle = _made(memory)

    def take(self, process_handle: int) -> bool:
        """Put a process into the job; tells whether the system could."""
        if self._handle is None:
            return False
        return bool(_kernel().AssignProcessToJobObject(ctypes.c_void_p(self._handle), ctypes.c_void_p(process_handle)))

    def close(self) -> None:
        """Let the job go, and end what is in it."""
        handle, self._handle = self._handle, None
        if handle is not None:
            _kernel().CloseHandle(ctypes.c_void_p(handle))


def _made(memory: int) -> int | None:
    kernel = _kernel()
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    handle: int | None = kernel.CreateJobObjectW(None, None)
    if not handle:
        return None
    limits = _Limits()
    limits.basic.flags = _ACTIVE_PROCESSES | _PROCESS_MEMORY | _DIE_ON_UNHANDLED | _KILL_ON_CLOSE
    limits.basic.active_processes = _PROCESSES
    limits.process_memory = memory
    size = ctypes.sizeof(limits)
    kernel.SetInformationJobObject(ctypes.c_void_p(handle), _EXTENDED_LIMITS, ctypes.byref(limits), size)
    return handle


def _kernel() -> Any:
    # Windows alone has it
    return ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
