"""Backups, the check and the history: what keeps a knowledge base safe."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kb_app.core.changes import Changes
from kb_app.core.check_report import CheckReport
from kb_app.core.operation import Operation
from kb_app.services.checking import check
from kb_app.services.workspace import Workspace
from kb_app.ui.history.history_window import HistoryWindow
from kb_app.ui.notices import Notice, Tone
from kb_app.ui.shell.editing import Editing
from kb_app.ui.shell.open_base import OpenBase
from kb_app.ui.tasks import Steps
from kb_app.ui.theme import Theme


class Upkeep(QObject):
    """Runs backups and checks in the writing thread; `noticed` carries a Notice about the result."""

    noticed = Signal(object)

    def __init__(self, base: OpenBase, window: QWidget, theme: Theme, editing: Editing) -> None:
        super().__init__(window)
        self._base = base
        self._window = window
        self._theme = theme
        self._editing = editing
        self._history: HistoryWindow | None = None
        base.changed.connect(self._follow)

    def back_up(self) -> None:
        """Write a backup now and check it."""

    def choose_backup(self) -> None:
        """Let the person choose a backup to restore."""

    def check(self) -> None:
        """Compare everything in the file with what it should be."""
        self._base.run_long(self.tr("Checking"), _check, self._take_check)

    def show_history(self) -> None:
        """Show what was done, with undo and redo."""
        if self._history is None:
            self._history = HistoryWindow(self._theme, self._window)
            self._history.undo_requested.connect(self._editing.undo)
            self._history.redo_requested.connect(self._editing.redo)
            self._history.finished.connect(self._forget_history)
        self._base.read("history", _history, self._take_history)

    def _follow(self, _changes: Changes) -> None:
        if self._history is not None:
            self._base.read("history", _history, self._take_history)

    def _take_history(self, operations: tuple[Operation, ...]) -> None:
        if self._history is not None:
            self._history.show_operations(operations)
            self._history.show()

    def _forget_history(self) -> None:
        self._history = None

    def _take_check(self, report: CheckReport | None) -> None:
        if report is None:
            self.noticed.emit(Notice(self.tr("The check was cancelled."), Tone.PLAIN))
        elif report.problems:
            details = "\n".join(problem.sentence for problem in report.problems)
            words = self.tr("The check found %n problem(s). Nothing was changed.", "", len(report.problems))
            self.noticed.emit(Notice(words, Tone.WARNING, details))
        else:
            words = self.tr("The check found nothing wrong: file, search index, sources and every citation are sound.")
            self.noticed.emit(Notice(words, Tone.GOOD))


def _check(workspace: Workspace) -> Steps:
    path: Path = workspace.kb.path
    return check(path)


def _history(workspace: Workspace) -> tuple[Operation, ...]:
    return workspace.undo.history()
