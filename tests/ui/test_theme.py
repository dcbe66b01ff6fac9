"""The theme: colours, contrast, and switching live."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from kb_app.ui.theme import DARK, LIGHT, Theme, ThemeChoice, Tokens, blend, tint


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    parts = [part / 255 for part in QColor(colour).getRgb()[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
@pytest.mark.parametrize("name", ["ink", "muted", "accent", "person", "institution", "place", "statement", "warning"])
@pytest.mark.parametrize("ground", ["panel", "canvas", "selection"])
def test_text_can_be_read_on_every_surface(tokens: Tokens, name: str, ground: str) -> None:
    assert contrast(getattr(tokens, name), getattr(tokens, ground)) >= 4.0


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_body_text_and_its_captions_reach_four_and_a_half_to_one(tokens: Tokens) -> None:
    for ground in (tokens.panel, tokens.canvas):
        assert contrast(tokens.ink, ground) >= 4.5
        assert contrast(tokens.muted, ground) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5


def test_every_colour_is_written_in_full() -> None:
    for tokens in (LIGHT, DARK):
        colours = [value for value in asdict(tokens).values() if isinstance(value, str)]
        assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in colours)


def test_blending_runs_from_the_ground_to_the_colour() -> None:
    assert blend("#FFFFFF", "#000000", 0) == "#000000"
    assert blend("#FFFFFF", "#000000", 1) == "#FFFFFF"
    assert tint(LIGHT, LIGHT.person) != LIGHT.panel


def test_choosing_another_theme_says_so_once(qtbot: QtBot) -> None:
    theme = Theme(ThemeChoice.LIGHT)
    with qtbot.waitSignal(theme.changed):
        theme.choose(ThemeChoice.DARK)
    assert theme.tokens is DARK
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose(ThemeChoice.DARK)


def test_the_style_sheet_leaves_no_place_unfilled(qtbot: QtBot, project_root: Path) -> None:
    template = (project_root / "resources" / "styles" / "window.qss").read_text("utf-8")
    sheet = Theme(ThemeChoice.DARK, template).style_sheet()
    assert "$" not in sheet.partition("*/")[2]
    assert DARK.panel in sheet
