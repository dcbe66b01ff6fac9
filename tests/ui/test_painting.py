"""Rows with hostile words in them are painted like any other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QStandardItem, QStandardItemModel, QTextDocument
from PySide6.QtWidgets import QLabel, QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from kb_app.core.entity import EntityType
from kb_app.core.grading import Credibility, Reliability, SourceGrade
from kb_app.core.ids import ArticleId, EntityId
from kb_app.core.judgement import Status
from kb_app.core.listing import ArticleRow, EntityRow
from kb_app.core.passage import Span
from kb_app.core.search import HitKind, SearchHit
from kb_app.ui.lists.entity_delegate import EntityDelegate
from kb_app.ui.search.answer_delegate import HIT_HEIGHT, AnswerDelegate
from kb_app.ui.search.answers import AnswerLine, AnswersModel
from kb_app.ui.shared.tips import plain_tip
from kb_app.ui.sources.article_delegate import ROW_HEIGHT, ArticleDelegate
from kb_app.ui.sources.article_model import ArticleModel, Column
from kb_app.ui.theme import Theme, ThemeChoice

WIDTH, HEIGHT = 320, 120
B2 = SourceGrade(Reliability.USUAL, Credibility.PROBABLE)
HOSTILE = [
    "one\ntwo\nthree",
    "\u202edesrever",
    "a" + "\u0301" * 20_000,
    "محمد بن سلمان",
    "x" * 5_000,
    "\x00\x01",
    "",
]


def painted(delegate: QStyledItemDelegate, row: object, column: int = 0) -> QImage:
    """Paint one row on a white picture that is higher than the row."""
    model = QStandardItemModel()
    item = QStandardItem()
    item.setData(row, Qt.ItemDataRole.UserRole)
    model.setItem(0, column, item)
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, WIDTH, ROW_HEIGHT)
    painter = QPainter(image)
    delegate.paint(painter, option, model.index(0, column))
    painter.end()
    return image


def is_clean_below(image: QImage) -> bool:
    """Tell whether nothing was painted under the row."""
    white = QColor("white").rgb()
    return all(image.pixel(x, y) == white for x in range(0, WIDTH, 3) for y in range(ROW_HEIGHT + 4, HEIGHT, 3))


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_name_stays_in_its_row(qtbot: QtBot, words: str) -> None:
    row = EntityRow(EntityId(1), EntityType.PERSON, words, words, "", 3, 1, Status.REJECTED)
    assert is_clean_below(painted(EntityDelegate(Theme()), row))


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_title_stays_in_its_row(qtbot: QtBot, words: str) -> None:
    row = ArticleRow(ArticleId(1), words, words, words, None, 0, 0, 0, False, (words,), 3, B2)
    assert is_clean_below(painted(ArticleDelegate(Theme(), ArticleModel()), row))


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_answer_stays_in_its_row(qtbot: QtBot, words: str) -> None:
    hit = SearchHit(HitKind.ARTICLE, 1, words, "", words, (Span(0, min(3, len(words))),), grade=B2)
    image = painted(AnswerDelegate(Theme(), AnswersModel()), AnswerLine(hit=hit))
    assert is_clean_below(image.copy(0, HIT_HEIGHT - ROW_HEIGHT, WIDTH, HEIGHT))


def test_the_states_of_a_row_differ_in_shape_and_not_in_colour_alone(qtbot: QtBot) -> None:
    row = EntityRow(EntityId(1), EntityType.PERSON, "Ann Vela", "", "", 3, 1, Status.SUGGESTED)
    delegate = EntityDelegate(Theme(ThemeChoice.LIGHT))
    pictures = [painted(delegate, replace(row, status=status)) for status in Status]
    shapes = [
        picture.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)
        for picture in pictures
    ]
    assert shapes[0] != shapes[1] != shapes[2]


def test_a_grade_that_nobody_gave_looks_different_in_shape(qtbot: QtBot) -> None:
    row = ArticleRow(ArticleId(1), "Dam", "", "", None, 0, 0, 0, False)
    delegate = ArticleDelegate(Theme(ThemeChoice.LIGHT), ArticleModel())
    unjudged = SourceGrade(Reliability.UNJUDGED, Credibility.UNJUDGED)
    pictures = [painted(delegate, replace(row, grade=grade), Column.GRADE) for grade in (SourceGrade(), unjudged, B2)]
    assert len({bytes(picture.bits()) for picture in pictures}) == 3


@pytest.mark.parametrize("words", ["<b>bold</b>", "a <img src='x'> b", "&lt;i&gt;"])
def test_a_tip_shows_tags_as_they_are(qtbot: QtBot, words: str) -> None:
    label = QLabel(plain_tip(words))
    document = QTextDocument()
    document.setHtml(label.text())
    assert document.toPlainText() == words
