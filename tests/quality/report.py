"""Reads the annotated articles and tells how well: python -m tests.quality.report --part gold --errors."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.quality import calibration, listing
from tests.quality.annotated import PARTS, Outcome, Scores, engine, load_scorer, outcomes, scores
from tests.quality.fitting import Fitter

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
# lines of score.py; of relations only the plain ones are annotated, so their recall is the firmer figure
LINES = {
    "mentions_strict_typed": "mentions, exact span and type",
    "mentions_overlap_typed": "mentions, overlapping span",
    "entities_found_typed": "entities found",
    "b3": "mentions joined (B-cubed)",
    "ceaf_e": "entities as wholes (CEAF-e)",
    "roles_person_title": "roles, person and title",
    "roles_person_title_org": "roles, institution too",
    "time_span_relaxed": "times",
    "time_value": "times with their value",
    "events_detected": "events",
    "events_with_date": "events with their date",
    "statements_content_only": "statements, content",
    "statements_speaker_content": "statements, speaker too",
    "relations_pair_type": "relations (see recall)",
}
SHARES = {
    "boilerplate_mentions": "mentions in boilerplate",
    "event_type_accuracy": "type of an event",
    "event_realis_accuracy": "realis of an event",
    "statement_speaker_accuracy": "speaker of a statement",
    "statement_kind_accuracy": "kind of a statement",
    "time_value_accuracy": "value of a time",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was asked for."""
    options = _options(arguments)
    if not (options.gold / options.part).is_dir():
        print(f"there are no annotated articles in {options.gold / options.part}", file=sys.stderr)
        return 2
    only = _names(options.only) if options.only else frozenset()
    if options.only and not only:
        print(f"there is no name in {options.only}, or no such file", file=sys.stderr)
        return 2
    read = list(outcomes(options.gold, options.part, engine(rules_alone=options.rules), only))
    if not read:
        print("none of the articles has one of the given names", file=sys.stderr)
        return 2
    for line in told(options, read):
        print(line)
    return 0


def told(options: argparse.Namespace, read: Sequence[Outcome]) -> Iterator[str]:
    """Yield the lines of the report."""
    scorer = load_scorer(options.gold)
    way = "rules alone" if options.rules else "rules and tagger"
    yield f"{options.part}, {len(read)} read by {way}\n"
    yield from figures(scores(scorer, read))
    fitters = [Fitter(scorer, outcome) for outcome in read]
    if options.errors:
        yield from listing.told_confusions(one for fitter in fitters for one in listing.confusions(fitter))
        yield from listing.told_errors(one for fitter in fitters for one in listing.errors(fitter))
    if options.calibration:
        yield "\nHow often a finding of some confidence is right\n"
        yield from calibration.told(calibration.judged(fitters))


def figures(found: Scores) -> Iterator[str]:
    """Yield a line a layer: precision, recall, F1, and how many were found and asked."""
    yield f"{'':32} {'P':>6} {'R':>6} {'F1':>6} {'found':>7} {'asked':>6}"
    for layer, name in LINES.items():
        line = found[layer]
        yield (f"{name:32} {line['p']:6.3f} {line['r']:6.3f} {line['f1']:6.3f} {line['sys']:7.0f} {line['gold']:6.0f}")
    yield ""
    for layer, name in SHARES.items():
        yield f"{name:32} {found[layer]['value']:6.3f} of {found[layer]['n']:.0f}"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.quality.report", description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD, help="the folder of gold/, train/, articles/ and score.py")
    parser.add_argument("--part", choices=PARTS, default=PARTS[0], help="which articles to read")
    parser.add_argument("--only", type=Path, help="a file of names, one a line: read these articles of the part")
    parser.add_argument("--rules", action="store_true", help="read by rules alone, without the tagger")
    parser.add_argument(
        "--errors",
        action="store_true",
        help="list what is missed, spurious or wrong; on train, for what is seen of gold flatters it later",
    )
    parser.add_argument(
        "--calibration", action="store_true", help="tell how often a finding of some confidence is right"
    )
    return parser.parse_args(arguments)


def _names(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return frozenset(name for line in lines if (name := line.partition("#")[0].strip()))


if __name__ == "__main__":
    sys.exit(main())
