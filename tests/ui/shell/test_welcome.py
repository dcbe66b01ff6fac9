"""The first page: every way in works."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from kb_app.services.opening import sample_files
from kb_app.settings import Settings
from kb_app.ui.main_window import MainWindow
from tests.ui.conftest import Desktop


def button(window: MainWindow, text: str) -> QPushButton:
    return next(b for b in window.frame.welcome.findChildren(QPushButton) if b.text() == text)


def test_the_sample_opens_and_fills_itself(desktop: Desktop) -> None:
    window = desktop.window()
    assert not window.frame.is_at_desk()
    button(window, "Open the sample").click()
    desktop.wait(lambda: window.frame.notices.notice is not None)
    desktop.rest(window)
    assert window.frame.desk.sources.model.rowCount() == len(sample_files())
    assert window.frame.desk.card.profile() is not None


def test_a_sample_that_was_cut_short_is_made_whole(desktop: Desktop) -> None:
    window = desktop.window()
    window.parts.opener.open_sample()
    with desktop.qtbot.waitSignal(window.base.progressed, timeout=30_000):
        pass
    window.base.close()
    desktop.wait(lambda: not window.frame.is_at_desk())
    window.parts.opener.open_sample()
    desktop.wait(lambda: window.frame.desk.sources.model.rowCount() == len(sample_files()))
    desktop.rest(window)


def test_a_file_opened_lately_is_one_click_away(desktop: Desktop, base_file: Path) -> None:
    gone = base_file.with_name("gone.kb")
    desktop.kept.append(Settings(recent_files=(str(gone), str(base_file))))
    window = desktop.window()
    names = [b.text() for b in window.frame.welcome.findChildren(QPushButton)]
    assert "gone.kb" not in names
    button(window, "Dam.kb").click()
    desktop.rest(window)
    assert window.base.path == base_file


def test_closing_the_base_returns_to_the_first_page_with_the_file_on_it(desktop: Desktop, base_file: Path) -> None:
    window = desktop.window(base_file)
    window.commands.action("close_base").trigger()
    desktop.wait(lambda: not window.frame.is_at_desk())
    assert button(window, "Dam.kb").isEnabled()
    assert window.windowTitle() == "Kartoteka"


def test_the_menu_of_recent_files_opens_them(desktop: Desktop, base_file: Path, tmp_path: Path) -> None:
    window = desktop.window(base_file)
    menu = window.recent_menu
    menu.fill()
    assert [action.text() for action in menu.actions()] == ["Dam.kb"]
    with desktop.qtbot.waitSignal(window.base.closed, timeout=30_000):
        menu.actions()[0].trigger()
    desktop.wait(lambda: window.base.path == base_file)
    desktop.rest(window)
