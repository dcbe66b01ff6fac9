"""The inputs of an import on their way: what is to be read, and what is settled and only to be written down."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kb_app.core.article import SourceFile
from kb_app.core.ids import OutcomeId, SourceId
from kb_app.core.report import InputOutcome, InputState
from kb_app.ingest.given import GivenMetadata
from kb_app.services.documents import Understood
from kb_app.services.unpacking import OpenBox


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
