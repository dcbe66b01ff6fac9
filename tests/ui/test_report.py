"""The report of imports in the real window: every import, filters, another try, export, the way to the article."""

from __future__ import annotations

import csv
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from kb_app.core.ids import OutcomeId
from kb_app.core.report import InputOutcome, InputState, OutcomeQuery
from kb_app.services.opening import sample_files
from kb_app.storage.import_batches import WaitingInput, end_listing, list_inputs, start_import
from kb_app.ui.main_window import MainWindow
from kb_app.ui.sources.report_rows import ReportColumn, ReportRows
from kb_app.ui.sources.report_window import ReportWindow
from kb_app.ui.sources.retry_menu import RetryMenu
from kb_app.ui.theme import Theme
from tests.ui.conftest import Desktop

STORY = "River falls\n\nMayor Ilka Varany of Mirenz said on 3 March 2025 that the river had fallen.\n"


def reported(desktop: Desktop, window: MainWindow) -> ReportWindow:
    """Open the report."""
    window.commands.action("report").trigger()
    desktop.rest(window)
    report = window.parts.importing.reports.window
    assert report is not None
    return report


def imported(desktop: Desktop, window: MainWindow, *paths: Path) -> None:
    ended: list[str] = []
    window.base.task_ended.connect(ended.append)
    window.parts.importing.import_paths(paths)
    desktop.wait(lambda: bool(ended))
    desktop.rest(window)


def mixed(folder: Path) -> Path:
    """Make an archive of two stories, an empty file and one of no encoding that can be told."""
    path = folder / "mixed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.txt", STORY)
        archive.writestr("two.txt", STORY.replace("fallen", "risen"))
        archive.writestr("empty.txt", "")
    return path


def texts(report: ReportWindow, column: ReportColumn) -> list[str]:
    return [str(report.rows.index(row, column).data()) for row in range(report.rows.rowCount())]


def chip_words(report: ReportWindow) -> list[str]:
    return [chip.text() for chip in report.chips.values() if not chip.isHidden()]


def choose(report: ReportWindow, row: int) -> None:
    report.table.selectRow(row)


def test_the_report_of_the_last_import_can_be_read_again(window: MainWindow, desktop: Desktop) -> None:
    report = reported(desktop, window)
    assert report.rows.rowCount() == len(sample_files())
    assert report.imports.count() == 2  # and all imports together
    report.close()
    assert window.parts.importing.reports.window is None


def test_what_a_container_held_stands_under_it_with_counts_for_every_state(
    window: MainWindow, desktop: Desktop, tmp_path: Path
) -> None:
    (tmp_path / "after.txt").write_text(STORY.replace("fallen", "frozen"))
    imported(desktop, window, mixed(tmp_path), tmp_path / "after.txt")
    report = reported(desktop, window)
    parents = [report.rows.outcome(row).parent is not None for row in range(report.rows.rowCount())]  # type: ignore[union-attr]
    assert parents == [False, True, True, True, False]
    assert sorted(texts(report, ReportColumn.KEPT)[1:4]) == ["1 article", "1 article", "nothing"]
    assert chip_words(report) == ["imported 3", "with warnings 1", "refused 1"]
    report.chips[InputState.REFUSED].click()
    desktop.rest(window)
    assert ["empty" in name for name in texts(report, ReportColumn.INPUT)] == [True]
    report.chips[InputState.REFUSED].click()
    report.filter.setText("TWO.txt")
    desktop.wait(lambda: report.rows.rowCount() == 1)
    report.close()


def test_every_import_can_be_chosen_and_all_together(window: MainWindow, desktop: Desktop, tmp_path: Path) -> None:
    (tmp_path / "late.txt").write_text(STORY)
    imported(desktop, window, tmp_path / "late.txt")
    report = reported(desktop, window)
    assert (report.imports.count(), report.rows.rowCount()) == (3, 1)
    report.imports.setCurrentIndex(1)
    desktop.rest(window)
    assert report.rows.rowCount() == len(sample_files())
    report.imports.setCurrentIndex(2)
    desktop.rest(window)
    assert report.rows.rowCount() == len(sample_files()) + 1
    assert chip_words(report)[0] == f"imported {len(sample_files()) + 1}"
    report.close()


def test_enter_on_a_row_opens_its_article(window: MainWindow, desktop: Desktop, tmp_path: Path) -> None:
    (tmp_path / "late.txt").write_text(STORY)
    imported(desktop, window, tmp_path / "late.txt")
    report = reported(desktop, window)
    choose(report, 0)
    assert report.to_article.isEnabled()
    desktop.qtbot.keyClick(report.table, Qt.Key.Key_Return)
    desktop.rest(window)
    assert window.frame.desk.pane.header.title.text() == "River falls"
    report.close()


def test_what_failed_is_tried_again_when_the_file_was_mended(
    window: MainWindow, desktop: Desktop, tmp_path: Path
) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"")
    imported(desktop, window, path)
    report = reported(desktop, window)
    choose(report, 0)
    assert report.retry.isEnabled()
    path.write_text(STORY)
    menu = report.retry_menu()
    menu.actions()[0].trigger()
    menu.deleteLater()
    desktop.wait(lambda: report.imports.count() == 4)
    desktop.rest(window)
    report.imports.setCurrentIndex(0)
    desktop.rest(window)
    assert texts(report, ReportColumn.STATE) == ["imported"]
    report.close()


