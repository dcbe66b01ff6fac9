"""The list of watched folders: add, remove, pause."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kb_app.core.watching import WatchedFolder
from kb_app.ui.shared.buttons import plain_button, primary_button
from kb_app.ui.shared.dates import moment_words
from kb_app.ui.shared.tips import plain_tip

SIZE = QSize(720, 380)
ROW_HEIGHT = 32
PATH_ROLE = Qt.ItemDataRole.UserRole


class WatchDialog(QDialog):
    """Lists folders with their state; it does not block the window.

    `folder_added` and `folder_removed` carry a Path, `pause_switched` whether watching is to pause.
    """

    folder_added = Signal(object)
    folder_removed = Signal(object)
    pause_switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Watched folders"))
        self.resize(SIZE)
        self.table = QTableWidget(0, 3)
        self.add = plain_button(self.tr("Add a folder…"))
        self.remove = plain_button(self.tr("Remove"))
        self.pause = plain_button(self.tr("Pause"))
        self.pause.setCheckable(True)
        self._close = primary_button(self.tr("Close"))
        self._lay_out()
        self.add.clicked.connect(self.choose_folder)
        self.remove.clicked.connect(self._remove)
        self.pause.toggled.connect(self.pause_switched)
        self.table.itemSelectionChanged.connect(self._settle)
        self._close.clicked.connect(self.accept)

    def show_folders(self, folders: Sequence[WatchedFolder], missing: Sequence[Path], *, paused: bool) -> None:
        """Show which folders are watched, which of them are not there, and whether watching pauses."""
        chosen = self._chosen()
        self.table.setRowCount(len(folders))
        for row, folder in enumerate(folders):
            state = self.tr("watched since {0}").format(moment_words(folder.since))
            if paused:
                state = self.tr("paused")
            if folder.path in missing:
                state = self.tr("not there now; it is looked for")
            for column, words in enumerate((folder.path.name, str(folder.path.parent), state)):
                # a name may hold what is no character at all
                item = QTableWidgetItem(words.encode("utf-8", "replace").decode())
                item.setData(PATH_ROLE, str(folder.path))
                item.setToolTip(plain_tip(item.text()))
                self.table.setItem(row, column, item)
            if folder.path == chosen:
                self.table.selectRow(row)
        self.pause.blockSignals(True)
        self.pause.setChecked(paused)
        self.pause.blockSignals(False)
        self.pause.setText(self.tr("Go on") if paused else self.tr("Pause"))
        self._settle()

    def choose_folder(self) -> None:
        """Let the person choose a folder to watch."""
        dialog = QFileDialog(self, self.tr("Watch a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._add)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _add(self, name: str) -> None:
        self.folder_added.emit(Path(name))

    def _remove(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.folder_removed.emit(chosen)

    def _chosen(self) -> Path | None:
        items = self.table.selectedItems()
        return Path(items[0].data(PATH_ROLE)) if items else None

    def _settle(self) -> None:
        self.remove.setEnabled(bool(self.table.selectedItems()))
        self.pause.setEnabled(self.table.rowCount() > 0)

    def _lay_out(self) -> None:
        words = QLabel(
            self.tr(
                "Files that appear in these folders are imported once they are whole, each once; also those that came "
                "while Kartoteka was closed. The files themselves are left as they are."
            ),
            wordWrap=True,
        )
        words.setProperty("tone", "muted")
        table = self.table
        table.setHorizontalHeaderLabels([self.tr("Folder"), self.tr("Lies in"), self.tr("State")])
        table.setAccessibleName(self.tr("Watched folders"))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.resizeSection(0, 170)
        header.resizeSection(2, 280)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        foot = QHBoxLayout()
        for button in (self.add, self.remove, self.pause):
            foot.addWidget(button)
        foot.addStretch()
        foot.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(words)
        column.addWidget(table, 1)
        column.addLayout(foot)
