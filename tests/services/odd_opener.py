"""A process that does what taking a container apart should never do; started by the tests of the opener."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress

from kb_app.core.article import Provenance
from kb_app.ingest.members import Member, Opened, Taken, Trouble
from kb_app.services import opener


def odd_members(opened: Opened) -> Iterator[Taken]:
    way = opened.stream.read().decode()
    if way == "babble":
        for number in range(3, 10):
            with suppress(OSError):
                os.write(number, b"\xff" * 100)
        os._exit(0)
    if way == "call":
        yield Trouble("call", called(), "It called.")
        return
    if way == "eat":
        bytearray(64 * 1024**3)
    if way == "lie":
        provenance = Provenance(address="a" * 10_000, container="elsewhere", parent_sha256="no digest")
        yield Member("\x1b[31m" + "n" * 2_000, b"Plain words.", "application/pdf", provenance=provenance)
    yield Member("first.txt", b"First.", "text/plain")
    if way == "die":
        os._exit(3)
    if way == "hang":
        threading.Event().wait()
    while way == "flood":
        yield Member("large.txt", b"x" * 8 * 1024**2, "text/plain")


def called() -> str:
    try:
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    except OSError as error:
        return type(error).__name__
    return "connected"


if __name__ == "__main__":
    opener.members_of = odd_members
    sys.exit(opener.main())
