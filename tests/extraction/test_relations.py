from __future__ import annotations


def told(findings) -> set[tuple[str, str, str]]:
    by_id = {e.id: e.name for e in findings.entities}
    return {(by_id[r.source], r.type.value, by_id[r.target]) for r in findings.relations}


def test_a_meeting_links_two_people(extract) -> None:
    assert ("Anna Weber", "met_with", "Karl Lopez") in told(extract("Anna Weber met with Karl Lopez on Monday."))


def test_criticism_links_critic_and_criticised(extract) -> None:
    assert ("Anna Weber", "criticized", "Grain Board") in told(extract("Anna Weber criticized the Grain Board."))


def test_a_wife_is_a_spouse(extract) -> None:
    assert ("Anna Weber", "spouse_of", "Karl Lopez") in told(extract("Karl Lopez's wife, Anna Weber, came too."))


def test_a_city_is_part_of_its_country(extract) -> None:
    assert ("Lyon", "part_of", "France") in told(extract("The talks in Lyon, France, ended."))


def test_a_passive_turns_the_relation_around(extract) -> None:
    found = told(extract("Anna Weber was detained by the Federal Police in Bern."))
    assert ("Anna Weber", "detained_by", "Federal Police") in found
    assert ("Federal Police", "detained_by", "Anna Weber") not in found
