"""Words and sketches: what two texts share is found in both, in any script, the same on every machine."""

from __future__ import annotations

from dataclasses import replace

from kb_app.core.article import Zone, ZoneKind
from kb_app.core.passage import Span
from kb_app.core.shingles import MOST_KEPT, folded_words, sketch_of, sketch_of_words, told_words, wording_of
from tests import builders
from tests.benchmarks.retellings import Kind, as_article, pair, report


def test_words_are_without_case_accents_and_punctuation() -> None:
    assert folded_words("Vela’s “Été”, ÉTÉ – e\u0301!") == ["vela", "s", "ete", "ete", "e"]
    assert folded_words("Ёлка и Йод") == ["елка", "и", "иод"]


def test_scripts_without_spaces_are_cut_into_characters() -> None:
    assert folded_words("大坝 opened 了") == ["大", "坝", "opened", "了"]


def test_title_and_boilerplate_are_no_words_of_the_report() -> None:
    body = "Accept all cookies.\nThe dam was opened."
    article = builders.article(body, "A title")
    at = article.text.index("Accept")
    article = replace(article, zones=(Zone(ZoneKind.BOILERPLATE, Span(at, at + 19)),))
    assert told_words(article) == ("the", "dam", "was", "opened")


def test_words_know_their_places_and_paragraphs() -> None:
    article = builders.article("The dam was opened.\n\nNobody came.")
    wording = wording_of(article)
    assert wording.words == told_words(article)
    assert wording.span(1, 3).of(article.text) == "dam was opened"
    assert wording.breaks == {0, 4}


def test_a_sketch_is_the_same_everywhere() -> None:
    # files keep sketches: a change of these numbers would lose every report in them
    assert sketch_of_words("the gates of the dam stay shut for a year".split()) == (21181597, 28013020)


def test_a_short_text_has_a_sketch_and_an_empty_one_none() -> None:
    assert len(sketch_of_words(["shut"])) == 1
    assert sketch_of_words([]) == ()


def test_the_sketch_of_a_long_text_is_bounded() -> None:
    assert len(sketch_of_words([str(number) for number in range(50_000)])) == MOST_KEPT


def test_a_sketch_of_500_words_has_about_34_numbers() -> None:
    sizes = [len(sketch_of_words([f"{text}/{number}" for number in range(500)])) for text in range(20)]
    assert 30 <= sum(sizes) / len(sizes) <= 38


def test_a_text_cut_to_a_third_shares_numbers_with_the_whole() -> None:
    for number in range(20):
        whole, cut = (sketch_of(as_article(told)) for told in pair(number, Kind.CUT_THIRD))
        assert len(set(whole) & set(cut)) >= 3


def test_two_reports_share_hardly_a_number() -> None:
    one, other = (set(sketch_of(as_article(report(number)))) for number in (0, 1))
    assert len(one & other) <= 1
