"""Takes the pages out of a WACZ: web archives in a zip archive, with a list of them and their digests."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from kb_app.core.errors import Refused, UnreadableInput
from kb_app.ingest.archives.digests import Digest
from kb_app.ingest.archives.inner_archive import kind_inside, open_inside
from kb_app.ingest.archives.member_names import shown
from kb_app.ingest.archives.zip_entries import ZipContent
from kb_app.ingest.media_type import GZIP, WARC
from kb_app.ingest.members import Member, Taken, Trouble

_PACKAGE = "datapackage.json"
_PACKAGE_DIGEST = "datapackage-digest.json"
_WEB_ARCHIVE = re.compile(r"archive/.+\.warc(?:\.gz)?", re.IGNORECASE)
_SIGNS = (_PACKAGE, "pages/pages.jsonl", "indexes/")
_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class _Package:
    """What the list says: the digest of each file, files that lie elsewhere, and what is wrong with the list."""

    digests: Mapping[str, str] = field(default_factory=dict)
    remote: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def is_wacz(names: Iterable[str]) -> bool:
    """Tell whether a zip archive of these names is a WACZ."""
    known = list(names)
    return any(_WEB_ARCHIVE.fullmatch(name) for name in known) and any(name.startswith(_SIGNS) for name in known)


def pages_of_wacz(name: str, content: ZipContent) -> Iterator[Taken]:
    """Yield the pages of all web archives inside; what the list names elsewhere is told and never fetched."""
    package = _package(content)
    for address in package.remote:
        sentence = f"“{name}” names a file that lies elsewhere ({shown(address)}); it was not fetched."
        yield Trouble(shown(address), "remote-path", sentence, refused=True)
    for entry in content.entries:
        if not _WEB_ARCHIVE.fullmatch(entry.filename):
            continue
        try:
            yield from _pages(name, content, entry, package)
        except UnreadableInput as error:
            yield Trouble(shown(entry.filename), error.code, error.sentence, isinstance(error, Refused))


def _pages(name: str, content: ZipContent, entry: zipfile.ZipInfo, package: _Package) -> Iterator[Taken]:
    warnings = package.warnings
    stated = package.digests.get(entry.filename, "")
    if stated and _digest_of(content, entry, stated) is False:
        warnings = (*warnings, f"hash-mismatch: “{shown(entry.filename)}” is not what the list in “{name}” says of it.")
    kind = kind_inside(content, entry)
    if kind not in (WARC, GZIP):
        raise Refused("unsupported-type", f"“{shown(entry.filename)}” is no web archive.")
    for taken in open_inside(name, content, entry, kind):
        yield replace(taken, warnings=(*taken.warnings, *warnings)) if isinstance(taken, Member) else taken


def _digest_of(content: ZipContent, entry: zipfile.ZipInfo, stated: str) -> bool | None:
    digest = Digest(stated)
    with content.stream(entry) as stream:
        while digest.is_known and (piece := stream.read(_PIECE)):
            digest.add(piece)
    return digest.agrees()


def _package(content: ZipContent) -> _Package:
    entries = {entry.filename: entry for entry in content.entries}
    if _PACKAGE not in entries:
        return _Package(warnings=("package-missing: the archive has no list of its files to check them by.",))
    try:
        data = content.whole(entries[_PACKAGE])
        resources = _resources(json.loads(data))
    except (UnreadableInput, ValueError, RecursionError):
        return _Package(warnings=("package-damaged: the archive's list of its files cannot be read.",))
    paths = [(_inside(path, entries), digest) for path, digest in resources]
    return _Package(
        {path: digest for path, digest in paths if not _REMOTE.match(path)},
        tuple(path for path, _ in paths if _REMOTE.match(path)),
        _about_list(content, entries, data),
    )


def _inside(path: str, entries: Mapping[str, zipfile.ZipInfo]) -> str:
    # some writers leave the folder out
    return path if path in entries or f"archive/{path}" not in entries else f"archive/{path}"


def _resources(package: object) -> list[tuple[str, str]]:
    listed = package.get("resources") if isinstance(package, dict) else None
    found = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return [(one["path"], str(one.get("hash", ""))) for one in found if isinstance(one.get("path"), str)]


def _about_list(content: ZipContent, entries: Mapping[str, zipfile.ZipInfo], package: bytes) -> tuple[str, ...]:
    """Check the list against the digest of itself that may lie beside it."""
    if _PACKAGE_DIGEST not in entries:
        return ()
    try:
        stated = json.loads(content.whole(entries[_PACKAGE_DIGEST]))
    except (UnreadableInput, ValueError, RecursionError):
        return ()
    digest = Digest(str(stated.get("hash", "")) if isinstance(stated, dict) else "")
    digest.add(package)
    return () if digest.agrees() is not False else ("hash-mismatch: the archive's list was changed after it was made.",)
