"""A lock file beside the knowledge base, so that two windows do not write one file."""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from kb_app.core.errors import StoreLocked

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# beyond the text, so that others can read who holds the lock (Windows locks keep readers out)
_LOCKED_BYTE = 1 << 20
_HELD_BY_ANOTHER = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds a lock."""

    pid: int
    host: str
    started: str  # UTC, when the lock was taken

    @property
    def words(self) -> str:
        """Return the holder for a sentence."""
        where = "on this computer" if self.host == socket.gethostname() else f"on {self.host}"
        return f"another window {where} (process {self.pid}, since {self.started} UTC)"


class StoreLock:
    """The right to write one knowledge base.

    The system's own file lock decides and dies with its process; the text in the file names the holder. A lock left
    by a dead process of this computer is taken over. One that names another computer is respected: a shared folder
    may not carry that computer's file lock to us.
    """

    def __init__(self, store: Path) -> None:
        self._store = store
        self.path = store.with_name(store.name + ".lock")
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock; raises StoreLocked naming the holder, OSError where the folder cannot be written."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            locked = _lock(descriptor)
            holder = read_holder(self.path)
            if locked is False or (locked is None and holder is not None and _is_running(holder)):
                raise StoreLocked(self._store, holder.words if holder else "another window")
            if holder is not None and holder.host != socket.gethostname():
                raise StoreLocked(
                    self._store,
                    f"{holder.words}; if that computer no longer has it open, delete “{self.path.name}” and try again",
                )
            _write_holder(descriptor)
        except BaseException:  # the descriptor must not stay open, whatever went wrong
            os.close(descriptor)
            raise
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back and remove its file."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        if sys.platform == "win32":
            os.ftruncate(descriptor, 0)
            os.close(descriptor)
            return
        # removed before it is unlocked: whoever opened it meanwhile finds it locked, and later another file
        self.path.unlink(missing_ok=True)
        os.close(descriptor)


def read_holder(path: Path) -> Holder | None:
    """Return who the lock file names, None where it names nobody."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Holder(int(raw["pid"]), str(raw["host"]), str(raw["started"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write_holder(descriptor: int) -> None:
    holder = Holder(os.getpid(), socket.gethostname(), datetime.now(UTC).strftime("%Y-%m-%d %H:%M"))
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, json.dumps(asdict(holder)).encode())


def _lock(descriptor: int) -> bool | None:
    """Take the system's lock: True when we hold it, False when another does, None where the disk knows no locks."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in _HELD_BY_ANOTHER else None
    return True


def _is_running(holder: Holder) -> bool:
    if holder.host != socket.gethostname() or sys.platform == "win32":
        return True
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is there, and another user's
        return True
    return True
