"""The list of everything that was done, with undo and redo beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kb_app.core.operation import Operation, OperationState
from kb_app.ui.shared.buttons import plain_button, primary_button
from kb_app.ui.shared.dates import moment_words
from kb_app.ui.theme import Theme

SIZE = QSize(680, 460)
ROW_HEIGHT = 30
Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractTableModel):
    """Operations as rows: when, what, state; what is taken back is faint."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._operations: tuple[Operation, ...] = ()

    def show(self, operations: Sequence[Operation]) -> None:
        """Show other operations, the latest first."""
        self.beginResetModel()
        self._operations = tuple(operations)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature; an invalid index is a value
        return 0 if parent.isValid() else len(self._operations)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as above
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        operation = self._operations[index.row()]
        if role == Qt.ItemDataRole.ForegroundRole and operation.state is not OperationState.DONE:
            return QColor(self._theme.tokens.faint)
        if role == Qt.ItemDataRole.ToolTipRole:
            return operation.author
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (moment_words(operation.at), operation.label, self._state_words(operation.state))[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("When"), self.tr("What"), self.tr("State"))[section]

    def _state_words(self, state: OperationState) -> str:
        words = {
            OperationState.DONE: self.tr("done"),
            OperationState.UNDONE: self.tr("taken back"),
            OperationState.DISCARDED: self.tr("taken back for good"),
        }
        return words[state]


class HistoryWindow(QDialog):
    """Shows the history. `undo_requested` and `redo_requested` carry nothing."""

    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("History"))
        self.resize(SIZE)
        self.model = HistoryModel(theme, self)
        self._undo = plain_button(self.tr("Undo"))
        self._redo = plain_button(self.tr("Redo"))
        self._close = primary_button(self.tr("Close"))
        self._lay_out()
        self._undo.clicked.connect(self.undo_requested)
        self._redo.clicked.connect(self.redo_requested)
        self._close.clicked.connect(self.accept)

    def show_operations(self, operations: Sequence[Operation]) -> None:
        """Show the operations and what can be done about them."""
        self.model.show(operations)
        states = [operation.state for operation in operations]
        self._undo.setEnabled(OperationState.DONE in states)
        self._redo.setEnabled(OperationState.UNDONE in states)

    def _lay_out(self) -> None:
        words = QLabel(
            self.tr("Every step is kept with the file, also after a restart. A new step after an undo ends the redo."),
            wordWrap=True,
        )
        words.setProperty("tone", "muted")
        table = QTableView()
        table.setModel(self.model)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAccessibleName(self.tr("Steps"))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = table.horizontalHeader()
        header.resizeSection(0, 150)
        header.resizeSection(2, 140)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        foot = QHBoxLayout()
        foot.addWidget(self._undo)
        foot.addWidget(self._redo)
        foot.addStretch()
        foot.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(words)
        column.addWidget(table, 1)
        column.addLayout(foot)
