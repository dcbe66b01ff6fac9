"""Qt's calls that return nothing must not give away references to None: PySide6 6.12 does, and aborts on 3.11."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QImage, QPainter, QStandardItem, QStandardItemModel, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 1000
# What the interpreter itself may give or take between two readings; the loss looked for is one a call.
SLACK = 100

pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on: its count says nothing there"
)


def references_lost(call: Callable[[], object]) -> int:
    call()
    gc.collect()
    gc.disable()  # what an earlier test left to be collected holds references to None too
    try:
        before = sys.getrefcount(None)
        for _ in range(CALLS):
            call()
        return before - sys.getrefcount(None)
    finally:
        gc.enable()


def test_setting_a_text_keeps_the_references_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    assert references_lost(lambda: label.setText("Mirenz")) < SLACK
    assert references_lost(lambda: label.setToolTip("Mirenz")) < SLACK
    assert references_lost(label.update) < SLACK


def test_painting_keeps_the_references_to_none(qtbot: QtBot) -> None:
    image = QImage(16, 16, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    try:
        colour = QColor("#3A5BC7")
        assert references_lost(lambda: painter.fillRect(0, 0, 8, 8, colour)) < SLACK
        assert references_lost(lambda: painter.drawLine(0, 0, 8, 8)) < SLACK
    finally:
        painter.end()


def test_filling_models_and_documents_keeps_the_references_to_none(qtbot: QtBot) -> None:
    model = QStandardItemModel()
    cursor = QTextCursor(QTextDocument())
    assert references_lost(lambda: model.appendRow(QStandardItem("row"))) < SLACK
    assert references_lost(lambda: cursor.insertText("word ")) < SLACK
