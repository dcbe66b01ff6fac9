"""Icons: blank at first, there once loaded, in today's colour."""

from __future__ import annotations

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
