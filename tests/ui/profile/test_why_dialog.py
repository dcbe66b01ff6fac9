"""Why a line is believed, asked from its menu and by its key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kb_app.core.judgement import Status
from kb_app.core.stated_date import Resolution, on_day
from kb_app.ui.profile.fact_line import FactLine, event_lines, role_lines
from kb_app.ui.profile.line_view import LineView
from kb_app.ui.profile.mentions_view import MentionTable
from kb_app.ui.profile.why_dialog import WhyDialog, dated_words, why_of_line, why_rows
from kb_app.ui.theme import LIGHT, Theme, ThemeChoice
from tests.ui.profile.profiles import VELA, citation, event, mention, role, support

FRIDAY = on_day(date(2024, 5, 3)).resolved("<Friday>", "weekday", "2024-05-04", Resolution.RELATIVE)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[LineView]:
    widget = LineView(Theme(ThemeChoice.LIGHT), "Events")
    qtbot.addWidget(widget)
    widget.setFixedWidth(420)
    widget.show()
    widget.lines.show_lines(event_lines([replace(event(41), date=FRIDAY)], VELA.id), 8)
    yield widget
    close_all(widget)


def close_all(widget: QWidget) -> None:
    for dialog in widget.window().findChildren(WhyDialog):
        dialog.accept()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def dialog_of(widget: QWidget) -> WhyDialog:
    (dialog,) = widget.window().findChildren(WhyDialog)
    return dialog


def rich_text(line: FactLine) -> str:
    return "".join(why_rows(why_of_line(line), LIGHT))


def test_the_menu_of_a_line_tells_why(view: LineView) -> None:
    menu = view.menu(0)
    (action,) = (action for action in menu.actions() if action.text() == "Why this line?")
    assert action.shortcut().toString() == "W"
    action.trigger()
    shown = dialog_of(view).text.toPlainText()
    assert "On Friday Anna Vela opened the Orla dam" in shown
    assert "Machine's confidence 87 % · title rule" in shown
    assert "Date: 3 May 2024 · from the words “<Friday>” · by the rule “weekday” · counted from 4 May 2024" in shown
    menu.deleteLater()


def test_a_key_tells_why_and_escape_closes(qtbot: QtBot, view: LineView) -> None:
    view.setCurrentIndex(view.lines.index(0))
    qtbot.keyClick(view, Qt.Key.Key_W)
    dialog = dialog_of(view)
    assert dialog.isVisible() and dialog.text.isReadOnly()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not view.window().findChildren(WhyDialog)


def test_no_line_no_answer(qtbot: QtBot, view: LineView) -> None:
    view.lines.show_lines((), 8)
    qtbot.keyClick(view, Qt.Key.Key_W)
    assert not view.window().findChildren(WhyDialog)


def test_a_screen_reader_finds_the_answer(view: LineView) -> None:
    view.say_why(view.lines.line(0))
    reader = QAccessible.queryAccessibleInterface(dialog_of(view).text)
    assert reader.text(QAccessible.Text.Name) == "Why this line?"


def test_every_citation_is_told_and_those_left_out_are_counted() -> None:
    (line,) = role_lines([replace(role(1), support=replace(support(citations=2), citation_count=12))])
    text = rich_text(line)
    assert text.count("title rule") == 2
    assert "and 10 more citations" in text
    (one,) = role_lines([replace(role(1), support=replace(support(citations=2), citation_count=3))])
    assert "and one more citation<" in rich_text(one)


def test_the_state_is_told_in_words() -> None:
    (line,) = role_lines([role(1, "Mayor", Status.CONFIRMED)])
    assert "confirmed" in rich_text(line)


def test_text_of_an_article_is_made_harmless() -> None:
    hostile = citation(words="<b>x</b>", text="Say <b>x</b> now.")
    (line,) = role_lines([replace(role(1, "<i>Chief</i>"), support=replace(support(), citations=(hostile,)))])
    text = rich_text(line)
    assert "<i>" not in text and "<b>x</b>" not in text


def test_a_date_tells_only_what_is_known_of_it() -> None:
    assert dated_words(on_day(date(2024, 5, 3))) == "Date: 3 May 2024"
    assert dated_words(replace(FRIDAY, anchor="soon")).endswith("counted from soon")


def test_a_mention_tells_why_it_was_taken_so(qtbot: QtBot) -> None:
    table = MentionTable(Theme(ThemeChoice.LIGHT))
    qtbot.addWidget(table)
    table.mentions.show_mentions([mention()], 1)
    menu = table.menu(0)
    next(action for action in menu.actions() if action.text() == "Why this line?").trigger()
    assert "title rule" in dialog_of(table).text.toPlainText()
    close_all(table)
    menu.deleteLater()
