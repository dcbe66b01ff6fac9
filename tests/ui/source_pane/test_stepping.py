"""Steps go through the subject's mentions, round the ends."""

from __future__ import annotations

from kb_app.core.passage import Span
from kb_app.core.reading import MarkKind
from kb_app.ui.source_pane.stepping import step_at, step_from, steps_of
from tests.ui.source_pane.articles import VELA, marks, span


def test_without_a_subject_every_name_shown_is_a_step() -> None:
    assert len(steps_of(marks(), None, {MarkKind.PERSON, MarkKind.STATEMENT, MarkKind.DATE})) == 6
    assert len(steps_of(marks(), VELA, ())) == 5


def test_the_step_of_a_sentence_is_its_first_mention() -> None:
    steps = steps_of(marks(), VELA, ())
    sentence = span("Her deputy Tomas Brek praised Vela and Анна Вела")
    assert (step_at(steps, steps[2].span), step_at(steps, sentence), step_at(steps, Span(0, 2))) == (2, 3, None)


def test_the_next_step_is_the_first_one_after_a_place() -> None:
    steps = steps_of(marks(), VELA, ())
    assert step_from(steps, steps[1].span.start + 1, 1) == 2
    assert step_from(steps, steps[1].span.start, -1) == 0
    assert step_from(steps, 10_000, 1) == 0
    assert step_from(steps, 0, -1) == 4
