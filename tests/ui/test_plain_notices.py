"""Words that came with a file are shown as they stand, and never obeyed as markup that loads a picture."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from kb_app.core.report import ImportReport, InputOutcome, InputState
from kb_app.ui.main_window import MainWindow
from kb_app.ui.notices import Notice
from kb_app.ui.sources.extraction_dialog import ExtractionDialog

NAME = "a.zip › <img src='//elsewhere.test/share/a.png'><b>b</b>.txt"


def test_a_name_in_a_notice_is_no_markup(window: MainWindow) -> None:
    notices = window.frame.notices
    notices.show_notice(Notice(f"“{NAME}” is empty."))
    (shown,) = [label for label in notices.findChildren(QLabel) if NAME in label.text()]
    assert shown.textFormat() == Qt.TextFormat.PlainText


def test_a_name_in_a_tip_is_no_markup(window: MainWindow) -> None:
    outcome = InputOutcome(NAME, InputState.FAILED, "empty", "It is empty.")
    model = ExtractionDialog(window.parts.theme, ImportReport((outcome,)), window).rows
    tip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img" in tip and "<img" not in tip
