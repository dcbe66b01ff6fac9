"""Has one container taken apart in a process of its own, and hands on what comes out no faster than it is wanted."""

from __future__ import annotations

import logging
import os
import re
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from kb_app.core.article import Provenance
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.limits import MEGABYTE
from kb_app.ingest.media_type import ITEMS, PLAIN_TEXT, TEXTS, media_type_of
from kb_app.ingest.members import APART, Member, Taken, Trouble
from kb_app.services.child_process import SECONDS_TO_LET_GO, ChildProcess, WorkerDied, child_command
from kb_app.services.codec import CodecError, dumps, loads
from kb_app.services.distrust import bounded
from kb_app.services.frames import Frame, read_frame, write_frame
from kb_app.services.opener_messages import OpenOrder, Sent

LOG = logging.getLogger(__name__)
OPENER_MODULE = "kb_app.services.opener"
OPENER_ARGUMENT = "_opener"
SECONDS_A_MEMBER = 30.0
SECONDS_TO_START = 20.0
SECONDS_TO_GO = 1.0
MEMBERS_AHEAD = 16
BYTES_AHEAD = 16 * MEGABYTE
LONGEST_NAME = 1_000
LONGEST_SENTENCE = 1_000
_HASH = re.compile(r"[0-9a-f]{64}")
_KIND = re.compile(r"[a-z0-9]+/[a-z0-9.+-]{1,90}")


@dataclass(frozen=True, slots=True)
class Container:
    """What is to be taken apart: a file, or the bytes of a member of another container."""

    name: str
    media_type: str
    path: Path | None = None
    data: bytes = b""
    given: GivenMetadata = field(default_factory=GivenMetadata)
    mapping: str = ""


def opener_command() -> list[str]:
    """Return the command of a process that takes containers apart."""
    return child_command(OPENER_MODULE, OPENER_ARGUMENT)


