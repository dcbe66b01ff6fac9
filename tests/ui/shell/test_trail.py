"""The way back and forward."""

from __future__ import annotations

from kb_app.core.ids import EntityId
from kb_app.ui.shell.places import Location, Place
from kb_app.ui.shell.trail import KEPT, Trail


def person(number: int) -> Location:
    return Location(Place.PEOPLE, entity=EntityId(number))


def test_one_goes_back_the_way_one_came_and_forward_again() -> None:
    trail = Trail()
    for number in (1, 2, 3):
        trail.visit(person(number))
    assert trail.go(-1) == person(2)
    assert trail.go(-1) == person(1)
    assert trail.go(-1) is None
    assert trail.go(1) == person(2)


def test_a_new_visit_forgets_the_way_forward() -> None:
    trail = Trail()
    for number in (1, 2):
        trail.visit(person(number))
    trail.go(-1)
    trail.visit(person(3))
    assert not trail.can_go(1)
    assert trail.go(-1) == person(1)


def test_where_one_is_already_is_no_visit() -> None:
    trail = Trail()
    assert trail.visit(person(1))
    assert not trail.visit(person(1))
    assert not trail.can_go(-1)


def test_a_place_is_entered_where_one_was_last_in_it() -> None:
    trail = Trail()
    trail.visit(person(4))
    trail.visit(Location(Place.TIMELINE))
    assert trail.last_in(Location(Place.PEOPLE)) == person(4)
    assert trail.last_in(Location(Place.SOURCES)) == Location(Place.SOURCES)


def test_the_trail_does_not_grow_for_ever() -> None:
    trail = Trail()
    for number in range(KEPT + 50):
        trail.visit(person(number))
    steps = 0
    while trail.go(-1) is not None:
        steps += 1
    assert steps == KEPT - 1


def test_an_empty_place_is_nowhere_to_go_back_to_once_it_has_a_card() -> None:
    trail = Trail()
    trail.visit(Location(Place.PEOPLE))
    trail.visit(person(1))
    assert trail.here == person(1)
    assert not trail.can_go(-1)
