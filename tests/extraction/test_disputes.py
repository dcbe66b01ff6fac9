"""Contradictions between holders, in invented sentences with findings given by hand."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import pytest

from kb_app.core.article import Article
from kb_app.core.entity import EntityType, MentionKind
from kb_app.core.event import EventType, Realis
from kb_app.core.findings import Findings, FoundDispute, FoundEntity, FoundMention, FoundStatement, LocalId
from kb_app.core.passage import Span
from kb_app.core.relation import RelationType
from kb_app.extraction.disputes import DisputeFinder
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.pipeline import Extractor
from kb_app.extraction.sentences import split_sentences
from tests import builders

PEOPLE = ("Oda Brandt", "Pavo Lindt", "Ruta Sand")
SOON_SECONDS = 5.0
BODIES = ("Harbour Board", "Fishers' Union", "Ministry of Ports", "Coast Radio")


class Said(NamedTuple):
    """A statement: who, with which verb, what."""

    speaker: str
    cue: str
    content: str


Finds = Callable[..., tuple[FoundDispute, ...]]


@pytest.fixture(scope="module")
def finder(lexicons: Lexicons) -> DisputeFinder:
    return DisputeFinder(lexicons)


@pytest.fixture(scope="module")
def disputes(finder: DisputeFinder) -> Finds:
    """Find the disputes of a text in which somebody says something."""

    def find(text: str, *said: Said, **parts: object) -> tuple[FoundDispute, ...]:
        article = Article(text, Span(0, len(text)), language="en")
        sentences = tuple(split_sentences(text, article.body))
        found = Findings(
            engine="by hand",
            sentences=sentences,
            entities=entities(text),
            statements=tuple(statement(text, one, sentences) for one in said),
        )
        return finder.find(article, replace(found, **parts))  # type: ignore[arg-type]  # fields by name

    return find


def entities(text: str) -> tuple[FoundEntity, ...]:
    kinds = [*((name, EntityType.PERSON) for name in PEOPLE), *((name, EntityType.INSTITUTION) for name in BODIES)]
    return tuple(builders.entity(text, name, kind, short=[name.split()[-1]]) for name, kind in kinds if name in text)


def statement(text: str, said: Said, sentences: Sequence[Span] = ()) -> FoundStatement:
    content = builders.span_of(text, said.content)
    sentence = next(s for s in sentences or split_sentences(text, Span(0, len(text))) if s.overlaps(content))
    speaker = LocalId(said.speaker) if said.speaker in (*PEOPLE, *BODIES) else None
    words = said.speaker if said.speaker in sentence.of(text) else said.speaker.split()[-1]
    found = builders.statement(text, said.content, speaker)
    return replace(
        found,
        ground=replace(found.ground, evidence=sentence),
        speaker_span=within(text, sentence, words),
        cue=within(text, sentence, said.cue),
    )


def within(text: str, sentence: Span, words: str) -> Span:
    start = text.index(words, sentence.start, sentence.end)
    return Span(start, start + len(words))


def sides(text: str, dispute: FoundDispute) -> list[tuple[str | None, str]]:
    return [(position.holder, position.span.of(text)) for position in dispute.positions]


def test_a_report_that_another_denies_is_disputed(disputes: Finds) -> None:
    text = "Coast Radio reported that the ferry had run aground. The Harbour Board denied the report on Monday."
    (found,) = disputes(text, Said("Coast Radio", "reported", "the ferry had run aground"))
    assert sides(text, found) == [
        ("Coast Radio", "the ferry had run aground"),
        ("Harbour Board", "denied the report on Monday"),
    ]
    assert found.topic == "the ferry had run aground"
    assert "denied" in found.ground.reason
    assert found.ground.evidence.of(text).startswith("The Harbour Board")


@pytest.mark.parametrize(
    "denial",
    [
        "Pavo Lindt denied it.",
        "Pavo Lindt later flatly denied that.",
        "Pavo Lindt, a clerk of the Harbour Board, disagreed.",
        "Pavo Lindt said the opposite.",
        "Pavo Lindt called the claim a lie.",
        "Pavo Lindt dismissed the allegations as nonsense.",
    ],
)
def test_words_that_point_back_contradict_what_was_said_just_before(disputes: Finds, denial: str) -> None:
    text = f"Oda Brandt said that Lindt had sunk the barge. {denial}"
    (found,) = disputes(text, Said("Oda Brandt", "said", "Lindt had sunk the barge"))
    assert [position.holder for position in found.positions] == ["Oda Brandt", "Pavo Lindt"]


def test_a_clause_that_somebody_denies_stands_against_the_article(disputes: Finds) -> None:
    text = "The crane was never inspected, which the Harbour Board denies."
    (found,) = disputes(text)
    assert sides(text, found) == [(None, "The crane was never inspected"), ("Harbour Board", "Harbour Board denies")]


def test_a_denial_that_spells_out_its_content_finds_the_claim_it_is_about(disputes: Finds) -> None:
    text = (
        "Ruta Sand said that guards had beaten the dockers. The strike began in spring. It rained for a week. "
        "Nobody went home. The Ministry of Ports denied that its guards had beaten anyone on the dock."
    )
    (found,) = disputes(text, Said("Ruta Sand", "said", "guards had beaten the dockers"))
    assert sides(text, found)[1][1].startswith("denied that its guards")
    assert found.topic == "its guards had beaten anyone on the dock"


def test_an_accusation_is_found_again_from_afar(disputes: Finds) -> None:
    far = "The quay is old. " * 9
    text = (
        f"Oda Brandt accused the Harbour Board of selling rotten rope. {far}The Harbour Board rejected the accusation."
    )
    accused = builders.relation(text, "accused", "Oda Brandt", "Harbour Board", RelationType.ACCUSED)
    said = Said("Oda Brandt", "accused", "the Harbour Board of selling rotten rope")
    (found,) = disputes(text, said, relations=(accused,))
    assert sides(text, found)[0] == ("Oda Brandt", "the Harbour Board of selling rotten rope")


def test_an_accusation_known_only_as_a_relation_is_a_claim(disputes: Finds) -> None:
    text = "Oda Brandt accused the Harbour Board of fraud. The Harbour Board denied any wrongdoing."
    sentence = builders.span_of(text, "Oda Brandt accused the Harbour Board of fraud.")
    accused = builders.relation(text, "accused", "Oda Brandt", "Harbour Board", RelationType.ACCUSED)
    accused = replace(accused, ground=replace(accused.ground, evidence=sentence))
    (found,) = disputes(text, relations=(accused,))
    assert [position.holder for position in found.positions] == ["Oda Brandt", "Harbour Board"]


def test_what_is_alleged_by_nobody_in_particular_can_be_denied(disputes: Finds) -> None:
    text = "The union is alleged to have burnt two sheds. Pavo Lindt denied the allegation."
    burnt = builders.event(text, "burnt", type=EventType.CRACKDOWN_VIOLENCE, realis=Realis.ALLEGED)
    (found,) = disputes(text, events=(burnt,))
    assert [position.holder for position in found.positions] == [None, "Pavo Lindt"]


def test_no_such_order_contradicts_who_speaks_of_the_order(disputes: Finds) -> None:
    text = "Oda Brandt said that nobody gave such an order. Pavo Lindt said that he had seen the order himself."
    (found,) = disputes(
        text,
        Said("Oda Brandt", "said", "nobody gave such an order"),
        Said("Pavo Lindt", "said", "he had seen the order himself"),
    )
    assert "order" in found.ground.reason


def test_a_negated_clause_contradicts_the_same_clause_without_its_negation(disputes: Finds) -> None:
    text = (
        "Ruta Sand said that the pilots were forced to work in the cold hold. "
        "The Harbour Board said that pilots had never been forced to work in the hold."
    )
    (found,) = disputes(
        text,
        Said("Ruta Sand", "said", "the pilots were forced to work in the cold hold"),
        Said("Harbour Board", "said", "pilots had never been forced to work in the hold"),
    )
    assert found.ground.reason == "one says what the other negates: “forced work hold”"


def test_what_is_said_to_be_untrue_is_disputed(disputes: Finds) -> None:
    text = "Oda Brandt said that the pier had sunk. Pavo Lindt said that the claim was false."
    (found,) = disputes(
        text,
        Said("Oda Brandt", "said", "the pier had sunk"),
        Said("Pavo Lindt", "said", "the claim was false"),
    )
    assert sides(text, found)[1] == ("Pavo Lindt", "the claim was false")


def test_two_counts_of_the_same_people_differ(disputes: Finds) -> None:
    text = (
        "The Ministry of Ports said that 43 people had been detained. "
        "The Fishers' Union said that it knew of 117 people detained."
    )
    (found,) = disputes(
        text,
        Said("Ministry of Ports", "said", "43 people had been detained"),
        Said("Fishers' Union", "said", "it knew of 117 people detained"),
    )
    assert found.topic == "how many people had been detained"
    assert found.ground.reason == "different figures: “43” and “117”"


def test_that_number_points_at_the_figure_before_it(disputes: Finds) -> None:
    text = "About 9,000 gulls nest on the mole. The Harbour Board says that number is closer to 4,000."
    (found,) = disputes(text, Said("Harbour Board", "says", "that number is closer to 4,000"))
    assert [position.holder for position in found.positions] == [None, "Harbour Board"]


def test_shares_of_a_vote_that_make_more_than_all_cannot_both_be_right(disputes: Finds) -> None:
    text = (
        "Official results gave Pavo Lindt more than 80 percent of the vote. "
        "Oda Brandt claims that she won 60 to 70 percent of the vote."
    )
    (found,) = disputes(text, Said("Oda Brandt", "claims", "she won 60 to 70 percent of the vote"))
    assert found.topic == "what share of the vote"


def test_all_who_contradict_one_claim_stand_in_one_dispute(disputes: Finds) -> None:
    text = "Oda Brandt said that the gate was open. Pavo Lindt denied it. Ruta Sand said that the gate was not open."
    (found,) = disputes(
        text,
        Said("Oda Brandt", "said", "the gate was open"),
        Said("Ruta Sand", "said", "the gate was not open"),
    )
    assert [position.holder for position in found.positions] == ["Oda Brandt", "Pavo Lindt", "Ruta Sand"]


QUIET: Sequence[tuple[str, tuple[Said, ...]]] = [
    (
        "Oda Brandt said that the pilots had come. The Ministry of Ports denied them visas.",
        (Said("Oda Brandt", "said", "the pilots had come"),),
    ),
    (
        "Oda Brandt said that the pier had sunk. Pavo Lindt did not deny it.",
        (Said("Oda Brandt", "said", "the pier had sunk"),),
    ),
    (
        "Oda Brandt said that the pier had sunk. Pavo Lindt declined to confirm or deny the report.",
        (Said("Oda Brandt", "said", "the pier had sunk"),),
    ),
    (
        "Oda Brandt said that the board would pay. The Fishers' Union rejected the offer.",
        (Said("Oda Brandt", "said", "the board would pay"),),
    ),
    (
        "Oda Brandt said that she was tired. It rained. It snowed. The sun came out. Pavo Lindt denied it.",
        (Said("Oda Brandt", "said", "she was tired"),),
    ),
    (
        "Oda Brandt said that the old crane was sold. She then said that the old crane was not sold.",
        (Said("Oda Brandt", "said", "the old crane was sold"),),
    ),
    (
        "Oda Brandt said that the crane lifts steel. Pavo Lindt asked whether the crane lifts no steel at all.",
        (Said("Oda Brandt", "said", "the crane lifts steel"), Said("Pavo Lindt", "asked", "the crane lifts no steel")),
    ),
    (
        "Oda Brandt said that the crane lifts steel. Pavo Lindt said that the crane no longer lifts steel.",
        (
            Said("Oda Brandt", "said", "the crane lifts steel"),
            Said("Pavo Lindt", "said", "the crane no longer lifts steel"),
        ),
    ),
    (
        "Oda Brandt said that the fishers were angry. Pavo Lindt said that bread was not cheap.",
        (Said("Oda Brandt", "said", "the fishers were angry"), Said("Pavo Lindt", "said", "bread was not cheap")),
    ),
    (
        "Oda Brandt said that at least 19 people drowned. Pavo Lindt said that 31 people drowned.",
        (Said("Oda Brandt", "said", "at least 19 people drowned"), Said("Pavo Lindt", "said", "31 people drowned")),
    ),
    (
        "Oda Brandt said that about 300 people marched. Pavo Lindt said that 310 people marched.",
        (Said("Oda Brandt", "said", "about 300 people marched"), Said("Pavo Lindt", "said", "310 people marched")),
    ),
    (
        "Oda Brandt said that 19 people drowned. Pavo Lindt said that 40 people had won a prize.",
        (Said("Oda Brandt", "said", "19 people drowned"), Said("Pavo Lindt", "said", "40 people had won a prize")),
    ),
    (
        "The Harbour Board said that it sold 12 barges. The Fishers' Union said that it sold 20 barges.",
        (
            Said("Harbour Board", "said", "it sold 12 barges"),
            Said("Fishers' Union", "said", "it sold 20 barges"),
        ),
    ),
]


@pytest.mark.parametrize(("text", "said"), QUIET)
def test_what_only_looks_like_a_contradiction_is_none(disputes: Finds, text: str, said: tuple[Said, ...]) -> None:
    assert disputes(text, *said) == ()


def test_figures_of_different_days_are_no_contradiction(disputes: Finds) -> None:
    text = "Oda Brandt said that 19 people drowned on 3 May 2024. Pavo Lindt said that 31 people drowned on 9 May 2024."
    times = (builders.time(text, "3 May 2024", "2024-05-03"), builders.time(text, "9 May 2024", "2024-05-09"))
    said = (
        Said("Oda Brandt", "said", "19 people drowned on 3 May 2024"),
        Said("Pavo Lindt", "said", "31 people drowned on 9 May 2024"),
    )
    assert disputes(text, *said, times=times) == ()
    same_day = [one._replace(content=one.content.replace("9 May", "3 May")) for one in said]
    assert disputes(text.replace("9 May", "3 May"), *same_day)


def test_who_speaks_for_another_does_not_contradict_him(disputes: Finds) -> None:
    text = "The Harbour Board said that the pier had sunk. Pavo Lindt denied it."
    said = Said("Harbour Board", "said", "the pier had sunk")
    speaks = builders.relation(text, "Pavo Lindt", "Pavo Lindt", "Harbour Board", RelationType.SPOKESPERSON_OF)
    assert disputes(text, said)
    assert disputes(text, said, relations=(speaks,)) == ()


def test_the_lawyer_of_somebody_is_not_that_body(disputes: Finds) -> None:
    text = "Oda Brandt said that the pier had sunk. Brandt's lawyer denied it."
    denied = Said("Brandt's lawyer", "denied", "it")
    both = (statement(text, Said("Oda Brandt", "said", "the pier had sunk")), statement(text, denied))
    both = (both[0], replace(both[1], speaker=LocalId("Oda Brandt")))
    (found,) = disputes(text, statements=both)
    assert [position.holder for position in found.positions] == ["Oda Brandt", None]


def test_a_pronoun_for_nobody_known_holds_nothing(disputes: Finds) -> None:
    text = "He said that the pier had sunk. Pavo Lindt denied it."
    assert disputes(text, Said("He", "said", "the pier had sunk")) == ()


def test_a_mention_by_pronoun_counts_as_the_name(disputes: Finds) -> None:
    text = "Oda Brandt said that Lindt had fled. Ruta Sand said that he had not fled."
    he = FoundMention(builders.span_of(text, "he ", nth=0), MentionKind.PRONOUN)
    he = replace(he, span=Span(text.index("that he") + 5, text.index("that he") + 7))
    lindt = FoundEntity(
        LocalId("lindt"),
        EntityType.PERSON,
        "Lindt",
        (FoundMention(builders.span_of(text, "Lindt"), MentionKind.FULL), he),
        builders.ground(text, he.span),
    )
    said = (Said("Oda Brandt", "said", "Lindt had fled"), Said("Ruta Sand", "said", "he had not fled"))
    assert disputes(text, *said, entities=(*entities(text), lindt))


def test_nothing_found_is_nothing_disputed(disputes: Finds) -> None:
    assert disputes("") == ()


def test_a_long_text_of_the_same_words_ends_soon(disputes: Finds) -> None:
    contents = [("Oda Brandt", f"no gate {n} stood open") for n in range(200)]
    contents += [("Pavo Lindt", f"the gate {n} stood open") for n in range(200)]
    said = [Said(speaker, "said", content) for speaker, content in sorted(contents, key=lambda c: c[1].split()[2])]
    text = " ".join(f"{one.speaker} said that {one.content}." for one in said)
    started = time.process_time()
    assert disputes(text, *said)
    assert time.process_time() - started < SOON_SECONDS


def test_the_engine_hands_disputes_on(extractor: Extractor) -> None:
    text = (
        "A pier sank.\n\nCoast guard chief Anna Weber said on Monday that the pier of Lyon had sunk. "
        "Mayor Karl Lopez denied it."
    )
    article = Article(text, Span(14, len(text)), title_span=Span(0, 12), language="en")
    findings = extractor.extract(article)
    names = {entity.id: entity.name for entity in findings.entities}
    (found,) = findings.disputes
    assert [names.get(p.holder) if p.holder else None for p in found.positions] == ["Anna Weber", "Karl Lopez"]
