"""What a worker takes away from itself before it touches a document: memory, time, files and the network.

Every limit is set where the system has it and passed over where it has not: on Linux all of them, on macOS the sandbox
in which `sandboxed` starts a worker, on Windows the job that its employer puts it into (windows_job.py).
"""

from __future__ import annotations

import ctypes
import importlib
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

from kb_app.services.landlock import forbid_writing

MEMORY = 2 * 1024**3  # bytes of address space; an article with its markup tree takes a tenth of it
OPEN_FILES = 64
LARGEST_WRITTEN_FILE = 128 * 1024**2  # the model of languages is unpacked into a temporary file of 65 MB
SECONDS_OF_WORK = 60  # of processor time a document, above the wall clock's limit on one core

_MAC_SANDBOX = "/usr/bin/sandbox-exec"
_MAC_PROFILE = (
    "(version 1)(allow default)(deny network*)(deny file-write*)"
    '(allow file-write* (subpath (param "TEMPORARY")) (literal "/dev/null"))'
)
_NEW_USER_NAMESPACE = 0x10000000  # CLONE_NEWUSER, CLONE_NEWNET of sched.h
_NEW_NETWORK_NAMESPACE = 0x40000000
_NETWORK_EVENTS = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"})


class NetworkRefused(OSError):
    """Something in a worker asked for the network, which a worker has not."""


def confine() -> None:
    """Take memory, files and the network away from this process, for good."""
    _leave_network()
    # the model of languages is unpacked into a temporary file
    forbid_writing((Path(tempfile.gettempdir()), Path(os.devnull)))
    sys.addaudithook(_refuse_network)
    limits = _limits()
    if limits is not None:
        _limit(limits, "RLIMIT_AS", MEMORY)
        _limit(limits, "RLIMIT_NOFILE", OPEN_FILES)
        _limit(limits, "RLIMIT_FSIZE", LARGEST_WRITTEN_FILE)
        _limit(limits, "RLIMIT_CORE", 0)


def sandboxed(command: list[str]) -> list[str]:
    """Return the command that runs another one without network and without writing outside temporary folders."""
    if not os.path.exists(_MAC_SANDBOX):  # only macOS has it
        return command
    folder = os.path.realpath(tempfile.gettempdir())
    return [_MAC_SANDBOX, "-D", f"TEMPORARY={folder}", "-p", _MAC_PROFILE, *command]


def private_streams() -> tuple[BinaryIO, BinaryIO]:
    """Keep both pipes for messages alone: what a library prints goes to standard error."""
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return orders, answers


def allow_work() -> None:
    """Grant the processor time of one more document."""
    limits = _limits()
    if limits is None or not hasattr(limits, "RLIMIT_CPU"):
        return
    spent = limits.getrusage(limits.RUSAGE_SELF)
    _, most = limits.getrlimit(limits.RLIMIT_CPU)
    limits.setrlimit(limits.RLIMIT_CPU, (int(spent.ru_utime + spent.ru_stime) + SECONDS_OF_WORK, most))


def _limits() -> Any:
    # Windows has no such module
    return importlib.import_module("resource") if os.name == "posix" else None


def _limit(limits: Any, name: str, value: int) -> None:
    kind = getattr(limits, name, None)
    if kind is None:
        return
    _, most = limits.getrlimit(kind)
    lowest = value if most == limits.RLIM_INFINITY else min(value, most)
    try:
        limits.setrlimit(kind, (lowest, lowest))
    except (ValueError, OSError):  # macOS knows some limits and refuses to set them
        return


def _leave_network() -> None:
    if not sys.platform.startswith("linux"):
        return
    namespaces = _NEW_USER_NAMESPACE | _NEW_NETWORK_NAMESPACE
    try:
        if hasattr(os, "unshare"):
            os.unshare(namespaces)
        else:
            ctypes.CDLL(None).unshare(namespaces)
    except (OSError, AttributeError):  # not allowed on this system: the hook below still refuses what Python asks
        return


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _NETWORK_EVENTS:
        raise NetworkRefused(f"{event} in a worker")
