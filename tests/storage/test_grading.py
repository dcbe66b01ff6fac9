"""Evidence grades: given, taken back, listed, and read wherever evidence is."""

from __future__ import annotations

import pytest

from kb_app.core.errors import KartotekaError, NotFound
from kb_app.core.grading import Credibility, Reliability, SourceGrade
from kb_app.core.ids import ArticleId, EntityId
from kb_app.core.listing import NOT_GRADED, ArticleQuery, ArticleSort
from kb_app.storage.grading import grade_articles, grade_publishers, graded_publishers
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.listing import article_count, articles
from kb_app.storage.operations import history, redo, undo
from kb_app.storage.profiles import profile
from kb_app.storage.search import search
from tests import builders
from tests.storage.filling import checked, everything, save

B2 = SourceGrade(Reliability.USUAL, Credibility.PROBABLE)
ONE = ArticleId(1)


def graded(kb: KnowledgeBase) -> None:
    """Grade the first article B2."""
    grade_publishers(kb, ["Harbour Courier"], Reliability.USUAL)
    grade_articles(kb, [ONE], Credibility.PROBABLE)


def test_what_nobody_graded_cannot_be_judged_and_is_known_as_not_graded(kb: KnowledgeBase) -> None:
    save(kb)
    grade = articles(kb, ArticleQuery(), 0, 1)[0].grade
    assert (grade.code, grade.is_given) == ("F6", False)


def test_a_grade_stands_wherever_the_evidence_stands(kb: KnowledgeBase) -> None:
    save(kb)
    graded(kb)
    card = profile(kb, EntityId(1))
    cited = [line.support.citations[0].grade for line in (*card.roles.lines, *card.events.lines)]
    assert {*cited, *(line.citation.grade for line in card.mentions.lines)} == {B2}
    assert [hit.grade for hit in search(kb, "gates").hits] == [B2]
    assert articles(kb, ArticleQuery(), 0, 1)[0].grade == B2


def test_a_grade_leaves_confidence_and_status_alone(kb: KnowledgeBase) -> None:
    save(kb)
    before = profile(kb, EntityId(1)).roles.lines[0].support
    graded(kb)
    after = profile(kb, EntityId(1)).roles.lines[0].support
    assert (after.confidence, after.status, after.disputed) == (before.confidence, before.status, before.disputed)


def test_a_grade_is_a_step_that_can_be_taken_back(kb: KnowledgeBase) -> None:
    save(kb)
    before = everything(kb)
    graded(kb)
    after = everything(kb)
    assert [step.label for step in history(kb)][:2] == ["Grade 1 article 2", "Grade “Harbour Courier” B"]
    undo(kb)
    undone = undo(kb)
    assert everything(kb) == before
    assert undone is not None and undone.everything
    redo(kb), redo(kb)
    assert everything(kb) == after
    assert checked(kb.path).problems == ()


def test_a_grade_can_be_changed_and_taken_away(kb: KnowledgeBase) -> None:
    save(kb)
    graded(kb)
    grade_publishers(kb, ["HARBOUR COURIER"], Reliability.SELDOM)
    assert graded_publishers(kb)[0].reliability is Reliability.SELDOM
    assert grade_publishers(kb, ["Harbour Courier"], None).everything
    grade_articles(kb, [ONE], None)
    assert not articles(kb, ArticleQuery(), 0, 1)[0].grade.is_given


def test_spellings_that_fold_to_the_same_are_one_publisher(kb: KnowledgeBase) -> None:
    for number, name in enumerate(("Harbour Courier", "Harbour Courier", "HARBOUR COURIER")):
        save(kb, builders.article(title=f"Report {number}", publisher=name), name=f"{number}.txt")
    found = graded_publishers(kb)
    assert [(p.name, p.articles, p.spellings) for p in found] == [("Harbour Courier", 3, ("HARBOUR COURIER",))]


def test_articles_are_listed_and_sorted_by_grade(kb: KnowledgeBase) -> None:
    for name in ("Alpha Post", "Beta Post", "Gamma Post"):
        save(kb, builders.article(title=name, publisher=name), name=name)
    grade_publishers(kb, ["Beta Post"], Reliability.COMPLETE)
    grade_publishers(kb, ["Alpha Post"], Reliability.SELDOM)
    best_first = ArticleQuery(sort=ArticleSort.GRADE, descending=False)
    assert [row.title for row in articles(kb, best_first, 0, 9)] == ["Beta Post", "Alpha Post", "Gamma Post"]
    assert [row.title for row in articles(kb, ArticleQuery(reliability="D"), 0, 9)] == ["Alpha Post"]
    assert article_count(kb, ArticleQuery(reliability=NOT_GRADED)) == 1


def test_reliability_needs_a_publisher(kb: KnowledgeBase) -> None:
    save(kb, builders.article(publisher=""))
    with pytest.raises(KartotekaError, match="needs a publisher"):
        grade_publishers(kb, [""], Reliability.USUAL)


def test_an_article_that_is_gone_cannot_be_graded(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFound, match="article 9"):
        grade_articles(kb, [ArticleId(9)], Credibility.CONFIRMED)