def test_an_import_that_was_stopped_can_be_given_up_or_gone_on_with(
    window: MainWindow, desktop: Desktop, tmp_path: Path
) -> None:
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    window.base.do("stop half-way", lambda workspace: stopped(workspace.kb, path), lambda _: None)
    desktop.rest(window)
    report = reported(desktop, window)
    assert "1 of 1 inputs are left" in report.stopped.text()
    report.go_on.click()
    desktop.wait(lambda: report.go_on.isHidden())
    desktop.rest(window)
    assert texts(report, ReportColumn.STATE) == ["imported"]
    report.close()


def stopped(kb, path: Path) -> None:  # type: ignore[no-untyped-def]  # the store's own type
    operation = start_import(kb, "Import story", '{"paths": []}')
    list_inputs(kb, operation, [WaitingInput(str(path), bytes(path))])
    end_listing(kb, operation, "Import story")


def test_the_report_is_exported_and_copied_as_it_is_filtered(
    window: MainWindow, desktop: Desktop, tmp_path: Path
) -> None:
    imported(desktop, window, mixed(tmp_path))
    report = reported(desktop, window)
    report.chips[InputState.REFUSED].click()
    desktop.rest(window)
    window.parts.importing.reports.export(report._query(), str(tmp_path / "report.csv"))
    desktop.rest(window)
    rows = list(csv.reader((tmp_path / "report.csv").read_text("utf-8-sig").splitlines()))
    assert [row[0] for row in rows] == ["state", "refused"]
    assert "mixed.zip" in rows[1][2]
    report.copy.click()
    assert QApplication.clipboard().text().startswith("refused\t")
    report.close()


def test_the_ways_to_try_again_fit_the_reason(qtbot: QtBot) -> None:
    refused = InputOutcome("a.txt", InputState.FAILED, "encoding", id=OutcomeId(3))
    scanned = InputOutcome(
        "b.pdf", InputState.WITH_WARNINGS, "scanned-pages", id=OutcomeId(4), media_type="application/pdf"
    )
    fine = InputOutcome("c.txt", InputState.IMPORTED, id=OutcomeId(5))
    menu = RetryMenu([refused, fine])
    qtbot.addWidget(menu)
    assert [action.text() for action in menu.actions()] == ["Try again", "Choose encoding…"]
    with qtbot.waitSignal(menu.chosen) as heard:
        menu.actions()[1].menu().actions()[1].trigger()
    assert (heard.args[0].encoding, heard.args[0].outcomes) == ("windows-1252", (OutcomeId(3),))
    other = RetryMenu([scanned])
    qtbot.addWidget(other)
    with qtbot.waitSignal(other.chosen) as heard:
        other.actions()[-1].trigger()
    assert heard.args[0].ocr


class LongLog:
    """A log of very many outcomes, which counts what is read of it."""

    def __init__(self) -> None:
        self.read = 0

    def outcomes_by_id(self, ids: Sequence[OutcomeId]) -> Sequence[InputOutcome]:
        self.read += len(ids)
        return [InputOutcome(f"{number}.txt", InputState.IMPORTED, id=number) for number in ids]


def numbers(count: int) -> list[OutcomeId]:
    return [OutcomeId(number) for number in range(count)]


def test_a_long_report_is_read_page_by_page(qtbot: QtBot) -> None:
    log = LongLog()
    report = ReportWindow(Theme(), log)
    qtbot.addWidget(report)
    report.show_imports([], can_write=True)
    began = time.perf_counter()
    report.show_rows(OutcomeQuery(), numbers(100_000), {InputState.IMPORTED: 100_000})
    report.show()
    qtbot.waitExposed(report)
    report.table.scrollToBottom()
    report.table.grab()
    assert log.read < 1_000
    assert time.perf_counter() - began < 2
    assert report.rows.index(99_999, ReportColumn.INPUT).data() == "99999.txt"


def test_the_rows_satisfy_the_model_tester(qtbot: QtBot) -> None:
    rows = ReportRows(LongLog())
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows.show(numbers(3))
    for count in (5, 2, 0):
        rows.refresh(numbers(count))
        assert rows.rowCount() == count


def test_whatever_can_be_pressed_has_a_name(qtbot: QtBot) -> None:
    report = ReportWindow(Theme(), LongLog())
    qtbot.addWidget(report)
    report.show_imports([], can_write=True)
    for button in report.findChildren(QAbstractButton):
        # the corner button and the one that clears the field are Qt's own
        if button.metaObject().className() not in ("QTableCornerButton", "QLineEditIconButton"):
            assert button.text() or button.accessibleName()


def test_a_base_that_is_closed_takes_its_report_along(window: MainWindow, desktop: Desktop) -> None:
    reported(desktop, window)
    window.commands.action("close_base").trigger()
    desktop.rest(window)
    assert window.parts.importing.reports.window is None
