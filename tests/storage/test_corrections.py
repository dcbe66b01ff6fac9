"""What a person says of an article's metadata, kept, taken back and kept through a new extraction."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kb_app.core.article import Candidate, MetadataField
from kb_app.core.correction import CORRECTED, Correction
from kb_app.core.errors import KartotekaError, NotFound
from kb_app.core.grading import Reliability
from kb_app.core.ids import ArticleId
from kb_app.core.listing import ArticleFilter, ArticleQuery, ArticleRow
from kb_app.core.passage import Span
from kb_app.storage.corrections import correct, metadata_sheet
from kb_app.storage.grading import grade_publishers, graded_publishers
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.listing import article_count, articles
from kb_app.storage.operations import history, redo, undo
from kb_app.storage.reading import article_view, stored_article
from kb_app.storage.search import search
from tests import builders
from tests.storage.filling import checked, everything, save

ONE = ArticleId(1)


def row(kb: KnowledgeBase) -> ArticleRow:
    """Return the first row of the list."""
    return articles(kb, ArticleQuery(), 0, 1)[0]


def test_every_piece_of_metadata_can_be_corrected(kb: KnowledgeBase) -> None:
    save(kb)
    told = {
        MetadataField.TITLE: "The dam is open",
        MetadataField.BYLINE: "Lena Orsk",
        MetadataField.PUBLISHER: "Quay Gazette",
        MetadataField.HOST: "Reprint Hall",
        MetadataField.WIRE: "Lumen Wire, Delta Press",
        MetadataField.DATELINE_PLACE: "Port Lumen",
        MetadataField.PUBLISHED: "2024-05-06",
        MetadataField.SOURCE_URL: "https://quay.example/dam",
        MetadataField.LANGUAGE: "nl",
    }
    correct(kb, [ONE], [Correction(field, value) for field, value in told.items()])
    sheet = metadata_sheet(kb, [ONE])
    assert {state.field: state.value for state in sheet.fields} == told
    assert {state.how for state in sheet.fields} == {CORRECTED}
    shown = row(kb)
    assert (shown.title, shown.publisher, shown.host, shown.language) == (
        "The dam is open",
        "Quay Gazette",
        "Reprint Hall",
        "nl",
    )
    assert shown.published is not None and shown.published.edtf == "2024-05-06"


def test_the_former_value_stays_a_candidate_with_how_it_was_found(kb: KnowledgeBase) -> None:
    save(kb)
    before = stored_article(kb, ONE).metadata.publisher
    assert before is not None
    correct(kb, [ONE], [Correction(MetadataField.PUBLISHER, "Quay Gazette")])
    candidates = metadata_sheet(kb, [ONE]).state(MetadataField.PUBLISHER).candidates
    assert [(c.value, c.how) for c in candidates] == [("Quay Gazette", CORRECTED), (before.value, before.how)]


def test_candidates_of_the_reader_are_offered_with_their_place(kb: KnowledgeBase) -> None:
    place = Candidate(MetadataField.BYLINE, "Lena Orsk", "byline line", Span(3, 7))
    save(kb, replace(builders.article(), candidates=(place,)))
    assert metadata_sheet(kb, [ONE]).state(MetadataField.BYLINE).candidates == (place,)


def test_every_place_that_says_the_same_is_shown(kb: KnowledgeBase) -> None:
    told = tuple(Candidate(MetadataField.PUBLISHED, "2024-05-04", how) for how in ("JSON-LD", "date line"))
    save(kb, replace(builders.article(), candidates=told))
    listed = metadata_sheet(kb, [ONE]).state(MetadataField.PUBLISHED).candidates
    assert listed[-2:] == told


def test_a_new_title_is_found_by_search_and_the_old_one_no_longer(kb: KnowledgeBase) -> None:
    save(kb)
    correct(kb, [ONE], [Correction(MetadataField.TITLE, "Zephyr over the weir")])
    assert [hit.title for hit in search(kb, "zephyr").hits] == ["Zephyr over the weir"]
    assert article_count(kb, ArticleQuery(text="zeph")) == 1
    assert article_count(kb, ArticleQuery(text="opens")) == 0
    assert checked(kb.path).problems == ()


def test_a_title_taken_away_leaves_the_first_words_of_the_text(kb: KnowledgeBase) -> None:
    save(kb)
    correct(kb, [ONE], [Correction(MetadataField.TITLE, "")])
    assert row(kb).title == " ".join(builders.article().text.split()[:12])


def test_a_correction_can_be_taken_back_and_done_again_after_a_restart(path: Path) -> None:
    with KnowledgeBase.create(path) as kb:
        save(kb)
        before = everything(kb)
        correct(kb, [ONE], [Correction(MetadataField.PUBLISHED, "June 2024"), Correction(MetadataField.HOST, "X Hall")])
        after = everything(kb)
    with KnowledgeBase.open(path) as kb:
        undo(kb)
        assert everything(kb) == before
        redo(kb)
        assert everything(kb) == after
        assert checked(path).problems == ()


def test_many_articles_are_one_step_and_only_what_is_told_changes(kb: KnowledgeBase) -> None:
    numbers = [save(kb, builders.article(title=f"Report {n}"), name=f"{n}.txt") for n in range(40)]
    told = [Correction(MetadataField.PUBLISHER, "Quay Gazette"), Correction(MetadataField.PUBLISHED, "3 Sep 2020")]
    correct(kb, numbers, told)
    assert history(kb)[0].label == "Correct publisher, date of 40 articles"
    rows = articles(kb, ArticleQuery(), 0, 99)
    assert {(r.publisher, r.published.edtf if r.published else "") for r in rows} == {("Quay Gazette", "2020-09-03")}
    assert {r.title for r in rows} == {f"Report {n}" for n in range(40)}
    undo(kb)
    assert {r.publisher for r in articles(kb, ArticleQuery(), 0, 99)} == {"Harbour Courier"}


def test_where_articles_differ_the_sheet_says_so(kb: KnowledgeBase) -> None:
    numbers = [save(kb, builders.article(publisher=p), name=f"{n}.txt") for n, p in enumerate(("A Post", "B Post"))]
    state = metadata_sheet(kb, numbers).state(MetadataField.PUBLISHER)
    assert (state.is_mixed, state.value, dict(state.values)) == (True, "", {"A Post": 1, "B Post": 1})


def test_an_unknown_date_stays_unknown_and_is_listed_until_it_is_told(kb: KnowledgeBase) -> None:
    number = save(kb, builders.article(published=""))
    undated = ArticleQuery(filter=ArticleFilter.UNDATED)
    assert [r.id for r in articles(kb, undated, 0, 9)] == [number]
    correct(kb, [number], [Correction(MetadataField.PUBLISHED, "September 2020")])
    assert article_count(kb, undated) == 0
    correct(kb, [number], [Correction(MetadataField.PUBLISHED, "")])
    assert article_count(kb, undated) == 1
    assert MetadataField.PUBLISHED in stored_article(kb, number).metadata.corrected


def test_another_date_moves_what_is_sorted_by_it(kb: KnowledgeBase) -> None:
    save(kb)
    changes = correct(kb, [ONE], [Correction(MetadataField.PUBLISHED, "2019-01-02")])
    assert changes.claims and changes.articles == {ONE}
    days = kb.database.execute_sql("SELECT DISTINCT published_day FROM event").fetchall()
    assert len(days) == 1 and days[0][0] == row(kb).published.earliest.toordinal()  # type: ignore[union-attr]
    assert checked(kb.path).problems == ()
    undo(kb)
    assert checked(kb.path).problems == ()
    moved = kb.database.execute_sql("SELECT DISTINCT published_day FROM event").fetchall()
    assert moved != days


def test_what_is_no_date_is_refused_and_nothing_changes(kb: KnowledgeBase) -> None:
    save(kb)
    before = everything(kb)
    told = [Correction(MetadataField.HOST, "Hall"), Correction(MetadataField.PUBLISHED, "03/04/2020")]
    with pytest.raises(KartotekaError, match="read in one way"):
        correct(kb, [ONE], told)
    assert everything(kb) == before and len(history(kb)) == 1


def test_what_is_no_language_is_refused(kb: KnowledgeBase) -> None:
    save(kb)
    with pytest.raises(KartotekaError, match="ISO 639-1"):
        correct(kb, [ONE], [Correction(MetadataField.LANGUAGE, "English, mostly")])


def test_an_article_that_is_gone_cannot_be_corrected_and_the_others_stay_as_they_are(kb: KnowledgeBase) -> None:
    save(kb)
    before = everything(kb)
    with pytest.raises(NotFound):
        correct(kb, [ONE, ArticleId(9)], [Correction(MetadataField.HOST, "Hall")])
    assert everything(kb) == before


def test_the_value_that_is_there_already_is_no_correction(kb: KnowledgeBase) -> None:
    save(kb)
    assert not correct(kb, [ONE], [Correction(MetadataField.PUBLISHER, "Harbour Courier")])
    assert len(history(kb)) == 1


def test_doubts_about_a_date_end_when_a_person_tells_it(kb: KnowledgeBase) -> None:
    save(kb, builders.article(warnings=("ambiguous-date: “3/4/2020” may be read day or month first.",)))
    correct(kb, [ONE], [Correction(MetadataField.PUBLISHED, "3 Apr 2020")])
    assert row(kb).warnings == ()
    assert article_count(kb, ArticleQuery(filter=ArticleFilter.PROBLEMS)) == 0


def test_a_language_that_is_not_read_is_a_note_and_no_problem(kb: KnowledgeBase) -> None:
    note = "language: The text is not English (“ru”); nothing was extracted from it."
    save(kb, builders.article(language="ru", warnings=(note,)))
    assert article_count(kb, ArticleQuery(filter=ArticleFilter.PROBLEMS)) == 0
    assert row(kb).language == "ru"


def test_a_new_spelling_of_a_publisher_keeps_its_grade(kb: KnowledgeBase) -> None:
    numbers = [save(kb, builders.article(title=f"Report {n}"), name=f"{n}.txt") for n in range(2)]
    grade_publishers(kb, ["Harbour Courier"], Reliability.USUAL)
    correct(kb, numbers, [Correction(MetadataField.PUBLISHER, "The Harbour Courier")])
    assert [(p.name, p.reliability) for p in graded_publishers(kb)] == [("The Harbour Courier", Reliability.USUAL)]
    undo(kb)
    assert [(p.name, p.reliability) for p in graded_publishers(kb)] == [("Harbour Courier", Reliability.USUAL)]


def test_a_grade_stays_with_a_publisher_that_still_has_articles(kb: KnowledgeBase) -> None:
    first, _ = (save(kb, builders.article(title=f"Report {n}"), name=f"{n}.txt") for n in range(2))
    grade_publishers(kb, ["Harbour Courier"], Reliability.USUAL)
    correct(kb, [first], [Correction(MetadataField.PUBLISHER, "Quay Gazette")])
    assert {p.name: p.reliability for p in graded_publishers(kb)} == {
        "Harbour Courier": Reliability.USUAL,
        "Quay Gazette": None,
    }
    assert article_view(kb, first).grade.code == "F6"
