"""Reads timelines."""

from __future__ import annotations

from kb_app.core.ids import EventId
from kb_app.core.profile import EventLine
from kb_app.core.timeline import TimelineData, TimelineQuery
from kb_app.storage import timelines
from kb_app.storage.knowledge_base import KnowledgeBase

EVENTS_A_PAGE = 500


class TimelineService:
    """Gives the events of one knowledge base in time."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def timeline(self, query: TimelineQuery) -> TimelineData:
        """Return the events that a query asks for, in columns."""
        return timelines.timeline(self._kb, query)

    def event(self, event_id: EventId) -> EventLine:
        """Return an event with its evidence; raises NotFound."""
        return timelines.event(self._kb, event_id)

    def events(self, query: TimelineQuery) -> tuple[EventLine, ...]:
        """Return the dated events of a query with their evidence, in order of start day."""
        found: list[EventLine] = []
        while page := timelines.events(self._kb, query, len(found), EVENTS_A_PAGE):
            found += page
        return tuple(found)
