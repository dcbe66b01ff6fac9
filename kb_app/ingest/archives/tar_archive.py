"""Takes a tar archive apart while it passes by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from kb_app.core.errors import Refused, UnreadableInput
from kb_app.ingest.archives.archived_file import archived_file
from kb_app.ingest.archives.expansion import Expansion, TooMuchExpanded, too_many_members
from kb_app.ingest.archives.member_names import Furniture, shown
from kb_app.ingest.archives.tar_entries import Entry, entries_of
from kb_app.ingest.members import MOST_MEMBERS, Member, Opened, Taken, Trouble


def open_tar(opened: Opened) -> Iterator[Taken]:
    """Yield the files of a tar archive; raises Failed or Refused `corrupt` where it cannot be read further."""

    def again() -> BinaryIO:
        opened.stream.seek(0)
        return opened.stream

    yield from files_of(again, opened.name)


def files_of(again: Callable[[], BinaryIO], archive: str) -> Iterator[Taken]:
    """Yield the files of an archive, which passes by twice, first for the names; `again` returns it from its start."""
    furniture = Furniture(_names(again(), archive))
    expansion = Expansion()
    number = 0
    for entry in entries_of(again(), archive):
        if entry.is_folder or furniture.holds(entry.name):
            continue
        number += 1
        if number > MOST_MEMBERS:
            yield too_many_members(archive)
            return
        try:
            yield _member(entry, archive, expansion)
        except UnreadableInput as error:
            yield Trouble(shown(entry.name), error.code, error.sentence, isinstance(error, Refused))
            if isinstance(error, TooMuchExpanded):
                return


def _names(stream: BinaryIO, archive: str) -> Iterator[str]:
    try:
        for entry in entries_of(stream, archive):
            yield entry.name
    except UnreadableInput:  # told when the entries themselves are read
        return


def _member(entry: Entry, archive: str, expansion: Expansion) -> Member:
    name = shown(entry.name)
    if not entry.is_file:
        raise Refused("not-a-file", f"“{name}” is a link, a device or a file with holes; it was not followed.")
    size = entry.left
    return archived_file(archive, entry.name, expansion.whole(name, entry.read, lambda: size - entry.left))
