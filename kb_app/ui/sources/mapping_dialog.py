"""Which column of a table holds what: a line a column, with its first cells and a choice."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kb_app.core.column_mapping import ROLES, ColumnMapping
from kb_app.services.tables import TableToMap
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.buttons import plain_button, primary_button

SIZE = QSize(920, 560)
ROW_HEIGHT = 40
CELL_CHARACTERS = 160
TOOLTIP_CHARACTERS = 1_000
SAMPLES = 3
MOST_COLUMNS = 200
NAME, HOLDS, FIRST_SAMPLE = 0, 1, 2


class MappingDialog(QDialog):
    """Asks what the columns of a table hold. `mapping_chosen` carries the TableToMap with the person's mapping."""

    mapping_chosen = Signal(object)

    def __init__(self, table: TableToMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Columns of “{0}”").format(plain(table.head.name, 80)))
        self.resize(SIZE)
        self._table = table
        self._columns = table.head.columns[:MOST_COLUMNS]
        self.choices = tuple(self._choice(column) for column in self._columns)
        self._list = QTableWidget(len(self._columns), FIRST_SAMPLE + min(SAMPLES, len(table.head.rows)))
        self._hint = QLabel(wordWrap=True)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._cancel = plain_button(self.tr("Leave this table out"))
        self.accept_button = primary_button(self.tr("Import"))
        self._lay_out()
        self._cancel.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self._choose)
        self._check()

    def mapping(self) -> ColumnMapping:
        """Return the mapping as it is chosen now."""
        chosen = ColumnMapping(self._table.head.fingerprint)
        for column, choice in zip(self._columns, self.choices, strict=True):
            if role := choice.currentData():
                chosen = replace(chosen, **{role: column})
        return chosen

    def role_words(self, role: str) -> str:
        """Name what a column can hold."""
        names = {
            "": self.tr("(not imported)"),
            "title": self.tr("Title"),
            "text": self.tr("Text"),
            "html": self.tr("Text as HTML"),
            "summary": self.tr("Summary"),
            "published": self.tr("Date"),
            "publisher": self.tr("Publisher"),
            "byline": self.tr("Author"),
            "url": self.tr("Address"),
            "language": self.tr("Language"),
        }
        return names[role]

    def _choice(self, column: str) -> QComboBox:
        choice = QComboBox()
        for role in ("", *ROLES):
            choice.addItem(self.role_words(role), role)
        roles = {held: role for role, held in self._table.mapping.columns().items()}
        choice.setCurrentIndex(choice.findData(roles.get(column, "")))
        choice.setAccessibleName(self.tr("What the column “{0}” holds").format(plain(column, 80)))
        choice.currentIndexChanged.connect(self._take_choice)
        return choice

    def _take_choice(self) -> None:
        """Let go of what was chosen for another column before: each role has one."""
        changed = self.sender()
        for choice in self.choices:
            if choice is not changed and isinstance(changed, QComboBox):
                role = choice.currentData()
                if role and role == changed.currentData():
                    choice.setCurrentIndex(0)
        self._check()

    def _check(self) -> None:
        chosen = self.mapping()
        is_enough = chosen.is_clear or bool(chosen.summary)
        words = (
            self.tr("The choice is remembered for tables with the same columns.")
            if is_enough
            else self.tr("Please choose the column that holds the text of the articles.")
        )
        self._hint.setText(words)
        self._hint.setProperty("tone", "muted" if is_enough else "warning")
        self._hint.style().polish(self._hint)
        self.accept_button.setEnabled(is_enough)

    def _choose(self) -> None:
        self.mapping_chosen.emit(replace(self._table, mapping=self.mapping()))
        self.accept()

    def _lay_out(self) -> None:
        words = QLabel(
            self.tr("Each row becomes an article of its own. What does each column hold?"),
            wordWrap=True,
        )
        words.setProperty("scale", "heading")
        self._fill()
        foot = QHBoxLayout()
        foot.addWidget(self._hint, 1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.accept_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(words)
        column.addWidget(self._list, 1)
        column.addLayout(foot)

    def _fill(self) -> None:
        samples = [self.tr("Row {0}").format(n + 1) for n in range(self._list.columnCount() - FIRST_SAMPLE)]
        self._list.setHorizontalHeaderLabels([self.tr("Column"), self.tr("Holds"), *samples])
        self._list.setAccessibleName(self.tr("Columns of the table"))
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setShowGrid(False)
        self._list.setWordWrap(False)
        self._list.verticalHeader().hide()
        self._list.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self._list.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.resizeSection(NAME, 170)
        header.resizeSection(HOLDS, 170)
        for sample in range(FIRST_SAMPLE, self._list.columnCount()):
            header.setSectionResizeMode(sample, QHeaderView.ResizeMode.Stretch)
        for row, (name, choice) in enumerate(zip(self._columns, self.choices, strict=True)):
            self._list.setItem(row, NAME, _cell(name))
            self._list.setCellWidget(row, HOLDS, choice)
            for sample in range(self._list.columnCount() - FIRST_SAMPLE):
                cells = self._table.head.rows[sample]
                self._list.setItem(row, FIRST_SAMPLE + sample, _cell(cells[row] if row < len(cells) else ""))


def _cell(words: str) -> QTableWidgetItem:
    item = QTableWidgetItem(plain(words, CELL_CHARACTERS))
    # a tool tip that looks like markup would be shown as such
    item.setToolTip(plain(words, TOOLTIP_CHARACTERS).replace("<", "‹"))
    return item
