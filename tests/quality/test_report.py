"""The report counts as the scorer does and names what it counts."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.quality import calibration, listing, report
from tests.quality.annotated import Json, Outcome, Scores, engine, load_scorer, outcomes, scores
from tests.quality.fitting import Fit, Fitter

LAYERS: dict[str, Callable[[Fitter], Fit]] = {
    "mentions_strict_typed": lambda fitter: fitter.mentions(strict=True),
    "mentions_overlap_typed": lambda fitter: fitter.mentions(),
    "mentions_overlap_untyped": lambda fitter: fitter.mentions(typed=False),
    "entities_found_typed": lambda fitter: fitter.entities(),
    "roles_person_title": lambda fitter: fitter.roles(),
    "roles_person_title_org": lambda fitter: fitter.roles(whole=True),
    "time_span_relaxed": lambda fitter: fitter.times(),
    "events_detected": lambda fitter: fitter.events(),
    "events_with_date": lambda fitter: fitter.events(dated=True),
    "statements_content_only": lambda fitter: fitter.statements(spoken=False),
    "statements_speaker_content": lambda fitter: fitter.statements(),
    "relations_pair_type": lambda fitter: fitter.relations(),
}
EMPTY = {"entities": [], "roles": [], "events": [], "statements": [], "relations": [], "time_expressions": []}


@pytest.fixture(scope="module")
def scorer(shared_dir: Path) -> Any:
    return load_scorer(shared_dir / "gold")


@pytest.fixture(scope="module")
def read(shared_dir: Path) -> list[Outcome]:
    return list(outcomes(shared_dir / "gold", "gold", engine(rules_alone=True)))


@pytest.fixture(scope="module")
def scored(scorer: Any, read: list[Outcome]) -> Scores:
    return scores(scorer, read)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_is_counted_as_the_scorer_counts_it(
    scorer: Any, read: list[Outcome], scored: Scores, layer: str
) -> None:
    fits, line = [LAYERS[layer](Fitter(scorer, outcome)) for outcome in read], scored[layer]
    assert [sum(column) for column in zip(*(fit.counts for fit in fits), strict=True)] == [
        *(line["tp"], line["sys"], line["gold"])
    ]
    assert sum(len(fit.missed) for fit in fits) == line["gold"] - line["tp"]
    assert sum(len(fit.spurious) for fit in fits) == line["sys"] - line["tp"]


def test_who_answers_with_the_annotation_itself_makes_no_error(scorer: Any, read: list[Outcome]) -> None:
    for outcome in read:
        perfect = Fitter(scorer, Outcome(outcome.name, outcome.article, outcome.truth, outcome.truth))
        assert list(listing.errors(perfect)) == []
        assert {one.asked for one in listing.confusions(perfect)} >= {"person", "happened"}
        assert all(one.asked == one.found for one in listing.confusions(perfect))


def test_who_answers_nothing_misses_everything(scorer: Any, read: list[Outcome]) -> None:
    for outcome in read:
        found = {**outcome.found, **EMPTY}
        kinds = [
            error.kind for error in listing.errors(Fitter(scorer, Outcome("", outcome.article, outcome.truth, found)))
        ]
        required = [one for one in outcome.truth["statements"] if not one.get("optional")]
        assert all(kind.endswith("missed") for kind in kinds)
        assert kinds.count("statements missed") == len(required)


@pytest.mark.parametrize(
    ("layer", "change", "kind"),
    [
        ("events", {"date": {"value": "1999-01-01", "resolved": "explicit"}}, "events of the wrong date"),
        ("events", {"date": None}, "events without their date"),
        ("statements", {"speaker": None, "speaker_span": None}, "statements of the wrong speaker"),
        ("roles", {"institution": None, "country": "Nowhere"}, "roles of the wrong institution or country"),
        ("time_expressions", {"value": "1999-01-01", "rule": "guess"}, "times of the wrong value"),
    ],
)
def test_one_wrong_field_is_one_kind_of_error(
    scorer: Any, read: list[Outcome], layer: str, change: Json, kind: str
) -> None:
    found = copy.deepcopy(read[0].truth)
    for one in found[layer]:
        one.update({"confidence": 0.5, "reason": "", **change})
    listed = list(listing.errors(Fitter(scorer, Outcome("it", read[0].article, read[0].truth, found))))
    assert listed
    assert {error.kind for error in listed} == {kind}


def test_the_whole_report_can_be_told(
    shared_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], read: list[Outcome]
) -> None:
    names = tmp_path / "names.txt"
    names.write_text(f"# one is enough\n{read[0].name}\n", encoding="utf-8")
    options = ["--gold", str(shared_dir / "gold"), "--rules", "--errors", "--calibration", "--only", str(names)]
    assert report.main(options) == 0
    told = capsys.readouterr().out
    assert told.startswith("gold, 1 read by rules alone")
    assert all(name in told for name in report.LINES.values())
    assert "== mention types" in told
    assert "== events missed" in told
    assert all(name in told for name in calibration.LAYERS)


def test_a_folder_without_articles_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report.main(["--gold", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_confidences_that_hold_lie_apart_by_nothing() -> None:
    assert calibration.gap([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == 0.0
    assert calibration.gap([(0.9, False), (0.1, False)]) == pytest.approx(0.5)
    assert calibration.gap([]) == 0.0


def test_every_finding_lies_in_one_range_of_confidence() -> None:
    found = [(number / 20, True) for number in range(21)]
    assert sum(len(part) for _, _, part in calibration.reliability(found)) == len(found)
