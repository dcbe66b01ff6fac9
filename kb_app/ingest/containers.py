"""Which kinds of input hold others, and what takes each apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from kb_app.core.errors import Refused
from kb_app.ingest.archives.zip_archive import open_zip
from kb_app.ingest.members import Opened, Opener, Taken

OPENERS: Mapping[str, Opener] = MappingProxyType(
    {
        "application/zip": open_zip,
    }
)


def is_container(media_type: str) -> bool:
    """Tell whether inputs of this kind are taken apart rather than read."""
    return media_type in OPENERS


def members_of(opened: Opened) -> Iterator[Taken]:
    """Yield what a container holds, one by one and in order; raises UnreadableInput when it cannot be opened at all."""
    opener = OPENERS.get(opened.media_type)
    if opener is None:
        raise Refused("unsupported-type", f"“{opened.name}” holds nothing that could be taken out of it.")
    yield from opener(opened)
