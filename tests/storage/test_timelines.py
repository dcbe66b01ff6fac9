"""Events along time: columns, lanes, axes, filters."""

from __future__ import annotations

from datetime import date

import pytest

from kb_app.core.entity import EntityType
from kb_app.core.errors import NotFound
from kb_app.core.event import EventType, Realis
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.timeline import EVENT_TYPES, OPEN_START, REALIS, LaneKind, TimeAxisKind, TimelineQuery
from kb_app.storage.editing import judge
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.timelines import event, events, timeline, undated_events
from tests import builders
from tests.storage.filling import save

BODY = "Anna Vela met Tomas Brek. They protested. Later Tomas Brek fled. The Grey Guild marched."
DAY = date(2024, 5, 3).toordinal()


@pytest.fixture(autouse=True)
def _one_article(kb: KnowledgeBase) -> None:
    article = builders.article(BODY)
    text = article.text
    people = [builders.entity(text, name) for name in ("Anna Vela", "Tomas Brek")]
    guild = builders.entity(text, "Grey Guild", EntityType.INSTITUTION)
    found = (
        builders.event(text, "protested", ["Anna Vela"], EventType.PROTEST, "2024-05", Realis.ALLEGED),
        builders.event(text, "met", ["Anna Vela", "Tomas Brek"], date="2024-05-03"),
        builders.event(text, "fled", ["Tomas Brek"], EventType.OTHER),
        builders.event(text, "marched", ["Grey Guild"], EventType.PROTEST, "../2020"),
    )
    save(kb, article, builders.findings(article, entities=(*people, guild), events=found))


def test_events_come_in_columns_by_start_day(kb: KnowledgeBase) -> None:
    data = timeline(kb, TimelineQuery())
    assert list(data.titles) == ["marched", "protested", "met"]
    assert list(data.starts) == [OPEN_START, DAY - 2, DAY]
    assert list(data.ends)[1:] == [date(2024, 6, 1).toordinal(), DAY + 1]
    assert [EVENT_TYPES[n] for n in data.types] == [EventType.PROTEST, EventType.PROTEST, EventType.MEETING_VISIT]
    assert REALIS[data.realis[1]] is Realis.ALLEGED
    assert (list(data.undated_titles), len(data)) == (["fled"], 3)


def test_lanes_of_actors_hold_those_with_most_events(kb: KnowledgeBase) -> None:
    lanes = timeline(kb, TimelineQuery()).lanes
    assert [(lane.label, list(lane.events)) for lane in lanes] == [
        ("Anna Vela", [1, 2]),
        ("Tomas Brek", [2]),
        ("Grey Guild", [0]),
    ]
    few = timeline(kb, TimelineQuery(lane_limit=1)).lanes
    assert [(lane.key, list(lane.events)) for lane in few] == [("entity-1", [1, 2]), ("others", [0])]


def test_lanes_of_institutions_types_and_sources(kb: KnowledgeBase) -> None:
    def lanes(kind: LaneKind) -> dict[str, list[int]]:
        return {lane.key: list(lane.events) for lane in timeline(kb, TimelineQuery(lanes=kind)).lanes}

    assert lanes(LaneKind.INSTITUTION) == {"entity-3": [0], "others": [1, 2]}
    assert lanes(LaneKind.TYPE) == {"protest": [0, 1], "meeting_visit": [2]}
    assert lanes(LaneKind.SOURCE) == {"source-Harbour Courier": [0, 1, 2]}


def test_the_axis_of_publication(kb: KnowledgeBase) -> None:
    data = timeline(kb, TimelineQuery(axis=TimeAxisKind.PUBLISHED))
    assert list(data.starts) == [DAY + 1] * 4
    assert list(data.publication_days) == [DAY + 1]
    assert len(data.undated_ids) == 0


def test_only_one_actors_events(kb: KnowledgeBase) -> None:
    data = timeline(kb, TimelineQuery(entity=2))
    assert (list(data.titles), list(data.undated_titles)) == (["met"], ["fled"])


def test_only_events_that_touch_the_days(kb: KnowledgeBase) -> None:
    assert list(timeline(kb, TimelineQuery(first=DAY + 10)).titles) == ["protested"]
    assert list(timeline(kb, TimelineQuery(last=DAY - 3)).titles) == ["marched"]
    assert list(timeline(kb, TimelineQuery(first=DAY, last=DAY)).titles) == ["protested", "met"]


def test_rejected_events_are_left_out_unless_asked_for(kb: KnowledgeBase) -> None:
    number = timeline(kb, TimelineQuery()).ids[2]
    judge(kb, [ClaimRef(ClaimKind.EVENT, number)], Status.REJECTED)
    assert len(timeline(kb, TimelineQuery())) == 2
    assert len(timeline(kb, TimelineQuery(with_rejected=True))) == 3


def test_events_with_evidence_in_pages(kb: KnowledgeBase) -> None:
    lines = events(kb, TimelineQuery())
    assert [line.title for line in lines] == ["marched", "protested", "met"]
    assert lines[2].support.citations[0].passage.quote == BODY
    assert [line.title for line in events(kb, TimelineQuery(), 1, 1)] == ["protested"]
    assert [line.title for line in undated_events(kb, TimelineQuery())] == ["fled"]


def test_one_event(kb: KnowledgeBase) -> None:
    number = timeline(kb, TimelineQuery()).ids[2]
    assert [p.entity.name for p in event(kb, number).participants] == ["Anna Vela", "Tomas Brek"]
    with pytest.raises(NotFound):
        event(kb, 99)


def test_nothing_has_an_empty_timeline(kb: KnowledgeBase) -> None:
    data = timeline(kb, TimelineQuery(entity=99))
    assert (len(data), data.lanes, len(data.publication_days)) == (0, (), 0)
