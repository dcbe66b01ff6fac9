"""Backups, the check and the history: what keeps a knowledge base safe."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kb_app.core.backup import Backup, BackupPreview
from kb_app.core.changes import Changes
from kb_app.core.check_report import CheckReport
from kb_app.core.operation import Operation
from kb_app.services.backups import backups_of, preview, restore
from kb_app.services.checking import check_and_mend
from kb_app.services.workspace import Workspace
from kb_app.ui.history.backup_dialog import BackupDialog
from kb_app.ui.history.history_window import HistoryWindow
from kb_app.ui.notices import Notice, Tone
from kb_app.ui.shell.editing import Editing
from kb_app.ui.shell.errands import Errands
from kb_app.ui.shell.open_base import OpenBase, OpenRequest
from kb_app.ui.tasks import Steps
from kb_app.ui.theme import Theme


class Upkeep(QObject):
    """Runs backups and checks in the writing thread; `noticed` carries a Notice about the result.

    `ended` says that no backup is being looked at or put back any more.
    """

    noticed = Signal(object)
    ended = Signal()

    def __init__(self, base: OpenBase, window: QWidget, theme: Theme, editing: Editing) -> None:
        super().__init__(window)
        self._base = base
        self._window = window
        self._theme = theme
        self._editing = editing
        self._history: HistoryWindow | None = None
        self._dialog: BackupDialog | None = None
        self._path: Path | None = None
        self._wanted: Backup | None = None
        self._words = ""
        self._errands = Errands(self)
        self._errands.failed.connect(base.failed)
        self._errands.ended.connect(self.ended)
        base.changed.connect(self._follow)
        base.closed.connect(self._put_back)
        base.opened.connect(self._take_opened)

    def back_up(self) -> None:
        """Write a backup now and verify it."""
        self._base.do(self.tr("Backing up"), _back_up, self._take_backup)

    def back_up_if_due(self) -> None:
        """Write a backup where the last one is old."""
        if self._base.can_write:
            self._base.do("backup", _back_up_if_due, self._take_due_backup)

    def choose_backup(self, path: Path | None = None) -> None:
        """Let the person choose a backup of the open knowledge base, or of a damaged one."""
        wanted = path or self._base.path
        if wanted is None:
            self.noticed.emit(Notice(self.tr("Open the knowledge base first whose backup you want."), Tone.PLAIN))
            return
        self._path = wanted
        self._errands.run("backups", partial(backups_of, wanted), self._take_backups)

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

    def is_idle(self) -> bool:
        """Tell whether nothing is under way."""
        return self._errands.is_idle()

    def _take_backup(self, backup: Backup) -> None:
        words = self.tr("A backup was written and verified: {0}").format(backup.path)
        self.noticed.emit(Notice(words, Tone.GOOD))

    def _take_due_backup(self, _backup: Backup | None) -> None:
        """Say nothing: it was not asked for."""

    def _take_backups(self, backups: tuple[Backup, ...]) -> None:
        if not backups or self._path is None:
            self.noticed.emit(Notice(self.tr("There is no backup of this knowledge base yet."), Tone.PLAIN))
            return
        dialog = BackupDialog(self._path, backups, self._window)
        dialog.preview_requested.connect(self._preview)
        dialog.restore_requested.connect(self._restore)
        dialog.finished.connect(self._forget_dialog)
        self._dialog = dialog
        dialog.begin()

    def _preview(self, backup: Backup) -> None:
        self._errands.run("preview", partial(preview, backup), self._take_preview)

    def _take_preview(self, seen: BackupPreview) -> None:
        if self._dialog is not None:
            self._dialog.show_preview(seen)

    def _restore(self, backup: Backup) -> None:
        self._wanted = backup
        if self._base.is_open:
            self._base.close()
        else:
            self._put_back()

    def _put_back(self) -> None:
        backup, path, self._wanted = self._wanted, self._path, None
        if backup is not None and path is not None:
            self._errands.run("restore", partial(restore, path, backup), self._take_restored)

    def _take_restored(self, replaced: Path | None) -> None:
        kept = self.tr(" The file it replaced is kept as “{0}”.").format(replaced.name) if replaced else ""
        self._words = self.tr("The backup was restored.") + kept
        if self._path is not None:
            self._base.open(OpenRequest(self._path))

    def _take_opened(self) -> None:
        words, self._words = self._words, ""
        if words:
            self.noticed.emit(Notice(words, Tone.GOOD))

    def _forget_dialog(self) -> None:
        self._dialog = None

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
        elif report.indexes_rebuilt:
            words = self.tr("The search index did not fit the texts and was made anew from them. All else is sound.")
            self.noticed.emit(Notice(words, Tone.GOOD))
        else:
            words = self.tr("The check found nothing wrong: file, search index, sources and every citation are sound.")
            self.noticed.emit(Notice(words, Tone.GOOD))


def _back_up(workspace: Workspace) -> Backup:
    return workspace.backups.back_up()


def _back_up_if_due(workspace: Workspace) -> Backup | None:
    return workspace.backups.back_up_if_due()


def _check(workspace: Workspace) -> Steps:
    return check_and_mend(workspace.kb)


def _history(workspace: Workspace) -> tuple[Operation, ...]:
    return workspace.undo.history()
