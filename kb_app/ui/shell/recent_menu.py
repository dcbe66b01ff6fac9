"""The menu of files that were opened lately."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


class RecentMenu(QMenu):
    """Lists the files as they are known when it opens. `file_requested` carries a Path."""

    file_requested = Signal(object)

    def __init__(self, files: Callable[[], tuple[str, ...]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self.setTitle(self.tr("Open rec&ent"))
        self.aboutToShow.connect(self.fill)
        self.triggered.connect(self._take)

    def fill(self) -> None:
        """List the files that are still there."""
        self.clear()
        for name in self._files():
            path = Path(name)
            if path.exists():
                action = self.addAction(path.name.replace("&", "&&"))
                action.setData(name)
                action.setToolTip(name)
        if self.isEmpty():
            self.addAction(self.tr("none yet")).setEnabled(False)

    def _take(self, action: QAction) -> None:
        if action.data():
            self.file_requested.emit(Path(str(action.data())))
