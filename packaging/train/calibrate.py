#!/usr/bin/env python3
"""Fit the curves of confidences on articles that the weights have not seen, and write them into tuning.json.

Platt's scaling (Platt, 1999) a layer: the share of findings that are right is taken for a logistic function of the
logit of their raw confidence.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy

from kb_app.extraction.encoder import Encoder
from kb_app.extraction.lexicons import load_lexicons
from kb_app.extraction.pipeline import Extractor
from kb_app.resources import resource_path
from tests.quality.annotated import load_scorer, outcomes
from tests.quality.fitting import Fit, Fitter

SLOPES = [0.05 * n for n in range(4, 61)]
OFFSETS = [0.1 * n for n in range(-40, 41)]


def platt(graded_ones: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Choose slope and offset on a grid, drawn a little to leaving things as they are."""
    held = numpy.clip(numpy.array([confidence for confidence, _ in graded_ones]), 1e-3, 1 - 1e-3)
    wanted = numpy.array([right for _, right in graded_ones], dtype=float)
    logits = numpy.log(held / (1 - held))

    def badness(slope: float, offset: float) -> float:
        scores = slope * logits + offset
        loss = (numpy.logaddexp(0, scores) - wanted * scores).sum()
        return float(loss + 2 * (slope - 1) ** 2 + 0.5 * offset**2)

    best = min(((slope, offset) for slope in SLOPES for offset in OFFSETS), key=lambda pair: badness(*pair))
    return round(best[0], 3), round(best[1], 3)


def graded(fitter: Fitter) -> Iterator[tuple[str, float, bool]]:
    """Yield layer, raw confidence and rightness of every finding of one article that counts."""
    yield from _graded("mention", fitter.mentions(), lambda one: one.mention["confidence"])
    for layer, fit in (
        ("role", fitter.roles()),
        ("event", fitter.events()),
        ("statement", fitter.statements()),
        ("relation", fitter.relations()),
    ):
        yield from _graded(layer, fit, lambda one: one["confidence"])
    times = fitter.times()
    right = {id(found) for asked, found in times.matched if fitter.is_time_right(asked, found)}
    for number, one in enumerate(times.found):
        if number not in times.free:
            yield "time", one["confidence"], id(one) in right


def _graded(layer: str, fit: Fit, confidence: Callable[[Any], float]) -> Iterator[tuple[str, float, bool]]:
    hit = {j for _, j in fit.pairs}
    for number, one in enumerate(fit.found):
        if number not in fit.free:
            yield layer, confidence(one), number in hit


def main() -> None:
    """Write the curves into the tuning file, whose other parts stay."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", nargs="+", type=Path, required=True, help="exported models, fold 0 first")
    parser.add_argument("--folds", type=int, required=True, help="of how many folds they are, also where some lack")
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--tuning", type=Path, required=True)
    options = parser.parse_args()
    scorer, lexicons = load_scorer(options.gold), load_lexicons(resource_path("lexicons"))
    names = sorted(path.stem for path in (options.gold / "train").glob("*.json"))
    layers: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for fold, folder in enumerate(options.models):
        tagger = Encoder.load(folder)
        extractor = Extractor(lexicons, replace(tagger, card=replace(tagger.card, layers={})))
        for outcome in outcomes(options.gold, "train", extractor, names[fold :: options.folds]):
            for layer, confidence, right in graded(Fitter(scorer, outcome)):
                layers[layer].append((confidence, right))
    tuning = json.loads(options.tuning.read_text(encoding="utf-8"))
    tuning["layers"] = {layer: platt(ones) for layer, ones in sorted(layers.items())}
    options.tuning.write_text(json.dumps(tuning, indent=1) + "\n", encoding="utf-8")
    for layer, ones in layers.items():
        print(
            layer,
            len(ones),
            "findings, right",
            round(sum(right for _, right in ones) / len(ones), 3),
            tuning["layers"][layer],
        )


if __name__ == "__main__":
    main()
