"""The backups of a knowledge base: what each holds, before one is put back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kb_app.core.backup import Backup, BackupPreview
from kb_app.ui.shared.buttons import plain_button, primary_button
from kb_app.ui.shared.dates import moment_words

SIZE = QSize(640, 420)
ITEM_HEIGHT = 32


class BackupDialog(QDialog):
    """Lists backups. `preview_requested` and `restore_requested` carry a Backup."""

    preview_requested = Signal(object)
    restore_requested = Signal(object)

    def __init__(self, path: Path, backups: Sequence[Backup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Restore a backup"))
        self.resize(SIZE)
        self._backups = tuple(backups)
        self._list = QListWidget()
        self._seen = QLabel(wordWrap=True)
        self._seen.setTextFormat(Qt.TextFormat.PlainText)
        self._restore = primary_button(self.tr("Restore"))
        self._cancel = plain_button(self.tr("Cancel"))
        self._lay_out(path)
        self._list.currentRowChanged.connect(self._ask)
        self._restore.clicked.connect(self._wish)
        self._cancel.clicked.connect(self.reject)

    def begin(self) -> None:
        """Show the dialog with the newest backup chosen."""
        self._list.setCurrentRow(0)
        self.open()

    def chosen(self) -> Backup | None:
        """Return the chosen backup."""
        row = self._list.currentRow()
        return self._backups[row] if 0 <= row < len(self._backups) else None

    def show_preview(self, preview: BackupPreview) -> None:
        """Show what the chosen backup holds."""
        if self.chosen() != preview.backup:
            return
        totals, number = preview.totals, self.locale().toString
        counts = (
            self.tr("{0} articles").format(number(totals.articles)),
            self.tr("{0} people").format(number(totals.people)),
            self.tr("{0} institutions").format(number(totals.institutions)),
            self.tr("{0} events").format(number(totals.events)),
            self.tr("{0} statements").format(number(totals.statements)),
        )
        self._seen.setText(self.tr("This backup is sound and holds ") + ", ".join(counts) + ".")
        self._restore.setEnabled(True)

    def _ask(self) -> None:
        self._restore.setEnabled(False)
        self._seen.setText(self.tr("Reading the backup…"))
        backup = self.chosen()
        if backup is not None:
            self.preview_requested.emit(backup)

    def _wish(self) -> None:
        backup = self.chosen()
        if backup is not None:
            self.accept()
            self.restore_requested.emit(backup)

    def _lay_out(self, path: Path) -> None:
        words = QLabel(
            self.tr(
                "The chosen backup takes the place of “{0}”. The file as it is now is kept beside it: nothing is lost."
            ).format(path.name),
            wordWrap=True,
        )
        words.setProperty("tone", "muted")
        for backup in self._backups:
            item = QListWidgetItem(f"{moment_words(backup.at)}   ·   {self.locale().formattedDataSize(backup.size)}")
            item.setToolTip(str(backup.path))
            item.setSizeHint(QSize(0, ITEM_HEIGHT))
            self._list.addItem(item)
        self._list.setAccessibleName(self.tr("Backups"))
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self._cancel)
        foot.addWidget(self._restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(words)
        column.addWidget(self._list, 1)
        column.addWidget(self._seen)
        column.addLayout(foot)
