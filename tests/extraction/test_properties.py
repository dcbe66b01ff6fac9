"""What holds of the whole engine for any article: by rules alone, with the tagger, and whatever a tagger sees."""

from __future__ import annotations

import cProfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from functools import cache
from itertools import count, cycle, islice
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kb_app.core.article import Article, Zone, ZoneKind
from kb_app.core.passage import Span
from kb_app.extraction.encoder import Encoder
from kb_app.extraction.encoder_card import read_card
from kb_app.extraction.encoder_words import read_words
from kb_app.extraction.lexicons import Lexicons, load_lexicons
from kb_app.extraction.pipeline import Extractor
from kb_app.resources import resource_path
from tests.extraction.any_articles import Bond, Dictated, Mark, articles, bonds, marks
from tests.extraction.demands import faults

SOME = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MILLION = 1_000_000
FOURFOLD = 4
# how much more work a character may take in the fourfold text; quadratic work takes four times as much
LINEAR, LINEAR_SECONDS = 1.5, 3.0
FEW_CALLS, FEW_OCTETS, MOMENT = 20_000, 1_000_000, 0.1  # that say nothing of how work grows
WORDS = ("Minsk", "said", "Weber", "the", '"', "2020", "KGB", "President", "Monday", "resigned", "“", "”")
PROSE = """Interior Minister Anna Weber{n} met Karl Lopez{n} in Lyon on Monday, the Grain Board said in a statement.

“We will not give up the river,” Weber{n} told reporters. She said that the talks would go on until next Thursday.

Lopez{n}, the former head of the Northern{n} Bank, was detained two days ago after protests in the old town.

"""
PLAIN = """The road between the two towns stayed closed for most of the day, and buses were sent around the lake. Prices
of grain and fuel have risen for three months in a row. Shops in the old town opened late, and the market on the square
was smaller than in other weeks. Work on the second bridge is behind schedule because parts did not arrive in time.

"""
PARTED = Article("one hole two", Span(0, 12), zones=(Zone(ZoneKind.BOILERPLATE, Span(4, 8)),), language="en")


@cache
def lexicons() -> Lexicons:
    return load_lexicons(resource_path("lexicons"))


@cache
def by_rules() -> Extractor:
    return Extractor(lexicons())


@cache
def with_tagger() -> Extractor:
    pytest.importorskip("onnxruntime", reason="the tagger runs on onnxruntime, which is not installed here")
    return Extractor(lexicons(), Encoder.load(resource_path("models")))


@cache
def dictation() -> tuple[Extractor, Dictated]:
    """Return the engine with a tagger that sees what it is told."""
    tagger = Dictated(read_card(resource_path("models")))
    return Extractor(lexicons(), tagger), tagger


def dictated(seen: Sequence[Mark], joined: Sequence[Bond]) -> Extractor:
    """Return the engine whose tagger sees just this from now on."""
    extractor, tagger = dictation()
    tagger.marks, tagger.bonds = seen, joined
    return extractor


def article(text: str) -> Article:
    return Article(text, Span(0, len(text)), language="en")


@SOME
@given(subject=articles())
def test_rules_alone_find_nothing_that_does_not_stand_in_the_text(subject: Article) -> None:
    assert faults(subject, by_rules().extract(subject)) == []


@SOME
@given(subject=articles())
def test_the_tagger_finds_nothing_that_does_not_stand_in_the_text(subject: Article) -> None:
    assert faults(subject, with_tagger().extract(subject)) == []


# two words that a hole parts, marked as one speaker, and a content that is linked to them
@example(PARTED, [Mark(5, 0, 1, 0, 0.8), Mark(6, 0, 2, 0, 0.8)], [Bond(n, 0, 0, 0.8) for n in range(8)])
@MANY
@given(subject=articles(), seen=marks(), joined=bonds())
def test_no_tagger_whatever_it_sees_brings_findings_that_do_not_stand_in_the_text(
    subject: Article, seen: list[Mark], joined: list[Bond]
) -> None:
    assert faults(subject, dictated(seen, joined).extract(subject)) == []


@settings(SOME, max_examples=20)
@given(subject=articles())
def test_an_article_read_twice_and_by_another_engine_gives_the_same_by_rules(subject: Article) -> None:
    once = by_rules().extract(subject)
    assert by_rules().extract(subject) == once
    assert Extractor(lexicons()).extract(subject) == once


@settings(SOME, max_examples=10)
@given(subjects=st.lists(articles(), min_size=2, max_size=3))
def test_an_article_read_twice_and_by_another_engine_gives_the_same_with_the_tagger(subjects: list[Article]) -> None:
    engine, tagger = with_tagger(), Encoder.load(resource_path("models"))
    first = [engine.extract(subject) for subject in subjects]
    assert [engine.extract(subject) for subject in reversed(subjects)] == first[::-1]
    assert [Extractor(lexicons(), tagger).extract(subject) for subject in subjects] == first


