"""Articles go in whole, and the same thing told twice is one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb_app.core.entity import EntityType
from kb_app.core.errors import Failed
from kb_app.core.findings import Findings
from kb_app.core.ids import ArticleId, EntityId
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.listing import EntityQuery
from kb_app.core.passage import Span
from kb_app.core.report import InputOutcome, InputState
from kb_app.storage.editing import judge, rename
from kb_app.storage.import_batches import finish_import
from kb_app.storage.import_log import outcomes
from kb_app.storage.importing import (
    find_source,
    import_step,
    known_names,
)
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.listing import entities, totals
from kb_app.storage.operations import begin_import, next_undo, undo
from kb_app.storage.profiles import citations, entity_named, profile
from kb_app.storage.reading import article_view, original
from tests import builders
from tests.storage.filling import checked, everything, is_empty, save


def test_an_article_comes_back_as_it_went_in(kb: KnowledgeBase) -> None:
    article = builders.article(host="reprints.example", warnings=["encoding: two bytes were unreadable"])
    view = article_view(kb, save(kb, article))
    assert view.article == article
    assert view.source.name == "dam.txt"


def test_the_original_comes_back_byte_for_byte(kb: KnowledgeBase) -> None:
    saved = save(kb)
    kept = original(kb, saved)
    assert (kept.media_type, kept.data) == ("text/plain", builders.source().data)


def test_a_source_is_found_by_its_bytes(kb: KnowledgeBase) -> None:
    saved = save(kb)
    known = find_source(kb, builders.source().sha256)
    assert known is not None and known[1] == (saved,)
    assert find_source(kb, builders.source("other.txt").sha256) is None


def test_every_citation_stands_in_its_text(kb: KnowledgeBase) -> None:
    text = article_view(kb, save(kb)).article.text
    card = profile(kb, _id(kb, "Tomas Brek"))
    lines = (*card.roles.lines, *card.relations.lines, *card.events.lines)
    found = [citation.passage for line in lines for citation in line.support.citations]
    found += [line.citation.passage for line in card.mentions.lines]
    assert len(found) == 6
    assert all(passage.fits(text) for passage in found)


def test_the_same_claims_of_two_articles_are_one_with_two_citations(kb: KnowledgeBase) -> None:
    save(kb, name="a.txt")
    save(kb, builders.article(BODY_OF_OTHER), _other_findings(), "b.txt")
    role = profile(kb, _id(kb, "Anna Vela")).roles.lines[0]
    assert role.title == "Justice Minister"
    assert (role.support.citation_count, role.support.origin_count) == (2, 2)
    assert {c.article for c in citations(kb, role.ref)} == {1, 2}


def test_reprints_count_as_one_origin(kb: KnowledgeBase) -> None:
    first = save(kb, name="a.txt")
    second = save(kb, builders.article(host="reprints.example", title="Dam opened"), _reprint_findings(), "b.txt")
    role = profile(kb, _id(kb, "Anna Vela")).roles.lines[0]
    assert (role.support.citation_count, role.support.origin_count) == (2, 1)
    assert article_view(kb, second).copies == (first,)


def test_a_surname_alone_is_the_same_person_in_a_reprint_and_another_elsewhere(kb: KnowledgeBase) -> None:
    body = "The dam will be closed again, Vela said on Monday evening in Port Lumen."
    for name, text in (("a.txt", body), ("b.txt", body), ("c.txt", "Quite another report says that Vela came.")):
        article = builders.article(text, title="News")
        save(kb, article, builders.findings(article, entities=(builders.entity(article.text, "Vela"),)), name)
    assert sorted(row.articles for row in entities(kb, EntityQuery(EntityType.PERSON), 0, 9)) == [1, 2]


def test_a_rejected_claim_stays_rejected_when_it_comes_again(kb: KnowledgeBase) -> None:
    save(kb, name="a.txt")
    role = profile(kb, _id(kb, "Anna Vela")).roles.lines[0]
    judge(kb, [role.ref], Status.REJECTED)
    save(kb, builders.article(BODY_OF_OTHER), _other_findings(), "b.txt")
    again = profile(kb, _id(kb, "Anna Vela")).roles.lines[0]
    assert again.ref == role.ref
    assert (again.support.status, again.support.citation_count) == (Status.REJECTED, 2)


def test_a_rejected_entity_stays_rejected_when_it_comes_again(kb: KnowledgeBase) -> None:
    save(kb, name="a.txt")
    anna = _id(kb, "Anna Vela")
    judge(kb, [ClaimRef(ClaimKind.ENTITY, anna)], Status.REJECTED)
    save(kb, builders.article(BODY_OF_OTHER), _other_findings(), "b.txt")
    card = profile(kb, anna)
    assert (card.status, card.figures.articles) == (Status.REJECTED, 2)
    assert totals(kb).people == 1


def test_a_renamed_entity_is_still_known_by_its_old_name(kb: KnowledgeBase) -> None:
    save(kb, name="a.txt")
    anna = _id(kb, "Anna Vela")
    rename(kb, anna, "Anna Vela-Brandt")
    save(kb, builders.article(BODY_OF_OTHER), _other_findings(), "b.txt")
    card = profile(kb, anna)
    assert (card.entity.name, card.figures.articles) == ("Anna Vela-Brandt", 2)


def test_a_name_in_capitals_gives_way_to_how_it_is_written(kb: KnowledgeBase) -> None:
    for name in ("ANNA VELA", "Anna Vela", "ANNA VELA"):
        article = builders.article(f"{name} came.", title="News")
        entity = builders.entity(article.text, name)
        save(kb, article, builders.findings(article, entities=(entity,)), f"{name}{len(everything(kb)['article'])}")
    card = profile(kb, _id(kb, "Anna Vela"))
    assert (card.entity.name, card.figures.articles) == ("Anna Vela", 3)
    undo(kb)
    undo(kb)
    assert profile(kb, card.entity.id).entity.name == "ANNA VELA"


def test_a_name_that_the_person_gave_stays_as_it_was_given(kb: KnowledgeBase) -> None:
    save(kb, name="a.txt")
    rename(kb, _id(kb, "Anna Vela"), "ANNA VELA")
    save(kb, builders.article(BODY_OF_OTHER), _other_findings(), "b.txt")
    assert profile(kb, _id(kb, "Anna Vela")).entity.name == "ANNA VELA"


def test_known_names_fold_case_and_accents(kb: KnowledgeBase) -> None:
    save(kb)
    assert [e.id for e in known_names(kb, ["ÁNNA VELA"]).of("anna vela")] == [_id(kb, "Anna Vela")]


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d of a pair"])
def test_what_the_store_would_change_is_refused(kb: KnowledgeBase, text: str) -> None:
    article = builders.article(text)
    with pytest.raises(Failed, match="was not kept"):
        save(kb, article, builders.findings(engine="none"))
    assert is_empty(kb)


def test_a_finding_outside_the_text_is_refused(kb: KnowledgeBase) -> None:
    findings = builders.findings()
    beyond = replace(findings.roles[0], title_span=Span(9_000, 9_010))
    with pytest.raises(Failed, match="outside its text"):
        save(kb, findings=replace(findings, roles=(beyond,)))
    assert is_empty(kb)


def test_a_finding_about_nobody_is_refused(kb: KnowledgeBase) -> None:
    findings = builders.findings()
    with pytest.raises(Failed, match="about nobody known"):
        save(kb, findings=replace(findings, entities=findings.entities[1:]))


def test_an_import_without_articles_leaves_no_step(kb: KnowledgeBase) -> None:
    operation = begin_import(kb, "Import 1 file")
    with import_step(kb, operation) as step:
        step.settle(InputOutcome("a.txt", InputState.REFUSED, "empty", "It is empty."))
    assert not finish_import(kb, operation)
    assert next_undo(kb) is None
    assert outcomes(kb).outcomes[0].code == "empty"


def test_outcomes_are_kept_with_their_articles(kb: KnowledgeBase) -> None:
    operation = begin_import(kb, "Import 1 file")
    saved = save(kb, operation=operation)
    told = (InputOutcome("/in/a.txt", InputState.IMPORTED, sha256="ab", articles=(saved,)),)
    with import_step(kb, operation) as step:
        step.settle(told[0])
    finish_import(kb, operation)
    held = outcomes(kb, operation).outcomes
    assert [replace(outcome, id=told[0].id) for outcome in held] == list(told)
    assert outcomes(kb).outcomes == held


def test_an_article_without_findings_is_kept(kb: KnowledgeBase) -> None:
    saved = save(kb, builders.article("", published=""), builders.findings(engine="none"))
    assert article_view(kb, saved).article.metadata.published is None


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=300)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, data=st.data())
def test_any_text_and_any_spans_come_back_as_they_are(kb: KnowledgeBase, text: str, data: st.DataObject) -> None:
    article = builders.article(text)
    size = len(article.text)
    ends = st.tuples(st.integers(0, size - 1), st.integers(1, size)).filter(lambda pair: pair[0] < pair[1])
    spans = [Span(*pair) for pair in data.draw(st.lists(ends, min_size=1, max_size=5))]
    place = builders.entity(article.text, builders.TITLE, EntityType.PLACE)
    mentions = tuple(replace(place.mentions[0], span=span) for span in spans)
    evidence = builders.ground(article.text, spans[0])
    event = replace(
        builders.event(article.text, "Orla"), ground=replace(evidence, evidence=spans[0]), trigger=spans[-1]
    )
    found = builders.findings(article, entities=(replace(place, mentions=mentions),), events=(event,))
    saved = save(kb, article, found, name=repr((text, spans)))
    assert article_view(kb, saved).article.text == article.text
    wanted = [span.of(article.text) for span in sorted(spans)]
    rows = kb.database.execute_sql("SELECT quote FROM mention WHERE article_id = ? ORDER BY first, last", (saved,))
    assert sorted(quote for (quote,) in rows) == sorted(wanted)
    assert checked(kb.path).problems == ()


BODY_OF_OTHER = "Justice Minister Anna Vela spoke again on Monday. Another paper had it first."


def _other_findings() -> Findings:
    text = builders.article(BODY_OF_OTHER).text
    people = (builders.entity(text, "Anna Vela", id="p1"),)
    return builders.findings(
        builders.article(BODY_OF_OTHER), entities=people, roles=(builders.role(text, "p1", "Justice Minister"),)
    )


def _reprint_findings() -> Findings:
    text = builders.article(title="Dam opened").text
    people = (builders.entity(text, "Anna Vela"),)
    return builders.findings(
        builders.article(title="Dam opened"),
        entities=people,
        roles=(builders.role(text, "Anna Vela", "Justice Minister"),),
    )


def _id(kb: KnowledgeBase, name: str) -> EntityId:
    found = entity_named(kb, name)
    assert found is not None
    return found


def test_saving_many_keeps_one_row_an_insert_range(kb: KnowledgeBase) -> None:
    operation = begin_import(kb, "Import 5 files")
    for number in range(5):
        save(kb, name=f"{number}.txt", operation=operation)
    rows = kb.database.execute_sql("SELECT COUNT(*) FROM operation_row WHERE table_name = 'mention'").fetchone()
    assert rows == (1,)
    assert len(everything(kb)["article"]) == 5
    assert article_view(kb, ArticleId(5)).copies == (1, 2, 3, 4)
