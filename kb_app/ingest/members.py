"""What a container yields: the files, records, mails or items that it holds, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from kb_app.core.article import Provenance
from kb_app.core.errors import Refused
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.limits import MEGABYTE, Limits

DEEPEST_NESTING = 3  # containers within containers
MOST_MEMBERS = 100_000  # of one input, across nesting
MOST_EXPANDED = 10 * 1024**3  # bytes of one input, across nesting
RATIO_WATCHED_FROM = 100 * 1024**2  # bytes unpacked of one member, from which on its ratio counts
HIGHEST_RATIO = 200  # unpacked to packed
LEFT_OUT = "left-out"  # the code of a Trouble that only says what was left out on purpose
APART = " › "  # between the names of nested containers


@dataclass(frozen=True, slots=True)
class Member:
    """One thing that a container held, whole: `data` is what is archived and read.

    `is_whole` says that it is to be read as it is, although its kind could be opened further (a mail whose attachments
    follow on their own).
    """

    name: str  # for people: control and bidirectional characters escaped
    data: bytes
    media_type: str
    given: GivenMetadata = field(default_factory=GivenMetadata)
    provenance: Provenance = field(default_factory=Provenance)
    is_whole: bool = False
    warnings: tuple[str, ...] = ()  # "code: sentence"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that a container held and that could not be taken out, or what is wrong with the container itself."""

    name: str
    code: str
    sentence: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A container to be taken apart: `stream` is seekable and stands at its beginning."""

    name: str
    stream: BinaryIO
    size: int
    media_type: str
    given: GivenMetadata = field(default_factory=GivenMetadata)
    mapping: str = ""  # JSON of the column mappings that a person chose for tables


def whole_of(opened: Opened) -> bytes:
    """Return all bytes of a container that cannot be read in passing; raises Refused `too-large`."""
    limit = Limits().any_kind
    data = opened.stream.read(limit + 1)
    if len(data) > limit:
        raise Refused("too-large", f"“{opened.name}” is too large (the limit for its kind is {limit // MEGABYTE} MB).")
    return data


Taken = Member | Trouble
Opener = Callable[[Opened], Iterator[Taken]]
