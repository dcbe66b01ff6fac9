"""Importing tables in the window: unclear ones are asked about, and the choice goes with the request."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy

from kb_app.core.column_mapping import ColumnMapping
from kb_app.services.importing import ImportRequest
from kb_app.ui.main_window import MainWindow
from kb_app.ui.sources.mapping_dialog import MappingDialog
from tests.ui.conftest import Desktop


@pytest.fixture
def gates(tmp_path: Path) -> Path:
    path = tmp_path / "gates.csv"
    path.write_text("gate,note\nwest,shut since the storm\n", encoding="utf-8")
    return path


def asked(window: MainWindow, desktop: Desktop) -> MappingDialog:
    tables = window.parts.importing.tables
    desktop.wait(lambda: tables.dialog is not None)
    assert tables.dialog is not None
    return tables.dialog


def test_an_unclear_table_is_asked_about_once_and_remembered(window: MainWindow, desktop: Desktop, gates: Path) -> None:
    prepared = QSignalSpy(window.parts.importing.tables.prepared)
    window.parts.importing.import_paths((gates,))
    dialog = asked(window, desktop)
    dialog.choices[1].setCurrentIndex(dialog.choices[1].findData("text"))
    dialog.accept_button.click()
    desktop.rest(window)
    mapping = json.loads(prepared.at(0)[0].mapping)
    assert [one["text"] for one in mapping] == ["note"]
    window.parts.importing.import_paths((gates,))
    desktop.rest(window)
    assert window.parts.importing.tables.dialog is None
    assert json.loads(prepared.at(1)[0].mapping) == mapping


def test_a_table_that_is_left_out_takes_nothing_else_with_it(
    window: MainWindow, desktop: Desktop, gates: Path, tmp_path: Path
) -> None:
    prepared = QSignalSpy(window.parts.importing.tables.prepared)
    text = tmp_path / "pier.txt"
    text.write_text("Pier closed\n\nThe harbour board closed the pier.", encoding="utf-8")
    window.parts.importing.import_paths((gates, text))
    asked(window, desktop).reject()
    desktop.rest(window)
    assert prepared.at(0)[0].paths == (text,)


def test_a_chosen_table_is_shown_also_where_it_is_clear(window: MainWindow, desktop: Desktop, tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text("title,text\nPier closed,The harbour board closed the pier.\n", encoding="utf-8")
    window.parts.importing.tables.ask_about(str(path))
    dialog = asked(window, desktop)
    assert dialog.mapping().columns() == {"title": "title", "text": "text"}
    dialog.reject()
    desktop.rest(window)


def test_a_file_that_is_no_table_is_said_to_be_none(window: MainWindow, desktop: Desktop, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Words.", encoding="utf-8")
    noticed = QSignalSpy(window.parts.importing.tables.noticed)
    window.parts.importing.tables.ask_about(str(path))
    desktop.rest(window)
    assert "no table" in noticed.at(0)[0].sentence


def test_a_remembered_choice_stays_in_the_file(window: MainWindow, desktop: Desktop) -> None:
    mapping = ColumnMapping("print", text="note")
    window.base.do("columns", lambda workspace: workspace.tables.remember(mapping), lambda _: None)
    desktop.rest(window)
    assert window.base.workspace is not None
    assert window.base.workspace.tables.remembered() == (mapping,)


def test_the_report_leads_to_the_columns_of_a_refused_table(window: MainWindow, desktop: Desktop, gates: Path) -> None:
    ended = QSignalSpy(window.base.task_ended)
    window.parts.importing.tables.prepared.emit(ImportRequest((gates,), jobs=1, extract=False))
    desktop.wait(lambda: ended.count() == 1)
    window.commands.action("report").trigger()
    desktop.rest(window)
    report = window.parts.importing.reports.window
    assert report is not None
    report.table.selectRow(0)
    (columns,) = [action for action in report.row_menu().actions() if "columns" in action.text()]
    columns.trigger()
    asked(window, desktop).reject()
    report.close()
    desktop.rest(window)
