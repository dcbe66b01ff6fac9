"""Importing in the window: progress, cancel, report, form, and a window that stays awake meanwhile."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from kb_app.services.importing import ImportRequest
from kb_app.services.opening import sample_files
from kb_app.services.workspace import Workspace
from kb_app.ui.main_window import MainWindow
from kb_app.ui.notices import Tone
from kb_app.ui.shell.importing import GO_ON, SHOW_REPORT
from kb_app.ui.sources.pasted import Pasted
from kb_app.ui.sources.text_form import GivenText, TextForm, first_line
from tests.ui.conftest import Desktop

LONGEST_STALL_SECONDS = 0.5  # the aim is 0.1; a shared test machine may hold any thread up for longer
LOOK_EVERY_MS = 5


class Pulse:
    """Measures the longest time in which the window's thread did not come round to a timer."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def stop(self) -> None:
        """Measure no more."""
        self._timer.stop()


def many_texts(folder: Path, count: int) -> Path:
    """Write so many small articles."""
    folder.mkdir()
    for number in range(count):
        words = f"Report {number}\n\nMayor Ilka Varany of Mirenz said on 3 March 2025 that gate {number} was shut.\n"
        (folder / f"report-{number:03}.txt").write_text(words, "utf-8")
    return folder


def test_the_window_stays_awake_while_the_sample_is_imported(desktop: Desktop, tmp_path: Path) -> None:
    window = desktop.window()
    pulse = Pulse()
    window.parts.importing.import_paths(sample_files())
    desktop.wait(lambda: window.frame.notices.notice is not None)
    desktop.rest(window)
    pulse.stop()
    assert window.frame.desk.sources.model.rowCount() == len(sample_files())
    assert window.frame.notices.notice.tone is Tone.GOOD
    assert pulse.longest < LONGEST_STALL_SECONDS


def test_cancelling_keeps_what_was_imported_and_says_so(desktop: Desktop, tmp_path: Path) -> None:
    window = desktop.window()
    seen: list[int] = []
    window.base.progressed.connect(lambda step: seen.append(step.progress.done))
    window.parts.importing.import_paths((many_texts(tmp_path / "many", 300),))
    desktop.wait(lambda: bool(seen) and seen[-1] >= 3)
    window.frame.status._cancel.click()
    desktop.wait(lambda: window.frame.notices.notice is not None)
    desktop.rest(window)
    kept = window.frame.desk.sources.model.rowCount()
    assert 3 <= kept < 300
    assert "cancelled" in window.frame.notices.notice.sentence
    assert window.commands.action("undo").isEnabled()
    window.frame.notices._action.click()
    desktop.wait(lambda: window.frame.notices.notice is not None and window.frame.notices.notice.tone is Tone.GOOD)
    desktop.rest(window)
    assert window.frame.desk.sources.model.rowCount() == 300


def test_an_import_that_was_stopped_is_offered_when_the_base_is_opened(desktop: Desktop, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "Case.kb", create=True) as workspace:
        steps = workspace.importing.run(ImportRequest((many_texts(tmp_path / "many", 20),), jobs=1, extract=False))
        while next(steps).done < 1:
            pass
        steps.close()
    window = desktop.window(tmp_path / "Case.kb")
    desktop.wait(lambda: window.frame.notices.notice is not None)
    assert window.frame.notices.notice.action_id == GO_ON
    window.frame.notices._action.click()
    desktop.wait(lambda: window.frame.desk.sources.model.rowCount() == 20)
    desktop.rest(window)


def test_an_edit_is_done_while_an_import_runs(window: MainWindow, desktop: Desktop, tmp_path: Path) -> None:
    ended: list[str] = []
    window.base.task_ended.connect(ended.append)
    window.parts.importing.import_paths((many_texts(tmp_path / "many", 200),))
    with desktop.qtbot.waitSignal(window.base.progressed, timeout=30_000):
        pass
    with desktop.qtbot.waitSignal(window.base.changed, timeout=30_000):
        window.frame.desk.card.header.confirm.click()
    assert not ended
    window.base.cancel()
    desktop.wait(lambda: bool(ended))
    desktop.rest(window)


