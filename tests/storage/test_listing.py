"""The pages of the lists, their filters, orders and counts."""

from __future__ import annotations

import pytest

from kb_app.core.entity import EntityType
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.listing import (
    ArticleFilter,
    ArticleQuery,
    ArticleSort,
    EntityQuery,
    EntitySort,
    Totals,
)
from kb_app.storage.editing import judge, rename
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.listing import article_count, articles, entities, entity_count, publishers, totals
from tests import builders
from tests.storage.filling import save

PEOPLE = EntityQuery(EntityType.PERSON)


def _names(kb: KnowledgeBase, query: EntityQuery) -> list[str]:
    rows = entities(kb, query, 0, 50)
    assert entity_count(kb, query) == len(rows)
    return [row.name for row in rows]


def test_people_come_with_role_and_counts(kb: KnowledgeBase) -> None:
    save(kb)
    anna, tomas = entities(kb, PEOPLE, 0, 10)
    assert (anna.name, anna.mentions, anna.articles) == ("Anna Vela", 3, 1)
    assert (tomas.subtitle_title, tomas.subtitle_where) == ("deputy", "Ministry of Rivers")


def test_people_are_ordered_as_asked(kb: KnowledgeBase) -> None:
    save(kb)
    _save_person(kb, "Bela Orme", "2030-01-01")
    assert _names(kb, PEOPLE) == ["Anna Vela", "Tomas Brek", "Bela Orme"]
    assert _names(kb, EntityQuery(EntityType.PERSON, sort=EntitySort.NAME)) == ["Anna Vela", "Bela Orme", "Tomas Brek"]
    assert _names(kb, EntityQuery(EntityType.PERSON, sort=EntitySort.NEWEST))[0] == "Bela Orme"


@pytest.mark.parametrize("typed", ["v", "Vel", "anna", "ann vel", "VELA "])
def test_people_are_filtered_by_the_beginning_of_any_word(kb: KnowledgeBase, typed: str) -> None:
    save(kb)
    assert _names(kb, EntityQuery(EntityType.PERSON, typed)) == ["Anna Vela"]


def test_a_filter_that_fits_nobody_or_says_nothing(kb: KnowledgeBase) -> None:
    save(kb)
    assert _names(kb, EntityQuery(EntityType.PERSON, "zzz")) == []
    assert _names(kb, EntityQuery(EntityType.PERSON, '"*(')) == []


def test_people_are_found_by_an_older_name(kb: KnowledgeBase) -> None:
    save(kb)
    rename(kb, 1, "Ann Brandt")
    assert _names(kb, EntityQuery(EntityType.PERSON, "anna")) == ["Ann Brandt"]


def test_rejected_people_are_listed_when_asked_for(kb: KnowledgeBase) -> None:
    save(kb)
    judge(kb, [ClaimRef(ClaimKind.ENTITY, 1)], Status.REJECTED)
    assert _names(kb, PEOPLE) == ["Tomas Brek"]
    assert _names(kb, EntityQuery(EntityType.PERSON, status=Status.REJECTED)) == ["Anna Vela"]


def test_pages_follow_one_another(kb: KnowledgeBase) -> None:
    for number in range(7):
        _save_person(kb, f"Person Number{number}", "")
    pages = [entities(kb, PEOPLE, at, 3) for at in (0, 3, 6, 9)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert len({row.id for page in pages for row in page}) == 7


def test_articles_are_ordered_as_asked(kb: KnowledgeBase) -> None:
    _save(kb, "C", "Alpha Post", "2024-05-02")
    _save(kb, "A", "Gamma Post", "")
    _save(kb, "B", "Beta Post", "2024-05")
    orders = {sort: [row.title for row in articles(kb, ArticleQuery(sort=sort), 0, 9)] for sort in ArticleSort}
    assert orders == {
        ArticleSort.PUBLISHED: ["C", "B", "A"],
        ArticleSort.TITLE: ["C", "B", "A"],
        ArticleSort.PUBLISHER: ["A", "B", "C"],
        ArticleSort.IMPORTED: ["B", "A", "C"],
        ArticleSort.GRADE: ["B", "A", "C"],
    }
    upwards = ArticleQuery(sort=ArticleSort.TITLE, descending=False)
    assert [row.title for row in articles(kb, upwards, 0, 9)] == ["A", "B", "C"]
    assert publishers(kb) == ("Alpha Post", "Beta Post", "Gamma Post")


def test_articles_are_filtered(kb: KnowledgeBase) -> None:
    _save(kb, "Dam opened", "Alpha Post", "")
    _save(kb, "Gate closed", "Beta Post", "2024")
    save(kb, builders.article(title="Odd", warnings=["x: y"]), builders.findings(engine="none"), "odd.txt")
    queries = {
        "undated": ArticleQuery(filter=ArticleFilter.UNDATED),
        "problems": ArticleQuery(filter=ArticleFilter.PROBLEMS),
        "publisher": ArticleQuery(publisher="Beta Post"),
        "text": ArticleQuery(text="op"),
    }
    found = {name: [row.title for row in articles(kb, query, 0, 9)] for name, query in queries.items()}
    assert found == {
        "undated": ["Dam opened"],
        "problems": ["Odd"],
        "publisher": ["Gate closed"],
        "text": ["Dam opened"],
    }
    assert [article_count(kb, query) for query in queries.values()] == [1, 1, 1, 1]


def test_an_article_says_how_many_copies_there_are(kb: KnowledgeBase) -> None:
    save(kb, name="a.txt")
    save(kb, name="b.txt")
    assert [row.copies for row in articles(kb, ArticleQuery(), 0, 9)] == [2, 2]


def test_totals_count_everything(kb: KnowledgeBase) -> None:
    assert totals(kb) == Totals()
    save(kb)
    assert totals(kb) == Totals(
        sources=1,
        articles=1,
        origins=1,
        people=2,
        institutions=2,
        places=2,
        events=2,
        statements=1,
        relations=2,
        roles=2,
        mentions=11,
        suggested=7,
    )


def _save_person(kb: KnowledgeBase, name: str, published: str) -> None:
    article = builders.article(f"{name} came.", published=published)
    save(kb, article, builders.findings(article, entities=(builders.entity(article.text, name),)), f"{name}.txt")


def _save(kb: KnowledgeBase, title: str, publisher: str, published: str) -> None:
    article = builders.article(f"{title} it says.", title, publisher, published)
    save(kb, article, builders.findings(engine="none"), f"{title}.txt")


def test_an_article_says_what_its_original_is(kb: KnowledgeBase) -> None:
    save(kb)
    assert [row.media_type for row in articles(kb, ArticleQuery(), 0, 10)] == [builders.source().media_type]
