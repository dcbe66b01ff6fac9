"""Containers that the tests make, and what comes out of them."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterable

from kb_app.core.errors import UnreadableInput
from kb_app.ingest.containers import is_container, members_of
from kb_app.ingest.media_type import media_type_of
from kb_app.ingest.members import Member, Opened, Taken, Trouble


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def tarred(*members: tuple[str, bytes], form: int = tarfile.GNU_FORMAT) -> bytes:
    """Return a tar archive."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=form) as archive:
        for name, data in members:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return file.getvalue()


def opened(data: bytes, name: str = "box", media_type: str = "") -> Opened:
    """Return bytes as a container of the kind that their content shows."""
    return Opened(name, io.BytesIO(data), len(data), media_type or media_type_of(data))


def taken(data: bytes, media_type: str = "") -> list[Taken]:
    """Return all that comes out of a container."""
    return list(members_of(opened(data, media_type=media_type)))


def members(found: Iterable[Taken]) -> dict[str, bytes]:
    """Return names and bytes of what could be taken out."""
    return {one.name: one.data for one in found if isinstance(one, Member)}


def troubles(found: Iterable[Taken]) -> dict[str, str]:
    """Return names and reason codes of what could not."""
    return {one.name: one.code for one in found if isinstance(one, Trouble)}


def survived(data: bytes, media_type: str) -> list[Taken]:
    """Return what came out before an error for the person ended it; every other error is a defect."""
    assert is_container(media_type)
    found: list[Taken] = []
    try:
        found.extend(members_of(opened(data, media_type=media_type)))
    except UnreadableInput as error:
        assert error.code and error.sentence
    return found
