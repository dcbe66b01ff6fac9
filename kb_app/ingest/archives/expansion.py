"""Counts what an archive becomes while it is unpacked, and ends it before it is too much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from kb_app.core.errors import Refused
from kb_app.ingest.limits import MEGABYTE, Limits
from kb_app.ingest.members import HIGHEST_RATIO, LEFT_OUT, MOST_EXPANDED, MOST_MEMBERS, RATIO_WATCHED_FROM, Trouble
from kb_app.ingest.reading import limit_for

PIECE = 256 * 1024


class Counted:
    """A stream that counts the bytes read from it; what an archive says of its sizes is not believed."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        """Read and count."""
        data = self._stream.read(size)
        self.count += len(data)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move to another place."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Return the place."""
        return self._stream.tell()

    def seekable(self) -> bool:
        """Tell that every place can be reached."""
        return True


class TooMuchExpanded(Refused):
    """The container as a whole becomes too much: nothing more is taken out of it."""


@dataclass
class Expansion:
    """What one container has become so far."""

    limits: Limits = field(default_factory=Limits)
    most: int = MOST_EXPANDED
    expanded: int = 0

    def whole(self, name: str, read: Callable[[int], bytes], packed: Callable[[], int]) -> bytes:
        """Read one member to its end; `packed` tells how many packed bytes it has taken so far.

        Raises Refused `too-large` or `archive-ratio`, and TooMuchExpanded.
        """
        data = bytearray()
        limit = self.limits.any_kind
        while piece := read(PIECE):
            if not data:
                limit = limit_for(piece, self.limits)
            data += piece
            self.add(len(piece), name)
            check_ratio(name, len(data), packed())
            if len(data) > limit:
                raise _too_large(name, limit, len(data) > HIGHEST_RATIO * packed())
        return bytes(data)

    def add(self, size: int, name: str) -> None:
        """Count bytes that came out; raises TooMuchExpanded."""
        self.expanded += size
        if self.expanded > self.most:
            raise TooMuchExpanded(
                "archive-size",
                f"What the archive holds is more than {self.most // MEGABYTE:,} MB; “{name}” and what follows it was"
                " not taken out.",
            )


def too_many_members(archive: str) -> Trouble:
    """Return what is said of the members beyond the limit."""
    sentence = f"“{archive}” holds more than {MOST_MEMBERS:,} files; those after them were not taken out."
    return Trouble(archive, "too-many-members", sentence, refused=True)


def left_out_of(archive: str, count: int) -> Trouble:
    """Return what is said of the many things in a web archive that are no pages."""
    what = "record that is no page" if count == 1 else "records that are no pages"
    sentence = f"“{archive}” also holds {count:,} {what} (pictures, scripts, redirects and the like); left out."
    return Trouble(archive, LEFT_OUT, sentence, refused=True)


def check_ratio(name: str, unpacked: int, packed: int) -> None:
    """Raise Refused `archive-ratio` when so many bytes came out of so few that it can be no document."""
    if unpacked > RATIO_WATCHED_FROM and unpacked > HIGHEST_RATIO * packed:
        raise Refused(
            "archive-ratio",
            f"“{name}” becomes more than {HIGHEST_RATIO} times larger when it is unpacked, as no document does; it was"
            " not taken out.",
        )


def _too_large(name: str, limit: int, swollen: bool) -> Refused:
    code = "archive-ratio" if swollen else "too-large"
    return Refused(
        code, f"“{name}” is too large when it is unpacked (the limit for its kind is {limit // MEGABYTE} MB)."
    )
