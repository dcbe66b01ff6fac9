"""How far the confidences can be believed: in each range of them, the share of findings that are right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from statistics import mean
from typing import Any

from tests.quality.fitting import Fit, Fitter

BOUNDS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 1.01)

Judged = tuple[float, bool]
Layer = Callable[[Fitter], Iterator[Judged]]


def judged(fitters: Iterable[Fitter]) -> dict[str, list[Judged]]:
    """Return each layer's findings that count, as their confidence and whether they are right."""
    found: dict[str, list[Judged]] = {name: [] for name in LAYERS}
    for fitter in fitters:
        for name, layer in LAYERS.items():
            found[name] += layer(fitter)
    return found


def reliability(found: Sequence[Judged]) -> Iterator[tuple[float, float, Sequence[Judged]]]:
    """Yield the ranges of confidence, lowest first, with what lies in each."""
    for low, high in zip(BOUNDS, BOUNDS[1:], strict=False):
        yield low, high, [one for one in found if low <= one[0] < high]


def gap(found: Sequence[Judged]) -> float:
    """Return how far confidence and share right lie apart, averaged over the findings (expected calibration error)."""
    apart = (abs(_sum_of_confidence(part) - _right(part)) for _, _, part in reliability(found))
    return sum(apart) / max(1, len(found))


def told(layers: Mapping[str, Sequence[Judged]]) -> Iterator[str]:
    """Yield the lines of the reliability tables."""
    yield f"{'':24} {'confidence':>12} {'findings':>9} {'mean':>6} {'right':>6}"
    for name, found in layers.items():
        for low, high, part in reliability(found):
            span = f"{low:.1f} to {min(high, 1.0):.1f}"
            if part:
                sure, right = mean(one[0] for one in part), _right(part) / len(part)
                yield f"{name:24} {span:>12} {len(part):9} {sure:6.2f} {right:6.2f}"
        yield f"{name:24} {'all':>12} {len(found):9} {_all(found)} apart by {gap(found):.3f}\n"


def _all(found: Sequence[Judged]) -> str:
    if not found:
        return f"{'':6} {'':6}"
    return f"{_sum_of_confidence(found) / len(found):6.2f} {_right(found) / len(found):6.2f}"


def _sum_of_confidence(found: Sequence[Judged]) -> float:
    return sum(sure for sure, _ in found)


def _right(found: Sequence[Judged]) -> int:
    return sum(right for _, right in found)


def _judged(fit: Fit, sure: Callable[[Any], float] = lambda one: one["confidence"]) -> Iterator[Judged]:
    hit = {j for _, j in fit.pairs}
    for number, one in enumerate(fit.found):
        if number not in fit.free:
            yield sure(one), number in hit


def _of_mention(one: Any) -> float:
    return float(one.mention["confidence"])


def _times(fitter: Fitter) -> Iterator[Judged]:
    fit = fitter.times()
    right = {id(other) for one, other in fit.matched if fitter.is_time_right(one, other)}
    for number, other in enumerate(fit.found):
        if number not in fit.free:
            yield other["confidence"], id(other) in right


# a finding is right where the line of score.py that is named after it counts it
LAYERS: Mapping[str, Layer] = {
    "mentions, exact": lambda fitter: _judged(fitter.mentions(strict=True), _of_mention),
    "mentions, overlapping": lambda fitter: _judged(fitter.mentions(), _of_mention),
    "entities": lambda fitter: _judged(fitter.entities()),
    "roles, person and title": lambda fitter: _judged(fitter.roles()),
    "times, value": _times,
    "events": lambda fitter: _judged(fitter.events()),
    "events, date": lambda fitter: _judged(fitter.events(dated=True)),
    "statements": lambda fitter: _judged(fitter.statements()),
    "relations": lambda fitter: _judged(fitter.relations()),
}
