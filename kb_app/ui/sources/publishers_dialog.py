"""All publishers with their grades, to be graded and renamed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kb_app.core.grading import GradedPublisher, Reliability
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.buttons import plain_button, primary_button
from kb_app.ui.shared.filter_field import FilterField
from kb_app.ui.shared.grade_menu import ReliabilityWish
from kb_app.ui.shared.grades import reliability_words
from kb_app.ui.shared.tips import plain_tip

SIZE = QSize(720, 540)
ROW_HEIGHT = 30
SORT_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PublisherName:
    """Another name for a publisher."""

    name: str
    new_name: str


class Column(IntEnum):
    """The columns of the table."""

    NAME = 0
    ARTICLES = 1
    GRADE = 2
    MEANING = 3


class PublisherModel(QAbstractTableModel):
    """The publishers as rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[GradedPublisher, ...] = ()

    def show_publishers(self, publishers: Sequence[GradedPublisher]) -> None:
        """Show these publishers; where they are as many as before, the chosen ones stay chosen."""
        same = [one.name for one in publishers] == [one.name for one in self._rows]
        if same:
            self._rows = tuple(publishers)
            self.dataChanged.emit(self.index(0, 0), self.index(max(0, len(self._rows) - 1), len(Column) - 1))
            return
        self.beginResetModel()
        self._rows = tuple(publishers)
        self.endResetModel()

    def publisher(self, row: int) -> GradedPublisher:
        """Return the publisher of a row."""
        return self._rows[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature; an invalid index is a value
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as above
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one, column = self._rows[index.row()], Column(index.column())
        if role == SORT_ROLE:
            keys = (one.name.casefold(), one.articles, one.reliability or "~", one.reliability or "~")
            return keys[column]
        if role == Qt.ItemDataRole.ToolTipRole and column is Column.NAME and one.spellings:
            return plain_tip(self.tr("also written {0}").format(plain("; ".join(one.spellings), 300)))
        return self._text(one, column) if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Publisher"), self.tr("Articles"), self.tr("Grade"), self.tr("Meaning"))[section]

    def _text(self, one: GradedPublisher, column: Column) -> str:
        if column is Column.NAME:
            return plain(one.name, 200)
        if column is Column.ARTICLES:
            return f"{one.articles:,}"
        if one.reliability is None:
            return "–" if column is Column.GRADE else self.tr("not graded yet")
        return one.reliability.value if column is Column.GRADE else reliability_words(one.reliability)


class PublisherTable(QTableView):
    """The publishers; a letter of the scale grades the chosen ones, Delete takes their grade away.

    `graded` carries a Reliability or None, `rename_wanted` nothing.
    """

    graded = Signal(object)
    rename_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        if letter in tuple(Reliability) and letter:
            self.graded.emit(Reliability(letter))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.graded.emit(None)
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.rename_wanted.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Leave letters to the grades."""


class PublishersDialog(QDialog):
    """Lists the publishers beside the window. `grade_requested` carries a ReliabilityWish.

    `rename_requested` carries a PublisherName, `articles_requested` the name of a publisher.
    """

    grade_requested = Signal(object)
    rename_requested = Signal(object)
    articles_requested = Signal(str)

    def __init__(self, can_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Publishers and their grades"))
        self.resize(SIZE)
        self._can_write = can_write
        self.model = PublisherModel(self)
        self._sorted = QSortFilterProxyModel(self)
        self.table = PublisherTable()
        self._filter = FilterField(self.tr("Filter publishers"), self.table)
        self._grades = {one: plain_button(one.value) for one in Reliability}
        self._none = plain_button(self.tr("&Not graded"))
        self._rename = plain_button(self.tr("&Rename…"))
        self.articles = plain_button(self.tr("Show the &articles"))
        self._close = primary_button(self.tr("Close"))
        self._set_up_table()
        self._lay_out()
        self._connect()
        self._settle()

    def show_publishers(self, publishers: Sequence[GradedPublisher]) -> None:
        """Show these publishers."""
        first = not self.model.rowCount()
        self.model.show_publishers(publishers)
        if first and publishers:
            self.table.selectRow(0)
            self.table.setFocus()
        self._settle()

    def chosen(self) -> tuple[GradedPublisher, ...]:
        """Return the chosen publishers in the order of the table."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self.model.publisher(self._sorted.mapToSource(self._sorted.index(row, 0)).row()) for row in rows)

    def _connect(self) -> None:
        self._filter.textChanged.connect(self._sorted.setFilterFixedString)
        self.table.selectionModel().selectionChanged.connect(self._settle)
        self.table.graded.connect(self._grade)
        self.table.rename_wanted.connect(self._ask_name)
        for button in (*self._grades.values(), self._none):
            button.clicked.connect(self._take_button)
        self._rename.clicked.connect(self._ask_name)
        self.articles.clicked.connect(self._want_articles)
        self._close.clicked.connect(self.accept)

    def _settle(self) -> None:
        chosen = self.chosen() if self._can_write else ()
        for button in (*self._grades.values(), self._none):
            button.setEnabled(bool(chosen))
        self._rename.setEnabled(len(chosen) == 1)
        self.articles.setEnabled(len(self.chosen()) == 1)

    def _take_button(self) -> None:
        sender = self.sender()
        self._grade(next((one for one, button in self._grades.items() if button is sender), None))

    def _grade(self, reliability: Reliability | None) -> None:
        names = tuple(one.name for one in self.chosen())
        if names and self._can_write:
            self.grade_requested.emit(ReliabilityWish(names, reliability))

    def _want_articles(self) -> None:
        for one in self.chosen()[:1]:
            self.articles_requested.emit(one.name)
            self.accept()

    def _ask_name(self) -> None:
        chosen = self.chosen()
        if len(chosen) != 1 or not self._can_write:
            return
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Rename the publisher"))
        words = self.tr("The name in all {0} articles from now on; the grade goes with it:")
        dialog.setLabelText(words.format(chosen[0].articles))
        dialog.setTextValue(chosen[0].name)
        dialog.textValueSelected.connect(self._take_name)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_name(self, new_name: str) -> None:
        chosen = self.chosen()
        if chosen and new_name.strip() and new_name.strip() != chosen[0].name:
            self.rename_requested.emit(PublisherName(chosen[0].name, new_name.strip()))

    def _set_up_table(self) -> None:
        self._sorted.setSourceModel(self.model)
        self._sorted.setSortRole(SORT_ROLE)
        self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        table = self.table
        table.setModel(self._sorted)
        table.setSortingEnabled(True)
        table.sortByColumn(Column.ARTICLES, Qt.SortOrder.DescendingOrder)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAccessibleName(self.tr("Publishers"))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((Column.ARTICLES, 90), (Column.GRADE, 80), (Column.MEANING, 210)):
            header.resizeSection(column, width)

    def _lay_out(self) -> None:
        words = QLabel(
            self.tr(
                "How far each publisher can be relied on (A to F of the Admiralty scale); it stands at each of their "
                "citations. Type a letter to grade the chosen ones, Delete to take the grade away."
            ),
            wordWrap=True,
        )
        words.setProperty("tone", "muted")
        grades = QHBoxLayout()
        for one, button in self._grades.items():
            button.setFixedWidth(38)
            button.setToolTip(reliability_words(one))
            button.setAccessibleName(f"{one}: {reliability_words(one)}")
            grades.addWidget(button)
        for button in (self._none, self._rename, self.articles):
            grades.addWidget(button)
        grades.addStretch()
        grades.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(words)
        column.addWidget(self._filter)
        column.addWidget(self.table, 1)
        column.addLayout(grades)
