"""The bar that finds words in the article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from kb_app.core.passage import Span
from kb_app.ui.shared.buttons import icon_button
from kb_app.ui.shared.icons import Icons

MOST_FOUND = 20_000


def find_all(text: str, words: str) -> tuple[Span, ...]:
    """Return where words stand in a text, whatever their case and however their spaces are broken."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return ()
    pattern = re.compile(r"\s+".join(parts), re.IGNORECASE)
    found: list[Span] = []
    for match in pattern.finditer(text):
        found.append(Span(match.start(), match.end()))
        if len(found) == MOST_FOUND:
            break
    return tuple(found)


class FindBar(QWidget):
    """Asks for words and steps through what was found.

    `words_changed` carries the words, `step_requested` 1 or -1; `closed` says that Escape or the cross closed it.
    """

    words_changed = Signal(str)
    step_requested = Signal(int)
    closed = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in the article"))
        self.field.setAccessibleName(self.tr("Find in the article"))
        self.count = QLabel()
        self.count.setProperty("tone", "muted")
        self.back = icon_button(self.tr("Previous (Shift+Enter)"))
        self.forth = icon_button(self.tr("Next (Enter)"))
        self.shut = icon_button(self.tr("Close (Esc)"))
        icons.dress(self.back, "arrow-up-s-line")
        icons.dress(self.forth, "arrow-down-s-line")
        icons.dress(self.shut, "close-line")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        for part in (self.count, self.back, self.forth, self.shut):
            row.addWidget(part)
        self.field.textChanged.connect(self.words_changed)
        self.back.clicked.connect(self._step_back)
        self.forth.clicked.connect(self._step_forth)
        self.shut.clicked.connect(self.closed)

    def begin(self, words: str) -> None:
        """Open the bar, with some words to look for."""
        self.show()
        if words:
            self.field.setText(words)
        self.field.selectAll()
        self.field.setFocus()

    def show_count(self, at: int | None, found: Sequence[Span]) -> None:
        """Show which of how many is framed."""
        if not self.field.text().strip():
            self.count.setText("")
        elif not found:
            self.count.setText(self.tr("not found"))
        else:
            number = "–" if at is None else str(at + 1)
            many = f"{len(found)}+" if len(found) == MOST_FOUND else str(len(found))
            self.count.setText(f"{number}/{many}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step_requested.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _step_back(self) -> None:
        self.step_requested.emit(-1)

    def _step_forth(self) -> None:
        self.step_requested.emit(1)
