"""Spans and quotes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_app.core.ids import ArticleId
from kb_app.core.passage import CONTEXT_CHARACTERS, Passage, Span, covering


@pytest.mark.parametrize("ends", [(-1, 2), (3, 2)])
def test_a_span_runs_forward(ends: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(*ends)


def test_touching_spans_do_not_overlap() -> None:
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 4).overlaps(Span(3, 5))
    assert Span(0, 5).holds(Span(3, 5)) and not Span(0, 4).holds(Span(3, 5))


def test_covering_reaches_from_first_to_last() -> None:
    assert covering([Span(5, 6), Span(1, 2), Span(3, 9)]) == Span(1, 9)


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_a_cut_passage_fits_its_text(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    passage = Passage.cut(ArticleId(1), text, Span(start, end))
    assert passage.fits(text)
    assert passage.before + passage.quote + passage.after in text
    assert max(len(passage.before), len(passage.after)) <= CONTEXT_CHARACTERS


def test_a_passage_does_not_fit_another_text() -> None:
    passage = Passage.cut(ArticleId(1), "The gates stay shut", Span(4, 9))
    assert not passage.fits("The doors stay shut")
