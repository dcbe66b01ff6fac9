"""Buttons in the three weights of the window, and flat ones for icons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget


def primary_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """Make the one button of a place that does what most come for."""
    return _button(text, "primary", parent)


def plain_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """Make an outlined button."""
    return _button(text, "plain", parent)


def link_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """Make a button that looks like a link, for lines of text and status bars."""
    button = _button(text, "link", parent)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def icon_button(name: str, parent: QWidget | None = None) -> QToolButton:
    """Make a flat button for an icon; `name` is its accessible name and tool tip."""
    button = QToolButton(parent)
    button.setProperty("kind", "icon")
    button.setAutoRaise(True)
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _button(text: str, kind: str, parent: QWidget | None) -> QPushButton:
    button = QPushButton(text, parent)
    button.setProperty("kind", kind)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    # in a dialog every button would look like the one that Enter presses
    button.setAutoDefault(kind == "primary")
    return button
