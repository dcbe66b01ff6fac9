"""Marks are found by place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb_app.core.passage import Span
from kb_app.core.reading import Mark, MarkKind
from kb_app.ui.source_pane.mark_index import MarkIndex

ALL = frozenset(MarkKind)
SPANS = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


def test_the_innermost_mark_wins() -> None:
    statement = Mark(Span(0, 50), MarkKind.STATEMENT)
    name = Mark(Span(10, 14), MarkKind.PERSON)
    index = MarkIndex([statement, name], ALL)
    assert (index.at(12), index.at(20), index.at(50)) == (name, statement, None)


def test_switched_off_kinds_are_not_found() -> None:
    assert MarkIndex([Mark(Span(0, 5), MarkKind.DATE)], {MarkKind.PERSON}).at(2) is None


@given(st.lists(SPANS, max_size=30), SPANS)
def test_all_that_overlap_are_found_and_no_others(spans: list[Span], window: Span) -> None:
    index = MarkIndex([Mark(span, MarkKind.PERSON) for span in spans], ALL)
    found = sorted(mark.span for mark in index.between(window.start, window.end))
    assert found == sorted(span for span in spans if span.overlaps(window))
