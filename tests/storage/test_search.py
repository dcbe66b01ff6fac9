"""The search box: never an error, always within time, and every hit located."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.search import HitKind, SearchHit
from kb_app.storage import search as searching
from kb_app.storage.editing import judge, rename
from kb_app.storage.full_text import match_expression
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import undo
from kb_app.storage.reading import article_view
from kb_app.storage.search import search
from kb_app.storage.snippets import cut_snippet
from tests import builders
from tests.storage.filling import save


def _hits(kb: KnowledgeBase, typed: str, kind: HitKind) -> list[SearchHit]:
    return [hit for hit in search(kb, typed).hits if hit.kind is kind]


def test_a_name_is_found_while_it_is_typed(kb: KnowledgeBase) -> None:
    save(kb)
    assert [hit.title for hit in _hits(kb, "ve", HitKind.PERSON)] == ["Anna Vela"]
    assert _hits(kb, "ve ", HitKind.PERSON) == []


def test_a_person_comes_with_the_best_role(kb: KnowledgeBase) -> None:
    save(kb)
    assert _hits(kb, "brek", HitKind.PERSON)[0].subtitle == "deputy, Ministry of Rivers"


def test_answers_are_grouped_by_kind_with_totals(kb: KnowledgeBase) -> None:
    save(kb, name="a.txt")
    save(kb, name="b.txt")
    found = search(kb, "vela", limit=1)
    assert dict(found.totals) == {HitKind.PERSON: 1, HitKind.EVENT: 1, HitKind.ARTICLE: 2}
    assert [hit.kind for hit in found.hits] == [HitKind.PERSON, HitKind.EVENT, HitKind.ARTICLE]
    assert found.milliseconds > 0


def test_a_hit_is_located_in_the_article_and_in_its_snippet(kb: KnowledgeBase) -> None:
    saved = save(kb)
    hit = _hits(kb, '"stay shut"', HitKind.ARTICLE)[0]
    assert hit.article_span is not None
    assert hit.article_span.of(article_view(kb, saved).article.text) == "stay shut"
    assert [span.of(hit.snippet) for span in hit.marked] == ["stay shut"]
    assert "\n" not in hit.snippet


@pytest.mark.parametrize("typed", ["Málaga", "malaga", "MALAGA", "mala"])
def test_accents_and_case_are_folded(kb: KnowledgeBase, typed: str) -> None:
    save(kb, builders.article("They met in Málaga."), builders.findings(engine="none"))
    assert len(_hits(kb, typed, HitKind.ARTICLE)) == 1


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Мост открыл мэр Королёв.", "королев"),
        ("Мост открыл мэр Королев.", "Королёв"),
        ("Мост открыл мэр Королёв.", "открыл короле"),
        ("Её вёл Семен.", '"вел семен"'),
        ("Міст у Харкові закрито.", "харкові"),
        ("Η γέφυρα στη Λάρισα έκλεισε.", "λαρισα"),
        ("أغلق الجسر في القاهرة", "القاهرة"),
        ("أغلق الجسر في القاهرة", "الجِسْر"),
        ("הגשר בירושלים נסגר", "בירושלים"),
        ("הגשר בירושלים נסגר", "הַגֶּשֶׁר"),
    ],
)
def test_words_of_languages_that_are_not_read_are_found(kb: KnowledgeBase, text: str, typed: str) -> None:
    save(kb, builders.article(text), builders.findings(engine="none"))
    (hit,) = _hits(kb, typed, HitKind.ARTICLE)
    assert hit.marked


def test_words_are_joined_by_and_and_exclusions_left_out(kb: KnowledgeBase) -> None:
    save(kb, builders.article("red green"), builders.findings(engine="none"), "a.txt")
    save(kb, builders.article("red blue"), builders.findings(engine="none"), "b.txt")
    found = {
        typed: {hit.id for hit in _hits(kb, typed, HitKind.ARTICLE)} for typed in ("red ", "red blue", "red -blue")
    }
    assert found == {"red ": {1, 2}, "red blue": {2}, "red -blue": {1}}


def test_words_that_nearly_all_articles_hold_come_newest_first(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        save(kb, builders.article("dam " * (9 - number)), builders.findings(engine="none"), f"{number}.txt")
    assert [hit.id for hit in _hits(kb, "dam", HitKind.ARTICLE)][0] == 1
    monkeypatch.setattr(searching, "RANKED_AT_MOST", 2)
    assert [hit.id for hit in _hits(kb, "dam", HitKind.ARTICLE)] == [4, 3, 2, 1]


def test_what_is_found_when_time_is_up_counts(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    save(kb)
    monkeypatch.setattr(searching, "SECONDS", -1.0)
    monkeypatch.setattr(searching, "_STEPS_BETWEEN_LOOKS", 1)
    assert search(kb, "vela").hits == ()
    monkeypatch.undo()
    assert len(search(kb, "vela").hits) == 3


def test_rejected_ones_are_not_found(kb: KnowledgeBase) -> None:
    save(kb)
    judge(kb, [ClaimRef(ClaimKind.ENTITY, 1), ClaimRef(ClaimKind.EVENT, 1)], Status.REJECTED)
    assert {hit.kind for hit in search(kb, "vela").hits} == {HitKind.ARTICLE}


def test_a_new_name_is_found_until_it_is_taken_back(kb: KnowledgeBase) -> None:
    save(kb)
    rename(kb, 1, "Zora Quill")
    assert _hits(kb, "quill", HitKind.PERSON)[0].id == 1
    hit = _hits(kb, "anna vela", HitKind.PERSON)[0]
    assert (hit.title, hit.snippet) == ("Zora Quill", "Anna Vela")
    undo(kb)
    assert search(kb, "quill").hits == ()


@pytest.mark.parametrize(
    "typed", ["", "   ", '"', '""', "*", "NEAR(", "a AND", "(", "{title}:", "a:b", "^x", "-", "-x", "\0"]
)
def test_no_query_is_an_error(kb: KnowledgeBase, typed: str) -> None:
    save(kb)
    assert search(kb, typed).query == typed


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=40), st.text(alphabet="\"*()-^:{}+ ANDORTE'\ud800a1é", max_size=30)))
def test_no_text_at_all_is_an_error(kb: KnowledgeBase, typed: str) -> None:
    assert search(kb, typed).hits == ()


def test_the_last_word_may_be_a_beginning() -> None:
    assert match_expression("anna ve") == '"anna" AND "ve"*'
    assert match_expression("anna ve ") == '"anna" AND "ve"'
    assert match_expression('"anna ve"') == '"anna ve"'
    assert match_expression("ann ve ", all_prefixes=True) == '"ann"* AND "ve"*'


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_characters="\x02\x03", exclude_categories=["Cs"]), max_size=600), st.data())
def test_a_snippet_marks_what_stands_in_the_text(text: str, data: st.DataObject) -> None:
    ends = data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True).map(sorted))
    pairs = list(zip(ends[::2], ends[1::2], strict=False))
    lit, at = "", 0
    for start, end in pairs:
        lit += f"{text[at:start]}\x02{text[start:end]}\x03"
        at = end
    snippet = cut_snippet(lit + text[at:])
    hits = [text[start:end] for start, end in pairs]
    assert bool(snippet.marked) == bool(snippet.place) == bool(pairs)
    for span in snippet.marked:
        assert " ".join(span.of(snippet.text).split()) in [" ".join(hit.split()) for hit in hits]
    if snippet.place is not None:
        assert snippet.place.of(text) in hits
