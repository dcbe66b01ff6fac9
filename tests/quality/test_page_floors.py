"""Saved pages are read no worse than when the floors were set, and no page worse than by trafilatura alone.

A floor lies a little below the figure measured when it was set. Lower one only on purpose, and say why in the commit.
"""

from __future__ import annotations

import pytest

from tests.quality import pages_report
from tests.quality.pages_report import Case, accuracy
from tests.quality.saved_pages import Truth, body_score, is_right, mean, ours, trafilaturas, truths

LEAST_BODY = 0.99
LEAST_MARGIN = 0.05  # over trafilatura alone
LEAST_ACCURACY = {"title": 0.97, "published": 0.98, "byline": 0.97, "publisher": 0.97, "host": 0.98, "url": 0.98}
LEAST_PAGES = 60


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [(truth, ours(truth.name), trafilaturas(truth.name)) for truth in truths()]


def test_bodies_are_read_as_well_as_before(cases: list[Case]) -> None:
    assert len(cases) >= LEAST_PAGES
    mine = mean([body_score(truth, found.body) for truth, found, _ in cases])
    theirs = mean([body_score(truth, other.body) for truth, _, other in cases])
    assert mine.f1 >= LEAST_BODY
    assert mine.f1 >= theirs.f1 + LEAST_MARGIN


def test_nothing_that_trafilatura_finds_of_a_body_is_lost(cases: list[Case]) -> None:
    lost = {
        truth.name: (round(mine, 3), round(theirs, 3))
        for truth, found, other in cases
        if (mine := body_score(truth, found.body).recall) < (theirs := body_score(truth, other.body).recall) - 0.005
    }
    assert lost == {}


def test_no_page_is_read_worse_than_by_trafilatura_alone(cases: list[Case]) -> None:
    worse = [t.name for t, found, other in cases if body_score(t, found.body).f1 < body_score(t, other.body).f1 - 1e-9]
    assert worse == []


@pytest.mark.parametrize("field", list(LEAST_ACCURACY))
def test_metadata_is_as_right_as_before(field: str, cases: list[Case]) -> None:
    assert accuracy(cases, field, 1) >= LEAST_ACCURACY[field]


def test_a_score_counts_shingles_and_leaves_neutral_texts_aside() -> None:
    truth = Truth("x", "one two three four five six", ("a caption of a picture",), {})
    assert body_score(truth, truth.body).f1 == 1
    assert body_score(truth, "one two three a caption of a picture four five six").f1 == 1
    half = body_score(truth, "one two three four and then others")
    assert (half.recall, half.precision) == (pytest.approx(1 / 3), pytest.approx(1 / 4))
    assert body_score(truth, "").f1 == 0


@pytest.mark.parametrize(
    ("field", "wanted", "found", "right"),
    [
        ("title", "The Pier: Closed", "the pier closed", True),
        ("byline", "Una Stell, Tomas Varn", "Tomas Varn and Una Stell", True),
        ("byline", "Una Stell", "", False),
        ("published", "2024-02-09", "2024-02", False),
    ],
)
def test_a_value_is_right_when_it_says_the_same(field: str, wanted: str, found: str, right: bool) -> None:
    assert is_right(field, wanted, found) is right


def test_the_report_names_pages_and_errors(cases: list[Case]) -> None:
    lines = [*pages_report.told(cases[:3]), *pages_report.told_pages(cases[:3]), *pages_report.told_errors(cases)]
    assert any(line.startswith("trafilatura alone") for line in lines)
    assert any(cases[0][0].name in line for line in lines)
