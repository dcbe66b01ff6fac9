"""Which marks a person steps through, and which comes next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from kb_app.core.ids import EntityId
from kb_app.core.passage import Span
from kb_app.core.reading import Mark, MarkKind

STEPPED_KINDS = frozenset({MarkKind.PERSON, MarkKind.INSTITUTION, MarkKind.PLACE})


def steps_of(marks: Iterable[Mark], subject: EntityId | None, kinds: Collection[MarkKind]) -> tuple[Mark, ...]:
    """Return the subject's mentions, or every name of the kinds shown where there is no subject."""
    if subject is not None:
        return tuple(mark for mark in marks if mark.entity == subject)
    return tuple(mark for mark in marks if mark.kind in STEPPED_KINDS and mark.kind in kinds)


def step_at(steps: Sequence[Mark], span: Span | None) -> int | None:
    """Return which step a framed span is, or the first one inside it."""
    if span is None:
        return None
    exact = next((n for n, mark in enumerate(steps) if mark.span == span), None)
    return exact if exact is not None else next((n for n, mark in enumerate(steps) if span.holds(mark.span)), None)


def step_from(steps: Sequence[Mark], here: int, direction: int) -> int:
    """Return the step after (1) or before (-1) an offset, round the ends."""
    later = next((n for n, mark in enumerate(steps) if mark.span.start >= here), len(steps))
    return (later if direction > 0 else later - 1) % len(steps)
