"""The trained tagger at run time: offsets that fit, the same answer twice, nothing that raises."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb_app.core.passage import Span
from kb_app.extraction.encoder import GRAPH_NAME, Encoder, Tag, Tagged
from kb_app.extraction.encoder_card import CARD_NAME, Head, ModelDamaged
from kb_app.extraction.encoder_decoding import decode_head
from kb_app.extraction.encoder_pieces import Speller
from kb_app.extraction.encoder_windows import windows
from kb_app.extraction.encoder_words import LONGEST_WORD, case_sign, line_sign, read_words
from kb_app.resources import resource_path

pytest.importorskip("onnxruntime", reason="the tagger runs on onnxruntime, which is not installed here")

ARTICLE = (
    "Minister Resigns After Dam Inquiry\n\n"
    "PORTMERE - Energy Minister Alda Venn resigned on Tuesday, the Interior Ministry said. "
    "“I will not stand in the way of the inquiry,” Venn told reporters in Portmere.\n"
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load(resource_path("models"))


def whole(text: str) -> list[Span]:
    return [Span(0, len(text))]


def tagged_of(encoder: Encoder, text: str, spans: list[Span]) -> Tagged:
    return encoder.tag(text, read_words(text, spans))


def all_tags(tagged: Tagged) -> list[Tag]:
    heads = (
        tagged.mentions,
        tagged.nominals,
        tagged.times,
        tagged.triggers,
        tagged.cues,
        tagged.contents,
        tagged.speakers,
        tagged.titles,
    )
    return [tag for head in heads for tag in head]


def quotes(tags: tuple[Tag, ...], text: str) -> set[tuple[str, str]]:
    return {(tag.span.of(text), tag.label) for tag in tags}


def test_it_reads_a_short_article(encoder: Encoder) -> None:
    tagged = tagged_of(encoder, ARTICLE, whole(ARTICLE))
    mentions = quotes(tagged.mentions, ARTICLE)
    assert {("Alda Venn", "person"), ("Interior Ministry", "institution"), ("Portmere", "place")} <= mentions
    assert ("Tuesday", "DATE") in quotes(tagged.times, ARTICLE)
    assert "resigned" in {quote for quote, _ in quotes(tagged.triggers, ARTICLE)}
    assert {"said", "told"} <= {quote for quote, _ in quotes(tagged.cues, ARTICLE)}


def test_it_links_a_quotation_to_its_speaker(encoder: Encoder) -> None:
    tagged = tagged_of(encoder, ARTICLE, whole(ARTICLE))
    said = {(k.source.of(ARTICLE)[:7], k.target.of(ARTICLE)) for k in tagged.links if k.label == "said_by"}
    assert ("“I will", "Venn") in said


def test_two_readings_agree(encoder: Encoder) -> None:
    assert tagged_of(encoder, ARTICLE, whole(ARTICLE)) == tagged_of(encoder, ARTICLE, whole(ARTICLE))


def test_only_the_given_spans_are_read(encoder: Encoder) -> None:
    title = Span(0, ARTICLE.index("\n"))
    assert all(title.holds(tag.span) for tag in all_tags(tagged_of(encoder, ARTICLE, [title])))


def test_spans_count_once_where_they_overlap() -> None:
    assert read_words("one two three", [Span(0, 7), Span(4, 13)]).starts == (0, 4, 8)


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "\ud800", "\x00\x01", "“" * 600, "x" * 5000, "漢字" * 300, "é\u0301" * 50]
)
def test_odd_texts_are_read_quietly(encoder: Encoder, text: str) -> None:
    assert all(tag.span.end <= len(text) for tag in all_tags(tagged_of(encoder, text, whole(text))))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(), max_size=300))
def test_any_text_gives_findings_inside_it(encoder: Encoder, text: str) -> None:
    for tag in all_tags(tagged_of(encoder, text, [Span(0, len(text) + 5)])):
        assert tag.span.end <= len(text)
        assert len(tag.span) > 0
        assert 0 < tag.confidence < 1


@settings(max_examples=60, deadline=None)
@given(lengths=st.lists(st.integers(1, 24), max_size=400))
def test_windows_decide_on_each_word_once_and_stay_small(lengths: list[int]) -> None:
    decided: list[int] = []
    for window in windows(lengths, room=100):
        decided += range(window.core_first, window.core_last)
        assert window.first <= window.core_first < window.core_last <= window.last
        assert sum(lengths[window.first : window.last]) <= 100
    assert decided == list(range(len(lengths)))


def test_a_long_text_is_read_in_windows(encoder: Encoder) -> None:
    text = ARTICLE * 60
    found = [tag for tag in tagged_of(encoder, text, whole(text)).mentions if tag.span.of(text) == "Interior Ministry"]
    assert len(found) == 60


def test_a_word_without_end_is_cut() -> None:
    words = read_words("a" * 250, [Span(0, 250)])
    assert words.ends == (LONGEST_WORD, 2 * LONGEST_WORD, 250)


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        (["the", "dam", "broke", "."], 0),
        (["Minister", "Resigns", "After", "Inquiry"], 1),
        (["MINISTER", "RESIGNS"], 2),
        (["by", "our", "staff"], 3),
    ],
)
def test_a_line_is_known_by_its_capitals(words: list[str], sign: int) -> None:
    assert line_sign(words) == sign


def test_words_are_known_by_their_look() -> None:
    assert [case_sign(w) for w in ("dam", "Dam", "DAM", "D", "McDam", "12", "12th", "”", "’", ".", "(")] == [
        *(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
    ]


def test_words_are_spelled_without_case_and_accents() -> None:
    speller = Speller({"[UNK]": 100, "dam": 5, "##s": 6, "elan": 7, "漢": 8})
    assert speller.spell("Dams") == (5, 6)
    assert speller.spell("Élan") == (7,)
    assert speller.spell("漢漢") == (8, 8)
    assert speller.spell("dax") == speller.spell("\x00") == (100,)


def test_decoding_never_ends_a_span_that_did_not_begin() -> None:
    numpy = pytest.importorskip("numpy")
    head = Head("cue", ("cue",), 0.0)
    # each word alone would be: end, begin, outside
    scores = numpy.array([[0.0, -9.0, -9.0, 1.0, -9.0], [0.0, 4.0, -9.0, -9.0, 3.0], [4.0, -9.0, -9.0, 1.0, -9.0]])
    assert [(s.first, s.last) for s in decode_head(head, scores)] == [(1, 1)]


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    shutil.copytree(resource_path("models"), folder)
    with (folder / GRAPH_NAME).open("r+b") as handle:
        handle.seek(1000)
        handle.write(b"\x00\x01\x02\x03")
    with pytest.raises(ModelDamaged, match=GRAPH_NAME):
        Encoder.load(folder)


def test_the_model_is_small_enough_to_ship() -> None:
    card = json.loads((resource_path("models") / CARD_NAME).read_text(encoding="utf-8"))
    assert sum((resource_path("models") / name).stat().st_size for name in card["digests"]) <= 30_000_000
