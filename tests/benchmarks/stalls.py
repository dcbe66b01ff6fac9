"""Measures how long the window's loop is held up while it imports hostile and ordinary inputs; nothing is asserted.

python -m tests.benchmarks.stalls --texts 300
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from kb_app.app import prepare, request_of
from kb_app.resources import resource_path
from kb_app.settings import Settings, ThemeChoice
from kb_app.ui.main_window import MainWindow, Surroundings
from kb_app.ui.shared.icons import Icons
from kb_app.ui.shell.open_base import BaseState, OpenRequest
from kb_app.ui.theme import Theme
from tests.benchmarks.word_texts import write_word_texts
from tests.hostile.cases import ALL

TICK_MS = 2
LONG_MS = 100


class LoopWatch(QObject):
    """Notes the gaps between the ticks of a timer: in each of them the window answered nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def stop(self) -> None:
        """Note no more."""
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now


def main() -> int:
    """Import in a window and print the longest gaps."""
    parser = argparse.ArgumentParser(description="Measure how long the window's loop is held up by an import.")
    parser.add_argument("--texts", type=int, default=300, help="ordinary texts beside the hostile inputs")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="kartoteka-stalls-") as place:
        folder = Path(place)
        _write_inputs(folder / "inputs", options.texts)
        gaps, articles = _imported(folder)
    gaps.sort()
    long = sum(1 for gap in gaps if gap > LONG_MS)
    print(f"{len(ALL)} hostile inputs and {options.texts} texts: {articles} articles")
    print(
        f"gaps between ticks: median {gaps[len(gaps) // 2]:.1f} ms, 99.9 % within {gaps[int(len(gaps) * 0.999)]:.0f} ms"
    )
    print(f"longest {', '.join(f'{gap:.0f}' for gap in gaps[-5:])} ms; over {LONG_MS} ms: {long} of {len(gaps):,}")
    return 0


def _write_inputs(inputs: Path, texts: int) -> None:
    for number, case in enumerate(ALL):
        folder = inputs / f"{number:03}"
        folder.mkdir(parents=True)
        case.make(folder)
    write_word_texts(inputs / "texts", texts)


def _imported(folder: Path) -> tuple[list[float], int]:
    application = QApplication.instance() or QApplication(["kartoteka"])
    if not isinstance(application, QApplication):
        raise RuntimeError("a window needs a QApplication")
    prepare(application)
    theme = Theme(ThemeChoice.LIGHT, resource_path("styles", "window.qss").read_text("utf-8"))
    surroundings = Surroundings(Settings(), _forget, folder / "data", request_of, backs_up=False)
    window = MainWindow(theme, Icons(theme), surroundings)
    window.resize(1400, 900)
    window.show()
    window.base.open(OpenRequest(folder / "case.kb", create=True))
    _wait(application, window)
    watch = LoopWatch()
    window.parts.importing.import_paths((folder / "inputs",))
    _wait(application, window)
    watch.stop()
    workspace = window.base.workspace
    articles = workspace.listing.totals().articles if workspace is not None else 0
    window.close()
    while window.base.state is not BaseState.NONE:
        application.processEvents()
        time.sleep(0.001)
    return watch.gaps[1:], articles


def _wait(application: QApplication, window: MainWindow) -> None:
    application.processEvents()
    while not window.is_idle() or not window.base.is_open:
        application.processEvents()
        time.sleep(0.0005)


def _forget(_settings: Settings) -> None:
    """Keep nothing."""


if __name__ == "__main__":
    sys.exit(main())
