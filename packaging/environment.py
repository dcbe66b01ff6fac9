"""Build the project's own Python environment from a lock, and see that the system has what Qt needs."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from system_libraries import missing_packages, offer_packages

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
STAMP_NAME = "lock.sha256"


class SetUpError(Exception):
    """The set-up cannot go on; the message says what to do."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment beside the project that holds exactly what its lock names."""

    folder: Path
    lock: Path
    wheels: Path | None = None

    @property
    def python(self) -> Path:
        """Name the environment's interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def stamp(self) -> Path:
        """Name the file that says which lock and which Python the environment was made for."""
        return self.folder / STAMP_NAME

    def wanted_stamp(self) -> str:
        """Give the digest of the lock with the Python that would build the environment."""
        digest = hashlib.sha256(self.lock.read_bytes())
        digest.update(f"{sys.version_info[:2]} {sys.platform} {sys.base_prefix}".encode())
        return digest.hexdigest()

    def is_ready(self) -> bool:
        """Tell whether the environment was finished for this lock and this Python."""
        finished = self.python.exists() and self.stamp.is_file()
        return finished and self.stamp.read_text(encoding="ascii").strip() == self.wanted_stamp()

    def prepare(self) -> None:
        """Make the environment unless it is ready; raises SetUpError where that cannot be done."""
        if self.is_ready():
            say(f"environment {self.folder.name}: ready")
            return
        say(f"environment {self.folder.name}: making it from {self.lock.name} (once; this fetches the packages)")
        need_venv()
        _run([sys.executable, "-m", "venv", "--clear", str(self.folder)], "the virtual environment was not made")
        _run(self.install_command(), "the packages were not installed; nothing else was changed")
        self.stamp.write_text(self.wanted_stamp() + "\n", encoding="ascii")

    def install_command(self) -> list[str]:
        """Build pip's command: wheels alone, every one checked against its hash, nothing resolved anew."""
        command = [str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        command += ["--no-deps", "--require-hashes", "--only-binary=:all:"]
        if self.wheels is not None:
            command += ["--no-index", "--find-links", str(self.wheels)]
        return [*command, "--requirement", str(self.lock)]


def say(sentence: str) -> None:
    """Tell the user what is being done, at once and in order with what other programs print."""
    print(f"[kartoteka] {sentence}", flush=True)


def need_python() -> None:
    """Refuse a Python that is too old; raises SetUpError."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        raise SetUpError(f"Kartoteka needs Python 3.11 or newer; this is {sys.version.split()[0]}")


def need_venv() -> None:
    """See that this Python can make virtual environments with pip; raises SetUpError with the command."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    if shutil.which("apt-get"):
        offer_packages(["python3-venv"], say)
        if importlib.util.find_spec("ensurepip"):
            return
        raise SetUpError("this Python cannot make environments yet: sudo apt-get install python3-venv")
    raise SetUpError("this Python has no venv or ensurepip module: install a complete Python 3.11 or newer")


def need_system_libraries(window: bool) -> None:
    """See that the libraries Qt opens are there, installing them where we may; raises SetUpError."""
    missing = missing_packages(window)
    if not missing:
        return
    say(f"missing on this system: {', '.join(missing)}")
    command = offer_packages(missing, say)
    still = missing_packages(window)
    if still:
        raise SetUpError(f"Qt needs {', '.join(still)}; please install them: {command}")


def _run(command: list[str], failure: str) -> None:
    done = subprocess.run(command, check=False)
    if done.returncode:
        raise SetUpError(f"{failure} (exit code {done.returncode} of: {' '.join(command)})")
