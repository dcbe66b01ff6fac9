"""Dated events in columns, fit for drawing a million of them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kb_app.core.event import EventType, Realis
from kb_app.core.ids import EntityId

OPEN_START = -(2**31)
OPEN_END = 2**31 - 1
EVENT_TYPES: tuple[EventType, ...] = tuple(EventType)
REALIS: tuple[Realis, ...] = tuple(Realis)


class LaneKind(StrEnum):
    """What a lane of the timeline stands for."""

    ACTOR = "actor"
    INSTITUTION = "institution"
    TYPE = "type"
    SOURCE = "source"


class TimeAxisKind(StrEnum):
    """Which date the axis shows."""

    EVENT = "event"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the timeline and the positions of its events, ascending."""

    key: str
    label: str
    events: array[int]  # 'I': positions in TimelineData's columns
    entity: EntityId | None = None


@dataclass(frozen=True, slots=True)
class TimelineData:
    """Events as parallel columns sorted by start day.

    `starts` and `ends` are proleptic Gregorian ordinals (date.toordinal), ends exclusive, OPEN_START and OPEN_END
    where the date is open; `types` and `realis` index EVENT_TYPES and REALIS; `soft` is 1 where ends are approximate.
    Undated events stand in `undated_*` alone.
    """

    ids: array[int] = field(default_factory=lambda: array("q"))
    starts: array[int] = field(default_factory=lambda: array("i"))
    ends: array[int] = field(default_factory=lambda: array("i"))
    types: array[int] = field(default_factory=lambda: array("b"))
    realis: array[int] = field(default_factory=lambda: array("b"))
    soft: array[int] = field(default_factory=lambda: array("b"))
    titles: Sequence[str] = ()
    lanes: tuple[Lane, ...] = ()
    undated_ids: array[int] = field(default_factory=lambda: array("q"))
    undated_titles: Sequence[str] = ()
    publication_days: array[int] = field(default_factory=lambda: array("i"))  # sorted, for the marker lines

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class TimelineQuery:
    """Which events, in which lanes, along which axis; `first` and `last` are ordinals or None."""

    lanes: LaneKind = LaneKind.ACTOR
    axis: TimeAxisKind = TimeAxisKind.EVENT
    entity: EntityId | None = None  # only events with this participant
    first: int | None = None
    last: int | None = None
    lane_limit: int = 60  # the lanes with most events; one lane "others" gathers the rest
    with_rejected: bool = False
