#!/usr/bin/env python3
"""Score exported weights on annotated articles, a line a head: precision, recall, F1, strict and by overlap."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import scheme
from gold import Lesson, Place, read_gold

from kb_app.core.passage import Span
from kb_app.extraction.encoder import Encoder, Tag, Tagged


@dataclass(slots=True)
class Tally:
    """What was found, what was wanted, and what of each was right."""

    found: int = 0
    wanted: int = 0
    right_found: int = 0
    right_wanted: int = 0

    def line(self) -> str:
        """Give precision, recall and F1."""
        precision = self.right_found / self.found if self.found else 0.0
        recall = self.right_wanted / self.wanted if self.wanted else 0.0
        both = precision + recall
        return f"{precision:.3f} {recall:.3f} {2 * precision * recall / both if both else 0:.3f}"

    def add(self, found: Sequence[object], wanted: Sequence[object]) -> None:
        """Count two lists of hashable things."""
        self.found += len(found)
        self.wanted += len(wanted)
        right = len(set(found) & set(wanted))
        self.right_found += right
        self.right_wanted += right


@dataclass(slots=True)
class Report:
    """Tallies a head and a link, and attributes of the spans found exactly."""

    strict: dict[str, Tally] = field(default_factory=dict)
    overlap: dict[str, Tally] = field(default_factory=dict)
    values: dict[str, Counter[bool]] = field(default_factory=dict)
    links: dict[str, Tally] = field(default_factory=dict)
    links_of_found: dict[str, Tally] = field(default_factory=dict)

    def print(self) -> None:
        """Print every table."""
        print(f"{'head':20} {'strict P R F1':20} {'overlap P R F1':20} wanted")
        for head, tally in self.strict.items():
            print(f"{head:20} {tally.line():20} {self.overlap[head].line():20} {tally.wanted}")
        print("attributes of spans found exactly (share right)")
        for name, counts in self.values.items():
            print(f"{name:20} {counts[True] / max(1, counts.total()):.3f} of {counts.total()}")
        print(f"{'link':20} {'P R F1 end to end':20} {'where both spans were found':27} wanted")
        for name, tally in self.links.items():
            if tally.wanted or tally.found:
                print(f"{name:20} {tally.line():20} {self.links_of_found[name].line():27} {tally.wanted}")


def tags_of(tagged: Tagged, head: str) -> tuple[Tag, ...]:
    """Give the tags of a head."""
    found: tuple[Tag, ...] = getattr(tagged, f"{head}s")
    return found


def span_of(lesson: Lesson, place: Place) -> Span:
    """Give the characters of a labelled span of words."""
    return Span(lesson.words.starts[place.first], lesson.words.ends[place.last])


def score_heads(report: Report, lesson: Lesson, tagged: Tagged) -> None:
    """Count the spans of each head; those that overlap an optional one alone do not count."""
    for head in scheme.SEQUENCES:
        places = [p for p in lesson.places if p.head == head]
        wanted = {(span_of(lesson, p), p.kind) for p in places if not p.optional}
        optional = [span_of(lesson, p) for p in places if p.optional]
        found = [
            (t.span, t.label)
            for t in tags_of(tagged, head)
            if (t.span, t.label) in wanted or not _touches((t.span, t.label), [(o, t.label) for o in optional])
        ]
        report.strict.setdefault(head, Tally()).add(found, sorted(wanted))
        loose = report.overlap.setdefault(head, Tally())
        loose.found += len(found)
        loose.wanted += len(wanted)
        loose.right_found += sum(_touches(f, wanted) for f in found)
        loose.right_wanted += sum(_touches(w, found) for w in wanted)


def _touches(item: tuple[Span, str], others: Iterable[tuple[Span, str]]) -> bool:
    return any(item[1] == kind and item[0].overlaps(span) for span, kind in others)


def score_values(report: Report, lesson: Lesson, tagged: Tagged) -> None:
    """Compare attributes where a span was found exactly."""
    for name, choices in scheme.ATTRIBUTES.items():
        head, _, attribute = name.partition(".")
        found = {t.span: t for t in tags_of(tagged, head)}
        counts = report.values.setdefault(name, Counter())
        for place in lesson.places:
            tag = found.get(span_of(lesson, place)) if place.head == head and not place.optional else None
            wanted = int(lesson.attributes[name][place.first])
            if tag is not None and wanted >= 0:
                counts[tag.value(attribute) == choices[wanted]] += 1


def score_links(report: Report, lesson: Lesson, tagged: Tagged) -> None:
    """Count links by their exact spans, over all and over those whose spans were both found."""
    spans = [span_of(lesson, p) for p in lesson.places]
    seen = {(p_head, t.span) for p_head in scheme.SEQUENCES for t in tags_of(tagged, p_head)}
    here = {(p.head, span_of(lesson, p)) for p in lesson.places}
    for number, (name, (sources, targets, _)) in enumerate(scheme.LINKS.items()):
        table = lesson.links[number]
        wanted = [(spans[i], spans[j]) for i, j in zip(*(table == 1).nonzero(), strict=True)]
        unasked = {(spans[i], spans[j]) for i, j in zip(*(table == -1).nonzero(), strict=True)}
        found = [(k.source, k.target) for k in tagged.links if k.label == name]
        found = [pair for pair in found if pair not in unasked or pair in wanted]
        report.links.setdefault(name, Tally()).add(found, wanted)
        known = [
            pair
            for pair in found
            if any((h, pair[0]) in here for h in sources) and any((h, pair[1]) in here for h in targets)
        ]
        reachable = [
            pair
            for pair in wanted
            if any((h, pair[0]) in seen for h in sources) and any((h, pair[1]) in seen for h in targets)
        ]
        report.links_of_found.setdefault(name, Tally()).add(known, reachable)


def main() -> None:
    """Score the model in a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--part", default="train", help="folder of annotations under --gold: train or gold")
    parser.add_argument("--only", type=Path, help="file with the names of the articles to score, one a line")
    options = parser.parse_args()
    only = set(options.only.read_text(encoding="utf-8").split()) if options.only else None
    encoder, report = Encoder.load(options.model), Report()
    for path in sorted((options.gold / options.part).glob("*.json")):
        if only is None or path.stem in only:
            lesson = read_gold(options.gold, path)
            tagged = encoder.tag(lesson.text, lesson.words)
            score_heads(report, lesson, tagged)
            score_values(report, lesson, tagged)
            score_links(report, lesson, tagged)
    report.print()


if __name__ == "__main__":
    main()
