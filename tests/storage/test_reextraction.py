"""A second run of extraction fills gaps and never touches a decision."""

from __future__ import annotations

from dataclasses import replace

from kb_app.core.findings import Findings
from kb_app.core.ids import ArticleId
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.resolution.entities import names_to_look_up, resolve
from kb_app.storage.editing import judge
from kb_app.storage.import_batches import finish_import
from kb_app.storage.importing import known_names, replace_findings
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.listing import totals
from kb_app.storage.operations import begin_import, undo
from kb_app.storage.profiles import profile
from tests import builders
from tests.storage.filling import checked, everything, save

ANNA = 1


def _again(kb: KnowledgeBase, findings: Findings) -> None:
    operation = begin_import(kb, "Extract again")
    text = builders.article().text
    resolution = resolve(findings, known_names(kb, names_to_look_up(findings, text)), text)
    replace_findings(kb, operation, ArticleId(1), findings, resolution)
    finish_import(kb, operation)


def _content(kb: KnowledgeBase) -> dict[str, list[object]]:
    rows = everything(kb)
    del rows["time_expression"], rows["stated_date"]
    return rows


def test_the_same_findings_change_nothing(kb: KnowledgeBase) -> None:
    save(kb)
    before = _content(kb)
    _again(kb, builders.findings())
    assert _content(kb) == before
    assert checked(kb.path).problems == ()


def test_who_is_known_by_surname_alone_stays_the_same(kb: KnowledgeBase) -> None:
    text = builders.article().text
    found = builders.findings(builders.article(), entities=(builders.entity(text, "Vela"),))
    save(kb, findings=found)
    before = _content(kb)
    _again(kb, found)
    assert _content(kb) == before


def test_what_is_not_found_again_goes_unless_it_was_decided(kb: KnowledgeBase) -> None:
    save(kb)
    judge(kb, [ClaimRef(ClaimKind.ROLE, 1)], Status.CONFIRMED)
    judge(kb, [ClaimRef(ClaimKind.RELATION, 1)], Status.REJECTED)
    _again(kb, replace(builders.findings(), roles=(), relations=(), events=(), statements=()))
    held = totals(kb)
    assert (held.roles, held.relations, held.events, held.statements) == (1, 1, 0, 0)
    assert profile(kb, ANNA).roles.lines[0].support.status is Status.CONFIRMED
    assert checked(kb.path).problems == ()


def test_gaps_are_filled(kb: KnowledgeBase) -> None:
    full = builders.findings()
    save(kb, findings=replace(full, roles=full.roles[:1], events=()))
    judge(kb, [ClaimRef(ClaimKind.ROLE, 1)], Status.REJECTED)
    _again(kb, full)
    held = totals(kb)
    assert (held.roles, held.events) == (2, 2)
    assert profile(kb, ANNA).roles.lines[0].support.status is Status.REJECTED
    assert checked(kb.path).problems == ()


def test_entities_that_nothing_names_any_more_go(kb: KnowledgeBase) -> None:
    save(kb)
    full = builders.findings()
    judge(kb, [ClaimRef(ClaimKind.ENTITY, 6)], Status.CONFIRMED)
    _again(kb, Findings(full.engine, entities=full.entities[:3]))
    held = totals(kb)
    assert (held.people, held.institutions, held.places) == (2, 1, 1)
    assert checked(kb.path).problems == ()


def test_it_can_be_taken_back(kb: KnowledgeBase) -> None:
    save(kb)
    before = everything(kb)
    _again(kb, Findings("another 2"))
    assert totals(kb).mentions == 0
    undo(kb)
    assert everything(kb) == before
    assert checked(kb.path).problems == ()
