#!/usr/bin/env python3
"""Fit shifts, thresholds and confidences of an exported model on held-out articles, without touching its weights."""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy
import scheme
from evaluate import Report, Tally, score_heads, span_of, tags_of
from gold import Lesson, Place, read_gold, zones_of_file

from kb_app.extraction.encoder import Encoder, Tagged

SHIFTS = (-1.5, -1.0, -0.5, 0.0, 0.5)
LOWEST_LINK = -4.0  # scores below it are never looked at
LEAST_GAIN = 0.01  # of F1, for which a shift is worth having
SLOPES = tuple(round(0.2 + 0.05 * n, 2) for n in range(37))
OFFSETS = tuple(round(-2.5 + 0.1 * n, 1) for n in range(51))
FEWEST = 25  # examples, below which a confidence is left as it is

Read = tuple[Lesson, Any]


def with_shift(encoder: Encoder, shift: float) -> Encoder:
    """Give the encoder with every head's outside score shifted and every link shown from a low score on."""
    heads = tuple(replace(h, outside_shift=shift, slope=1.0, offset=0.0) for h in encoder.card.heads)
    links = tuple(replace(k, threshold=LOWEST_LINK, slope=1.0, offset=0.0) for k in encoder.card.links)
    return replace(encoder, card=replace(encoder.card, heads=heads, links=links))


def f1(tally: Tally) -> float:
    """Give F1 of a tally."""
    wrong = tally.found + tally.wanted
    return (tally.right_found + tally.right_wanted) / wrong if wrong else 0.0


def best_shifts(encoder: Encoder, articles: Sequence[Read]) -> dict[str, float]:
    """Choose each head's shift by the mean of strict and overlap F1."""
    scores: dict[str, dict[float, float]] = {head: {} for head in scheme.SEQUENCES}
    for shift in SHIFTS:
        report, shifted = Report(), with_shift(encoder, shift)
        for lesson, zones in articles:
            score_heads(report, lesson, shifted.tag(lesson.text, zones))
        for head in scheme.SEQUENCES:
            scores[head][shift] = (f1(report.strict[head]) + f1(report.overlap[head])) / 2
    chosen = {}
    for head, of_shift in scores.items():
        best = max(SHIFTS, key=lambda s: of_shift[s])
        chosen[head] = best if of_shift[best] - of_shift[0.0] >= LEAST_GAIN else 0.0
        print(head, {shift: round(score, 3) for shift, score in of_shift.items()}, "chosen", chosen[head])
    return chosen


def platt(chances: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Choose slope and offset of Platt's scaling on a grid, drawn a little to leaving things as they are."""
    if len(chances) < FEWEST:
        return 1.0, 0.0
    held = numpy.clip(numpy.array(chances), 1e-6, 1 - 1e-6)
    logits, wanted = numpy.log(held / (1 - held)), numpy.array(right, dtype=float)

    def badness(slope: float, offset: float) -> float:
        scores = slope * logits + offset
        return float((numpy.logaddexp(0, scores) - wanted * scores).sum() + 2 * (slope - 1) ** 2 + 0.5 * offset**2)

    return min(((slope, offset) for slope in SLOPES for offset in OFFSETS), key=lambda pair: badness(*pair))


def tune_heads(answers: Sequence[tuple[Lesson, Tagged]], shifts: dict[str, float]) -> dict[str, list[float]]:
    """Fit the confidences of the heads."""
    tuned = {}
    for head in scheme.SEQUENCES:
        chances, right = [], []
        for lesson, tagged in answers:
            places = [p for p in lesson.places if p.head == head]
            wanted = {(span_of(lesson, p), p.kind) for p in places if not p.optional}
            optional = [span_of(lesson, p) for p in places if p.optional]
            for tag in tags_of(tagged, head):
                if not any(tag.span.overlaps(o) for o in optional):
                    chances.append(tag.confidence)
                    right.append((tag.span, tag.label) in wanted)
        tuned[head] = [shifts[head], *platt(chances, right)]
    return tuned


def tune_links(answers: Sequence[tuple[Lesson, Tagged]]) -> dict[str, list[float]]:
    """Choose each link's threshold by F1 among spans that were found, and fit its confidence."""
    tuned = {}
    for number, name in enumerate(scheme.LINKS):
        scored: list[tuple[float, bool]] = []
        wanted_count = 0
        for lesson, tagged in answers:
            labels = _labels(lesson, number)
            wanted_count += sum(value == 1 for value in labels.values())
            for link in tagged.links:
                value = labels.get((link.source, link.target))
                if link.label == name and value is not None:
                    scored.append((math.log(link.confidence / (1 - link.confidence)), value == 1))
        threshold = _threshold(sorted(scored, reverse=True), wanted_count)
        chances = [1 / (1 + math.exp(-s)) for s, _ in scored if s >= threshold]
        tuned[name] = [threshold, *platt(chances, [r for s, r in scored if s >= threshold])]
    return tuned


def _labels(lesson: Lesson, number: int) -> dict[tuple[Any, Any], int]:
    table = lesson.links[number]
    spans = [span_of(lesson, p) for p in lesson.places]
    places: Sequence[Place] = lesson.places
    return {
        (spans[i], spans[j]): int(table[i, j])
        for i in range(len(places))
        for j in range(len(places))
        if table[i, j] >= 0
    }


def _threshold(scored: Sequence[tuple[float, bool]], wanted: int) -> float:
    best, best_score, right = 0.0, 0.0, 0
    for count, (score, is_right) in enumerate(scored, start=1):
        right += is_right
        if wanted >= FEWEST / 2 and 2 * right / (count + wanted) > best_score:
            best, best_score = score, 2 * right / (count + wanted)
    return round(min(max(best, -2.5), 1.5), 3)


def main() -> None:
    """Write tuning.json for export.py."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="exported without tuning, from the split training")
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--only", type=Path, required=True, help="file with the names of the held-out articles")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    encoder = Encoder.load(options.model)
    articles: list[Read] = []
    for name in options.only.read_text(encoding="utf-8").split():
        path = options.gold / "train" / f"{name}.json"
        articles.append((read_gold(options.gold, path), zones_of_file(path)))
    shifts = best_shifts(encoder, articles)
    low = with_shift(encoder, 0.0)
    heads = tuple(replace(h, outside_shift=shifts[h.name]) for h in low.card.heads)
    low = replace(low, card=replace(low.card, heads=heads))
    answers = [(lesson, low.tag(lesson.text, zones)) for lesson, zones in articles]
    tuning = {"heads": tune_heads(answers, shifts), "links": tune_links(answers)}
    options.out.write_text(json.dumps(tuning, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
