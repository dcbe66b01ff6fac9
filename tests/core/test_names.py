"""How names are compared, sorted and abbreviated."""

from __future__ import annotations

import pytest

from kb_app.core.names import initials, normalised, script_of, surname


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Vela", "ANNA  VELA "),
        ("José Ñuñez", "Jose Nunez"),
        ("Jean-Luc", "jean luc"),
        ("O’Hara", "O'Hara"),
        ("A. B. Vela", "A B Vela"),
        ("Strasse", "Straße"),
        ("ﬁnance", "finance"),
        ("Ａｎｎａ", "Anna"),
    ],
)
def test_spellings_of_one_name_fold_to_the_same(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(("one", "other"), [("Anna Vela", "Anne Vela"), ("Pavel", "Pаvel"), ("Vela", "Velas")])
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@pytest.mark.parametrize("text", ["", " ", "–", "...", "'"])
def test_what_is_no_name_folds_to_nothing(text: str) -> None:
    assert normalised(text) == ""


def test_folding_twice_changes_nothing() -> None:
    for name in ("Ärzte ohne Grenzen e.V.", "Żółć", "İstanbul", "ΑΘΗΝΑ", "Владимир"):
        assert normalised(normalised(name)) == normalised(name)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("Anna Vela", "AV"), ("Vela", "V"), ("Ursula von der Leyen", "UL"), ("", "?"), ("Ludwig van Beethoven", "LB")],
)
def test_initials(name: str, wanted: str) -> None:
    assert initials(name) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"), [("Anna Vela", "Vela"), ("Vela", "Vela"), ("Ursula von der Leyen", "von der Leyen"), ("", "")]
)
def test_a_surname_keeps_its_particles(name: str, wanted: str) -> None:
    assert surname(name) == wanted


@pytest.mark.parametrize(
    ("text", "script"), [("Anna", "Latn"), ("Анна", "Cyrl"), ("آنا", "Arab"), ("123 – ", "Zyyy"), ("Анна V", "Cyrl")]
)
def test_the_script_most_letters_belong_to(text: str, script: str) -> None:
    assert script_of(text) == script
