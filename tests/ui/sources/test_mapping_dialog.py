"""The dialog of columns: a choice a column, each role once, and nothing imported without a text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from kb_app.core.column_mapping import ColumnMapping, TableHead
from kb_app.services.tables import TableToMap
from kb_app.ui.sources.mapping_dialog import MappingDialog

COLUMNS = ("gate", "note", "more")


def dialog_of(qtbot: QtBot, mapping: ColumnMapping) -> MappingDialog:
    rows = (("west", "shut <b>since</b> the storm", ""), ("east",))
    head = TableHead("gates.csv", COLUMNS, rows, ColumnMapping("print"))
    dialog = MappingDialog(TableToMap(Path("gates.csv"), head, mapping))
    qtbot.addWidget(dialog)
    return dialog


def choose(dialog: MappingDialog, column: int, role: str) -> None:
    choice = dialog.choices[column]
    choice.setCurrentIndex(choice.findData(role))


def test_the_guess_is_chosen_and_accepted_at_once(qtbot: QtBot) -> None:
    dialog = dialog_of(qtbot, ColumnMapping("print", title="gate", text="note"))
    chosen = QSignalSpy(dialog.mapping_chosen)
    dialog.accept_button.click()
    assert chosen.at(0)[0].mapping == ColumnMapping("print", title="gate", text="note")


def test_without_a_text_nothing_can_be_imported(qtbot: QtBot) -> None:
    dialog = dialog_of(qtbot, ColumnMapping("print", title="gate"))
    assert not dialog.accept_button.isEnabled()
    choose(dialog, 1, "text")
    assert dialog.accept_button.isEnabled()


def test_a_role_moves_from_one_column_to_the_other(qtbot: QtBot) -> None:
    dialog = dialog_of(qtbot, ColumnMapping("print", text="note"))
    choose(dialog, 2, "text")
    assert dialog.mapping() == ColumnMapping("print", text="more")


def test_every_choice_says_for_which_column_it_is(qtbot: QtBot) -> None:
    dialog = dialog_of(qtbot, ColumnMapping("print"))
    assert [COLUMNS[n] in choice.accessibleName() for n, choice in enumerate(dialog.choices)] == [True] * 3
