"""Watches the folders of the open knowledge base and imports what comes, off the window's thread."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from kb_app.core.changes import Changes
from kb_app.core.report import TAKEN_STATES, TROUBLE_STATES, ImportReport, InputState
from kb_app.core.watching import FileLook, FolderLook, WatchedFolder
from kb_app.services.watching import FolderWatch
from kb_app.services.workspace import Workspace
from kb_app.ui.notices import Notice, Tone
from kb_app.ui.shell.errands import Errands
from kb_app.ui.shell.importing import SHOW_REPORT
from kb_app.ui.shell.open_base import OpenBase
from kb_app.ui.shell.status_bar import StatusBar
from kb_app.ui.sources.watch_dialog import WatchDialog
from kb_app.ui.tasks import Steps

LOOK_EVERY_MS = 3_000
SHARE_OF_REST = 10  # times as long as a look takes
Watched = tuple[tuple[WatchedFolder, ...], frozenset[FileLook]]


class Folders(QObject):
    """Looks at the watched folders now and then; the system's own watch is only a hint to look sooner.

    `noticed` carries a Notice about what came in, `ended` says that no look is under way.
    """

    noticed = Signal(object)
    ended = Signal()

    def __init__(self, base: OpenBase, window: QWidget, status: StatusBar) -> None:
        super().__init__(window)
        self._base = base
        self._window = window
        self._status = status
        self.dialog: WatchDialog | None = None
        self.timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._hints = QFileSystemWatcher(self)
        self._folders: tuple[WatchedFolder, ...] = ()
        self._known: frozenset[FileLook] = frozenset()
        self._missing: tuple[Path, ...] = ()
        self._watch = FolderWatch()
        self._is_paused = False
        self._is_taking = False
        self._looked_at = self._rests_until = 0.0
        self._errands = Errands(self)
        self._errands.failed.connect(base.failed)
        self._errands.ended.connect(self.ended)
        self.timer.timeout.connect(self._look)
        self._hints.directoryChanged.connect(self._look)
        base.opened.connect(self._begin)
        base.leaving.connect(self._end)

    def is_idle(self) -> bool:
        """Tell whether no look is under way."""
        return self._errands.is_idle()

    def show(self) -> None:
        """Show the list of watched folders; where there is none, ask for the first."""
        if self.dialog is None:
            dialog = WatchDialog(self._window)
            dialog.folder_added.connect(self.add)
            dialog.folder_removed.connect(self.remove)
            dialog.pause_switched.connect(self._pause)
            dialog.finished.connect(self._forget_dialog)
            self.dialog = dialog
        self.dialog.show()
        self._show_state()

    def add(self, folder: Path) -> None:
        """Watch a folder."""
        self._base.do(self.tr("Watching a folder"), partial(_add, folder), self._take_watched)

    def remove(self, folder: Path) -> None:
        """Watch a folder no more."""
        self._base.do(self.tr("Watching a folder"), partial(_remove, folder), self._take_watched)

    def _begin(self) -> None:
        self._is_paused = self._is_taking = False
        self._watch = FolderWatch()
        self._base.read("watched", _watched, self._take_watched)

    def _end(self) -> None:
        self.timer.stop()
        self._folders, self._known, self._missing = (), frozenset(), ()
        self._follow_hints()
        self._status.show_watching("")
        if self.dialog is not None:
            self.dialog.close()

    def _take_watched(self, watched: Watched) -> None:
        self._folders, self._known = watched
        self._follow_hints()
        if self._folders and self._base.can_write and not self._is_paused:
            self.timer.start()
            self._look()
        else:
            self.timer.stop()
        self._show_state()

    def _look(self) -> None:
        """Look once, unless a look or what it brought is still under way."""
        if self._is_taking or self._is_paused or not self._folders or not self._errands.is_idle():
            return
        self._looked_at = time.monotonic()
        if self._looked_at < self._rests_until:
            return
        paths = [folder.path for folder in self._folders]
        self._errands.run("watch", partial(self._watch.look, paths, self._known), self._take_look)

    def _take_look(self, look: FolderLook) -> None:
        # folders of very many files, or on a slow disk, are looked at less often
        now = time.monotonic()
        self._rests_until = now + (now - self._looked_at) * SHARE_OF_REST
        if look.missing != self._missing:
            self._missing = look.missing
            self._show_state()
        if look.whole and self._base.can_write and not self._is_paused:
            self._is_taking = True
            self._base.run_long(self.tr("Importing new files"), partial(_take, look.whole), self._take_report)

    def _take_report(self, report: ImportReport | None) -> None:
        self._is_taking = False
        self._base.changed.emit(Changes(everything=True))
        if report is None:  # who cancels does not want the same files to come again at once
            self._pause(True)
            words = self.tr("Watching folders pauses, since the import was cancelled. Sources from them can wait.")
            self.noticed.emit(Notice(words, Tone.PLAIN))
            return
        self._base.read("watched", _watched, self._take_watched)
        taken, trouble = _count(report, TAKEN_STATES), _count(report, TROUBLE_STATES)
        if taken or trouble:
            parts = [self.tr("%n article(s) came in from watched folders", "", taken)] if taken else []
            if trouble:
                parts.append(self.tr("{0} new file(s) could not be imported").format(trouble))
            tone = Tone.WARNING if trouble else Tone.PLAIN
            words = f"{', '.join(parts)}."
            self.noticed.emit(Notice(words, tone, action=self.tr("Report"), action_id=SHOW_REPORT))

    def _pause(self, paused: bool) -> None:
        self._is_paused = paused
        self._take_watched((self._folders, self._known))

    def _follow_hints(self) -> None:
        old, new = set(self._hints.directories()), {str(folder.path) for folder in self._folders}
        if old - new:
            self._hints.removePaths(sorted(old - new))
        there = sorted(path for path in new - old if path not in {str(gone) for gone in self._missing})
        if there:
            self._hints.addPaths(there)

    def _show_state(self) -> None:
        names = "\n".join(str(folder.path) for folder in self._folders)
        if not self._folders or not self._base.can_write:
            self._status.show_watching("")
        elif self._is_paused:
            self._status.show_watching(self.tr("Watching pauses"), names)
        elif self._missing:
            self._status.show_watching(self.tr("Watched folder missing"), names)
        else:
            self._status.show_watching(self.tr("Watching {0}").format(self._count_words()), names)
        if self.dialog is not None:
            self.dialog.show_folders(self._folders, self._missing, paused=self._is_paused)

    def _count_words(self) -> str:
        count = len(self._folders)
        return self.tr("1 folder") if count == 1 else self.tr("{0} folders").format(count)

    def _forget_dialog(self) -> None:
        self.dialog = None


def _count(report: ImportReport, states: tuple[InputState, ...]) -> int:
    return sum(report.count(state) for state in states)


def _watched(workspace: Workspace) -> Watched:
    return workspace.watching.folders(), workspace.watching.known()


def _add(folder: Path, workspace: Workspace) -> Watched:
    workspace.watching.add(folder)
    return _watched(workspace)


def _remove(folder: Path, workspace: Workspace) -> Watched:
    workspace.watching.remove(folder)
    return _watched(workspace)


def _take(files: tuple[FileLook, ...], workspace: Workspace) -> Steps:
    return workspace.watching.take(files)
