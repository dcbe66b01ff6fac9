from __future__ import annotations

import pytest


def told(findings) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    by_id = {e.id: e.name for e in findings.entities}
    return [
        (by_id[r.person], r.title, by_id[r.institution] if r.institution else "", r.country, r.qualifiers)
        for r in findings.roles
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Norwegian Foreign Minister Ole Hansen left.", ("Ole Hansen", "Foreign Minister", "", "Norway", ())),
        (
            "France's former Prime Minister Jean Petit left.",
            ("Jean Petit", "Prime Minister", "", "France", ("former",)),
        ),
        ("Ole Hansen, head of the Grain Board, left.", ("Ole Hansen", "head", "Grain Board", "", ())),
        ("Ole Hansen, a spokesman for the Grain Board, left.", ("Ole Hansen", "spokesman", "Grain Board", "", ())),
        ("Ole Hansen, who heads the Grain Board, left.", ("Ole Hansen", "head", "Grain Board", "", ())),
        ("Ole Hansen was appointed director of the Grain Board.", ("Ole Hansen", "director", "Grain Board", "", ())),
    ],
)
def test_a_title_is_bound_to_its_person(extract, sentence: str, expected: tuple[object, ...]) -> None:
    assert expected in told(extract(sentence))


def test_honorifics_are_no_roles(extract) -> None:
    assert extract("Mr. Ole Hansen met Mrs. Anna Weber.").roles == ()


def test_a_role_gives_a_relation_and_a_reason(extract) -> None:
    found = extract("Ole Hansen, head of the Grain Board, left.")
    assert [r.type.value for r in found.relations] == ["head_of"]
    assert found.roles[0].ground.reason.startswith("apposition")
    assert 0 < found.roles[0].ground.confidence < 1


def test_a_title_before_another_name_is_not_the_subject_s(extract) -> None:
    found = told(extract("Anna Weber met with German Chancellor Karl Lopez in Berlin."))
    assert [(person, title) for person, title, *_ in found] == [("Karl Lopez", "Chancellor")]
