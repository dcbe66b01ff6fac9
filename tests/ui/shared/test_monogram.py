"""Monograms: which letters stand for a name."""

from __future__ import annotations

import pytest

from kb_app.ui.shared.monogram import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Vladimir Putin", "VP"),
        ("State Control Committee", "SC"),
        ("Ministry of the Interior", "MI"),
        ("KGB", "KG"),
        ("Аляксандр Лукашэнка", "АЛ"),
        ("Jean-Yves Le Drian", "JD"),
        ("42", "4"),
        ("", "?"),
        ("…", "?"),
    ],
)
def test_a_name_is_shortened_to_its_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
