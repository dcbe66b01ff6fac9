"""Every step can be taken back and done again, also after a restart."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from kb_app.core.errors import StoreError
from kb_app.core.findings import Findings
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.operation import OperationState
from kb_app.storage.editing import add_note, delete_note, edit_note, judge, rename, set_reviewed
from kb_app.storage.import_batches import finish_import
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.listing import totals
from kb_app.storage.operations import begin_import, edit, history, next_redo, next_undo, redo, undo
from kb_app.storage.origin_editing import split_off
from kb_app.storage.profiles import profile
from kb_app.storage.search import search
from kb_app.storage.tables import Entity
from tests import builders
from tests.storage.filling import checked, everything, is_empty, save

ANNA = 1
ROLE = ClaimRef(ClaimKind.ROLE, 1)


def test_an_import_is_taken_back_whole_and_put_back_with_the_same_ids(kb: KnowledgeBase) -> None:
    save(kb, name="kept.txt")
    before = everything(kb)
    operation = begin_import(kb, "Import 2 files")
    save(kb, name="a.txt", operation=operation)
    save(kb, builders.article("Nothing to see."), builders.findings(engine="none"), "b.txt", operation)
    finish_import(kb, operation)
    after = everything(kb)
    changes = undo(kb)
    assert changes is not None and changes.everything and changes.label == "Import 2 files"
    assert everything(kb) == before
    assert checked(kb.path).problems == ()
    redo(kb)
    assert everything(kb) == after
    assert checked(kb.path).problems == ()


def test_taking_the_first_import_back_leaves_nothing(kb: KnowledgeBase) -> None:
    save(kb)
    undo(kb)
    assert is_empty(kb)
    assert search(kb, "vela").hits == ()
    redo(kb)
    assert search(kb, "vela").hits[0].title == "Anna Vela"


def test_every_edit_is_taken_back_to_the_letter(kb: KnowledgeBase) -> None:
    save(kb)
    states = [everything(kb)]
    for step in EDITS:
        step(kb)
        states.append(everything(kb))
    for state in reversed(states[:-1]):
        assert undo(kb)
        assert everything(kb) == state
    for state in states[1:]:
        assert redo(kb)
        assert everything(kb) == state
    assert redo(kb) is None
    assert checked(kb.path).problems == ()


def test_steps_are_taken_back_after_a_restart(path: Path) -> None:
    with KnowledgeBase.create(path) as kb:
        save(kb)
        rename(kb, ANNA, "Ann Vela")
    with KnowledgeBase.open(path) as kb:
        undo(kb)
        assert profile(kb, ANNA).entity.name == "Anna Vela"
    with KnowledgeBase.open(path) as kb:
        assert next_redo(kb) is not None
        redo(kb)
        assert profile(kb, ANNA).entity.name == "Ann Vela"


def test_a_step_is_named_as_its_menu_item(kb: KnowledgeBase) -> None:
    save(kb)
    judge(kb, [ROLE], Status.CONFIRMED)
    step = next_undo(kb)
    assert step is not None and step.label == "Confirm role: Justice Minister"
    rename(kb, ANNA, "Ann Vela")
    assert [s.label for s in history(kb)] == [
        "Rename “Anna Vela” to “Ann Vela”",
        "Confirm role: Justice Minister",
        "Import dam.txt",
    ]


def test_a_new_step_gives_up_what_was_taken_back_and_the_log_keeps_it(kb: KnowledgeBase) -> None:
    save(kb)
    rename(kb, ANNA, "Ann Vela")
    undo(kb)
    rename(kb, ANNA, "Anne Vela")
    assert next_redo(kb) is None
    assert [s.state for s in history(kb)] == [OperationState.DONE, OperationState.DISCARDED, OperationState.DONE]


def test_a_step_that_changes_nothing_leaves_redo_as_it_is(kb: KnowledgeBase) -> None:
    save(kb)
    rename(kb, ANNA, "Ann Vela")
    undo(kb)
    assert not rename(kb, ANNA, "Anna Vela")
    assert not set_reviewed(kb, [1], False)
    assert next_redo(kb) is not None


def test_there_is_nothing_to_take_back_at_first(kb: KnowledgeBase) -> None:
    assert (undo(kb), redo(kb), next_undo(kb), next_redo(kb), history(kb)) == (None, None, None, None, ())


def test_an_edit_during_an_import_is_taken_back_first(kb: KnowledgeBase) -> None:
    operation = begin_import(kb, "Import 2 files")
    save(kb, name="a.txt", operation=operation)
    judge(kb, [ROLE], Status.CONFIRMED)
    save(kb, name="b.txt", operation=operation)
    undo(kb)
    assert profile(kb, ANNA).roles.lines[0].support.status is Status.SUGGESTED
    with pytest.raises(StoreError, match="still running"):
        undo(kb)
    finish_import(kb, operation)
    undo(kb)
    assert is_empty(kb)
    redo(kb)
    redo(kb)
    assert profile(kb, ANNA).roles.lines[0].support.status is Status.CONFIRMED
    assert checked(kb.path).problems == ()


def test_an_import_that_never_ended_can_be_taken_back_after_a_restart(path: Path) -> None:
    with KnowledgeBase.create(path) as kb:
        save(kb, operation=begin_import(kb, "Import 9 files"))
    with KnowledgeBase.open(path) as kb:
        undo(kb)
        assert is_empty(kb)


def test_ids_are_never_given_twice(kb: KnowledgeBase) -> None:
    first = save(kb)
    undo(kb)
    assert save(kb, name="b.txt") > first


def test_a_failing_step_leaves_no_trace(kb: KnowledgeBase) -> None:
    save(kb)
    before = everything(kb)
    with pytest.raises(KeyError), edit(kb, "Half") as step:
        step.update(Entity, ANNA, name="Nobody")
        raise KeyError
    assert everything(kb) == before
    assert len(history(kb)) == 1


def test_taking_back_many_rows_in_one_step(kb: KnowledgeBase) -> None:
    operation = begin_import(kb, "Import 120 files")
    for number in range(120):
        save(kb, name=f"{number}.txt", operation=operation)
    finish_import(kb, operation)
    before = everything(kb)
    undo(kb)
    assert is_empty(kb)
    redo(kb)
    assert everything(kb) == before
    assert totals(kb).mentions == 120 * 11


EDITS = (
    lambda kb: judge(kb, [ROLE, ClaimRef(ClaimKind.ENTITY, 2), ClaimRef(ClaimKind.MENTION, 3)], Status.REJECTED),
    lambda kb: judge(kb, [ROLE], Status.CONFIRMED),
    lambda kb: rename(kb, ANNA, "Vela"),
    lambda kb: rename(kb, 3, "Ministry of Waters"),
    lambda kb: add_note(kb, ANNA, "Met her [[brother]]\n\nin \u2028 May."),
    lambda kb: edit_note(kb, 1, "No, her cousin."),
    lambda kb: set_reviewed(kb, [1], True),
    lambda kb: delete_note(kb, 1),
    lambda kb: save(kb, name="later.txt"),
    lambda kb: judge(kb, [ClaimRef(kind, 1) for kind in ClaimKind], Status.SUGGESTED),
)


def test_an_import_that_goes_on_after_another_step_is_taken_back_before_it(kb: KnowledgeBase) -> None:
    beginning = (
        "The ferry to Orla Island stayed in port on Tuesday and the harbour master said that it would stay there until "
        "the water fell again in the evening. "
    )
    end = (
        "Later the mayor promised a second boat for the people of the lower river, which has to come from another town "
        "by road and will take three days at least to be here."
    )
    short, long = builders.article(beginning), builders.article(beginning + end)
    nothing = Findings(engine="none")
    operation = begin_import(kb, "Import 3 files")
    save(kb, short, nothing, "a.txt", operation, builders.source("a.txt", b"a"))
    second = save(kb, long, nothing, "b.txt", operation, builders.source("b.txt", b"b"))
    split_off(kb, [second])
    save(kb, long, nothing, "c.txt", operation, builders.source("c.txt", b"c"))
    with pytest.raises(StoreError, match="still running"):
        undo(kb)
    finish_import(kb, operation)
    assert kb.database.execute_sql("SELECT origin_id FROM article ORDER BY id").fetchall() == [(1,), (2,), (2,)]
    labels = ["Import 3 files, continued", "Split off 1 version of a report", "Import 3 files"]
    assert [step.label for step in history(kb)] == labels
    assert [changes.label for changes in iter(lambda: undo(kb), None)] == labels
    assert is_empty(kb)
    assert [changes.label for changes in iter(lambda: redo(kb), None)] == labels[::-1]
    assert checked(kb.path).is_sound


def test_an_import_that_goes_on_after_another_import_is_taken_back_before_it(kb: KnowledgeBase) -> None:
    operation = begin_import(kb, "Import 2 files")
    finish_import(kb, begin_import(kb, "Import nothing"))
    save(kb, name="between.txt")
    save(kb, name="b.txt", operation=operation)
    assert finish_import(kb, operation).everything
    assert [step.label for step in history(kb)] == ["Import 2 files, continued", "Import between.txt"]
    undo(kb)
    undo(kb)
    assert is_empty(kb)


def test_an_import_of_large_originals_is_taken_back_in_pieces(kb: KnowledgeBase) -> None:
    operation = begin_import(kb, "Import 12 files")
    for number in range(12):
        data = random.Random(number).randbytes(3 * 1024**2)
        save(kb, name=f"{number}.txt", operation=operation, source=builders.source(f"{number}.txt", data))
    finish_import(kb, operation)
    before = everything(kb)
    # one image of all of them would be longer
    kb.database.connection().setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 24 * 1024**2)
    undo(kb)
    assert is_empty(kb)
    redo(kb)
    assert everything(kb) == before
