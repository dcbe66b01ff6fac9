"""What a person asks for on a card, one record a wish."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kb_app.core.ids import EntityId, NoteId
from kb_app.core.judgement import ClaimRef, Status


@dataclass(frozen=True, slots=True)
class JudgementWish:
    """Give one or more claims a status, as one step."""

    refs: tuple[ClaimRef, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class RenameWish:
    """Give an entity another name."""

    entity: EntityId
    name: str


class NoteAction(StrEnum):
    """What to do with a note."""

    ADD = "add"
    EDIT = "edit"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class NoteWish:
    """Add, change or delete a note; `note` is None only where one is added."""

    action: NoteAction
    entity: EntityId
    note: NoteId | None = None
    text: str = ""


class SectionKind(StrEnum):
    """The sections of a card."""

    ROLES = "roles"
    HOLDERS = "holders"
    RELATIONS = "relations"
    STATEMENTS_BY = "statements_by"
    STATEMENTS_ABOUT = "statements_about"
    EVENTS = "events"
    MENTIONS = "mentions"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class MoreWish:
    """Bring further lines of a section, from `offset` on."""

    entity: EntityId
    section: SectionKind
    offset: int
