"""A pool of processes that read documents: a dead or hanging one takes one document with it and is replaced."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from kb_app.ingest.media_type import PDF
from kb_app.services.child_process import SECONDS_TO_LET_GO, WorkerDied
from kb_app.services.documents import Answer, Document, NotUnderstood, Task
from kb_app.services.worker_process import WorkerProcess, worker_command

LOG = logging.getLogger(__name__)
SECONDS_A_DOCUMENT = 30.0
SECONDS_WITH_PAGES = 90.0  # hundreds of pages take a while
SECONDS_WITH_RECOGNITION = 600.0  # a page that is a picture takes some seconds
SECONDS_TO_START = 20.0  # a cold disk has to find the libraries first
SECONDS_TO_GO = 1.0
DOCUMENTS_A_PROCESS = 1_000  # then a new one, so that what libraries hold on to does not add up
MOST_JOBS = 16
TASKS_A_WORKER = 16  # so that no worker waits while articles are written


def usual_jobs() -> int:
    """Return how many workers this machine carries."""
    return max(1, min(os.cpu_count() or 1, MOST_JOBS))


def _seconds_for(task: Task) -> float:
    """Return how long a task of its kind may take at least."""
    if not isinstance(task, Document) or task.source.media_type != PDF:
        return 0.0
    return SECONDS_WITH_RECOGNITION if task.given.recognise else SECONDS_WITH_PAGES


@dataclass(slots=True)
class _Running:
    """A task under way: when its time is over, and whether the process was asked to go."""

    task: Task
    deadline: float
    asked_to_go: bool = False


class WorkerPool:
    """Worker processes, each with a thread that waits for it; tasks go in, answers come out in any order."""

    def __init__(
        self,
        jobs: int = 0,
        *,
        seconds_a_document: float = SECONDS_A_DOCUMENT,
        command: list[str] | None = None,
    ) -> None:
        self._answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        count = jobs if jobs > 0 else usual_jobs()
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        command = command or worker_command()
        queues = (self._tasks, self._answers)
        self._workers = [_Worker(command, queues, seconds_a_document) for _ in range(min(count, MOST_JOBS))]
        self._waiting = 0

    @property
    def room(self) -> int:
        """Return how many tasks can be taken now: one running and a few waiting a worker."""
        return TASKS_A_WORKER * len(self._workers) - self._waiting

    @property
    def is_busy(self) -> bool:
        """Tell whether answers are still to come."""
        return self._waiting > 0

    def submit(self, task: Task) -> None:
        """Give a task to the first worker that has nothing to do."""
        self._waiting += 1
        self._tasks.put(task)

    def poll(self, seconds: float) -> Iterator[Answer]:
        """Yield the answers that are there, waiting a little for the first; ends what has run too long."""
        for worker in self._workers:
            worker.watch()
        try:
            answer = self._answers.get(timeout=seconds) if seconds > 0 else self._answers.get_nowait()
            while True:
                self._waiting -= 1
                yield answer
                answer = self._answers.get_nowait()
        except queue.Empty:
            return

    def pids(self) -> tuple[int, ...]:
        """Return the numbers of the processes that run now."""
        return tuple(pid for worker in self._workers if (pid := worker.pid))

    def close(self) -> None:
        """End all processes, whatever they are at; answers still to come are lost."""
        for worker in self._workers:
            worker.stop()
        for _ in self._workers:
            self._tasks.put(None)
        for worker in self._workers:
            worker.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Worker:
    """A thread with its process: started with the first task, replaced when it dies."""

    def __init__(
        self,
        command: list[str],
        queues: tuple[queue.SimpleQueue[Task | None], queue.SimpleQueue[Answer]],
        seconds: float,
    ) -> None:
        self._command = command
        self._tasks, self._answers = queues
        self._seconds = seconds
        self._guard = threading.Lock()
        self._process: WorkerProcess | None = None
        self._running: _Running | None = None
        self._stopping = False
        self._served = 0
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        with self._guard:
            return self._process.pid if self._process else 0

    def watch(self) -> None:
        """End the process when its task has run too long: first politely, then for good."""
        with self._guard:
            running, process = self._running, self._process
            if running is None or process is None or time.monotonic() < running.deadline:
                return
            if running.asked_to_go:
                process.kill()
            else:
                process.terminate()
            running.asked_to_go = True
            running.deadline = time.monotonic() + SECONDS_TO_GO

    def stop(self) -> None:
        with self._guard:
            self._stopping = True
            if self._process is not None:
                self._process.kill()

    def join(self) -> None:
        # something that the process left behind may hold its pipe: nobody waits for that
        self._thread.join(SECONDS_TO_LET_GO)

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None and not self._stopping:
            self._answers.put(self._answer(task))
        self._let_go()

    def _answer(self, task: Task) -> Answer:
        try:
            process = self._started(task)
            answer = process.ask(task)
        except (WorkerDied, OSError) as error:
            LOG.info("a worker died: %s", error)
            answer = self._obituary(task)
            self._let_go()
        self._served += 1
        with self._guard:
            self._running = None
        if isinstance(answer, NotUnderstood) and answer.code == "memory" or self._served >= DOCUMENTS_A_PROCESS:
            self._let_go()
        return answer

    def _started(self, task: Task) -> WorkerProcess:
        with self._guard:
            if self._stopping:
                raise WorkerDied("the pool is closing")
            fresh = self._process is None
            process = self._process or WorkerProcess(self._command)
            self._process = process
            allowed = max(self._seconds, _seconds_for(task)) + (SECONDS_TO_START if fresh else 0)
            self._running = _Running(task, time.monotonic() + allowed)
            return process

    def _obituary(self, task: Task) -> NotUnderstood:
        name = task.source.name if hasattr(task, "source") else task.name
        with self._guard:
            was_ended = self._running is not None and self._running.asked_to_go
        if was_ended:
            sentence = f"“{name}” took longer than a document may, so reading it was given up."
            return NotUnderstood(task.key, "timeout", sentence)
        return NotUnderstood(task.key, "worker-died", f"The process that read “{name}” ended unexpectedly.")

    def _let_go(self) -> None:
        with self._guard:
            process, self._process = self._process, None
            self._served = 0
        if process is not None:
            process.close()
