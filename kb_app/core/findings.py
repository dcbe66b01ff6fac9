"""What extraction finds in one article, in offsets of its text; ids are local to the article."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from kb_app.core.entity import Category, EntityType, MentionKind
from kb_app.core.event import EventType, Realis
from kb_app.core.passage import Span
from kb_app.core.relation import RelationType
from kb_app.core.stated_date import StatedDate
from kb_app.core.statement import StatementKind

LocalId = NewType("LocalId", str)


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a finding is believed: the sentence it rests on, the machine's confidence 0..1, a reason for people."""

    evidence: Span
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A stretch of text that refers to an entity."""

    span: Span
    kind: MentionKind
    confidence: float = 1.0
    reason: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """An entity of the article with all its mentions in order."""

    id: LocalId
    type: EntityType
    name: str
    mentions: tuple[FoundMention, ...]
    ground: Ground
    category: Category | None = None
    subcategory: str = ""
    country: str = ""
    named: bool = True


@dataclass(frozen=True, slots=True)
class FoundRole:
    """A person's title with its institution or country."""

    person: LocalId
    title: str
    title_span: Span
    ground: Ground
    institution: LocalId | None = None
    country: str = ""
    qualifiers: tuple[str, ...] = ()
    date: StatedDate | None = None


class TimexType(StrEnum):
    """The TIMEX3 types of time expressions."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time expression with its TIMEX/EDTF value; `date` is None for durations, sets and vague references."""

    span: Span
    type: TimexType
    value: str
    rule: str
    anchor: str = ""
    date: StatedDate | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Participant:
    """An entity's part in an event."""

    entity: LocalId
    part: str = ""  # agent, target, ...


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """Something that happened, is planned, alleged, denied or supposed."""

    type: EventType
    title: str
    trigger: Span
    realis: Realis
    ground: Ground
    date: StatedDate | None = None
    date_span: Span | None = None
    participants: tuple[Participant, ...] = ()
    place: LocalId | None = None
    other_triggers: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """What someone said; `via` is the chain through which it was reported, nearest to the reader first."""

    speaker: LocalId | None
    kind: StatementKind
    content: tuple[Span, ...]
    ground: Ground
    speaker_span: Span | None = None  # the words for the speaker, also when it is no entity
    cue: Span | None = None
    addressee: LocalId | None = None
    date: StatedDate | None = None
    venue: str = ""
    via: tuple[LocalId, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundRelation:
    """A link between two entities that the article asserts."""

    source: LocalId
    target: LocalId
    type: RelationType
    ground: Ground
    date: StatedDate | None = None
    realis: Realis = Realis.HAPPENED


@dataclass(frozen=True, slots=True)
class FoundPosition:
    """What one side of a dispute maintains; a holder that is no entity has only its words, the article itself none."""

    span: Span
    holder: LocalId | None = None
    holder_span: Span | None = None


@dataclass(frozen=True, slots=True)
class FoundDispute:
    """A topic on which at least two holders contradict each other, their positions in the order of the text."""

    topic: str
    positions: tuple[FoundPosition, ...]
    ground: Ground


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found in one article, and by which engine."""

    engine: str  # name and version
    language: str = ""
    sentences: tuple[Span, ...] = ()
    entities: tuple[FoundEntity, ...] = ()
    roles: tuple[FoundRole, ...] = ()
    times: tuple[FoundTime, ...] = ()
    events: tuple[FoundEvent, ...] = ()
    statements: tuple[FoundStatement, ...] = ()
    relations: tuple[FoundRelation, ...] = ()
    warnings: tuple[str, ...] = field(default_factory=tuple)
    disputes: tuple[FoundDispute, ...] = ()
