"""Starts a process of ours in a session of its own, with a nearly empty environment and two pipes, and ends it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from types import MappingProxyType
from typing import IO, BinaryIO, cast

from kb_app.services.confinement import MEMORY, sandboxed
from kb_app.services.windows_job import WindowsJob
from kb_app.settings import (
    LEXICONS_VARIABLE,
    TESSERACT_DATA_VARIABLE,
    TESSERACT_VARIABLE,
    lexicons_folder,
    tesseract_program,
)

LAST_WORDS = 2_000
SECONDS_TO_LET_GO = 3.0  # for whoever reads from a process that was killed
_PASSED_ON = ("SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", TESSERACT_DATA_VARIABLE)
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


def child_command(module: str, argument: str) -> list[str]:
    """Return the command that runs a module; a frozen program has no -m and starts itself with an argument."""
    if getattr(sys, "frozen", False):
        return [sys.executable, argument]
    return [sys.executable, "-P", "-s", "-m", module]


def child_environment() -> dict[str, str]:
    """Return the nearly empty environment of a child: where modules, word lists and Tesseract lie."""
    paths = os.pathsep.join(os.path.abspath(path) for path in sys.path)
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    lists = lexicons_folder()
    own = {} if lists is None else {LEXICONS_VARIABLE: str(lists)}
    tesseract = tesseract_program()  # found here: a child has no PATH to look along
    if tesseract is not None:
        own[TESSERACT_VARIABLE] = str(tesseract)
    return {**passed_on, **_FIXED, **own, "PYTHONPATH": paths}


class ChildProcess:
    """A running child; spoken with by one thread, ended by any."""

    def __init__(self, command: list[str]) -> None:
        self._words = cast(IO[bytes], tempfile.TemporaryFile())  # noqa: SIM115 closed with the process
        process = subprocess.Popen(
            sandboxed(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._words,
            env=child_environment(),
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._process = process
        self._job = WindowsJob(MEMORY)
        self._job.take(int(getattr(process, "_handle", 0)))
        self.orders, self.answers = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)

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
        for stream in (self.orders, self.answers, self._words):
            with contextlib.suppress(OSError):  # what was still to be sent has no reader any more
                stream.close()
        self._process.wait()
        self._job.close()

    @property
    def pid(self) -> int:
        """Return the number of the process."""
        return self._process.pid

    def last_words(self) -> str:
        """Return the end of what the process wrote to standard error."""
        with contextlib.suppress(OSError, ValueError):
            size = self._words.seek(0, os.SEEK_END)
            self._words.seek(max(0, size - LAST_WORDS))
            return self._words.read().decode("utf-8", "replace")
        return ""

    def _signal(self, number: int) -> None:
        # not polled: until it is waited for, its number stays that of the group, in which it may have left children
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)
