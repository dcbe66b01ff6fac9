"""Who is who across articles: sure matches alone."""

from __future__ import annotations

import pytest

from kb_app.core.entity import Category, EntityType, MentionKind
from kb_app.core.findings import Findings, FoundEntity, FoundMention, Ground, LocalId
from kb_app.core.identities import KnownEntity, KnownNames
from kb_app.core.ids import EntityId
from kb_app.core.names import normalised
from kb_app.core.passage import Span
from kb_app.resolution.entities import names_to_look_up, resolve

PERSON, INSTITUTION, PLACE = EntityType.PERSON, EntityType.INSTITUTION, EntityType.PLACE


def _found(name: str, type: EntityType = PERSON, id: str = "e1", **more: object) -> FoundEntity:
    ground = Ground(Span(0, 1), 0.9, "test")
    mentions = more.pop("mentions", (FoundMention(Span(0, 1), MentionKind.FULL),))
    return FoundEntity(LocalId(id), type, name, mentions, ground, **more)  # type: ignore[arg-type]


def _known(*names: tuple[int, str], type: EntityType = PERSON, **more: object) -> KnownNames:
    by_name: dict[str, tuple[KnownEntity, ...]] = {}
    for number, name in names:
        entity = KnownEntity(EntityId(number), type, name, **more)  # type: ignore[arg-type]
        by_name[normalised(name)] = (*by_name.get(normalised(name), ()), entity)
    return KnownNames(by_name)


def _match(found: FoundEntity, known: KnownNames, text: str = "") -> int | None:
    return resolve(Findings("test", entities=(found,)), known, text)[found.id]


@pytest.mark.parametrize("name", ["Anna Vela", "ANNA VELA", "Ánna  Véla", "Anna-Vela"])
def test_a_person_matches_by_full_name_in_any_spelling(name: str) -> None:
    assert _match(_found(name), _known((7, "Anna Vela"))) == 7


@pytest.mark.parametrize("name", ["Boris Vela", "Vela", "A. Vela", "Anna Maria Vela"])
def test_a_person_of_another_or_a_shorter_name_stays_apart(name: str) -> None:
    assert _match(_found(name), _known((7, "Anna Vela"), (7, "Vela"), (7, "A. Vela"))) is None


def test_namesakes_of_contradicting_countries_stay_apart() -> None:
    known = _known((7, "Anna Vela"), country="Orlania")
    assert _match(_found("Anna Vela", country="Lumenia"), known) is None
    assert _match(_found("Anna Vela", country="orlania"), known) == 7
    assert _match(_found("Anna Vela"), known) == 7


def test_where_two_namesakes_are_known_neither_is_chosen() -> None:
    assert _match(_found("Anna Vela"), _known((7, "Anna Vela"), (8, "Anna Vela"))) is None


def test_two_persons_of_an_article_never_become_one() -> None:
    twins = (_found("Anna Vela", id="a"), _found("Anna Vela", id="b"))
    found = resolve(Findings("test", entities=twins), _known((7, "Anna Vela")))
    assert sorted(found.values(), key=str) == [7, None]


def test_a_person_is_no_place() -> None:
    assert _match(_found("Port Lumen"), _known((7, "Port Lumen"), type=PLACE)) is None


def test_a_name_that_was_only_ever_a_short_form_does_not_match() -> None:
    known = _known((7, "Court Guild"), type=INSTITUTION, kind="short")
    assert _match(_found("Court Guild", INSTITUTION), known) is None


def test_an_institution_matches_by_name_unless_countries_contradict() -> None:
    known = _known((7, "Harbour Courier"), type=INSTITUTION, country="Orlania")
    assert _match(_found("The Harbour Courier".removeprefix("The "), INSTITUTION), known) == 7
    assert _match(_found("Harbour Courier", INSTITUTION, country="Lumenia"), known) is None


def test_what_every_country_has_matches_in_the_same_country_alone() -> None:
    known = _known((7, "Interior Ministry"), type=INSTITUTION, country="Orlania", category=Category.MINISTRY)
    assert _match(_found("Interior Ministry", INSTITUTION), known) is None
    assert _match(_found("Interior Ministry", INSTITUTION, country="Orlania"), known) == 7


def test_an_acronym_matches_in_the_same_country_alone() -> None:
    known = _known((7, "KSB"), type=INSTITUTION, kind="acronym", country="Orlania")
    assert _match(_found("KSB", INSTITUTION, country="Orlania"), known) == 7
    assert _match(_found("KSB", INSTITUTION), known) is None


def test_an_institution_is_known_by_the_acronym_that_the_article_gives() -> None:
    text = "KSB, the Keepers' Security Board"
    mentions = (FoundMention(Span(0, 3), MentionKind.ACRONYM), FoundMention(Span(9, 32), MentionKind.FULL))
    board = _found("Keepers' Security Board", INSTITUTION, mentions=mentions, country="Orlania")
    known = _known((7, "KSB"), type=INSTITUTION, kind="acronym", country="Orlania")
    assert names_to_look_up(Findings("test", entities=(board,)), text) == {"KSB", "Keepers' Security Board"}
    assert _match(board, known, text) == 7
    assert _match(board, known) is None


def test_a_place_matches_by_one_word() -> None:
    assert _match(_found("Orla", PLACE), _known((7, "Orla"), type=PLACE, country="Orlania")) == 7


def test_the_unnamed_match_nobody() -> None:
    assert _match(_found("his wife Anna", named=False), _known((7, "his wife Anna"))) is None
    assert names_to_look_up(Findings("test", entities=(_found("his wife", named=False),))) == frozenset()


def test_every_entity_of_the_article_gets_an_answer() -> None:
    people = tuple(_found(f"Person {word}", id=word) for word in ("One", "Two", "Three"))
    resolution = resolve(Findings("test", entities=people), KnownNames())
    assert dict(resolution) == {"One": None, "Two": None, "Three": None}
