"""Takes a zip archive apart."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from kb_app.core.errors import Refused, UnreadableInput
from kb_app.ingest.archives.archived_file import archived_file
from kb_app.ingest.archives.expansion import TooMuchExpanded, too_many_members
from kb_app.ingest.archives.inner_archive import kind_inside, open_inside
from kb_app.ingest.archives.member_names import Furniture, shown
from kb_app.ingest.archives.wacz import is_wacz, pages_of_wacz
from kb_app.ingest.archives.zip_entries import ZipContent, name_of
from kb_app.ingest.limits import Limits
from kb_app.ingest.members import MOST_MEMBERS, Opened, Taken, Trouble


def open_zip(opened: Opened) -> Iterator[Taken]:
    """Yield the files of a zip archive, or the pages of the web archives that one holds as WACZ.

    Raises Failed `corrupt`, or Refused `archive-overlap` or `too-many-members`.
    """
    content = ZipContent(opened)
    if is_wacz(entry.filename for entry in content.entries):
        yield from pages_of_wacz(opened.name, content)
    else:
        yield from _files(opened.name, content)


def _files(archive: str, content: ZipContent) -> Iterator[Taken]:
    furniture = Furniture(entry.filename for entry in content.entries)
    for entry in content.entries[:MOST_MEMBERS]:
        if entry.filename.endswith("/") or furniture.holds(entry.filename):
            continue
        try:
            yield from _taken(archive, content, entry)
        except UnreadableInput as error:
            yield Trouble(shown(name_of(entry)), error.code, error.sentence, isinstance(error, Refused))
            if isinstance(error, TooMuchExpanded):
                return
    if len(content.entries) > MOST_MEMBERS:
        yield too_many_members(archive)


def _taken(archive: str, content: ZipContent, entry: zipfile.ZipInfo) -> Iterator[Taken]:
    """Yield a member, or what is in it where it is too large to be held and need not be."""
    inner = kind_inside(content, entry) if entry.file_size > Limits().any_kind else ""
    if inner:
        yield from open_inside(archive, content, entry, inner)
    else:
        yield archived_file(archive, name_of(entry), content.whole(entry), entry.orig_filename)
