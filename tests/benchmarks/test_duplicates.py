"""Floors under the finding of reports told again; the whole measurement is python -m tests.benchmarks.duplicates."""

from __future__ import annotations

from tests.benchmarks.duplicates import measured
from tests.benchmarks.retellings import OTHER_REPORT, SAME_REPORT, Kind, as_article, pair

ARTICLES = 1_120  # 40 pairs of each kind
SOME_TOLD_ANEW = {Kind.REWRITTEN_MORE: 90, Kind.SENTENCES: 60}


def test_reports_told_again_are_found_and_others_are_not() -> None:
    found = {figure.name: figure.value for figure in measured(ARTICLES)}
    for kind in SAME_REPORT:
        assert found[kind.value] >= SOME_TOLD_ANEW.get(kind, 98), kind
    for kind in OTHER_REPORT:
        assert found[kind.value] <= 2, kind
    assert found["precision"] >= 99
    assert found["recall"] >= 94
    assert found["lifted paragraph found"] >= 98


def test_the_placing_of_an_article_is_timed_in_a_growing_index() -> None:
    names = [figure.name for figure in measured(16, sizes=(150, 300))]
    assert {"among 150", "among 300", "size at 300"} <= set(names)


def test_the_same_pair_is_invented_every_time() -> None:
    for kind in Kind:
        one, other = pair(3, kind)
        assert (one, other) == pair(3, kind)
        assert as_article(one).text != as_article(other).text
