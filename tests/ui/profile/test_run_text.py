"""Runs keep their colours and are found under the pointer, whatever stands before them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from kb_app.core.ids import EntityId
from kb_app.ui.profile.fact_line import Run, Tone
from kb_app.ui.profile.run_text import Ink, RunText
from kb_app.ui.theme import LIGHT, interface_font

RUNS = (Run("to meet "), Run("Tomas Brek", Tone.ACCENT, EntityId(2)), Run("  planned", Tone.MUTED, small=True))


def laid_out(runs: tuple[Run, ...] = RUNS, width: float = 400, struck: bool = False) -> RunText:
    return RunText(runs, width, Ink(interface_font(), LIGHT, struck))


def test_each_run_has_its_tone(qtbot: QtBot) -> None:
    assert laid_out().colours() == (LIGHT.ink, LIGHT.accent, LIGHT.muted)
    assert set(laid_out(struck=True).colours()) == {LIGHT.muted}


def test_a_narrow_width_breaks_into_lines(qtbot: QtBot) -> None:
    assert laid_out(width=60).height > laid_out().height * 2


@pytest.mark.parametrize("before", ["to meet ", "\U0001f30a\U0001f30a ", "встречает "])
def test_the_run_under_a_point_is_found(qtbot: QtBot, before: str) -> None:
    text = laid_out((Run(before), *RUNS[1:]))
    found = [text.run_at(QPointF(x, 8)) for x in range(0, 400, 2)]
    order = [n for n, previous in zip(found, [None, *found], strict=False) if n != previous]
    assert order == [0, 1, 2, None]


def test_nothing_is_found_below_the_words(qtbot: QtBot) -> None:
    assert laid_out().run_at(QPointF(4, 90)) is None
