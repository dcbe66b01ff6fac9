from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("sentence", "type_", "realis", "date"),
    [
        ("Police arrested Karl Weber in Vienna on Monday.", "arrest_detention", "happened", "2020-09-07"),
        ("The parties will meet in Geneva next month.", "meeting_visit", "planned", "2020-10"),
        ("Soldiers allegedly killed two men on September 2.", "crackdown_violence", "alleged", "2020-09-02"),
        ("The council could dismiss him.", "appointment", "hypothetical", None),
        ("A court sentenced Karl Weber in 2015.", "charge_trial", "happened", "2015"),
    ],
)
def test_an_event_has_type_realis_and_date(extract, sentence: str, type_: str, realis: str, date: str | None) -> None:
    found = [(e.type.value, e.realis.value, e.date.edtf if e.date else None) for e in extract(sentence).events]
    assert (type_, realis, date) in found


def test_participants_and_place_are_kept(extract) -> None:
    found = extract("Anna Weber met Karl Lopez in Geneva.")
    by_id = {e.id: e.name for e in found.entities}
    (event,) = found.events
    assert {by_id[p.entity] for p in event.participants} == {"Anna Weber", "Karl Lopez"}
    assert event.place is not None
    assert by_id[event.place] == "Geneva"


def test_a_happening_told_twice_is_one_event(extract) -> None:
    found = extract("A protest was held in Vienna. The protest was peaceful.")
    (event,) = [e for e in found.events if e.type.value == "protest"]
    assert len(event.other_triggers) == 1
