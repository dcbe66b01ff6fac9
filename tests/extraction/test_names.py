from __future__ import annotations

from kb_app.core.entity import Category, EntityType


def names(findings) -> dict[str, str]:
    return {e.name: e.type.value for e in findings.entities if e.named}


def test_people_institutions_and_places_are_told_apart(extract) -> None:
    found = extract("Maria Lopez of the Ministry of Health flew from Lisbon to the University of Oslo on Monday.")
    assert names(found) == {
        "Maria Lopez": "person",
        "Ministry of Health": "institution",
        "Lisbon": "place",
        "University of Oslo": "institution",
    }


def test_an_institution_gets_category_and_country(extract) -> None:
    (entity,) = [e for e in extract("The Polish Foreign Ministry confirmed it.").entities if e.named]
    assert (entity.category, entity.country) == (Category.MINISTRY, "Poland")


def test_a_surname_is_folded_into_the_full_name(extract) -> None:
    found = extract("Peter Novak spoke first. Novak then left. Later, Peter Novak came back.")
    (person,) = [e for e in found.entities if e.type is EntityType.PERSON]
    assert [m.kind.value for m in person.mentions if m.kind.is_named] == ["full", "short", "full"]


def test_an_acronym_in_brackets_is_folded_into_the_name(extract) -> None:
    found = extract("The National Grain Board (NGB) met in Prague. The NGB gave no details.")
    (board,) = [e for e in found.entities if e.type is EntityType.INSTITUTION]
    assert [m.kind.value for m in board.mentions] == ["full", "acronym", "acronym"]


def test_near_spellings_of_an_institution_are_one(extract) -> None:
    found = extract("The Coordinating Council met. Anna Weber left the Coordination Council on Friday.")
    assert len([e for e in found.entities if e.type is EntityType.INSTITUTION]) == 1


def test_namesakes_with_other_first_names_stay_apart(extract) -> None:
    found = extract("Anna Weber met Karl Weber in Bern.")
    assert len([e for e in found.entities if e.type is EntityType.PERSON]) == 2


def test_headline_capitals_make_no_names(extract) -> None:
    found = extract("Big Rally Held Near Old Market\n\nThe rally took place in Vienna, Anna Weber said.")
    assert set(names(found)) == {"Vienna", "Anna Weber"}


def test_demonyms_are_no_mentions_but_give_the_country(extract) -> None:
    found = extract("German Chancellor Anna Weber spoke.")
    assert set(names(found)) == {"Anna Weber"}
    assert found.roles[0].country == "Germany"


def test_a_country_s_council_is_not_the_world_s(extract) -> None:
    found = extract("The UN Security Council waited. Russia's Security Council met. The Security Council then rested.")
    councils = {e.name: len(e.mentions) for e in found.entities if e.type is EntityType.INSTITUTION}
    assert councils == {"United Nations Security Council": 1, "Security Council": 2}


def test_a_shouted_dateline_is_a_place(extract) -> None:
    assert names(extract("MINSK (Reuters) - Anna Weber spoke on Monday."))["Minsk"] == "place"


def test_the_maker_s_name_in_a_product_is_no_mention(extract) -> None:
    assert set(names(extract("The old Boeing 747 stood still in Lyon."))) == {"Lyon"}


def test_a_possessive_inside_a_name_belongs_to_it(extract) -> None:
    found = extract("The General Workers' Union (GWU) and the Prosecutor General's Office met in Lyon.")
    assert set(names(found)) == {"General Workers' Union", "Prosecutor General's Office", "Lyon"}
