"""Watched folders in the real window: what appears comes in, quietly, and a sign says that one watches."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_app.ui.main_window import MainWindow
from kb_app.ui.notices import Tone
from kb_app.ui.sources.watch_dialog import WatchDialog
from tests.ui.conftest import Desktop

STORY = "River falls\n\nMayor Ilka Varany of Mirenz said on 3 March 2025 that the river had fallen.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def watching(desktop: Desktop, window: MainWindow, folder: Path) -> WatchDialog:
    """Watch a folder from the dialog, looking often."""
    window.parts.folders.timer.setInterval(40)
    window.commands.action("watch").trigger()
    dialog = window.parts.folders.dialog
    assert dialog is not None
    dialog.folder_added.emit(folder)
    desktop.wait(lambda: dialog.table.rowCount() == 1)
    return dialog


def articles(window: MainWindow) -> int:
    return window.frame.desk.sources.model.rowCount()


def test_what_appears_in_a_watched_folder_comes_in_and_is_told_quietly(
    window: MainWindow, desktop: Desktop, folder: Path
) -> None:
    before = articles(window)
    dialog = watching(desktop, window, folder)
    assert window.frame.status.watching.text() == "Watching 1 folder"
    assert dialog.table.item(0, 0).text() == "in"  # type: ignore[union-attr]
    dialog.close()
    (folder / "half.txt.part").write_text(STORY[:20])
    (folder / "story.txt").write_text(STORY)
    desktop.wait(lambda: window.frame.notices.notice is not None)
    notice = window.frame.notices.notice
    assert "came in from watched folders" in notice.sentence
    assert notice.tone is Tone.PLAIN
    desktop.wait(lambda: articles(window) == before + 1)


def test_a_window_that_is_opened_later_finds_what_came_meanwhile(
    desktop: Desktop, base_file: Path, folder: Path
) -> None:
    first = desktop.window(base_file)
    before = articles(first)
    dialog = watching(desktop, first, folder)
    dialog.close()
    first.close()
    desktop.wait(lambda: not first.isVisible())
    (folder / "story.txt").write_text(STORY)
    second = desktop.window(base_file)
    second.parts.folders.timer.setInterval(40)
    desktop.wait(lambda: articles(second) == before + 1)


def test_a_folder_is_removed_and_the_sign_goes(window: MainWindow, desktop: Desktop, folder: Path) -> None:
    dialog = watching(desktop, window, folder)
    assert not dialog.remove.isEnabled()
    dialog.table.selectRow(0)
    dialog.remove.click()
    desktop.wait(lambda: dialog.table.rowCount() == 0)
    assert window.frame.status.watching.isHidden()
    assert not window.parts.folders.timer.isActive()
    dialog.close()


def test_watching_pauses_and_goes_on(window: MainWindow, desktop: Desktop, folder: Path) -> None:
    before = articles(window)
    dialog = watching(desktop, window, folder)
    dialog.pause.click()
    assert window.frame.status.watching.text() == "Watching pauses"
    (folder / "story.txt").write_text(STORY)
    desktop.qtbot.wait(300)
    assert articles(window) == before
    dialog.pause.click()
    desktop.wait(lambda: articles(window) == before + 1)
    dialog.close()


def test_a_folder_that_goes_away_is_missed_and_found_again(
    window: MainWindow, desktop: Desktop, folder: Path, tmp_path: Path
) -> None:
    dialog = watching(desktop, window, folder)
    folder.rename(tmp_path / "elsewhere")
    desktop.wait(lambda: window.frame.status.watching.text() == "Watched folder missing")
    assert "not there" in dialog.table.item(0, 2).text()  # type: ignore[union-attr]
    (tmp_path / "elsewhere").rename(folder)
    desktop.wait(lambda: window.frame.status.watching.text() == "Watching 1 folder")
    dialog.close()


def test_a_base_for_reading_only_is_not_watched_for(desktop: Desktop, base_file: Path, folder: Path) -> None:
    first = desktop.window(base_file)
    watching(desktop, first, folder).close()
    first.close()
    desktop.wait(lambda: not first.isVisible())
    second = desktop.window(base_file, read_only=True)
    assert not second.parts.folders.timer.isActive()
    assert not second.commands.action("watch").isEnabled()
