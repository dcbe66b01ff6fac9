"""Icons: blank at first, there once loaded, in today's colour."""

from __future__ import annotations

import gc

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from kb_app.ui.shared.icons import Icons
from kb_app.ui.theme import Theme, ThemeChoice


def test_a_button_gets_its_icon_when_the_font_is_there(qtbot: QtBot) -> None:
    icons = Icons(Theme())
    button = QToolButton()
    qtbot.addWidget(button)
    icons.dress(button, "add-line")
    assert button.icon().isNull()
    with qtbot.waitSignal(icons.ready):
        icons.load()
    assert not button.icon().isNull()


def test_a_button_that_is_gone_does_not_disturb_a_change_of_theme(qtbot: QtBot) -> None:
    theme = Theme()
    icons = Icons(theme)
    button = QToolButton()
    icons.dress(button, "add-line")
    icons.load()
    button.deleteLater()
    qtbot.waitSignal(button.destroyed, raising=False, timeout=200).wait()
    theme.choose(ThemeChoice.DARK)
    assert icons.is_ready


def test_an_icon_of_a_button_that_does_nothing_is_dimmed(qtbot: QtBot) -> None:
    icons = Icons(Theme())
    icons.load()
    icon = icons.icon("add-line", "#000000", 16)
    normal, disabled = (icon.pixmap(16, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled))
    assert normal != disabled


def test_icons_outlive_the_font_they_were_made_of(qtbot: QtBot) -> None:
    icons = Icons(Theme())
    icons.load()
    icon = icons.icon("add-line", "#000000", 16)
    del icons
    gc.collect()
    assert not icon.pixmap(16).isNull()
