"""The sheet of keys, from the bindings as they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from kb_app.ui.shared.buttons import primary_button

COLUMNS = 2


class KeysSheet(QDialog):
    """Shows wording and keys in columns."""

    def __init__(self, bindings: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(7)
        lines = [*bindings, *self._other_keys()]
        rows = -(-len(lines) // COLUMNS)
        for number, (wording, keys) in enumerate(lines):
            column, row = divmod(number, rows)
            name, key = QLabel(wording), QLabel(keys)
            key.setProperty("tone", "muted")
            grid.addWidget(name, row, column * 3)
            grid.addWidget(key, row, column * 3 + 1)
        grid.setColumnMinimumWidth(2, 28)
        close = primary_button(self.tr("Close"))
        close.clicked.connect(self.accept)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(24, 20, 24, 16)
        column_of_all.setSpacing(16)
        column_of_all.addLayout(grid)
        column_of_all.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _other_keys(self) -> list[tuple[str, str]]:
        """Return the keys that belong to one view and are no commands of the window."""
        return [
            (self.tr("Next and previous mention in the article"), "F3  ·  Shift+F3"),
            (self.tr("Find in the article"), "Ctrl+F"),
            (self.tr("Archived original and back to the text"), "F4"),
            (self.tr("Pages of the original: turn, zoom, fit"), self.tr("Page Up/Down  ·  Ctrl++/−  ·  Ctrl+0")),
            (self.tr("Rename what the card is about"), "F2"),
            (self.tr("Confirm, reject, leave undecided the line"), "A  ·  X  ·  U"),
            (self.tr("Open the sentence of the line"), self.tr("Enter")),
            (self.tr("Why the line is believed"), "W"),
            (self.tr("Timeline: next event, next lane"), "←  →  ↑  ↓"),
            (self.tr("Timeline: zoom, move, show all"), self.tr("+  −  ·  Page Up/Down  ·  Home")),
            (self.tr("Filter a list"), self.tr("type in it")),
        ]
