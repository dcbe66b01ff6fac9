"""The two threads behind the window: one writes the knowledge base, one reads for the views.

The thread of the window never waits for either: work goes in by a call, results come back as deliveries.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from kb_app.core.errors import KartotekaError
from kb_app.core.progress import Progress
from kb_app.services.workspace import Workspace

Steps = Generator[Progress, None, Any]
LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a piece of work came to nothing: a sentence for the person, and details for who mends it."""

    work: str
    sentence: str
    details: str = ""
    error: KartotekaError | None = None  # None: our own mistake


@dataclass(frozen=True, slots=True)
class Job:
    """A short piece of work on the knowledge base; `done` gets its result in the window's thread."""

    name: str
    work: Callable[[Workspace], Any]
    done: Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class LongTask:
    """Long work in steps: other jobs slip in between; closing the generator cancels it."""

    name: str
    steps: Callable[[Workspace], Steps]
    done: Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """How far a long task has come."""

    name: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class _Delivery:
    take: Callable[[Any], None]
    value: Any


@dataclass(frozen=True, slots=True)
class _Reading:
    slot: str
    serial: int
    job: Job


class StoreThread(QObject):
    """Opens a knowledge base, writes it, closes it: the only thread that does.

    `opened` carries the Workspace, `open_failed` and `failed` a Failure, `progressed` a TaskProgress, `task_ended`
    the task's name; `closed` says that the file is let go.
    """

    opened = Signal(object)
    open_failed = Signal(object)
    failed = Signal(object)
    progressed = Signal(object)
    task_ended = Signal(str)
    closed = Signal()
    _delivered = Signal(object)

    def __init__(self, open_workspace: Callable[[], Workspace]) -> None:
        super().__init__()
        self._open_workspace = open_workspace
        self._jobs: deque[Job] = deque()
        self._tasks: deque[LongTask] = deque()
        self._wake = threading.Condition()
        self._stopping = False
        self._cancelled = False
        self._undelivered = 0  # counted in the window's thread alone
        self._thread = threading.Thread(target=self._run, name="store")
        self._delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Open the knowledge base in the background."""
        self._thread.start()

    def submit(self, job: Job) -> None:
        """Do a short piece of work as soon as the present step is done."""
        self._undelivered += 1
        with self._wake:
            self._jobs.append(job)
            self._wake.notify()

    def run_long(self, task: LongTask) -> None:
        """Do long work step by step, after the long work that is already waiting."""
        self._undelivered += 1
        with self._wake:
            self._tasks.append(task)
            self._wake.notify()

    def cancel(self) -> None:
        """Cancel the long work that runs, after its present step; its result so far is kept."""
        with self._wake:
            self._cancelled = True

    def stop(self) -> None:
        """Finish the waiting jobs, cancel long work, close the knowledge base; `closed` tells the end."""
        with self._wake:
            self._stopping = True
            self._cancelled = True
            self._wake.notify()

    def is_idle(self) -> bool:
        """Tell whether everything that was asked for has been answered."""
        return self._undelivered == 0

    def join(self) -> None:
        """Wait for the thread that has said `closed` or `open_failed`: it has nothing left to do."""
        self._thread.join()

    def _run(self) -> None:
        workspace = self._opened()
        if workspace is None:
            return
        running: tuple[LongTask, Steps] | None = None
        while (chosen := self._next(running is not None)) is not None:
            if isinstance(chosen, Job):
                self._do(chosen, workspace)
            elif isinstance(chosen, LongTask):
                running = self._begin(chosen, workspace)
            elif running is not None:
                running = self._step(running)
        if running is not None:
            self._cancel(running)
        self._close(workspace)

    def _opened(self) -> Workspace | None:
        try:
            workspace = self._open_workspace()
        except Exception as error:  # the window must hear of every reason why a file does not open
            self.open_failed.emit(failure_of("open", error))
            return None
        self.opened.emit(workspace)
        return workspace

    def _next(self, is_running: bool) -> Job | LongTask | bool | None:
        """Wait for what to do: a job, a new task, True for a step of the running one, None to stop."""
        with self._wake:
            while True:
                if self._jobs:
                    return self._jobs.popleft()
                if self._stopping:
                    return None
                if is_running:
                    return True
                if self._tasks:
                    self._cancelled = False
                    return self._tasks.popleft()
                self._wake.wait()

    def _do(self, job: Job, workspace: Workspace) -> None:
        try:
            result = job.work(workspace)
        except Exception as error:  # whatever happens to one job, the next ones must go on
            self._delivered.emit(failure_of(job.name, error))
        else:
            self._delivered.emit(_Delivery(job.done, result))

    def _begin(self, task: LongTask, workspace: Workspace) -> tuple[LongTask, Steps]:
        return task, task.steps(workspace)

    def _step(self, running: tuple[LongTask, Steps]) -> tuple[LongTask, Steps] | None:
        task, steps = running
        if self._is_cancelled():
            self._cancel(running)
            return None
        try:
            progress = next(steps)
        except StopIteration as end:
            self._delivered.emit(_Delivery(task.done, end.value))
        except Exception as error:  # a failed task must not end the thread
            self._delivered.emit(failure_of(task.name, error))
        else:
            self.progressed.emit(TaskProgress(task.name, progress))
            return running
        self.task_ended.emit(task.name)
        return None

    def _cancel(self, running: tuple[LongTask, Steps]) -> None:
        task, steps = running
        try:
            steps.close()
        except Exception as error:  # tidying up may fail too, and must be heard of
            self.failed.emit(failure_of(task.name, error))
        self._delivered.emit(_Delivery(task.done, None))
        self.task_ended.emit(task.name)

    def _is_cancelled(self) -> bool:
        with self._wake:
            return self._cancelled

    def _deliver(self, outcome: _Delivery | Failure) -> None:
        self._undelivered -= 1
        if isinstance(outcome, Failure):
            self.failed.emit(outcome)
        else:
            outcome.take(outcome.value)

    def _close(self, workspace: Workspace) -> None:
        try:
            workspace.close()
        except Exception as error:  # the window closes all the same, after saying so
            self.failed.emit(failure_of("close", error))
        self.closed.emit()


class ReaderThread(QObject):
    """Reads for the views. In each slot ("card", "search", ...) only the latest wish is answered.

    `failed` carries a Failure, `closed` says that the thread reads no more.
    """

    failed = Signal(object)
    closed = Signal()
    _answered = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._waiting: dict[str, _Reading] = {}
        self._serials: dict[str, int] = {}
        self._unanswered = 0
        self._wake = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="reader")
        self._answered.connect(self._take_answer, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def read(self, slot: str, job: Job) -> None:
        """Read in the background; an earlier wish in the same slot is forgotten."""
        with self._wake:
            serial = self._serials.get(slot, 0) + 1
            self._serials[slot] = serial
            self._unanswered += slot not in self._waiting
            self._waiting[slot] = _Reading(slot, serial, job)
            self._wake.notify()

    def forget(self, slot: str) -> None:
        """Let an answer that is still to come in a slot go by."""
        with self._wake:
            self._serials[slot] = self._serials.get(slot, 0) + 1

    def stop(self) -> None:
        """Answer no more; `closed` tells the end."""
        with self._wake:
            self._stopping = True
            self._waiting.clear()
            self._wake.notify()

    def is_idle(self) -> bool:
        """Tell whether every wish has been answered."""
        with self._wake:
            return self._unanswered == 0

    def join(self) -> None:
        """Wait for the thread that has said `closed`."""
        self._thread.join()

    def _run(self) -> None:
        while (reading := self._next()) is not None:
            try:
                value = reading.job.work(self._workspace)
            except Exception as error:  # one view's failure must not blind the others
                self._answered.emit((reading, failure_of(reading.job.name, error)))
            else:
                self._answered.emit((reading, _Delivery(reading.job.done, value)))
        self.closed.emit()

    def _next(self) -> _Reading | None:
        with self._wake:
            while not self._waiting and not self._stopping:
                self._wake.wait()
            if self._stopping:
                return None
            slot = next(iter(self._waiting))
            return self._waiting.pop(slot)

    def _take_answer(self, answer: tuple[_Reading, _Delivery | Failure]) -> None:
        reading, outcome = answer
        with self._wake:
            self._unanswered -= 1
            is_latest = self._serials[reading.slot] == reading.serial and not self._stopping
        if not is_latest:
            return
        if isinstance(outcome, Failure):
            self.failed.emit(outcome)
        else:
            outcome.take(outcome.value)


def failure_of(work: str, error: Exception) -> Failure:
    """Turn what was raised into a sentence for the person; our own mistakes are logged with their traceback."""
    if isinstance(error, KartotekaError):
        return Failure(work, error.sentence, error=error)
    details = "".join(traceback.format_exception(error))
    LOG.error("%s failed\n%s", work, details)
    return Failure(work, f"{type(error).__name__}: {error}", details)
