from __future__ import annotations

import pytest

from kb_app.core.passage import Span
from kb_app.extraction.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He came. She left.", 2),
        ("Dr. Weber met Gen. Lopez of the U.S. Army.", 1),
        ("It was on Oct. 17 in St. Petersburg.", 1),
        ("Acme Inc. was sold. The price is secret.", 2),
        ('"Who came?" she asked. "No one."', 2),
        ("First line\n\nSecond line", 2),
        ("- one thing\n- another thing", 2),
        ("A line of a plain text that somebody once wrapped by hand at\nseventy columns goes on here.", 1),
    ],
)
def test_sentences_are_counted(text: str, count: int) -> None:
    spans = split_sentences(text, Span(0, len(text)))
    assert len(spans) == count, [s.of(text) for s in spans]


def test_sentences_hold_every_word_in_order() -> None:
    text = "One. Two!\n\nThree?  Four… “Five.” Six"
    words = " ".join(s.of(text) for s in split_sentences(text, Span(0, len(text)))).split()
    assert words == text.split()
