"""Takes apart what lies in a zip archive and is itself read in passing, without holding it in memory first."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO, cast

from kb_app.ingest.archives.compressed import open_compressed
from kb_app.ingest.archives.member_names import shown
from kb_app.ingest.archives.warc_archive import open_warc
from kb_app.ingest.archives.zip_entries import ZipContent, name_of
from kb_app.ingest.mail.mailbox_file import open_mailbox
from kb_app.ingest.media_type import GZIP, MAILBOX, SNIFFED_BYTES, WARC, media_type_of
from kb_app.ingest.members import APART, Opened, Opener, Taken

_IN_PASSING: Mapping[str, Opener] = MappingProxyType({WARC: open_warc, GZIP: open_compressed, MAILBOX: open_mailbox})


def kind_inside(content: ZipContent, entry: zipfile.ZipInfo) -> str:
    """Return the kind of a member that can be read in passing, "" for others; raises as ZipContent.stream does."""
    with content.stream(entry) as stream, stream.buffered() as buffered:
        kind = media_type_of(buffered.read(SNIFFED_BYTES))
    return kind if kind in _IN_PASSING else ""


def open_inside(archive: str, content: ZipContent, entry: zipfile.ZipInfo, kind: str) -> Iterator[Taken]:
    """Yield what such a member holds."""
    with content.stream(entry) as stream, stream.buffered() as buffered:
        name = f"{archive}{APART}{shown(name_of(entry))}"
        yield from _IN_PASSING[kind](Opened(name, cast(BinaryIO, buffered), entry.file_size, kind))
