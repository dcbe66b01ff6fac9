"""The tray of events that no source dates."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QListView, QToolButton, QVBoxLayout, QWidget

from kb_app.core.timeline import TimelineData
from kb_app.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex


class UndatedModel(QAbstractListModel):
    """The titles of undated events."""

    def __init__(self) -> None:
        super().__init__()
        self._ids: Sequence[int] = ()
        self._titles: Sequence[str] = ()

    def show_data(self, data: TimelineData) -> None:
        """Show other events."""
        self.beginResetModel()
        self._ids, self._titles = data.undated_ids, data.undated_titles
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return self._ids[index.row()]
        return None


class UndatedTray(QWidget):
    """A button with the count that unfolds the list; `event_chosen(int)` carries an event's id."""

    event_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model = UndatedModel()
        self.button = QToolButton(self)
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setMaximumHeight(132)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Events without a date"))
        self.list.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.button)
        layout.addWidget(self.list)
        self.button.toggled.connect(self._unfold)
        self.list.clicked.connect(self._chosen)
        self.list.activated.connect(self._chosen)
        theme.changed.connect(self._colour)
        self._colour()

    def show_data(self, data: TimelineData) -> None:
        """Show the undated events of other data; without any the tray is hidden."""
        self.model.show_data(data)
        self.setVisible(len(data.undated_ids) > 0)
        self._unfold(self.button.isChecked())

    def _unfold(self, open_: bool) -> None:
        count = self.model.rowCount()
        self.list.setVisible(open_ and count > 0)
        arrow = "\u25be" if open_ else "\u25b8"
        words = self.tr("Undated: 1 event") if count == 1 else self.tr("Undated: %n events", "", count)
        self.button.setText(f"{words} {arrow}")

    def _chosen(self, index: QModelIndex) -> None:
        event = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(event, int):
            self.event_chosen.emit(event)

    def _colour(self) -> None:
        self.button.setStyleSheet(f"QToolButton {{ color: {self._theme.tokens.date}; border: none; padding: 2px; }}")
