"""Every kind has words."""

from __future__ import annotations

import pytest

from kb_app.core.entity import Category, EntityType, MentionKind
from kb_app.core.event import EventType, Realis
from kb_app.core.judgement import Status
from kb_app.core.relation import RelationType
from kb_app.core.statement import StatementKind
from kb_app.ui.profile import wording


@pytest.mark.parametrize("kind", RelationType)
@pytest.mark.parametrize("realis", Realis)
def test_a_link_can_be_said_from_both_ends(kind: RelationType, realis: Realis) -> None:
    there, back = (wording.relation_words(kind, outgoing, realis) for outgoing in (True, False))
    assert there and back
    assert (there == back) == kind.is_symmetric


def test_every_kind_of_thing_has_words_of_its_own() -> None:
    for words_of, kinds in (
        (wording.realis_words, Realis),
        (wording.event_type_words, EventType),
        (wording.statement_words, StatementKind),
        (wording.entity_type_words, EntityType),
        (wording.mention_words, MentionKind),
        (wording.status_words, Status),
        (wording.category_words, Category),
    ):
        assert len({words_of(kind) for kind in kinds}) == len(kinds)  # type: ignore[operator, attr-defined]


def test_a_planned_meeting_is_told_as_one() -> None:
    assert wording.relation_words(RelationType.MET_WITH, True, Realis.PLANNED) == "to meet"
    assert wording.relation_words(RelationType.MET_WITH, True) == "met with"


def test_a_disputed_claim_says_so_besides_its_status() -> None:
    assert wording.status_words(Status.CONFIRMED, disputed=True) == "disputed, confirmed"


def test_an_unknown_script_keeps_its_code() -> None:
    assert wording.script_words("Thai") == "Thai"
    assert wording.script_words("Cyrl") == "Cyrillic"