class OpenerProcess:
    """One container that is being taken apart; `take` hands out what is there."""

    def __init__(
        self, container: Container, command: list[str] | None = None, seconds_a_member: float = SECONDS_A_MEMBER
    ) -> None:
        self._container = container
        self._seconds = seconds_a_member
        self._there = threading.Condition()
        self._queue: deque[Taken] = deque()
        self._bytes = 0
        self._closing = False
        self._ended = False
        self._sha256 = ""
        self._trouble_at_end: Trouble | None = None
        self._deadline = time.monotonic() + SECONDS_TO_START + seconds_a_member
        self._asked_to_go = False
        self._child = ChildProcess(command or opener_command())
        self._thread = threading.Thread(target=self._run, name="opener", daemon=True)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will come."""
        with self._there:
            return self._ended and not self._queue

    @property
    def sha256(self) -> str:
        """Return the digest of the container's bytes, "" before it is known: it is when the first member comes."""
        with self._there:
            return self._sha256

    @property
    def trouble(self) -> Trouble | None:
        """Return what was wrong with the container as a whole, once nothing more will come."""
        with self._there:
            return self._trouble_at_end

    def wait(self, seconds: float) -> None:
        """Wait until something is there or over, but no longer than so many seconds."""
        with self._there:
            if not self._queue and not self._ended:
                self._there.wait(seconds)

    def take(self) -> Taken | None:
        """Return the next member or trouble, None where none is there."""
        self._watch()
        with self._there:
            if not self._queue:
                return None
            taken = self._queue.popleft()
            self._bytes -= _size(taken)
            self._there.notify_all()
            return taken

    def close(self) -> None:
        """End the process, whatever it is at."""
        with self._there:
            self._closing = True
            self._there.notify_all()
        self._child.kill()
        # what the process left behind may hold its pipe: the thread alone waits for that, and lets the pipe go
        self._thread.join(SECONDS_TO_LET_GO)

    def _watch(self) -> None:
        """End the process when the next member takes too long: first politely, then for good."""
        with self._there:
            if self._ended or time.monotonic() < self._deadline:
                return
            asked_before, self._asked_to_go = self._asked_to_go, True
            self._deadline = time.monotonic() + SECONDS_TO_GO
        if asked_before:
            self._child.kill()
        else:
            self._child.terminate()

    def _run(self) -> None:
        try:
            last = self._pump()
        except (WorkerDied, OSError, ValueError, CodecError) as error:
            LOG.info("an opener died: %s %s", error, self._child.last_words())
            last = self._obituary()
        with self._there:
            self._trouble_at_end = last
            self._ended = True
            self._there.notify_all()
        self._child.close()

    def _pump(self) -> Trouble | None:
        """Queue what comes until the end, and return what is wrong with the container as a whole."""
        write_frame(self._child.orders, self._order())
        while True:
            frame = read_frame(self._child.answers)
            if frame is None:
                raise WorkerDied("no end")
            sent = loads(Sent, frame.json)
            if sent.is_end:
                return self._trouble(sent, self._container.name) if sent.code else None
            if sent.sha256:
                self._note_digest(sent.sha256)
            elif not sent.is_alive and not self._queued(self._believed(sent, frame.blob)):
                return None
            with self._there:
                self._deadline = time.monotonic() + self._seconds

    def _note_digest(self, sha256: str) -> None:
        if not _HASH.fullmatch(sha256):
            raise CodecError("an odd digest")
        with self._there:
            self._sha256 = sha256

    def _order(self) -> Frame:
        container = self._container
        path = "" if container.path is None else os.fsencode(container.path.absolute()).decode("latin-1")
        order = OpenOrder(container.name, container.media_type, path, container.given, container.mapping)
        return Frame(dumps(order), container.data)

    def _queued(self, taken: Taken) -> bool:
        """Wait until there is room; False when nobody wants more."""
        with self._there:
            self._deadline = float("inf")
            while self._queue and (len(self._queue) >= MEMBERS_AHEAD or self._bytes >= BYTES_AHEAD):
                if self._closing:
                    return False
                self._there.wait()
            self._queue.append(taken)
            self._bytes += _size(taken)
            self._there.notify_all()
            return not self._closing

    def _believed(self, sent: Sent, data: bytes) -> Taken:
        """Make a member of what was sent; its kind is told by its bytes, and every word of it has a bound."""
        name = bounded(sent.name, LONGEST_NAME) or "?"
        if sent.code:
            return self._trouble(sent, name)
        kind = media_type_of(data, name)
        # what is text may be more than its bytes show: a page without a head, an item of a feed, which its bytes alone
        # would have opened as another feed
        claims_text = (kind == PLAIN_TEXT and sent.media_type in TEXTS) or sent.media_type in ITEMS
        if (claims_text or sent.is_whole) and _KIND.fullmatch(sent.media_type):
            kind = sent.media_type
        warnings = tuple(bounded(warning, LONGEST_SENTENCE) for warning in sent.warnings[:20])
        return Member(name, data, kind, sent.given, self._provenance(sent, name), sent.is_whole, warnings)

    def _trouble(self, sent: Sent, name: str) -> Trouble:
        return Trouble(name, bounded(sent.code, 40), bounded(sent.sentence, LONGEST_SENTENCE), sent.refused)

    def _provenance(self, sent: Sent, name: str) -> Provenance:
        given, within = sent.provenance, self._container.name
        container = given.container if given.container.startswith(within) else f"{within}{APART}{name}"
        return Provenance(
            bounded(given.how, 40) or "archive",
            bounded(given.address, 4_000),
            bounded(given.captured_at, 40),
            bounded(container, 4 * LONGEST_NAME),
            parent_sha256=given.parent_sha256 if _HASH.fullmatch(given.parent_sha256) else "",
        )

    def _obituary(self) -> Trouble:
        name = self._container.name
        if self._asked_to_go:
            sentence = f"Taking “{name}” apart was given up: its next part took longer than it may."
            return Trouble(name, "timeout", sentence)
        return Trouble(name, "worker-died", f"The process that took “{name}” apart ended unexpectedly.")


def _size(taken: Taken) -> int:
    return len(taken.data) if isinstance(taken, Member) else 0
