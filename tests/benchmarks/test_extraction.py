from __future__ import annotations

import inspect
import time
from pathlib import Path
from pkgutil import resolve_name

import pytest

from tests.benchmarks.extraction import long_article, step_figures, write_inputs
from tests.benchmarks.steps import OTHER, STEPS, Stopwatch


def test_every_part_that_is_timed_exists_and_does_its_work_when_called() -> None:
    for name in (name for names in STEPS.values() for name in names):
        assert not inspect.isgeneratorfunction(resolve_name(name)), name


def test_what_a_step_spends_in_another_counts_once() -> None:
    watch = Stopwatch()
    inner = watch.timed("roles", lambda: time.sleep(0.02))
    watch.timed("events", inner)()
    assert watch.taken["roles"] >= 0.02
    assert watch.taken["events"] < watch.taken["roles"]


def test_an_article_is_as_long_as_asked_and_always_the_same() -> None:
    assert long_article(3, 500) == long_article(3, 500)
    assert 500 <= len(long_article(3, 500).split()) < 600


def test_the_steps_make_up_the_whole(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime", reason="the tagger runs on onnxruntime, which is not installed here")
    figures = {figure.name: figure.value for figure in step_figures(write_inputs(tmp_path / "inputs", 2, 300))}
    whole = figures.pop("all")
    assert set(figures) == {*STEPS, OTHER}
    assert sum(figures.values()) == pytest.approx(whole)
    assert all(value >= 0 for value in figures.values())
