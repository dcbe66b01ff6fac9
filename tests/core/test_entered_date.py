"""Dates as people write them, and what is no date."""

from __future__ import annotations

import pytest

from kb_app.core.entered_date import ENTERED, entered_date


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("3 Sep 2020", "2020-09-03"),
        ("3rd of September, 2020", "2020-09-03"),
        ("Sept. 3, 2020", "2020-09-03"),
        ("September 2020", "2020-09"),
        ("9/2020", "2020-09"),
        ("2020", "2020"),
        ("2020-09-03", "2020-09-03"),
        ("2020/9/3", "2020-09-03"),
        ("3.9.2020", "2020-09-03"),
        ("25/09/2020", "2020-09-25"),
        ("09-25-2020", "2020-09-25"),
        ("5/5/2020", "2020-05-05"),
        ("autumn 2020", "2020-23"),
        ("about 2020", "2020~"),
        ("c. May 2020", "2020-05~"),
        ("2020-09-01/2020-09-03", "2020-09-01/2020-09-03"),
        ("202X", "202X"),
    ],
)
def test_a_date_is_as_precise_as_it_was_written(words: str, edtf: str) -> None:
    stated = entered_date(words)
    assert stated is not None
    assert (stated.edtf, stated.words, stated.rule) == (edtf, words, ENTERED)


@pytest.mark.parametrize(
    "words", ["", "20", "202", "03/04/2020", "31 Feb 2020", "last Tuesday", "13/2020", "2020-13-01"]
)
def test_what_is_no_date_or_two_is_none(words: str) -> None:
    assert entered_date(words) is None
