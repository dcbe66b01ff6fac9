"""A section's lines under a real pointer and real keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from kb_app.core.event import Realis
from kb_app.core.ids import EventId
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.ui.profile.fact_line import event_lines, relation_lines, role_lines
from kb_app.ui.profile.line_model import LineModel
from kb_app.ui.profile.line_view import LineView
from kb_app.ui.profile.row_layout import PartKind
from kb_app.ui.profile.wishes import JudgementWish
from kb_app.ui.theme import Theme, ThemeChoice
from tests.ui.profile.profiles import RIVERS, VELA, event, relation, role

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[LineView]:
    widget = LineView(Theme(ThemeChoice.LIGHT), "Roles")
    qtbot.addWidget(widget)
    widget.setFixedWidth(420)
    widget.show()
    widget.lines.show_lines(role_lines([role(1), role(2, "Deputy"), role(3, "Mayor", Status.CONFIRMED)]), 8)
    return widget


def heard(signal: Any) -> list[Any]:
    """Collect what a signal carries."""
    got: list[Any] = []
    signal.connect(got.append)
    return got


def point_of(view: LineView, row: int, kind: PartKind) -> QPoint:
    """Find a point at which a part of a line can be hit."""
    box = view.visualRect(view.lines.index(row))
    points = (QPoint(x, y) for y in range(box.top(), box.bottom(), 3) for x in range(box.left(), box.right(), 3))
    return next(point for point in points if view.part_at(point)[1].kind is kind)


def click(qtbot: QtBot, view: LineView, row: int, kind: PartKind) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, pos=point_of(view, row, kind))


def press(qtbot: QtBot, view: LineView, row: int, key: Qt.Key) -> None:
    view.setCurrentIndex(view.lines.index(row))
    qtbot.keyClick(view, key)


def test_the_model_keeps_the_rules_of_models(qtbot: QtBot) -> None:
    model = LineModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    lines = role_lines([role(n) for n in range(1, 30)])
    model.show_lines(lines, 7)
    model.show_more(20)
    model.show_lines(lines, 20)
    model.show_lines((), 7)
    assert model.rowCount() == 0


def test_it_is_as_tall_as_its_lines(view: LineView) -> None:
    assert view.height() == view.visualRect(view.lines.index(2)).bottom() + 1
    assert view.verticalScrollBar().maximum() == 0


def test_a_click_on_a_name_asks_for_its_card(qtbot: QtBot, view: LineView) -> None:
    wished = heard(view.entity_requested)
    click(qtbot, view, 1, PartKind.LINK)
    assert wished == [RIVERS.id]


def test_clicks_on_the_chip_go_through_the_citations(qtbot: QtBot, view: LineView) -> None:
    wished = heard(view.citation_requested)
    for _ in range(5):
        click(qtbot, view, 0, PartKind.CHIP)
    assert wished == [*view.lines.line(0).support.citations, view.lines.line(0).support.citations[0]]


def test_a_click_on_the_mark_confirms_and_takes_back(qtbot: QtBot, view: LineView) -> None:
    wished = heard(view.judgement_requested)
    click(qtbot, view, 0, PartKind.MARK)
    click(qtbot, view, 2, PartKind.MARK)
    refs = [(ClaimRef(ClaimKind.ROLE, n),) for n in (1, 3)]
    assert wished == [JudgementWish(refs[0], Status.CONFIRMED), JudgementWish(refs[1], Status.SUGGESTED)]


@pytest.mark.parametrize(
    ("key", "status"),
    [
        (Qt.Key.Key_A, Status.CONFIRMED),
        (Qt.Key.Key_X, Status.REJECTED),
        (Qt.Key.Key_U, Status.SUGGESTED),
        (Qt.Key.Key_Backspace, Status.SUGGESTED),
    ],
)
def test_a_key_decides_on_the_current_line(qtbot: QtBot, view: LineView, key: Qt.Key, status: Status) -> None:
    wished = heard(view.judgement_requested)
    press(qtbot, view, 1, key)
    assert wished == [JudgementWish((ClaimRef(ClaimKind.ROLE, 2),), status)]


def test_several_selected_lines_are_decided_in_one_step(qtbot: QtBot, view: LineView) -> None:
    wished = heard(view.judgement_requested)
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_A)
    assert [len(wish.refs) for wish in wished] == [3]


def test_enter_opens_the_best_citation(qtbot: QtBot, view: LineView) -> None:
    wished = heard(view.citation_requested)
    press(qtbot, view, 1, Qt.Key.Key_Return)
    assert wished == [view.lines.line(1).support.citations[0]]


def test_arrows_leave_at_the_ends_only(qtbot: QtBot, view: LineView) -> None:
    left = heard(view.edge_passed)
    press(qtbot, view, 0, Qt.Key.Key_Down)
    assert (view.currentIndex().row(), left) == (1, [])
    press(qtbot, view, 2, Qt.Key.Key_Down)
    press(qtbot, view, 0, Qt.Key.Key_Up)
    assert left == [1, -1]


def test_an_event_leads_to_the_timeline(qtbot: QtBot, view: LineView) -> None:
    view.lines.show_lines(event_lines([event(41, realis=Realis.DENIED)], VELA.id), 8)
    wished = heard(view.event_requested)
    click(qtbot, view, 0, PartKind.LINK)
    assert wished == [EventId(41)]


def test_the_chip_shows_the_sentence_with_hostile_text_made_harmless(view: LineView) -> None:
    tip = view.tip_at(point_of(view, 0, PartKind.CHIP))
    assert "Anna Vela</span> opened the Orla dam" in tip
    assert "Harbour Courier" in tip and "87 %" in tip and "title rule" in tip


def test_the_mark_tells_the_state_in_words(view: LineView) -> None:
    assert view.tip_at(point_of(view, 2, PartKind.MARK)).startswith("confirmed")
    assert "not decided" in view.lines.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_menu_offers_each_citation_and_what_can_still_be_decided(view: LineView) -> None:
    menu = view.menu(2)
    words = {action.text(): action for action in menu.actions() if action.text()}
    assert not words["Confirm"].isEnabled()
    assert words["Reject"].isEnabled()
    assert len(words["All citations"].menu().actions()) == 4  # type: ignore[attr-defined]
    wished = heard(view.entity_requested)
    words["Open Ministry of Rivers"].trigger()
    assert wished == [RIVERS.id]
    menu.deleteLater()


def test_lines_are_laid_out_anew_in_another_width(view: LineView) -> None:
    tall = view.height()
    view.setFixedWidth(200)
    assert view.height() > tall


def test_hovering_over_a_link_shows_a_hand(qtbot: QtBot, view: LineView) -> None:
    view.lines.show_lines(relation_lines([relation()]), 8)
    qtbot.mouseMove(view.viewport(), point_of(view, 0, PartKind.LINK))
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor


def test_a_click_moves_nothing_and_a_key_brings_its_line_into_view(qtbot: QtBot, view: LineView) -> None:
    reached = heard(view.line_reached)
    click(qtbot, view, 2, PartKind.CHIP)
    assert reached == []
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert reached == [view.visualRect(view.lines.index(1))]


def test_two_quick_clicks_on_the_chip_are_two(qtbot: QtBot, view: LineView) -> None:
    wished = heard(view.citation_requested)
    spot = point_of(view, 0, PartKind.CHIP)
    qtbot.mouseClick(view.viewport(), LEFT, pos=spot)
    qtbot.mouseDClick(view.viewport(), LEFT, pos=spot)  # without the release at its end
    qtbot.mouseRelease(view.viewport(), LEFT, pos=spot)
    assert wished == [*view.lines.line(0).support.citations[:2]]


def test_a_screen_reader_finds_every_line_with_its_state(view: LineView) -> None:
    reader = QAccessible.queryAccessibleInterface(view)
    lines = [reader.child(row).text(QAccessible.Text.Name) for row in range(reader.childCount())]
    assert [line.rpartition("; ")[0].rpartition("; ")[2] for line in lines] == [
        "extracted, not decided",
        "extracted, not decided",
        "confirmed",
    ]
    assert reader.text(QAccessible.Text.Name) == "Roles"
    described = reader.child(0).text(QAccessible.Text.Description)
    assert described.startswith("On Friday Anna Vela opened the Orla dam")
