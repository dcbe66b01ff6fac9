from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_app.core.passage import Span
from kb_app.core.sentence import sentence_around

TEXT = (
    "Bridge reopens\n\nMayor Ilse Thorn of Veldhaven said “It is done.” She left at 3.30 p.m. with J. Brek. "
    "Was it safe? Nobody knew! The end\nof it all\nA caption"
)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Bridge", "Bridge reopens"),
        ("Thorn", "Mayor Ilse Thorn of Veldhaven said “It is done.”"),
        ("J. Brek", "She left at 3.30 p.m. with J. Brek."),
        ("safe", "Was it safe?"),
        ("safe? Nobody", "Was it safe? Nobody knew!"),
        ("end", "The end\nof it all"),
        ("caption", "A caption"),
    ],
)
def test_a_sentence_goes_from_mark_to_mark(words: str, sentence: str) -> None:
    at = TEXT.index(words)
    assert sentence_around(TEXT, Span(at, at + len(words))).of(TEXT) == sentence


@given(st.text("aB. !?\n”“", max_size=80), st.data())
def test_it_holds_the_span_and_lies_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    found = sentence_around(text, span)
    assert found.holds(span) and found.end <= len(text)
