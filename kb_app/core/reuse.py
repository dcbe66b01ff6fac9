"""Finds the stretches of words that two texts share, with their places in both."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kb_app.core.ids import ArticleId
from kb_app.core.passage import Span
from kb_app.core.shingles import Wording

LEAST_WORDS = 25  # of a passage that was lifted
LEAST_PARAGRAPH = 15  # words, where it is a whole paragraph of both
_RUN = 4
_PLACES = 8  # of one run in the other text that are followed up
_GAP = 4  # words that may differ between two stretches that count as one


@dataclass(frozen=True, slots=True)
class SharedStretch:
    """A stretch that stands in two texts; `words` is how many of its words are the same."""

    one: Span
    other: Span
    words: int
    is_paragraph: bool = False  # begins and ends with a paragraph in one of them


@dataclass(frozen=True, slots=True)
class Reuse:
    """A passage of an article that stands also in an article of another origin."""

    article: ArticleId
    other: ArticleId
    span: Span
    other_span: Span
    words: int


@dataclass(slots=True)
class _Run:
    """Words [one, one + count) of a text that are words [other, other + other_count) of another, but for small gaps."""

    one: int
    other: int
    count: int
    other_count: int
    same: int


def lifted(one: Wording, other: Wording) -> tuple[SharedStretch, ...]:
    """Return the passages that one text has from the other: a paragraph, or as many words."""
    stretches = shared_stretches(one, other, gap=_GAP)
    return tuple(s for s in stretches if s.words >= (LEAST_PARAGRAPH if s.is_paragraph else LEAST_WORDS))


def shared_stretches(one: Wording, other: Wording, gap: int = 0) -> tuple[SharedStretch, ...]:
    """Return the stretches that two texts share, in the order of the first; each is as long as it can be."""
    return tuple(
        SharedStretch(
            one.span(run.one, run.count),
            other.span(run.other, run.other_count),
            run.same,
            _is_paragraph(run, one, other),
        )
        for run in _joined(_runs(one, other), gap)
    )


def _runs(one: Wording, other: Wording) -> list[_Run]:
    starts: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(other.words) - _RUN + 1):
        places = starts[other.words[at : at + _RUN]]
        if len(places) < _PLACES:
            places.append(at)
    runs: list[_Run] = []
    at = 0
    while at <= len(one.words) - _RUN:
        places = starts.get(one.words[at : at + _RUN], [])
        # the stretch that goes on where the one before ended wins over an equally long one elsewhere
        best = max(((_length(one, other, at, place), -place) for place in places), default=(0, 0))
        if best[0]:
            runs.append(_Run(at, -best[1], best[0], best[0], best[0]))
        at += best[0] or 1
    return runs


def _length(one: Wording, other: Wording, at: int, place: int) -> int:
    length = _RUN
    most = min(len(one.words) - at, len(other.words) - place)
    while length < most and one.words[at + length] == other.words[place + length]:
        length += 1
    return length


def _joined(runs: list[_Run], gap: int) -> list[_Run]:
    joined: list[_Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last is not None and _follows(last, run, gap):
            last.count = run.one + run.count - last.one
            last.other_count = run.other + run.other_count - last.other
            last.same += run.same
        else:
            joined.append(run)
    return joined


def _follows(last: _Run, run: _Run, gap: int) -> bool:
    ahead = run.other - (last.other + last.other_count)
    return run.one - (last.one + last.count) <= gap and 0 <= ahead <= gap and gap > 0


def _is_paragraph(run: _Run, one: Wording, other: Wording) -> bool:
    return _fills(one, run.one, run.count) or _fills(other, run.other, run.other_count)


def _fills(text: Wording, first: int, count: int) -> bool:
    end = first + count
    return first in text.breaks and (end == len(text.words) or end in text.breaks)
