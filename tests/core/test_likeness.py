"""Two articles are the same report where their words say so and neither figures nor days speak against it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb_app.core.likeness import Telling, Verdict, common_runs, likeness, telling_of, verdict
from tests import builders
from tests.benchmarks.retellings import OTHER_REPORT, SAME_REPORT, Kind, as_article, pair, report


def _told(number: int) -> Telling:
    return telling_of(as_article(report(number)))


def _judged(one: Telling, other: Telling) -> Verdict:
    return verdict(one, other, likeness(one, other))


def _changed(telling: Telling, every: int) -> Telling:
    return replace(telling, words=tuple(f"x{w}" if n % every == 0 else w for n, w in enumerate(telling.words)))


def test_the_same_words_are_the_same_report_unless_they_are_few() -> None:
    words = tuple("the dam will be closed again she said on monday evening in port".split())
    assert _judged(Telling(words), Telling(words)) is Verdict.SAME
    assert _judged(Telling(words[:5]), Telling(words[:5])) is Verdict.LIKELY
    assert _judged(Telling(("no", "comment")), Telling(("no", "news"))) is Verdict.OTHER
    assert _judged(Telling(()), Telling(())) is Verdict.OTHER


@pytest.mark.parametrize("kind", [k for k in SAME_REPORT if k is not Kind.SENTENCES])
def test_a_report_told_again_is_the_same(kind: Kind) -> None:
    one, other = (telling_of(as_article(told)) for told in pair(4, kind))
    assert _judged(one, other) is Verdict.SAME


@pytest.mark.parametrize("kind", [k for k in OTHER_REPORT if k is not Kind.SAME_FRAME_IN_WORDS])
def test_what_only_looks_alike_is_not(kind: Kind) -> None:
    one, other = (telling_of(as_article(told), told.day.toordinal()) for told in pair(4, kind))
    assert _judged(one, other) is not Verdict.SAME


def test_other_figures_in_the_same_frame_are_another_notice() -> None:
    frame = "week {} the office counted {} boats {} lorries and {} carts at the gate by the old mill of the town"
    one, other = (
        Telling(tuple(" ".join([frame.format(*(base + n for n in range(4)))] * 3).split())) for base in (10, 50)
    )
    assert _judged(one, other) is not Verdict.SAME


def test_the_same_quotations_make_up_for_rewritten_words() -> None:
    quotes = frozenset(["the gates will stay shut this year", "nobody was told of the order before"])
    one = replace(_told(0), quotations=frozenset())
    other = _changed(one, 5)
    assert _judged(one, other) is Verdict.LIKELY
    assert _judged(replace(one, quotations=quotes), replace(other, quotations=quotes)) is Verdict.SAME


def test_a_rewritten_report_of_a_month_later_is_only_proposed() -> None:
    one = replace(_told(0), day=1000)
    other = _changed(one, 15)
    assert _judged(one, replace(other, day=1002)) is Verdict.SAME
    assert _judged(one, replace(other, day=1030)) is Verdict.LIKELY


def test_a_short_text_inside_a_long_one_is_a_passage_and_not_the_report() -> None:
    long = Telling(tuple(f"word{n}" for n in range(600)))
    assert _judged(long, Telling(long.words[200:280])) is Verdict.OTHER
    assert _judged(long, Telling(long.words[200:400])) is Verdict.SAME


def test_a_text_of_which_half_was_lifted_in_one_piece_is_another_report() -> None:
    long = Telling(tuple(f"word{n}" for n in range(200)))
    own = tuple(f"own{n}" for n in range(70))
    assert _judged(long, Telling((*own[:30], *long.words[50:130], *own[30:]))) is Verdict.OTHER


def test_what_further_reports_have_in_common_does_not_count() -> None:
    frame = [tuple(f"frame{part}/{n}" for n in range(60)) for part in range(4)]
    own = [tuple(f"own{number}/{n}" for n in range(20)) for number in range(4)]
    one, other, *others = (Telling(sum(((*part, *words) for part in frame), ())) for words in own)
    assert _judged(one, other) is Verdict.SAME
    assert verdict(one, other, likeness(one, other, common_runs(others))) is Verdict.OTHER


def test_quotations_are_found_in_all_kinds_of_marks() -> None:
    body = "“The gates will stay shut,” she said. «Ворота останутся закрытыми весь этот год», said he. „Kurz“"
    told = telling_of(builders.article(body))
    assert told.quotations == {"the gates will stay shut", "ворота останутся закрытыми весь этот год"}
