"""Why findings are believed, over an invented article with every kind of finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kb_app.core.article import Article
from kb_app.core.entity import MentionKind
from kb_app.core.findings import Findings, FoundDispute, FoundMention, FoundPosition, Ground, LocalId, TimexType
from kb_app.core.passage import Span
from kb_app.core.relation import RelationType
from kb_app.core.stated_date import Resolution, on_day
from kb_app.exchange.explanation import Explanation, explanation_document, explanation_text, explanations
from tests import builders

BODY = (
    "Anna Vela opened the mill on Friday.\n\n"
    "“It turns,” she said, “and it will turn.” The opening was held at noon. Tomas Brek denied the report.\n"
)
ARTICLE = builders.article(BODY, title="Mill opened")
TEXT = ARTICLE.text
FRIDAY = on_day(date(2024, 5, 3)).resolved("Friday", "weekday", "2024-05-04", Resolution.RELATIVE)


def span(words: str, nth: int = 0) -> Span:
    return builders.span_of(TEXT, words, nth)


def findings() -> Findings:
    vela = builders.entity(TEXT, "Anna Vela")
    she = FoundMention(span("she"), MentionKind.PRONOUN, 0.65, "“she” for Anna Vela")
    vela = replace(vela, mentions=(*vela.mentions, she))
    opened = builders.event(TEXT, "opened the", ["Anna Vela"], title="Vela opened the mill")
    opened = replace(opened, trigger=span("opened", 1), date=FRIDAY, other_triggers=(span("opening"),))
    said = builders.statement(TEXT, "“It turns,”", "Anna Vela", via=["Tomas Brek"])
    said = replace(
        said, content=(*said.content, span("“and it will turn.”")), speaker_span=span("she"), cue=span("said")
    )
    friday = replace(builders.time(TEXT, "Friday", "2024-05-03"), rule="weekday", anchor="2024-05-04", confidence=0.88)
    denied = FoundPosition(span("denied the report"), LocalId("Tomas Brek"), span("Tomas Brek"))
    dispute = FoundDispute("the report", (FoundPosition(span("It turns")), denied), builders.ground(TEXT, denied.span))
    return Findings(
        engine="by hand",
        sentences=(
            span("Mill opened"),
            span("Anna Vela opened the mill on Friday."),
            span("The opening was held at noon."),
        ),
        entities=(vela, builders.entity(TEXT, "Tomas Brek")),
        roles=(replace(builders.role(TEXT, "Tomas Brek", "mill"), qualifiers=("former",), country="Orland"),),
        times=(friday,),
        events=(opened,),
        statements=(said,),
        relations=(builders.relation(TEXT, "opened", "Tomas Brek", "Anna Vela", RelationType.OPPONENT_OF),),
        disputes=(dispute,),
    )


def told(kind: str, words: str = "") -> Explanation:
    return next(one for one in explanations(ARTICLE, findings(), words) if one.kind == kind)


def rows(of: Explanation) -> list[tuple[str, str]]:
    return [(row.name, row.text) for row in of.rows]


def test_every_finding_is_explained_in_the_order_of_the_text() -> None:
    all_told = explanations(ARTICLE, findings())
    assert [one.span.start for one in all_told] == sorted(one.span.start for one in all_told)
    assert sorted(one.kind for one in all_told) == [
        "dispute", "event", "person", "person", "relation", "role", "statement", "time expression",
    ]  # fmt: skip


def test_a_person_shows_why_each_mention_was_folded_in() -> None:
    vela = told("person")
    assert (vela.found, vela.confidence, vela.reason) == ("Anna Vela", 0.95, "full name")
    assert rows(vela) == [
        ("mentions", "“Anna Vela” (full, 95 %, line 3)"),
        ("mentions", "“she” (pronoun, 65 %, line 5): “she” for Anna Vela"),
    ]


def test_an_event_shows_how_its_date_was_found_and_what_was_merged_with_it() -> None:
    event = told("event")
    assert event.found == "“opened” (meeting visit, happened): Vela opened the mill"
    assert rows(event) == [
        ("date", "2024-05-03 (day), from the words “Friday”, by the rule “weekday”, counted from 2024-05-04"),
        ("taking part", "Anna Vela (agent)"),
        ("merged with", "“opening” in “The opening was held at noon.” (line 5)"),
    ]


def test_an_event_without_a_date_says_so() -> None:
    undated = replace(findings(), events=(replace(findings().events[0], date=None),))
    (event,) = (one for one in explanations(ARTICLE, undated) if one.kind == "event")
    assert ("date", "none was found") in rows(event)


def test_a_date_that_is_the_day_of_publication_says_so() -> None:
    date_ = replace(FRIDAY, resolution=Resolution.PUBLICATION, words="", rule="", anchor="", approximate=True)
    dated = replace(findings(), events=(replace(findings().events[0], date=date_),))
    (event,) = (one for one in explanations(ARTICLE, dated) if one.kind == "event")
    assert rows(event)[0] == ("date", "about 2024-05-03 (day), the day of publication")


def test_a_statement_shows_its_parts_its_cue_and_the_words_for_its_speaker() -> None:
    statement = told("statement")
    assert statement.found == "Anna Vela (direct): “It turns,” … “and it will turn.”"
    assert rows(statement) == [
        ("cue", "“said”"),
        ("speaker", "“she” (65 %): “she” for Anna Vela"),
        ("reported by", "Tomas Brek"),
        ("merged with", "““and it will turn.””"),
    ]


def test_a_time_shows_its_rule_and_its_anchor() -> None:
    time = told("time expression")
    assert time.found == "“Friday” (date): 2024-05-03"
    assert time.reason == "the rule “weekday”, counted from 2024-05-04"
    assert time.sentence == "Anna Vela opened the mill on Friday."
    assert findings().times[0].type is TimexType.DATE


def test_a_role_a_relation_and_a_dispute_name_whom_they_are_about() -> None:
    assert told("role").found == "Tomas Brek is “former mill”, Orland"
    assert told("relation").found == "Tomas Brek — opponent of — Anna Vela"
    assert rows(told("dispute")) == [
        ("position", "the article itself: “It turns” (line 5)"),
        ("position", "Tomas Brek: “denied the report” (line 5)"),
    ]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("SHE", ["person", "statement"]),
        ("  it   turns ", ["statement", "dispute"]),
        ("opening", ["event"]),
        ("friday", ["time expression"]),
        ("nothing of the kind", []),
    ],
)
def test_words_keep_the_findings_that_quote_them(words: str, kinds: list[str]) -> None:
    assert [one.kind for one in explanations(ARTICLE, findings(), words)] == kinds


def test_the_text_is_a_numbered_block_a_finding() -> None:
    text = explanation_text(ARTICLE, [told("event")])
    assert text == (
        "Mill opened\n===========\n\n"
        "1. event: “opened” (meeting visit, happened): Vela opened the mill\n"
        "   sentence       “Anna Vela opened the mill on Friday.”\n"
        "   confidence     80 %\n"
        "   reason         trigger word\n"
        "   date           2024-05-03 (day), from the words “Friday”, by the rule “weekday”, counted from\n"
        "                  2024-05-04\n"
        "   taking part    Anna Vela (agent)\n"
        "   merged with    “opening” in “The opening was held at noon.” (line 5)\n"
    )


def test_the_text_of_nothing_says_so() -> None:
    assert explanation_text(ARTICLE, ()) == "Mill opened\n===========\n\nNothing was found.\n"


def test_nothing_in_an_explanation_steers_the_terminal() -> None:
    odd = Explanation(Span(0, 1), "person", ("a",), "a\x1b[31m", "b\x07", 0.5, "c\u202e")
    text = explanation_text(Article("x\x1b", Span(0, 2)), [odd])
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_the_document_carries_offsets_and_rows() -> None:
    document = explanation_document(told("event"))
    assert TEXT[document["start"] : document["end"]] == "opened"
    assert document["more"][1] == {"what": "taking part", "text": "Anna Vela (agent)"}


def test_a_finding_without_mentions_or_parts_rests_on_its_sentence() -> None:
    bare = findings()
    ground = Ground(span("Anna Vela opened the mill on Friday."), 0.5, "")
    bare = replace(
        bare,
        entities=(replace(bare.entities[0], mentions=(), ground=ground),),
        statements=(replace(bare.statements[0], content=(), speaker_span=None, cue=None),),
    )
    kinds = {one.kind: one for one in explanations(ARTICLE, bare)}
    assert kinds["person"].span == ground.evidence
    assert "none was noted" in explanation_text(ARTICLE, [kinds["person"]])
    assert kinds["statement"].quoted == ()