def name(number: int) -> str:
    """Return a surname that no other number has."""
    parts = "ba ko ri tu lem zar vin dor pe sha".split()
    return "".join(parts[int(digit)] for digit in str(number)).capitalize() + "ov"


def prose(size: int) -> str:
    """Return news about ever new people, as many characters as asked."""
    return "".join(PROSE.format(n=name(n)) for n in range(size // 250)).ljust(size, ".")[:size]


def names(size: int) -> str:
    return ", ".join(f"Anna {name(n)}" for n in range(size // 10))[:size]


def one_name(size: int) -> str:
    return ("Anna Weber and Karl Lopez met in Lyon on Monday. " * (size // 40))[:size]


def one_sentence(size: int) -> str:
    return prose(size).replace(".", ",").replace("\n", " ")


def one_word_lines(size: int) -> str:
    return "\n".join(islice(cycle(WORDS), size // 6))


def quotations(size: int) -> str:
    return "".join(f"“We go to {name(n)},” said Anna {name(n % 50)}. " for n in range(size // 30))[:size]


def open_quotations(size: int) -> str:
    return ('“We go,” said Weber: "no " she told them “ ' * (size // 40))[:size]


def blanks(size: int) -> str:
    return f"Anna{' ' * size}Weber"


def one_word(size: int) -> str:
    return "Ab-" * (size // 3)


TEXTS = (prose, names, one_name, one_sentence, one_word_lines, quotations, open_quotations, blanks, one_word)


class Work(NamedTuple):
    """How many functions were called, built-in ones too, and how long the processor took."""

    calls: int
    seconds: float


def work(extractor: Extractor, subject: Article) -> Work:
    """Count the work of reading an article: the number of calls is the same on every machine and under any load."""
    profile, start = cProfile.Profile(), time.process_time()
    profile.runcall(extractor.extract, subject)
    seconds = time.process_time() - start
    return Work(sum(entry.callcount for entry in profile.getstats()), seconds)


def check_growth(small: Work, large: Work) -> None:
    """Four times the text takes about four times the work; time is looked at for what runs without calls."""
    assert large.calls < FOURFOLD * LINEAR * small.calls + FEW_CALLS
    assert large.seconds < FOURFOLD * LINEAR_SECONDS * small.seconds + MOMENT


def most_memory(extractor: Extractor, subject: Article) -> int:
    """Return the most bytes that reading an article holds at a time."""
    tracemalloc.start()
    try:
        extractor.extract(subject)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_four_times_as_long_is_about_four_times_the_work_for_the_rules(text: Callable[[int], str]) -> None:
    small, large = (article(text(size)) for size in (4_000, FOURFOLD * 4_000))
    by_rules().extract(small)
    check_growth(work(by_rules(), small), work(by_rules(), large))


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_four_times_as_long_is_about_four_times_the_work_with_tags(text: Callable[[int], str]) -> None:
    small, large = (article(text(size)) for size in (2_000, FOURFOLD * 2_000))
    densely_tagged(small).extract(small)
    check_growth(work(densely_tagged(small), small), work(densely_tagged(large), large))


@pytest.mark.parametrize("text", [prose, one_sentence, one_word_lines])
def test_a_text_four_times_as_long_takes_about_four_times_the_memory(text: Callable[[int], str]) -> None:
    small, large = (article(text(size)) for size in (2_000, FOURFOLD * 2_000))
    least, most = (most_memory(densely_tagged(subject), subject) for subject in (small, large))
    assert most < FOURFOLD * LINEAR * least + FEW_OCTETS


def densely_tagged(subject: Article) -> Extractor:
    """Return the engine with a mark for each third word and a link for each mark: denser than a trained tagger's."""
    some = len(read_words(subject.text, subject.read_spans())) // 3
    seen = [Mark(n, 3 * n, 1 + n % 3, n // 5, 0.8) for n in range(some)]
    return dictated(seen, [Bond(n, n // 2, 1, 0.8) for n in range(some)])


@pytest.mark.slow
def test_a_million_characters_are_read_to_the_end() -> None:
    paragraphs = (f"{PROSE.format(n=name(n))}{PLAIN * 8}" for n in count())
    found = by_rules().extract(article("".join(islice(paragraphs, MILLION // len(PROSE + PLAIN * 8) + 1))))
    assert found.sentences[-1].end >= MILLION
    assert found.times[-1].span.end > MILLION - 5_000
    assert found.events[-1].ground.evidence.end > MILLION - 5_000


@pytest.mark.slow
def test_ten_thousand_lines_of_one_word_are_read_to_the_end() -> None:
    text = one_word_lines(60_000)
    for engine in (by_rules(), with_tagger()):
        found = engine.extract(article(text))
        assert len(found.sentences) <= 10_000
        assert found.sentences[-1].end == len(text)
