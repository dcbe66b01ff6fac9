"""What a keyboard or a screen reader finds in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollBar, QWidget

from kb_app.ui.main_window import MainWindow
from kb_app.ui.shell.places import Place
from tests.ui.conftest import Desktop


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    spoken = interface.text(QAccessible.Text.Name) if interface is not None else ""
    return spoken or widget.accessibleName() or widget.toolTip()


def reachable(window: QWidget) -> list[QWidget]:
    wanted = Qt.FocusPolicy.TabFocus.value
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy().value & wanted
        if not isinstance(widget, QScrollBar)
    ]


def test_whatever_the_keyboard_reaches_has_a_name(window: MainWindow, desktop: Desktop) -> None:
    nameless = set()
    for place in Place:
        window.navigator.go_place(place)
        desktop.rest(window)
        nameless |= {f"{place.value}: {type(w).__name__} {w.objectName()}" for w in reachable(window) if not name_of(w)}
    assert not nameless


def test_every_button_that_is_seen_can_be_reached_by_tab(window: MainWindow, desktop: Desktop) -> None:
    buttons = [b for b in window.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
    silent = Qt.WidgetAttribute.WA_TransparentForMouseEvents
    out_of_reach = [
        f"{type(b).__name__} {b.text() or b.accessibleName() or b.toolTip()!r} in {type(b.parentWidget()).__name__}"
        for b in buttons
        if b.focusPolicy() is Qt.FocusPolicy.NoFocus and not b.testAttribute(silent)
    ]
    assert not out_of_reach


def test_tab_goes_round_the_window_and_comes_back(window: MainWindow, desktop: Desktop) -> None:
    window.activateWindow()
    window.frame.desk.focus_rows()
    start = QApplication.focusWidget()
    visited = [start]
    for _ in range(400):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is start:
            break
        visited.append(QApplication.focusWidget())
    assert QApplication.focusWidget() is start
    kinds = {type(widget).__name__ for widget in visited}
    assert {"RailButton", "SearchBox", "FilterChip", "RowsView"} <= kinds
