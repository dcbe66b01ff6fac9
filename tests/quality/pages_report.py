"""Tells how well the saved pages are read, beside trafilatura alone: python -m tests.quality.pages_report --pages.

Precision and recall of the body are those of its shingles of four words, averaged over the pages (each weighs the
same); F1 is the harmonic mean of the two averages. Accuracy is the share of pages whose value is right.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.quality.saved_pages import (
    FIELDS,
    FOLDER,
    Extracted,
    Score,
    Truth,
    body_score,
    is_right,
    mean,
    ours,
    trafilaturas,
    truths,
)

Case = tuple[Truth, Extracted, Extracted]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.pages_report", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="the folder of the pages and truth.json")
    parser.add_argument("--pages", action="store_true", help="a line a page, the worst first")
    parser.add_argument("--errors", action="store_true", help="list what is wrong in the metadata")
    options = parser.parse_args(arguments)
    ours(next(truths(options.folder)).name, options.folder)  # libraries and word lists are loaded once
    started = time.process_time()
    read = [(truth, ours(truth.name, options.folder)) for truth in truths(options.folder)]
    seconds = time.process_time() - started
    cases = [(truth, found, trafilaturas(truth.name, options.folder)) for truth, found in read]
    print(f"{len(cases)} pages, {len(cases) / seconds:.1f} a second of computing\n")
    for line in told(cases):
        print(line)
    for line in (*(told_pages(cases) if options.pages else ()), *(told_errors(cases) if options.errors else ())):
        print(line)
    return 0


def told(cases: Sequence[Case]) -> Iterator[str]:
    """Yield the table of the body and that of the metadata."""
    rows = {
        "ours, as extraction reads it": [body_score(truth, found.body) for truth, found, _ in cases],
        "ours, with what is marked": [body_score(truth, found.span) for truth, found, _ in cases],
        "trafilatura alone": [body_score(truth, theirs.body) for truth, _, theirs in cases],
    }
    yield f"{'body':30} {'P':>6} {'R':>6} {'F1':>6}"
    for name, scores in rows.items():
        yield f"{name:30} {_figures(mean(scores))}"
    yield f"\n{'metadata':30} {'ours':>6} {'theirs':>6}"
    for field in FIELDS:
        yield f"{field:30} {accuracy(cases, field, 1):6.3f} {accuracy(cases, field, 2):6.3f}"


def accuracy(cases: Sequence[Case], field: str, way: int) -> float:
    """Return the share of pages whose value is right in ours (1) or in trafilatura's (2)."""
    values = [(case[0].fields[field], (case[1], case[2])[way - 1].fields[field]) for case in cases]
    return sum(is_right(field, wanted, found) for wanted, found in values) / len(values)


def told_pages(cases: Sequence[Case]) -> Iterator[str]:
    """Yield a line a page; a star marks those that trafilatura reads better."""
    scored = [(body_score(t, found.body), body_score(t, theirs.body), t.name) for t, found, theirs in cases]
    yield f"\n{'':2}{'page':42} {'ours: P R F1':20} {'theirs: P R F1':20}"
    for one, other, name in sorted(scored, key=lambda row: row[0].f1):
        yield f"{'*' if one.f1 < other.f1 - 1e-9 else '':2}{name:42} {_figures(one)} {_figures(other)}"


def told_errors(cases: Sequence[Case]) -> Iterator[str]:
    """Yield the values that are wrong."""
    yield ""
    for truth, found, _ in cases:
        for field in FIELDS:
            if not is_right(field, truth.fields[field], found.fields[field]):
                yield f"{truth.name}: {field} is “{found.fields[field]}”, not “{truth.fields[field]}”"


def _figures(score: Score) -> str:
    return f"{score.precision:6.3f} {score.recall:6.3f} {score.f1:6.3f}"


if __name__ == "__main__":
    sys.exit(main())
