"""Dates in words: never more precise than they are known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from kb_app.core.stated_date import StatedDate, parse_edtf
from kb_app.ui.shared.dates import date_words


def stated(edtf: str) -> StatedDate:
    date = parse_edtf(edtf)
    assert date is not None
    return date


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2020-09-03", "3 Sep 2020"),
        ("2020-09", "Sep 2020"),
        ("2020", "2020"),
        ("2020-08-09/2020-09-03", "9 Aug – 3 Sep 2020"),
        ("2020-09-01/2020-09-03", "1–3 Sep 2020"),
        ("2019-12-30/2020-01-02", "30 Dec 2019 – 2 Jan 2020"),
        ("../2020-09-03", "until 3 Sep 2020"),
        ("2020-09-03/..", "from 3 Sep 2020"),
        ("2021/..", "from 2021"),
        ("../2020-09", "until Sep 2020"),
        ("1994/2020", "1994 – 2020"),
        ("2020-08/2020-11", "Aug 2020 – Nov 2020"),
        ("2020-Q3", "Q3 2020"),
        ("2020-SU", "summer 2020"),
        ("199X", "1990s"),
        ("2020-09-03~", "about 3 Sep 2020"),
    ],
)
def test_a_date_says_only_what_is_known(edtf: str, words: str) -> None:
    assert date_words(stated(edtf)) == words


def test_no_date_is_said_in_words() -> None:
    assert date_words(None) == "no date"


def test_words_pass_through_the_given_translation() -> None:
    german = {"no date": "ohne Datum", "about %s": "um %s"}
    assert date_words(None, lambda text: german.get(text, text)) == "ohne Datum"
    assert date_words(replace(stated("2020"), approximate=True), lambda text: german.get(text, text)) == "um 2020"


def test_september_has_three_letters_in_british_english_too(qapp: QApplication) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    try:
        assert date_words(stated("2020-09-03")) == "3 Sep 2020"
    finally:
        QLocale.setDefault(before)
