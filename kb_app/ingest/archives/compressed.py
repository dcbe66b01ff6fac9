"""Takes apart what lies in one compressed stream: a tar archive, a web archive, or a single file."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import BinaryIO, cast

from kb_app.core.article import Provenance
from kb_app.core.errors import Failed
from kb_app.ingest.archives.expansion import Expansion
from kb_app.ingest.archives.member_names import shown
from kb_app.ingest.archives.tar_archive import files_of
from kb_app.ingest.archives.unpacking import Unpacked
from kb_app.ingest.archives.warc_archive import pages_of
from kb_app.ingest.mail.mailbox_file import open_mailbox
from kb_app.ingest.media_type import BZIP2, GZIP, MAILBOX, SNIFFED_BYTES, TAR, WARC, XZ, media_type_of
from kb_app.ingest.members import APART, Member, Opened, Taken, Trouble

_ENDINGS: Mapping[str, tuple[str, ...]] = MappingProxyType({GZIP: (".gz",), BZIP2: (".bz2",), XZ: (".xz",)})


def open_compressed(opened: Opened) -> Iterator[Taken]:
    """Yield what a compressed stream holds; raises Failed `corrupt` when nothing of it can be read."""
    unpacked, stream = _unpacked(opened)
    head = stream.peek(SNIFFED_BYTES)[:SNIFFED_BYTES]
    if not head:
        raise Failed("corrupt", f"“{opened.name}” is compressed, and damaged or empty from its beginning on.")
    kind = media_type_of(head)
    if kind == TAR:
        passes = [unpacked]
        yield from files_of(lambda: _again(opened, passes), opened.name)
        unpacked = passes[-1]
    elif kind == WARC:
        yield from pages_of(stream, opened.name)
    elif kind == MAILBOX:
        yield from open_mailbox(replace(opened, stream=cast(BinaryIO, stream)))
    else:
        yield _single(opened, unpacked, stream)
        return
    if unpacked.damages or unpacked.is_cut:
        lost = "its end is missing" if unpacked.is_cut else f"it could not be unpacked at {unpacked.damages:,} places"
        yield Trouble(opened.name, "corrupt", f"“{opened.name}” is damaged: {lost}. What could be read was taken.")


def _unpacked(opened: Opened) -> tuple[Unpacked, io.BufferedReader]:
    opened.stream.seek(0)
    unpacked = Unpacked(opened.stream, opened.media_type, opened.name)
    return unpacked, unpacked.buffered()


def _again(opened: Opened, passes: list[Unpacked]) -> BinaryIO:
    unpacked, stream = _unpacked(opened)
    passes.append(unpacked)
    return cast(BinaryIO, stream)


def _single(opened: Opened, unpacked: Unpacked, stream: io.BufferedReader) -> Member:
    name = opened.name
    for ending in _ENDINGS[opened.media_type]:
        name = name.removesuffix(ending)
    # the stream counts and checks the ratio itself
    data = Expansion().whole(opened.name, stream.read, lambda: unpacked.taken)
    if unpacked.damages or unpacked.is_cut:
        raise Failed("corrupt", f"“{opened.name}” is damaged: what it holds could not be unpacked to its end.")
    return Member(
        shown(name),
        data,
        media_type_of(data, name),
        opened.given,
        Provenance(how="archive", container=f"{opened.name}{APART}{shown(name)}"),
    )
