"""The inputs of an import on their way: what is to be read, and what is settled and only to be written down."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb_app.core.article import Provenance, SourceFile
from kb_app.core.ids import OutcomeId, SourceId
from kb_app.core.report import InputOutcome, InputState
from kb_app.ingest.archives.member_names import shown
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.members import APART, Member
from kb_app.ingest.reading import file_below
from kb_app.services.documents import Understood
from kb_app.services.unpacking import OpenBox
from kb_app.storage.import_batches import WaitingInput

MOST_BESIDE = 1_000  # files that one item may bring along
MOST_NAMED = 5


@dataclass(slots=True)
class Item:
    """One thing to be read: a listed input, which has a row that waits for it, or what came out of a container."""

    name: str
    source: SourceFile
    given: GivenMetadata = field(default_factory=GivenMetadata)
    row: OutcomeId = OutcomeId(0)
    path: bytes | None = None
    box: OpenBox | None = None
    warnings: tuple[str, ...] = ()
    extract: bool = True
    gave_up: str = ""  # why it is read once more, without extraction
    size: int = 0

    def completed(self, outcome: InputOutcome) -> InputOutcome:
        """Return the outcome with what is known of its place."""
        return replace(
            outcome,
            id=self.row,
            path=self.path,
            parent=self.box.row if self.box else None,
            media_type=self.source.media_type,
        )


@dataclass(frozen=True, slots=True)
class Settled:
    """An outcome that needs no worker, ready to be written; `known` is the source that has the same bytes."""

    outcome: InputOutcome
    box: OpenBox | None = None
    found: SourceFile | None = None
    known: SourceId | None = None
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileBeside(WaitingInput):
    """A file on the disk that belongs to what came out of a container, as an attachment of a library's item does."""

    box: OpenBox
    provenance: Provenance

    def is_settled(self, source: SourceFile | None) -> bool:
        """Tell whether it had its turn before an interruption; `source` is None of what is to be taken apart."""
        return self.box.knows(self.name, source.sha256) if source else self.box.knows_some(self.name)


def files_beside(member: Member, sha256: str, box: OpenBox) -> Iterator[FileBeside]:
    """Yield the files that a member names and that lie below the folder of its container, each once.

    Only a file that a person chose can name others: what came out of it cannot, nor can those that it named.
    """
    for name, place in _places(member, box):
        if place is None or place in box.beside:
            continue
        box.beside.add(place)
        container = f"{box.container.name}{APART}{shown(name)}"
        provenance = Provenance(
            "attachment", container=container, container_sha256=box.opener.sha256, parent_sha256=sha256
        )
        yield FileBeside(shown(name), os.fsencode(place), box=box, provenance=provenance)


def item_of(member: Member, sha256: str, box: OpenBox, known: GivenMetadata) -> Item:
    """Return a member as an input; `known` is what the person says of it."""
    provenance = replace(
        member.provenance,
        container_sha256=box.file.opener.sha256,
        parent_sha256=member.provenance.parent_sha256 or box.parent_sha256,
    )
    source = SourceFile(member.name, member.data, sha256, member.media_type, box.path, provenance)
    given = merged_given(known, member.given)
    return Item(member.name, source, given, box=box, warnings=warnings_of(member, box))


def warnings_of(member: Member, box: OpenBox) -> tuple[str, ...]:
    """Return what is said of a member, with which of its files are not where they should be."""
    missing = [f"“{shown(name)}”" for name, place in _places(member, box) if place is None]
    if not missing:
        return member.warnings
    listed = ", ".join(missing[:MOST_NAMED]) + (" …" if len(missing) > MOST_NAMED else "")
    sentence = f"Files of this item are not in the folder of its export, so they were not imported: {listed}."
    return (*member.warnings, f"attachment-missing: {sentence}")


def _places(member: Member, box: OpenBox) -> Iterator[tuple[str, Path | None]]:
    if box.outer is None and box.container.path is not None:
        for name in member.given.attachments[:MOST_BESIDE]:
            yield name, file_below(box.container.path.parent, name)


def merged_given(first: GivenMetadata, second: GivenMetadata) -> GivenMetadata:
    """Return what the person gave, with the gaps filled by what the container says."""
    known = {name: value for name in GivenMetadata.__slots__ if (value := getattr(first, name))}
    return replace(second, **known)


def too_deep(name: str) -> InputOutcome:
    """Return the outcome of a container that lies in too many others."""
    sentence = f"“{name}” lies in too many archives within archives, so it was not opened."
    return InputOutcome(name, InputState.REFUSED, "archive-depth", sentence)


def with_reason(understood: Understood, item: Item) -> Understood:
    """Add why an input was read without extraction, where it was."""
    if not item.gave_up:
        return understood
    why = f"extraction-{item.gave_up}: Extraction was given up ({item.gave_up}); the text is kept without findings."
    return replace(understood, findings=replace(understood.findings, warnings=(why,)))
