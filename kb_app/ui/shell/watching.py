"""Watches the window from outside: its first picture, when it has come to rest, how long the start took."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer

from kb_app.ui.main_window import MainWindow
from kb_app.ui.shared.icons import Icons

LOADED_AT = time.monotonic()
LOOK_EVERY_MS = 60
LOOK_CLOSELY_MS = 5
QUIET_LOOKS = 4
PATIENCE_SECONDS = 180


class FirstPaint(QObject):
    """Calls a function once, after the window was painted for the first time."""

    def __init__(self, window: MainWindow, call: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._call = call
        window.frame.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self._window.frame.removeEventFilter(self)
            QTimer.singleShot(0, self._call)
        return False


class QuietWatch(QObject):
    """Waits until the window has nothing left to do, then calls a function once."""

    def __init__(self, window: MainWindow, icons: Icons, call: Callable[[], None]) -> None:
        super().__init__(window)
        self.code = 0
        self._window = window
        self._icons = icons
        self._call = call
        self._quiet = 0
        self._looks = 0
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        self._looks += 1
        is_quiet = self._window.is_idle() and self._icons.is_ready
        self._quiet = self._quiet + 1 if is_quiet else 0
        if self._quiet < QUIET_LOOKS and self._looks * LOOK_EVERY_MS < PATIENCE_SECONDS * 1000:
            return
        self._timer.stop()
        self.code = 0 if is_quiet else 1
        self._call()


class Photographer(QObject):
    """Saves a picture of the window and closes it."""

    def __init__(self, window: MainWindow, target: Path) -> None:
        super().__init__(window)
        self._window = window
        self._target = target
        self.failed = False

    def take(self) -> None:
        """Save the picture."""
        self._target.parent.mkdir(parents=True, exist_ok=True)
        self.failed = not self._window.grab().save(str(self._target))
        if self.failed:
            print(f"The picture “{self._target}” could not be written.", file=sys.stderr)
        self._window.close()


class StartReport(QObject):
    """Says on standard output how long it took until the window could be used: rows, card and article are there."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self, interval=LOOK_CLOSELY_MS)
        self._timer.timeout.connect(self._look)
        window.presence.ready.connect(self._timer.start)
        window.presence.welcomed.connect(self._timer.start)

    def _look(self) -> None:
        if self._window.is_idle():
            self._timer.stop()
            print(f"usable after {seconds_since_start():.3f} s", flush=True)


def seconds_since_start() -> float:
    """Return how long this process has run; where the system does not say, since this module was loaded."""
    try:
        fields = Path("/proc/self/stat").read_text("utf-8").rpartition(")")[2].split()
        started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return time.clock_gettime(time.CLOCK_BOOTTIME) - started
    except (OSError, AttributeError, ValueError, IndexError):
        return time.monotonic() - LOADED_AT
