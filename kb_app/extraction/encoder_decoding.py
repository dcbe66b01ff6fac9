"""From the tagger's scores of words to spans, attributes and links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy

from kb_app.extraction.encoder_card import Head, LinkKind, ModelCard

CERTAINLY_OUTSIDE = 0.995  # a word this surely outside every span is not looked at again
_FORBIDDEN = -1e9


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words first..last found by a head, with the raw probability that its labels had on average."""

    head: str
    first: int
    last: int
    kind: str
    probability: float


def log_softmax(scores: Any) -> Any:
    """Normalise scores along the last axis to logarithms of probabilities."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - numpy.log(numpy.exp(shifted).sum(axis=-1, keepdims=True))


def decode_head(head: Head, scores: Any) -> Iterator[Stretch]:
    """Find the likeliest well-formed spans of a head in the scores words x labels (Viterbi over B, I, E, S and O)."""
    shifted = scores.copy()
    shifted[:, 0] += head.outside_shift
    logs = log_softmax(shifted)
    live = numpy.flatnonzero(logs[:, 0] < numpy.log(CERTAINLY_OUTSIDE))
    if not len(live):
        return
    for run in numpy.split(live, numpy.flatnonzero(numpy.diff(live) > 1) + 1):
        first = int(run[0])
        path = _best_path(logs[first : int(run[-1]) + 1], len(head.types))
        yield from _spans(head, logs, first, path)


def _best_path(logs: Any, types: int) -> list[int]:
    moves, starts, stops = _moves(types)
    score, back = logs[0] + starts, []
    for row in logs[1:]:
        ways = score[:, None] + moves
        best = ways.argmax(axis=0)
        back.append(best)
        score = ways[best, numpy.arange(len(best))] + row
    path = [int((score + stops).argmax())]
    for best in reversed(back):
        path.append(int(best[path[-1]]))
    return path[::-1]


@cache
def _moves(types: int) -> tuple[Any, Any, Any]:
    size = 1 + 4 * types
    moves = numpy.full((size, size), _FORBIDDEN)
    closed = [0, *(label for label in range(1, size) if (label - 1) % 4 >= 2)]
    opening = [0, *(label for label in range(1, size) if (label - 1) % 4 in (0, 3))]
    for label in closed:
        moves[label, opening] = 0
    for base in range(1, size, 4):
        moves[base, [base + 1, base + 2]] = 0
        moves[base + 1, [base + 1, base + 2]] = 0
    starts, stops = numpy.full(size, _FORBIDDEN), numpy.full(size, _FORBIDDEN)
    starts[opening] = 0
    stops[closed] = 0
    return moves, starts, stops


def _spans(head: Head, logs: Any, offset: int, path: Sequence[int]) -> Iterator[Stretch]:
    begin = 0
    for at, label in enumerate(path):
        mark = (label - 1) % 4
        if label and mark in (0, 3):
            begin = at
        if label and mark >= 2:
            rows = numpy.arange(offset + begin, offset + at + 1)
            probability = float(numpy.exp(logs[rows, path[begin : at + 1]].mean()))
            yield Stretch(head.name, offset + begin, offset + at, head.types[(label - 1) // 4], probability)


def attribute_values(card: ModelCard, stretch: Stretch, scores: Sequence[Any]) -> tuple[tuple[str, str, float], ...]:
    """Choose each attribute of a span by the mean of its words: name, value, probability."""
    found = []
    for (name, values), table in zip(card.attributes, scores, strict=True):
        owner, _, attribute = name.partition(".")
        if owner == stretch.head:
            chances = numpy.exp(log_softmax(table[stretch.first : stretch.last + 1]).mean(axis=0))
            best = int(chances.argmax())
            found.append((attribute, values[best], float(chances[best] / chances.sum())))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Vectors:
    """What links are scored from: each span's mean vector as source and as target, spans x links x width."""

    sources: Any
    targets: Any


def span_vectors(card: ModelCard, stretches: Sequence[Stretch], sources: Any, targets: Any) -> Vectors:
    """Average the vectors of each span's first and last word."""
    firsts = [s.first for s in stretches]
    lasts = [s.last for s in stretches]
    shape = (len(stretches), len(card.links), card.link_width)
    return Vectors(
        ((sources[firsts] + sources[lasts]) / 2).reshape(shape), ((targets[firsts] + targets[lasts]) / 2).reshape(shape)
    )


def decode_links(
    card: ModelCard, stretches: Sequence[Stretch], vectors: Vectors
) -> Iterator[tuple[int, int, str, float]]:
    """Score every pair of spans that a link may join: source, target, name, confidence of those that hold."""
    firsts = numpy.array([s.first for s in stretches], dtype=numpy.int64)
    grouped: dict[tuple[frozenset[str], frozenset[str], int], list[int]] = {}
    for number, link in enumerate(card.links):
        grouped.setdefault((link.sources, link.targets, link.reach), []).append(number)
    for (sources, targets, reach), numbers in grouped.items():
        one, other = _pairs(stretches, firsts, (sources, targets, reach))
        if not len(one):
            continue
        steps = _steps(card, firsts[other] - firsts[one])
        for number in numbers:
            link = card.links[number]
            dots = (vectors.sources[one, number] * vectors.targets[other, number]).sum(axis=-1)
            scores = dots / numpy.sqrt(card.link_width) + numpy.array(link.distance_scores)[steps]
            yield from _holding(link, one, other, scores)


def _pairs(
    stretches: Sequence[Stretch], firsts: Any, rule: tuple[frozenset[str], frozenset[str], int]
) -> tuple[Any, Any]:
    sources, targets, reach = rule
    target = numpy.array([n for n, s in enumerate(stretches) if s.head in targets], dtype=numpy.int64)
    order = target[numpy.argsort(firsts[target], kind="stable")]
    places = firsts[order]
    ones, others = [], []
    for number, stretch in enumerate(stretches):
        if stretch.head in sources:
            low, high = numpy.searchsorted(places, [stretch.first - reach, stretch.first + reach + 1])
            near = order[low:high]
            near = near[near != number]
            ones.append(numpy.full(len(near), number, dtype=numpy.int64))
            others.append(near)
    if not ones:
        return numpy.zeros(0, dtype=numpy.int64), numpy.zeros(0, dtype=numpy.int64)
    return numpy.concatenate(ones), numpy.concatenate(others)


def _steps(card: ModelCard, gaps: Any) -> Any:
    bounds = numpy.array(card.distance_steps)
    return len(bounds) + numpy.sign(gaps) * numpy.searchsorted(bounds, numpy.abs(gaps), side="left")


def _holding(link: LinkKind, one: Any, other: Any, scores: Any) -> Iterator[tuple[int, int, str, float]]:
    for at in numpy.flatnonzero(scores >= link.threshold):
        probability = float(1 / (1 + numpy.exp(-scores[at])))
        yield int(one[at]), int(other[at]), link.name, probability
