"""When two articles make the same claim, and when not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb_app.core.claim_keys import (
    EventContent,
    RelationContent,
    RoleContent,
    StatementContent,
    event_key,
    relation_key,
    role_key,
    statement_key,
)
from kb_app.core.event import EventType, Realis
from kb_app.core.ids import EntityId
from kb_app.core.relation import RelationType
from tests.builders import dated

ANNA, TOMAS, GUILD = EntityId(1), EntityId(2), EntityId(3)
ROLE = RoleContent(ANNA, "Justice Minister", GUILD)
ARREST = EventContent(
    EventType.ARREST_DETENTION, "Brek held", Realis.HAPPENED, dated("2024-05-03"), frozenset({TOMAS}), None, 1
)
SAID = StatementContent(ANNA, "Vela", "The gates of the dam will stay shut.", 1)
MET = RelationContent(ANNA, TOMAS, RelationType.MET_WITH, Realis.HAPPENED, dated("2024-05-03"))


def test_spelling_does_not_make_another_role() -> None:
    assert role_key(ROLE) == role_key(replace(ROLE, title="justice  minister"))


@pytest.mark.parametrize(
    "other",
    [
        replace(ROLE, person=TOMAS),
        replace(ROLE, title="Minister"),
        replace(ROLE, institution=None),
        replace(ROLE, institution=None, country="Orlania"),
        replace(ROLE, qualifiers=("former",)),
    ],
)
def test_another_person_title_place_or_qualifier_is_another_role(other: RoleContent) -> None:
    assert role_key(ROLE) != role_key(other)


def test_the_same_happening_in_other_words_of_another_report_is_one_event() -> None:
    assert event_key(ARREST) == event_key(replace(ARREST, title="police detain Brek", origin=2, place=GUILD))


@pytest.mark.parametrize(
    "other",
    [
        replace(ARREST, date=dated("2024-05-04")),
        replace(ARREST, participants=frozenset({TOMAS, ANNA})),
        replace(ARREST, realis=Realis.DENIED),
        replace(ARREST, type=EventType.RELEASE),
    ],
)
def test_another_day_people_reality_or_type_is_another_event(other: EventContent) -> None:
    assert event_key(ARREST) != event_key(other)


@pytest.mark.parametrize(
    "vague",
    [
        replace(ARREST, date=None),
        replace(ARREST, date=dated("2024-05")),
        replace(ARREST, participants=frozenset()),
    ],
)
def test_a_vague_event_is_one_within_its_report_alone(vague: EventContent) -> None:
    assert event_key(vague) == event_key(replace(vague))
    assert event_key(vague) != event_key(replace(vague, origin=2))


def test_broad_events_differ_by_title() -> None:
    other = replace(ARREST, type=EventType.OTHER)
    assert event_key(other) == event_key(replace(other, origin=2))
    assert event_key(other) != event_key(replace(other, title="Brek sings"))


def test_the_same_words_of_the_same_speaker_are_one_statement() -> None:
    assert statement_key(SAID) == statement_key(replace(SAID, speaker_words="she", origin=2))
    assert statement_key(SAID) != statement_key(replace(SAID, speaker=TOMAS))


def test_a_few_words_count_within_one_report_alone() -> None:
    short = replace(SAID, content="No comment.")
    assert statement_key(short) != statement_key(replace(short, origin=2))


def test_direction_matters_where_it_carries_meaning() -> None:
    heads = replace(MET, type=RelationType.HEAD_OF)
    assert relation_key(MET) == relation_key(replace(MET, subject=TOMAS, object=ANNA))
    assert relation_key(heads) != relation_key(replace(heads, subject=TOMAS, object=ANNA))


def test_a_day_tells_meetings_apart_and_not_marriages() -> None:
    assert relation_key(MET) != relation_key(replace(MET, date=dated("2024-05-04")))
    married = replace(MET, type=RelationType.SPOUSE_OF)
    assert relation_key(married) == relation_key(replace(married, date=None))
