"""Starts one worker process in a session of its own, speaks with it and ends it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from types import MappingProxyType
from typing import IO, BinaryIO, cast

from kb_app.core.article import Article
from kb_app.services.codec import CodecError, dumps, loads
from kb_app.services.confinement import MEMORY, sandboxed
from kb_app.services.distrust import check_article, check_findings
from kb_app.services.documents import Answer, NotUnderstood, Order, ReadArticle, Reply, Task, Understood
from kb_app.services.frames import Frame, read_frame, write_frame
from kb_app.services.windows_job import WindowsJob
from kb_app.settings import LEXICONS_VARIABLE, lexicons_folder

WORKER_MODULE = "kb_app.services.worker"
WORKER_ARGUMENT = "_worker"  # a frozen program has no -m: it starts itself so
LAST_WORDS = 2_000
_PASSED_ON = ("SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH")

_FIXED = MappingProxyType(
    {
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        # one document, one core: a numeric library would start a thread a core, each with its own memory
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        # the locked onnxruntime has no part that sends; one that a person installed instead may have
        "ORT_DISABLE_TELEMETRY": "1",
    }
)


class WorkerDied(Exception):
    """The process ended, or answered what no worker answers; the message holds its last words."""


def worker_command() -> list[str]:
    """Return the command of a worker, in a checkout, an install and a frozen build."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_ARGUMENT]
    return [sys.executable, "-P", "-s", "-m", WORKER_MODULE]


def worker_environment() -> dict[str, str]:
    """Return the nearly empty environment of a worker: where the modules lie and where the person's word lists do."""
    paths = os.pathsep.join(os.path.abspath(path) for path in sys.path)
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    lists = lexicons_folder()
    own = {} if lists is None else {LEXICONS_VARIABLE: str(lists)}
    return {**passed_on, **_FIXED, **own, "PYTHONPATH": paths}


class WorkerProcess:
    """A running worker; used by one thread, ended by any."""

    def __init__(self, command: list[str]) -> None:
        self._words = cast(IO[bytes], tempfile.TemporaryFile())  # noqa: SIM115 closed with the process
        process = subprocess.Popen(
            sandboxed(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._words,
            env=worker_environment(),
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._process = process
        self._job = WindowsJob(MEMORY)
        self._job.take(int(getattr(process, "_handle", 0)))
        self._orders, self._answers = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)

    def ask(self, task: Task) -> Answer:
        """Have a task done; raises WorkerDied."""
        try:
            write_frame(self._orders, _question(task))
            frame = read_frame(self._answers)
            if frame is None:
                raise WorkerDied(self._last_words())
            return _believed(task, loads(Reply, frame.json))
        except (OSError, ValueError, CodecError) as error:
            raise WorkerDied(f"{error} {self._last_words()}") from error

    def terminate(self) -> None:
        """Ask the process and its children to end."""
        if hasattr(os, "killpg"):
            self._signal(signal.SIGTERM)
        else:
            self._process.terminate()

    def kill(self) -> None:
        """End the process and its children."""
        if hasattr(os, "killpg"):
            self._signal(signal.SIGKILL)
        else:
            self._process.kill()

    def close(self) -> None:
        """End the process and let its pipes go."""
        self.kill()
        for stream in (self._orders, self._answers, self._words):
            with contextlib.suppress(OSError):  # what was still to be sent has no reader any more
                stream.close()
        self._process.wait()
        self._job.close()

    @property
    def pid(self) -> int:
        """Return the number of the process."""
        return self._process.pid

    def _signal(self, number: int) -> None:
        if self._process.poll() is None:
            # between the look and the signal it may have ended by itself
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)

    def _last_words(self) -> str:
        with contextlib.suppress(OSError, ValueError):
            size = self._words.seek(0, os.SEEK_END)
            self._words.seek(max(0, size - LAST_WORDS))
            return self._words.read().decode("utf-8", "replace")
        return ""


def _question(task: Task) -> Frame:
    if isinstance(task, ReadArticle):
        return Frame(dumps(Order(task.name, article=task.article)))
    source = task.source
    order = Order(source.name, source.sha256, source.media_type, source.path, task.given, task.extract)
    return Frame(dumps(order), source.data)


def _believed(task: Task, reply: Reply) -> Answer:
    if reply.code:
        return NotUnderstood(task.key, reply.code[:40], reply.sentence[:1_000], reply.refused)
    article = _article_of(task, reply)
    if reply.findings is None:
        raise CodecError("an answer without findings")
    check_findings(reply.findings, article.text)
    return Understood(task.key, article, reply.findings)


def _article_of(task: Task, reply: Reply) -> Article:
    if isinstance(task, ReadArticle):
        return task.article
    if reply.article is None:
        raise CodecError("an answer without an article")
    check_article(reply.article)
    return reply.article
