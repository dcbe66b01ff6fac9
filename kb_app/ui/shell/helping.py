"""Opens the help pages, the sheet of keys and the words about the program."""

from __future__ import annotations

import platform

from PySide6.QtCore import QObject, qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

from kb_app import __version__
from kb_app.ui.commands import Commands
from kb_app.ui.history.help_window import HelpWindow
from kb_app.ui.history.keys_sheet import KeysSheet
from kb_app.ui.theme import Theme


class Helping(QObject):
    """Answers what a person asks about the program itself."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self.commands: Commands | None = None

    def show_help(self) -> None:
        """Show the help pages."""
        HelpWindow(self._theme, self._window).show()

    def show_keys(self) -> None:
        """Show the keys as they are bound now."""
        if self.commands is not None:
            KeysSheet(self.commands.bindings(), self._window).open()

    def show_about(self) -> None:
        """Show version, licence and what the program stands on."""
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("About Kartoteka"))
        box.setText(self.tr("Kartoteka {0}").format(__version__))
        box.setInformativeText(
            self.tr(
                "A knowledge base of people, institutions and events, built from news articles. It never connects to a "
                "network.\n\nApache License 2.0\nPython {0} · Qt {1}"
            ).format(platform.python_version(), qVersion())
        )
        box.finished.connect(box.deleteLater)
        box.open()
