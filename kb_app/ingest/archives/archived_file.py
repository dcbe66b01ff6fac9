"""A file out of an archive as a member to import."""

from __future__ import annotations

from kb_app.core.article import Provenance
from kb_app.core.errors import Refused
from kb_app.ingest.archives.member_names import name_warnings, shown
from kb_app.ingest.media_type import media_type_of
from kb_app.ingest.members import APART, Member


def archived_file(archive: str, name: str, data: bytes, name_as_stored: str = "") -> Member:
    """Return a file as a member; raises Refused `empty`. A name is warned of as the archive stores it."""
    seen = shown(name)
    if not data:
        raise Refused("empty", f"“{seen}” is empty, so there is nothing to import.")
    return Member(
        seen,
        data,
        media_type_of(data, seen),
        provenance=Provenance(how="archive", container=f"{archive}{APART}{seen}"),
        warnings=name_warnings(name_as_stored or name),
    )
