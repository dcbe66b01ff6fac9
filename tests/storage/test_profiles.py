"""Cards: every line with its evidence."""

from __future__ import annotations

from datetime import date

import pytest

from kb_app.core.errors import NotFound
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.relation import RelationType
from kb_app.storage.editing import judge
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.profiles import citations, entity, entity_named, mentions, profile
from tests import builders
from tests.storage.filling import save

ANNA, TOMAS, MINISTRY, PAPER, PORT = 1, 2, 3, 4, 6


@pytest.fixture(autouse=True)
def _one_article(kb: KnowledgeBase) -> None:
    save(kb)


def test_a_persons_card(kb: KnowledgeBase) -> None:
    card = profile(kb, TOMAS)
    assert card.roles.lines[0].title == "deputy"
    assert card.roles.lines[0].institution is not None and card.roles.lines[0].institution.id == MINISTRY
    assert [(line.type, line.other.name, line.outgoing) for line in card.relations.lines] == [
        (RelationType.SUPPORTS, "Ministry of Rivers", True),
        (RelationType.WORKS_FOR, "Anna Vela", True),
    ]
    assert [(line.title, line.place and line.place.id) for line in card.events.lines] == [("visit", PORT)]
    assert (card.mentions.total, len(card.mentions.lines)) == (2, 2)
    assert (card.figures.articles, card.figures.first) == (1, date(2024, 5, 4))


def test_an_institutions_card(kb: KnowledgeBase) -> None:
    card = profile(kb, MINISTRY)
    assert [line.person.name for line in card.holders.lines] == ["Tomas Brek"]
    assert [line.outgoing for line in card.relations.lines] == [False]
    assert card.roles.total == 0


def test_a_statement_with_its_chain(kb: KnowledgeBase) -> None:
    line = profile(kb, ANNA).statements_by.lines[0]
    assert line.content == "The gates will stay shut,"
    assert line.addressee is not None and line.addressee.id == MINISTRY
    assert [link.id for link in line.via] == [PAPER]


def test_statements_about_an_entity_are_apart(kb: KnowledgeBase) -> None:
    article = builders.article("“Tomas Brek never came to the dam at all,” said Anna Vela.")
    people = tuple(builders.entity(article.text, name) for name in ("Anna Vela", "Tomas Brek"))
    said = builders.statement(article.text, "Tomas Brek never came to the dam at all,", "Anna Vela")
    save(kb, article, builders.findings(article, entities=people, statements=(said,)), "b.txt")
    assert profile(kb, TOMAS).statements_about.lines[0].speaker is not None
    assert (profile(kb, ANNA).statements_by.total, profile(kb, ANNA).statements_about.total) == (2, 0)


def test_a_section_says_how_much_more_there_is(kb: KnowledgeBase) -> None:
    card = profile(kb, ANNA, limit=1)
    assert (card.mentions.total, card.mentions.more) == (3, 2)


def test_mentions_come_in_pages_with_context(kb: KnowledgeBase) -> None:
    first, second = mentions(kb, ANNA, 0, 1), mentions(kb, ANNA, 1, 5)
    assert [line.citation.passage.quote for line in (*first, *second)] == ["Vela", "Anna Vela", "Vela"]
    assert first[0].citation.passage.before == "Minister "
    assert first[0].citation.passage.after.startswith(" opens the Orla dam\n\nJustice")


def test_all_citations_of_a_claim_and_of_an_entity(kb: KnowledgeBase) -> None:
    save(kb, name="b.txt")
    assert len(citations(kb, ClaimRef(ClaimKind.ROLE, 1))) == 2
    assert len(citations(kb, ClaimRef(ClaimKind.ENTITY, ANNA))) == 6
    assert citations(kb, ClaimRef(ClaimKind.ROLE, 99)) == ()


def test_rejected_lines_come_last(kb: KnowledgeBase) -> None:
    judge(kb, [ClaimRef(ClaimKind.RELATION, 1)], Status.REJECTED)
    assert [line.support.status for line in profile(kb, TOMAS).relations.lines] == [Status.SUGGESTED, Status.REJECTED]


def test_a_merged_entity_leads_to_the_one_it_was_merged_into(kb: KnowledgeBase) -> None:
    with kb.writing() as database:
        database.execute_sql("UPDATE entity SET canonical_id = ? WHERE id = ?", (ANNA, TOMAS))
    card = profile(kb, TOMAS)
    assert (card.entity.id, card.mentions.total, card.roles.total) == (ANNA, 5, 2)
    assert {name.text for name in card.entity.names} == {"Anna Vela", "Vela", "Tomas Brek", "Brek"}


def test_nobody_has_no_card(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFound, match="is not in “Dam.kb”"):
        profile(kb, 99)
    assert entity_named(kb, "Nobody") is None
    assert entity(kb, ANNA).name == "Anna Vela"
