"""Keeps lists and counts up with the knowledge base, during an import about once a second."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from kb_app.core.changes import Changes
from kb_app.core.operation import Operation
from kb_app.ui.shell.desk import Desk
from kb_app.ui.shell.open_base import OpenBase
from kb_app.ui.shell.readings import Overview, read_overview
from kb_app.ui.shell.status_bar import StatusBar

PAUSE_MS = 1000


class Freshness(QObject):
    """Refreshes what a change concerns.

    `steps_changed` says that there is something else to undo or redo, `refreshed` that the lists are up to date.
    """

    steps_changed = Signal()
    refreshed = Signal()

    def __init__(self, base: OpenBase, desk: Desk, status: StatusBar) -> None:
        super().__init__(desk)
        self._base = base
        self._desk = desk
        self._status = status
        self.next_undo: Operation | None = None
        self.next_redo: Operation | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look_again)
        base.opened.connect(self._take_base)
        base.leaving.connect(self._leave_base)
        base.changed.connect(self.refresh)
        base.progressed.connect(self._take_step)
        base.task_ended.connect(self._look_again)

    def refresh(self, changes: Changes) -> None:
        """Refresh the lists that a change concerns."""
        if changes.everything or changes.entities or changes.claims:
            self._desk.people.refresh()
            self._desk.institutions.refresh()
        if changes.everything or changes.articles:
            self._desk.sources.refresh()
        self.refreshed.emit()
        self._base.read("overview", read_overview, self._take_overview)

    def _take_base(self) -> None:
        workspace = self._base.workspace
        if workspace is not None:
            for view in (self._desk.people, self._desk.institutions, self._desk.sources):
                view.take_listing(workspace.listing)
        self._base.read("overview", read_overview, self._take_overview)

    def _leave_base(self) -> None:
        self._pause.stop()
        for view in (self._desk.people, self._desk.institutions, self._desk.sources):
            view.take_listing(None)
        self._desk.card.show_nothing(None)
        self._desk.pane.show_nothing()
        self._status.show_totals(None)
        self.next_undo = self.next_redo = None
        self.steps_changed.emit()

    def _take_step(self) -> None:
        if not self._pause.isActive():
            self._pause.start()

    def _look_again(self) -> None:
        if self._base.is_open:
            self.refresh(Changes(everything=True))

    def _take_overview(self, overview: Overview) -> None:
        self._status.show_totals(overview.totals)
        self._desk.sources.show_totals(overview.totals, overview.publishers)
        self._desk.sources.show_problems(overview.problems)
        self._desk.sources.show_undated(overview.undated)
        self.next_undo, self.next_redo = overview.next_undo, overview.next_redo
        self.steps_changed.emit()
