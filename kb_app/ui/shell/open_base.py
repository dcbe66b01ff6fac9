"""The knowledge base that is open in a window, with the threads that write and read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from kb_app.core.changes import Changes
from kb_app.services.workspace import Workspace
from kb_app.ui.tasks import Failure, Job, LongTask, ReaderThread, Steps, StoreThread


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """Which file to open and how; the sample's articles are imported after it was made."""

    path: Path
    read_only: bool = False
    create: bool = False
    is_sample: bool = False


class BaseState(Enum):
    """Where a window's knowledge base stands."""

    NONE = auto()
    OPENING = auto()
    OPEN = auto()
    CLOSING = auto()


class OpenBase(QObject):
    """Opens and closes knowledge bases, one at a time, and passes work to their threads.

    `opened` says that one can be used; `open_failed` carries a Failure; `leaving` comes before one is closed, `closed`
    after; `changed` carries Changes, `failed` a Failure, `progressed` a TaskProgress, `task_ended` a task's name.
    """

    opened = Signal()
    open_failed = Signal(object)
    leaving = Signal()
    closed = Signal()
    changed = Signal(object)
    failed = Signal(object)
    progressed = Signal(object)
    task_ended = Signal(str)
    state_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = BaseState.NONE
        self.request: OpenRequest | None = None
        self.failed_request: OpenRequest | None = None
        self.workspace: Workspace | None = None
        self._next: OpenRequest | None = None
        self._store: StoreThread | None = None
        self._reader: ReaderThread | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether a knowledge base can be read."""
        return self.state is BaseState.OPEN

    @property
    def can_write(self) -> bool:
        """Tell whether the knowledge base can be changed."""
        return self.is_open and self.workspace is not None and not self.workspace.kb.read_only

    @property
    def path(self) -> Path | None:
        """Return the file that is open."""
        return self.request.path if self.request is not None and self.is_open else None

    @property
    def is_waiting(self) -> bool:
        """Tell whether another file is to be opened next."""
        return self._next is not None

    def open(self, request: OpenRequest) -> None:
        """Close what is open and open another file; `opened` or `open_failed` follows."""
        self._next = request
        if self.state is BaseState.NONE:
            self._begin()
        elif self.state is BaseState.OPEN:
            self.close()

    def close(self) -> None:
        """Let the file go; `closed` follows. Waiting edits are still done, long work is cancelled."""
        if self.state is not BaseState.OPEN or self._reader is None:
            return
        self._enter(BaseState.CLOSING)
        self.leaving.emit()
        self.workspace = None
        self._reader.stop()

    def read(self, slot: str, work: Callable[[Workspace], Any], done: Callable[[Any], None]) -> None:
        """Read in the background for a view; the latest wish of a slot wins."""
        if self.is_open and self._reader is not None:
            self._reader.read(slot, Job(slot, work, done))

    def forget(self, slot: str) -> None:
        """Drop the answer that is under way in a slot."""
        if self._reader is not None:
            self._reader.forget(slot)

    def edit(self, name: str, work: Callable[[Workspace], Changes | None]) -> None:
        """Change the knowledge base; `changed` follows."""
        self.do(name, work, self._take_changes)

    def do(self, name: str, work: Callable[[Workspace], Any], done: Callable[[Any], None]) -> None:
        """Do a short piece of work in the writing thread."""
        if self.is_open and self._store is not None:
            self._store.submit(Job(name, work, done))
            self.state_changed.emit()

    def run_long(self, name: str, steps: Callable[[Workspace], Steps], done: Callable[[Any], None]) -> None:
        """Do long work in the writing thread, edits slipping in between."""
        if self.is_open and self._store is not None:
            self._store.run_long(LongTask(name, steps, done))

    def cancel(self) -> None:
        """Cancel the long work that runs."""
        if self._store is not None:
            self._store.cancel()

    def is_idle(self) -> bool:
        """Tell whether nothing is opened, read, written or closed at the moment."""
        if self.state in (BaseState.OPENING, BaseState.CLOSING):
            return False
        return all(thread is None or thread.is_idle() for thread in (self._store, self._reader))

    def _begin(self) -> None:
        request = self._next
        if request is None:
            return
        self._next = None
        self.request = request
        self._enter(BaseState.OPENING)
        store = StoreThread(Opening(request).run)
        store.opened.connect(self._take_workspace)
        store.open_failed.connect(self._take_refusal)
        store.failed.connect(self.failed)
        store.progressed.connect(self.progressed)
        store.task_ended.connect(self.task_ended)
        store.closed.connect(self._take_end)
        self._store = store
        store.start()

    def _take_workspace(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._reader = ReaderThread(workspace)
        self._reader.failed.connect(self.failed)
        self._reader.closed.connect(self._reader_ended)
        self._reader.start()
        self._enter(BaseState.OPEN)
        self.opened.emit()
        if self._next is not None:
            self.close()

    def _take_refusal(self, failure: Failure) -> None:
        self._let_threads_go()
        self.failed_request, self.request = self.request, None
        self._enter(BaseState.NONE)
        self.open_failed.emit(failure)
        self._begin()

    def _reader_ended(self) -> None:
        if self._store is not None:
            self._store.stop()

    def _take_end(self) -> None:
        self._let_threads_go()
        self.request = None
        self._enter(BaseState.NONE)
        self.closed.emit()
        self._begin()

    def _take_changes(self, changes: Changes | None) -> None:
        self.state_changed.emit()
        if changes:
            self.changed.emit(changes)

    def _let_threads_go(self) -> None:
        for thread in (self._reader, self._store):
            if thread is not None:
                thread.join()
                thread.deleteLater()
        self._reader = self._store = None

    def _enter(self, state: BaseState) -> None:
        self.state = state
        self.state_changed.emit()


@dataclass(frozen=True, slots=True)
class Opening:
    """Opens a workspace in the thread that will own it."""

    request: OpenRequest

    def run(self) -> Workspace:
        """Open the file; raises StoreError."""
        if self.request.create:
            self.request.path.parent.mkdir(parents=True, exist_ok=True)
        return Workspace.open(self.request.path, read_only=self.request.read_only, create=self.request.create)
