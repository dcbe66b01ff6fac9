"""What a person decides, names and notes."""

from __future__ import annotations

import pytest

from kb_app.core.errors import KartotekaError, NotFound
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.listing import ArticleFilter, ArticleQuery
from kb_app.storage.editing import add_note, delete_note, edit_note, judge, rename, set_reviewed
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.listing import article_count, totals
from kb_app.storage.profiles import entity_named, profile
from tests.storage.filling import save

ANNA = 1
ROLE = ClaimRef(ClaimKind.ROLE, 1)


@pytest.fixture(autouse=True)
def _one_article(kb: KnowledgeBase) -> None:
    save(kb)


def test_a_decision_is_kept_with_who_and_when(kb: KnowledgeBase) -> None:
    changes = judge(kb, [ROLE], Status.CONFIRMED)
    assert ROLE in changes.claims and ANNA in changes.entities
    assert profile(kb, ANNA).roles.lines[0].support.status is Status.CONFIRMED
    kept = kb.database.execute_sql("SELECT kind, claim, status, at FROM judgement").fetchall()
    assert kept[0][:3] == ("role", 1, "confirmed") and kept[0][3].endswith("+00:00")


def test_a_decision_leaves_the_machines_confidence_alone(kb: KnowledgeBase) -> None:
    before = profile(kb, ANNA).roles.lines[0].support.confidence
    judge(kb, [ROLE], Status.REJECTED)
    assert profile(kb, ANNA).roles.lines[0].support.confidence == before == 0.9


def test_many_decisions_are_one_step(kb: KnowledgeBase) -> None:
    refs = [ClaimRef(ClaimKind.ROLE, 1), ClaimRef(ClaimKind.ROLE, 2), ClaimRef(ClaimKind.EVENT, 1)]
    assert judge(kb, refs, Status.CONFIRMED).label == "Confirm 3 entries"
    assert totals(kb).suggested == 7 - 3


def test_the_same_decision_twice_changes_nothing(kb: KnowledgeBase) -> None:
    judge(kb, [ROLE], Status.CONFIRMED)
    assert not judge(kb, [ROLE], Status.CONFIRMED)


def test_a_decision_about_nothing_is_refused_whole(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFound, match="role 99"):
        judge(kb, [ROLE, ClaimRef(ClaimKind.ROLE, 99)], Status.CONFIRMED)
    assert profile(kb, ANNA).roles.lines[0].support.status is Status.SUGGESTED


def test_a_renamed_entity_keeps_its_old_name(kb: KnowledgeBase) -> None:
    changes = rename(kb, ANNA, "  Anna   Brandt ")
    assert changes.entities == {ANNA}
    card = profile(kb, ANNA)
    assert card.entity.name == "Anna Brandt"
    assert {(name.text, name.kind) for name in card.entity.names} == {
        ("Anna Brandt", "given"),
        ("Anna Vela", "full"),
        ("Vela", "short"),
    }
    assert entity_named(kb, "anna vela") == entity_named(kb, "ANNA BRANDT") == ANNA


def test_an_empty_name_is_refused(kb: KnowledgeBase) -> None:
    with pytest.raises(KartotekaError, match="at least one letter"):
        rename(kb, ANNA, " – ")


def test_a_note_is_added_changed_and_deleted(kb: KnowledgeBase) -> None:
    add_note(kb, ANNA, "Ask the *courier*")
    note = profile(kb, ANNA).notes[0]
    assert (note.text, note.at.tzinfo is not None) == ("Ask the *courier*", True)
    edit_note(kb, note.id, "Asked")
    assert profile(kb, ANNA).notes[0].text == "Asked"
    assert delete_note(kb, note.id).entities == {ANNA}
    assert profile(kb, ANNA).notes == ()
    with pytest.raises(NotFound):
        edit_note(kb, note.id, "again")


def test_a_note_may_hold_anything(kb: KnowledgeBase) -> None:
    add_note(kb, ANNA, "a\0b \ud83d 👋")
    assert profile(kb, ANNA).notes[0].text == "a\N{REPLACEMENT CHARACTER}b ? 👋"


def test_articles_are_marked_as_reviewed(kb: KnowledgeBase) -> None:
    assert set_reviewed(kb, [1], True).articles == {1}
    assert article_count(kb, ArticleQuery(filter=ArticleFilter.NEW)) == 0
