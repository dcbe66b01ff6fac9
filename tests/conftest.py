"""What every test stands on: offscreen Qt, no network, nothing left open, the shared folder."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

# a landing is judged on the same cases every time; everywhere else new ones are drawn
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

PROJECT_ROOT = Path(__file__).resolve().parent.parent
THREAD_GRACE_SECONDS = 5.0
LOOPBACK = ("127.", "::1", "localhost")
NETWORK_EVENTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"})


class NetworkRefused(RuntimeError):
    """A test tried to reach another machine."""


def refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse every connection that is neither a local socket nor loopback."""
    if event not in NETWORK_EVENTS:
        return
    target = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
    host = target[0] if isinstance(target, tuple) and target else target
    if isinstance(target, tuple) or event == "socket.getaddrinfo":
        name = host.decode(errors="replace") if isinstance(host, bytes) else host
        if name and not str(name).startswith(LOOPBACK):
            raise NetworkRefused(f"a test tried to reach {name!r}: the suite runs without a network")


@pytest.fixture(scope="session", autouse=True)
def no_network() -> None:
    """Block the network for the whole run: an audit hook sees what a patched socket would miss."""
    sys.addaudithook(refuse_network)


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Give the folder that holds pyproject.toml."""
    return PROJECT_ROOT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Give the folder of gold articles and corpora beside the project, or skip where it is absent."""
    folder = PROJECT_ROOT.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("needs the folder ../shared (gold articles and corpora), which is not here")
    return folder


@pytest.fixture(autouse=True)
def nothing_left_open(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, and one of the window that leaves a window or a running timer."""
    threads_before = set(threading.enumerate())
    yield
    left = [f"thread {thread.name}" for thread in _threads_after(threads_before)]
    if "PySide6.QtWidgets" in sys.modules:
        left += _left_in_qt()
    if left:
        pytest.fail(f"{request.node.name} left open: {', '.join(left)}", pytrace=False)


def _threads_after(before: set[threading.Thread]) -> list[threading.Thread]:
    # a worker that was told to stop may need a moment to end; dummy threads are Qt's and end with it
    new = [t for t in threading.enumerate() if t not in before and not isinstance(t, threading._DummyThread)]
    for thread in new:
        thread.join(THREAD_GRACE_SECONDS)
    return [thread for thread in new if thread.is_alive()]


def _left_in_qt() -> list[str]:
    widgets = sys.modules["PySide6.QtWidgets"]
    core = sys.modules["PySide6.QtCore"]
    app = widgets.QApplication.instance()
    if app is None:
        return []
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    left = []
    pool = core.QThreadPool.globalInstance()
    if not pool.waitForDone(int(THREAD_GRACE_SECONDS * 1000)):
        left.append("a task in the thread pool")
    for window in widgets.QApplication.topLevelWidgets():
        timers = [timer for timer in window.findChildren(core.QTimer) if timer.isActive()]
        if window.isVisible():
            left.append(f"window {type(window).__name__} {window.objectName()!r}")
            window.close()
        elif timers:
            left.append(f"{len(timers)} running timer(s) of {type(window).__name__}")
            for timer in timers:
                timer.stop()
    return left