def test_closing_during_an_import_lets_the_file_go(desktop: Desktop, tmp_path: Path) -> None:
    window = desktop.window()
    window.parts.importing.import_paths((many_texts(tmp_path / "many", 200),))
    with desktop.qtbot.waitSignal(window.base.progressed, timeout=30_000):
        pass
    window.close()
    desktop.wait(lambda: not window.isVisible())
    assert not list(desktop.folder.glob("*.lock"))


def test_a_notice_leads_to_the_report(window: MainWindow, desktop: Desktop, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    window.parts.importing.import_paths((tmp_path / "empty.txt",))
    desktop.wait(lambda: window.frame.notices.notice is not None)
    notice = window.frame.notices.notice
    assert notice.action_id == SHOW_REPORT
    assert "empty.txt" in notice.details
    window.frame.notices._action.click()
    desktop.rest(window)
    report = window.parts.importing.reports.window
    assert report is not None
    assert report.rows.index(0, 0).data() == "refused"
    report.close()


def test_text_from_the_clipboard_is_imported_with_what_is_known_of_it(window: MainWindow, desktop: Desktop) -> None:
    text = "River falls\n\nMayor Ilka Varany said the river had fallen."
    QApplication.clipboard().setText(text)
    window.commands.action("import_clipboard").trigger()
    form = window.findChildren(TextForm)[0]
    fields = form.findChildren(QLineEdit)
    assert fields[0].text() == "River falls"
    QTest.keyClicks(fields[1], "Mirenz Weekly")
    QTest.keyClicks(fields[2], "2025-03-20")
    form._import.click()
    desktop.wait(lambda: window.frame.notices.notice is not None)
    desktop.rest(window)
    rows = [window.frame.desk.sources.model.index(row, 0) for row in range(13)]
    assert "River falls" in [index.data() for index in rows]
    assert "20 Mar 2025" in [index.siblingAtColumn(1).data() for index in rows]


def test_the_form_takes_no_date_that_is_none(qtbot: QtBot) -> None:
    form = TextForm(Pasted("Some words"))
    qtbot.addWidget(form)
    date = form.findChildren(QLineEdit)[2]
    QTest.keyClicks(date, "yesterday")
    assert not form._import.isEnabled()
    date.setText("2025-03")
    assert form._import.isEnabled()
    assert form.given() == GivenText("Some words", "Some words", "", "2025-03", "")
    form.done(QDialog.DialogCode.Rejected)


def test_the_first_words_are_proposed_as_title() -> None:
    assert first_line("\n\n  River falls \nmore") == "River falls"
    assert first_line("") == ""


def test_an_empty_clipboard_is_told(window: MainWindow) -> None:
    QApplication.clipboard().clear()
    window.commands.action("import_clipboard").trigger()
    assert "no text" in window.frame.notices.notice.sentence


def test_a_drop_without_words_or_files_is_left_alone(window: MainWindow) -> None:
    assert not window.parts.importing.take(QMimeData())


def test_importing_into_a_base_open_for_reading_is_refused_in_words(desktop: Desktop, base_file: Path) -> None:
    window = desktop.window(base_file, read_only=True)
    window.parts.importing.import_paths(sample_files())
    assert "reading only" in window.frame.notices.notice.sentence
    assert window.frame.desk.sources.model.rowCount() == 12


def test_the_first_import_leaves_the_keyboard_on_the_rows_and_nothing_empty_behind(
    desktop: Desktop, tmp_path: Path
) -> None:
    Workspace.open(tmp_path / "New.kb", create=True).close()
    window = desktop.window(tmp_path / "New.kb")
    window.activateWindow()
    window.frame.desk.focus_rows()
    text = tmp_path / "river.txt"
    text.write_text("River falls\n\nMayor Ilka Varany said on 4 March 2025 that the river had fallen.", "utf-8")
    window.parts.importing.import_paths((text,))
    desktop.rest(window)
    assert window.frame.desk.people.view.hasFocus()
    assert window.frame.desk.card.profile() is not None
    assert not window.commands.action("back").isEnabled()
