"""What a profile card shows of one person or institution."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

from kb_app.core.citation import Citation, Support
from kb_app.core.entity import Entity, EntityType, MentionKind
from kb_app.core.event import EventType, Realis
from kb_app.core.ids import EntityId, MentionId, NoteId
from kb_app.core.judgement import ClaimRef, Status
from kb_app.core.relation import RelationType
from kb_app.core.stated_date import StatedDate
from kb_app.core.statement import StatementKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class EntityLink:
    """A name that leads to a card."""

    id: EntityId
    name: str
    type: EntityType


@dataclass(frozen=True, slots=True)
class Section(Generic[T]):
    """The best supported lines of a section and how many there are in all."""

    lines: tuple[T, ...] = ()
    total: int = 0

    @property
    def more(self) -> int:
        """Return how many lines are not among those given."""
        return self.total - len(self.lines)


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A title that a person holds or held; on an institution's card `person` is who held it."""

    ref: ClaimRef
    person: EntityLink
    title: str
    support: Support
    institution: EntityLink | None = None
    country: str = ""
    qualifiers: tuple[str, ...] = ()
    date: StatedDate | None = None


@dataclass(frozen=True, slots=True)
class RelationLine:
    """A link to another entity; `outgoing` is False where the other one is the subject."""

    ref: ClaimRef
    type: RelationType
    other: EntityLink
    outgoing: bool
    support: Support
    date: StatedDate | None = None
    realis: Realis = Realis.HAPPENED


@dataclass(frozen=True, slots=True)
class StatementLine:
    """Something said by, or about, the card's entity."""

    ref: ClaimRef
    content: str
    kind: StatementKind
    support: Support
    speaker: EntityLink | None = None
    speaker_words: str = ""
    addressee: EntityLink | None = None
    date: StatedDate | None = None
    venue: str = ""
    via: tuple[EntityLink, ...] = ()


@dataclass(frozen=True, slots=True)
class EventParticipant:
    """An entity's part in an event."""

    entity: EntityLink
    part: str = ""


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event that the card's entity takes part in."""

    ref: ClaimRef
    type: EventType
    title: str
    realis: Realis
    support: Support
    date: StatedDate | None = None
    participants: tuple[EventParticipant, ...] = ()
    place: EntityLink | None = None


@dataclass(frozen=True, slots=True)
class MentionLine:
    """A mention in context (keyword in context)."""

    id: MentionId
    kind: MentionKind
    citation: Citation


@dataclass(frozen=True, slots=True)
class Note:
    """A person's note on an entity, Markdown with [[links]]."""

    id: NoteId
    entity: EntityId
    text: str
    at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts in a card's header."""

    articles: int = 0
    origins: int = 0
    mentions: int = 0
    events: int = 0
    statements: int = 0
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything known about one entity, each line with its evidence."""

    entity: Entity
    status: Status
    figures: Figures
    roles: Section[RoleLine] = field(default_factory=Section)
    holders: Section[RoleLine] = field(default_factory=Section)  # institutions: who held a role there
    relations: Section[RelationLine] = field(default_factory=Section)
    statements_by: Section[StatementLine] = field(default_factory=Section)
    statements_about: Section[StatementLine] = field(default_factory=Section)
    events: Section[EventLine] = field(default_factory=Section)
    mentions: Section[MentionLine] = field(default_factory=Section)
    notes: tuple[Note, ...] = ()
