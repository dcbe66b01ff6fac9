"""Mentions in context: sorted by what stands beside them, read on when looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from kb_app.core.entity import EntityType
from kb_app.core.profile import MentionLine
from kb_app.ui.profile.mention_model import Column, MentionModel
from kb_app.ui.profile.mentions_view import MentionsSection
from kb_app.ui.profile.wishes import MoreWish, SectionKind
from kb_app.ui.theme import Theme
from tests.ui.profile.profiles import VELA, mention

TEXTS = ("We met Anna Vela again", "They saw Anna Vela before", "Nobody asked Anna Vela here")


def lines() -> list[MentionLine]:
    return [mention(n, text) for n, text in enumerate(TEXTS, 1)]


def column(model: MentionModel, number: int) -> list[str]:
    return [model.index(row, number).data() for row in range(model.rowCount())]


def test_the_model_keeps_the_rules_of_models(qtbot: QtBot) -> None:
    model = MentionModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_mentions(lines(), 5)
    model.sort(Column.RIGHT)
    model.add_mentions([mention(4), mention(5)])
    model.sort(Column.ARTICLE, Qt.SortOrder.DescendingOrder)
    assert model.rowCount() == 5


def test_the_left_context_is_sorted_by_the_word_next_to_the_mention() -> None:
    model = MentionModel()
    model.show_mentions(lines(), 3)
    model.sort(Column.LEFT)
    assert column(model, Column.LEFT) == ["Nobody asked", "We met", "They saw"]


def test_the_right_context_is_sorted_by_the_word_after_it() -> None:
    model = MentionModel()
    model.show_mentions(lines(), 3)
    model.sort(Column.RIGHT)
    assert column(model, Column.RIGHT) == ["again", "before", "here"]
    assert set(column(model, Column.WORDS)) == {"Anna Vela"}


def test_sorting_keeps_the_chosen_mention_chosen(qtbot: QtBot) -> None:
    section = MentionsSection(Theme())
    qtbot.addWidget(section)
    section.show_mentions((VELA.id, EntityType.PERSON), lines(), 3)
    section.table.setCurrentIndex(section.table.mentions.index(0, 0))
    section.table.sortByColumn(Column.LEFT, Qt.SortOrder.AscendingOrder)
    assert section.table.currentIndex().siblingAtColumn(Column.LEFT).data() == "We met"


def test_rows_not_held_are_asked_for_once(qtbot: QtBot) -> None:
    section = MentionsSection(Theme())
    qtbot.addWidget(section)
    wished: list[MoreWish] = []
    section.more_requested.connect(wished.append)
    section.show_mentions((VELA.id, EntityType.PERSON), lines(), 4)
    section.table.mentions.fetchMore()
    section.table.mentions.fetchMore()
    assert wished == [MoreWish(VELA.id, SectionKind.MENTIONS, 3)]
    section.add_mentions(VELA.id, [mention(4)])
    assert section.table.mentions.rowCount() == 4
    assert not section.table.mentions.canFetchMore()


def test_enter_and_click_open_the_sentence(qtbot: QtBot) -> None:
    section = MentionsSection(Theme())
    qtbot.addWidget(section)
    section.resize(700, 300)
    section.show_mentions((VELA.id, EntityType.PERSON), lines(), 3)
    section.show()
    opened: list[object] = []
    section.citation_requested.connect(opened.append)
    table = section.table
    table.setCurrentIndex(table.mentions.index(1, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    spot = table.visualRect(table.mentions.index(2, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened == [lines()[1].citation, lines()[2].citation]


def test_the_button_makes_the_table_taller(qtbot: QtBot) -> None:
    section = MentionsSection(Theme())
    qtbot.addWidget(section)
    section.show_mentions((VELA.id, EntityType.PERSON), [mention(n) for n in range(1, 41)], 40)
    low = section.table.height()
    section.more.click()
    assert section.table.height() > low * 2
    assert section.more.isHidden()


def test_the_same_mentions_again_keep_the_rows_read_since(qtbot: QtBot) -> None:
    section = MentionsSection(Theme())
    qtbot.addWidget(section)
    for _ in range(2):
        section.show_mentions((VELA.id, EntityType.PERSON), lines(), 4)
        section.add_mentions(VELA.id, [mention(4)])
    assert section.table.mentions.rowCount() == 5
    section.show_mentions((VELA.id, EntityType.PERSON), lines()[:2], 2)
    assert section.table.mentions.rowCount() == 2


def test_the_menu_opens_and_copies_with_the_citation(qtbot: QtBot) -> None:
    section = MentionsSection(Theme())
    qtbot.addWidget(section)
    section.show_mentions((VELA.id, EntityType.PERSON), lines(), 3)
    opened: list[object] = []
    section.citation_requested.connect(opened.append)
    show, _why, copy = section.table.menu(1).actions()
    show.trigger()
    copy.trigger()
    assert opened == [lines()[1].citation]
    copied = QGuiApplication.clipboard().text().replace("\u00a0", " ")
    assert copied == "They saw Anna Vela before — Article 2 · Harbour Courier · 4 May 2024 · not graded"
