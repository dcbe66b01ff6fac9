"""The window on a small screen: nothing overlaps, nothing is cut off, nothing is out of reach."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kb_app.ui.main_window import LEAST_SIZE, MainWindow
from kb_app.ui.shared.chips import FilterChip, MenuChip
from kb_app.ui.shell.places import Place
from kb_app.ui.sources.article_model import Column
from kb_app.ui.sources.article_table import NARROW
from tests.ui.conftest import Desktop

SIZES = (LEAST_SIZE, (900, 600), (1100, 700), (2560, 1440))


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """Give a window that is dressed as a person sees it: room depends on the style."""
    window.setStyleSheet(window.parts.theme.style_sheet())
    return window


def shown(parts: list[QPushButton]) -> list[QPushButton]:
    return [part for part in parts if part.isVisible()]


def overlaps(parts: list[QWidget], window: QWidget) -> list[str]:
    boxes = [(part, part.rect().translated(part.mapTo(window, part.rect().topLeft()))) for part in parts]
    return [f"{a} {b}" for (a, one), (b, other) in combinations(boxes, 2) if one.intersects(other)]


@pytest.mark.parametrize("size", SIZES)
def test_card_and_source_pane_stand_side_by_side(window: MainWindow, desktop: Desktop, size: tuple[int, int]) -> None:
    desk = window.frame.desk
    window.resize(*size)
    for place in Place:
        window.navigator.go_place(place)
        desktop.rest(window)
        middle = {Place.SOURCES: desk.sources, Place.TIMELINE: desk.timeline}.get(place, desk.card)
        entities = desk.entity_list()
        zones: list[QWidget] = [desk.rail, middle, desk.pane, *([] if entities is None else [entities])]
        assert not overlaps(zones, window)
        assert window.width() == max(size[0], LEAST_SIZE[0])
        assert desk.pane.mapTo(window, desk.pane.rect().bottomRight()).x() < window.width()


@pytest.mark.parametrize("size", SIZES)
def test_the_head_of_a_list_has_room_for_every_filter(
    window: MainWindow, desktop: Desktop, size: tuple[int, int]
) -> None:
    window.resize(*size)
    window.navigator.go_place(Place.INSTITUTIONS)
    desktop.rest(window)
    entities = window.frame.desk.institutions
    chips = shown(entities.findChildren(FilterChip)) + shown(entities.findChildren(MenuChip))
    assert len(chips) == 5
    assert all(chip.width() >= chip.sizeHint().width() for chip in chips)
    assert not overlaps(list(chips), window)


@pytest.mark.parametrize("size", SIZES)
def test_the_tools_of_the_timeline_are_not_cut_off(window: MainWindow, desktop: Desktop, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.navigator.go_place(Place.TIMELINE)
    desktop.rest(window)
    tools = window.frame.desk.timeline.findChildren(QAbstractButton)
    desktop.wait(lambda: not any(tool.isVisible() and tool.width() < tool.sizeHint().width() for tool in tools))


def test_a_menu_chip_says_what_fits_and_keeps_the_whole_for_the_tooltip(qtbot: QtBot) -> None:
    chip = MenuChip("")
    qtbot.addWidget(chip)
    chip.offer(("Sort: mentions", "mentions", "m"))
    chip.fit(1000)
    assert (chip.text(), chip.toolTip()) == ("Sort: mentions", "")
    chip.fit(1)
    assert (chip.text(), chip.toolTip()) == ("m", "Sort: mentions")
    assert chip.accessibleName() == "Sort: mentions"


def test_the_narrow_columns_of_the_sources_hold_their_words(window: MainWindow, desktop: Desktop) -> None:
    window.resize(1200, 800)
    window.navigator.go_place(Place.SOURCES)
    desktop.rest(window)
    table = window.frame.desk.sources.table
    header = table.horizontalHeader()
    words = {Column.PUBLISHED: "28 May 2006", Column.COUNTS: "10 / 12 / 20"}
    for column, width in NARROW.items():
        assert header.sectionSize(column) == width
        heading = table.model().headerData(column, Qt.Orientation.Horizontal)
        assert header.sectionSizeHint(column) <= width, heading
        assert QFontMetrics(table.font()).horizontalAdvance(words.get(column, heading)) + 20 <= width
