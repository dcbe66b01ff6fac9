"""Articles that tell one report are one origin; what a person decides about it holds and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_app.core.article import Article
from kb_app.core.errors import KartotekaError, NotFound
from kb_app.core.findings import Findings
from kb_app.core.ids import ArticleId
from kb_app.core.listing import ArticleQuery
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.listing import articles, totals
from kb_app.storage.operations import redo, undo
from kb_app.storage.origin_editing import join, keep_apart, split_off
from kb_app.storage.origin_reading import compare, groups, origin_of_article, reuses
from kb_app.storage.profiles import entity_named, profile
from tests import builders
from tests.benchmarks.retellings import Kind, as_article, pair, report
from tests.storage.filling import checked, everything, save

NOTHING = Findings(engine="none")


def _save(kb: KnowledgeBase, article: Article, name: str) -> ArticleId:
    return save(kb, article, NOTHING, name)


def _three(kb: KnowledgeBase) -> list[ArticleId]:
    """Save a report with two tellings, and another one."""
    told, again = pair(1, Kind.CUT_HALF)
    return [_save(kb, as_article(one), f"{n}.txt") for n, one in enumerate((told, again, report(0)))]


def _origins(kb: KnowledgeBase) -> list[int]:
    return [number for (number,) in kb.database.execute_sql("SELECT origin_id FROM article ORDER BY id")]


@pytest.mark.parametrize("kind", [Kind.CUT_HALF, Kind.REORDERED, Kind.RENAMED, Kind.MIXED])
def test_a_report_told_again_is_one_origin(kb: KnowledgeBase, kind: Kind) -> None:
    for number in (0, 1, 3):  # the last is in Cyrillic
        told, again = pair(number, kind)
        one, other = _save(kb, as_article(told), f"{number}a.txt"), _save(kb, as_article(again), f"{number}b.txt")
        assert {v.article for v in origin_of_article(kb, one).versions} == {one, other}
    assert totals(kb).origins == 3


def test_a_passage_that_many_sites_carry_groups_nothing(kb: KnowledgeBase) -> None:
    footer = " ".join(f"footer{n}" for n in range(60))
    for number in range(0, 80, 4):
        body = "\n\n".join((*report(number).paragraphs[:3], footer))
        _save(kb, builders.article(body), f"{number}.txt")
    assert totals(kb).origins == 20
    assert reuses(kb, ArticleId(10)) == ()


def test_a_notice_of_every_week_stays_its_own_report(kb: KnowledgeBase) -> None:
    for number in range(6):
        for told in pair(number, Kind.SAME_FRAME):
            _save(kb, as_article(told), f"{number}/{told.day}.txt")
    assert totals(kb).origins == 12


def test_earliest_and_fullest_are_named(kb: KnowledgeBase) -> None:
    body = builders.BODY
    late = _save(kb, builders.article(f"{body}\n\nThe dam is forty years old.", published="2024-05-06"), "late.txt")
    early = _save(kb, builders.article(body, published="2024-05-04"), "early.txt")
    undated = _save(kb, builders.article(body, title="Dam", published=""), "undated.txt")
    origin = origin_of_article(kb, late)
    assert [version.article for version in origin.versions] == [early, late, undated]
    assert (origin.earliest.article, origin.fullest.article) == (early, late)
    assert [version.likeness for version in origin.versions] == [1.0, 1.0, 1.0]


def test_a_version_split_off_stays_apart_when_more_is_imported(kb: KnowledgeBase) -> None:
    one, cut, _ = _three(kb)
    split_off(kb, [cut])
    told, again = pair(1, Kind.CUT_HALF)
    _save(kb, as_article(told), "one more.txt")
    _save(kb, as_article(again), "one more cut.txt")
    assert _origins(kb) == [1, 3, 2, 1, 3]
    assert origin_of_article(kb, one).suggestions == ()


def test_splitting_and_joining_can_be_taken_back(kb: KnowledgeBase, path: Path) -> None:
    one, cut, other = _three(kb)
    before = everything(kb)
    split_off(kb, [cut])
    join(kb, [one, other])
    after = everything(kb)
    assert _origins(kb) == [1, 3, 1]
    undo(kb)
    undo(kb)
    assert everything(kb) == before
    redo(kb)
    redo(kb)
    assert everything(kb) == after
    assert checked(path).problems == ()


def test_evidence_is_counted_anew(kb: KnowledgeBase, path: Path) -> None:
    save(kb, name="a.txt")
    second = save(kb, name="b.txt")

    def counted() -> tuple[int, int]:
        found = entity_named(kb, "Anna Vela")
        assert found is not None
        support = profile(kb, found).roles.lines[0].support
        return support.citation_count, support.origin_count

    assert counted() == (2, 1)
    changes = split_off(kb, [second])
    assert counted() == (2, 2)
    assert changes.claims and second in changes.articles
    undo(kb)
    assert counted() == (2, 1)
    redo(kb)
    assert counted() == (2, 2)
    assert checked(path).problems == ()


def test_what_makes_no_sense_is_refused(kb: KnowledgeBase) -> None:
    one, cut, other = _three(kb)
    for wrong in ([one, cut], [one, other]):
        with pytest.raises(KartotekaError, match="Nothing was changed"):
            split_off(kb, wrong)
    with pytest.raises(KartotekaError, match="Split one of them off first"):
        keep_apart(kb, one, cut)
    with pytest.raises(NotFound):
        join(kb, [one, ArticleId(99)])
    assert _origins(kb) == [1, 1, 2]


def test_an_article_between_two_reports_joins_one_and_the_other_is_proposed(kb: KnowledgeBase) -> None:
    paragraphs = report(1).paragraphs
    half = len(paragraphs) // 2
    first = _save(kb, builders.article("\n\n".join(paragraphs[:half])), "first.txt")
    second = _save(kb, builders.article("\n\n".join(paragraphs[half:])), "second.txt")
    whole = _save(kb, builders.article("\n\n".join(paragraphs)), "whole.txt")
    assert totals(kb).origins == 2
    origin = origin_of_article(kb, whole)
    (proposed,) = origin.suggestions
    assert {v.article for v in origin.versions} | {proposed.article} == {first, second, whole}
    keep_apart(kb, whole, proposed.article)
    assert origin_of_article(kb, whole).suggestions == ()


def test_joined_reports_stay_apart_from_what_each_was_told_apart_from(kb: KnowledgeBase) -> None:
    one, cut, other = _three(kb)
    split_off(kb, [cut])
    keep_apart(kb, cut, other)
    join(kb, [cut, one])
    rows = kb.database.execute_sql("SELECT one_id, other_id FROM origins_apart").fetchall()
    assert rows == [(1, 2)]


def test_a_lifted_paragraph_is_told_with_its_words_in_both(kb: KnowledgeBase) -> None:
    told, lifting = (as_article(told) for told in pair(1, Kind.LIFTED))
    one, other = _save(kb, told, "a.txt"), _save(kb, lifting, "b.txt")
    (passage,) = origin_of_article(kb, one).reused
    assert passage.other.article == other
    assert passage.quote == passage.other_quote == passage.reuse.other_span.of(lifting.text)
    (back,) = reuses(kb, other)
    assert (back.other, back.span, back.other_span) == (one, passage.reuse.other_span, passage.reuse.span)


def test_two_articles_are_compared_with_what_they_share(kb: KnowledgeBase) -> None:
    one, cut, _ = _three(kb)
    found = compare(kb, cut, one)
    assert found.one.likeness == 1.0
    shared = found.shared[0]
    assert shared.one.of(found.one_text) == shared.other.of(found.other_text)


def test_only_reports_told_more_than_once_are_groups(kb: KnowledgeBase) -> None:
    one, cut, _ = _three(kb)
    assert [[v.article for v in origin.versions] for origin in groups(kb)] == [[one, cut]]


def test_the_list_can_show_one_line_a_report(kb: KnowledgeBase) -> None:
    one, _, other = _three(kb)
    rows = articles(kb, ArticleQuery(one_line_a_report=True), 0, 9)
    assert {row.id: row.copies for row in rows} == {one: 2, other: 1}
    assert [row.is_reprint for row in articles(kb, ArticleQuery(), 0, 9)].count(True) == 1


def test_a_sketch_goes_with_its_article(kb: KnowledgeBase) -> None:
    _three(kb)
    for _ in range(3):
        undo(kb)
    assert kb.database.execute_sql("SELECT COUNT(*) FROM sketch").fetchone() == (0,)
    told, _ = pair(1, Kind.CUT_HALF)
    _save(kb, as_article(told), "again.txt")
    assert totals(kb).origins == 1
