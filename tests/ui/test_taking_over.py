"""A file that may come from somebody else is asked about, and taken over as a checked copy."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from kb_app.ui.main_window import MainWindow
from tests.ui.conftest import Desktop


def asked(window: MainWindow, desktop: Desktop, path: Path) -> QMessageBox:
    window.parts.opener.open_or_ask(path)
    desktop.wait(lambda: window.parts.opener.taking_over.question is not None)
    question = window.parts.opener.taking_over.question
    assert question is not None and path.name in question.text()
    return question


def press(question: QMessageBox, words: str) -> None:
    button = next(button for button in question.buttons() if words in button.text().replace("&", ""))
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def test_an_unknown_file_is_taken_over_as_a_copy(desktop: Desktop, base_file: Path) -> None:
    window, before = desktop.window(), base_file.read_bytes()
    press(asked(window, desktop, base_file), "Take over")
    desktop.wait(lambda: window.base.is_open)
    desktop.rest(window)
    assert window.base.path == desktop.folder / "Dam (checked).kb"
    assert base_file.read_bytes() == before
    notice = window.frame.notices.notice
    assert notice is not None and "Every record was checked" in notice.sentence
    assert window.frame.desk.people.model.rowCount() > 0


def test_one_s_own_file_is_opened_itself_and_not_asked_about_again(desktop: Desktop, base_file: Path) -> None:
    window = desktop.window()
    press(asked(window, desktop, base_file), "Open the file itself")
    desktop.wait(lambda: window.base.is_open)
    desktop.rest(window)
    assert window.base.path == base_file
    window.parts.opener.open_or_ask(base_file)
    assert window.parts.opener.taking_over.question is None


def test_a_hostile_file_is_refused_in_words(desktop: Desktop, base_file: Path) -> None:
    with closing(sqlite3.connect(base_file)) as connection:
        connection.execute("CREATE TRIGGER late AFTER INSERT ON note BEGIN DELETE FROM note; END")
    window = desktop.window()
    press(asked(window, desktop, base_file), "Take over")
    desktop.wait(lambda: window.frame.notices.notice is not None)
    notice = window.frame.notices.notice
    assert notice is not None and "the trigger “late”" in notice.sentence
    assert list(desktop.folder.iterdir()) == [] and not window.base.is_open


def test_leaving_the_question_opens_nothing(desktop: Desktop, base_file: Path) -> None:
    window = desktop.window()
    question = asked(window, desktop, base_file)
    QTest.keyClick(question, Qt.Key.Key_Escape)
    desktop.wait(lambda: window.parts.opener.taking_over.question is None)
    assert not window.base.is_open
