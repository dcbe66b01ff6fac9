"""Reads the next files while the ones before are worked on, so that a slow disk holds up nothing else."""

from __future__ import annotations

import logging
import os
import queue
import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from kb_app.core.article import SourceFile
from kb_app.core.errors import Failed, UnreadableInput
from kb_app.ingest.containers import is_container
from kb_app.ingest.limits import MEGABYTE
from kb_app.ingest.reading import kind_of_file, read_source
from kb_app.storage.import_batches import WaitingInput

LOG = logging.getLogger(__name__)
FILES_AHEAD = 32
BYTES_AHEAD = 16 * MEGABYTE


@dataclass(frozen=True, slots=True)
class ReadInput:
    """A listed input as it was found: a source, a container's kind (it is not read, but taken apart), or an error."""

    item: WaitingInput
    source: SourceFile | None = None
    container_type: str = ""
    error: UnreadableInput | None = None


class ReadingAhead:
    """A thread that reads files in order."""

    def __init__(self) -> None:
        self._wanted: queue.SimpleQueue[WaitingInput | None] = queue.SimpleQueue()
        self._there = threading.Condition()
        self._read: deque[ReadInput] = deque()
        self._bytes = 0
        self._closing = False
        self.waiting = 0  # handed in and not taken out yet
        # a file on a drive that hangs cannot be waited for: such a thread is left behind
        self._thread = threading.Thread(target=self._run, name="reading ahead", daemon=True)
        self._thread.start()

    def want(self, item: WaitingInput) -> None:
        """Have a file read."""
        self.waiting += 1
        self._wanted.put(item)

    def wait(self, seconds: float) -> None:
        """Wait until the next file is read, but no longer than so many seconds."""
        with self._there:
            if not self._read and self.waiting:
                self._there.wait(seconds)

    def take(self) -> ReadInput | None:
        """Return the next file in order, None where it is not read yet."""
        with self._there:
            if not self._read:
                return None
            read = self._read.popleft()
            self._bytes -= _size(read)
            self._there.notify_all()
        self.waiting -= 1
        return read

    def close(self) -> None:
        """Read no more."""
        with self._there:
            self._closing = True
            self._there.notify_all()
        self._wanted.put(None)

    def _run(self) -> None:
        while (item := self._wanted.get()) is not None:
            read = _read(item)
            with self._there:
                while self._read and (len(self._read) >= FILES_AHEAD or self._bytes >= BYTES_AHEAD):
                    if self._closing:
                        return
                    self._there.wait()
                self._read.append(read)
                self._bytes += _size(read)
                self._there.notify_all()
                if self._closing:
                    return


def _read(item: WaitingInput) -> ReadInput:
    try:
        return read_input(item)
    except MemoryError:
        error = Failed("memory", f"“{item.name}” takes more memory than there is, so it was not read.")
    except Exception as unforeseen:  # without this thread the import would wait for ever
        LOG.exception("%s was not read", item.name)
        error = Failed("unreadable", f"“{item.name}” could not be read ({type(unforeseen).__name__}).")
    return ReadInput(item, error=error)


def read_input(item: WaitingInput) -> ReadInput:
    """Read one file; a container is only looked at."""
    if item.path is None:
        raise ValueError(f"“{item.name}” lies in no file")
    path = Path(os.fsdecode(item.path))
    kind = kind_of_file(path)
    if is_container(kind):
        return ReadInput(item, container_type=kind)
    try:
        return ReadInput(item, read_source(path))
    except UnreadableInput as error:
        return ReadInput(item, error=error)


def _size(read: ReadInput) -> int:
    return len(read.source.data) if read.source else 0
