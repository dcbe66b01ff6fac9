"""A real window over a real knowledge base made of the sample articles."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from kb_app.app import request_of
from kb_app.resources import resource_path
from kb_app.services.importing import ImportRequest
from kb_app.services.opening import sample_files
from kb_app.services.workspace import Workspace
from kb_app.settings import Settings, ThemeChoice
from kb_app.ui.main_window import MainWindow, Surroundings
from kb_app.ui.shared.icons import Icons
from kb_app.ui.shell.open_base import BaseState, OpenRequest
from kb_app.ui.theme import Theme

PATIENCE_MS = 30_000


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a knowledge base of the sample articles; copy it before writing."""
    path = tmp_path_factory.mktemp("sample") / "Sample.kb"
    workspace = Workspace.open(path, create=True)
    for _ in workspace.importing.run(ImportRequest(paths=sample_files())):
        pass
    taken = workspace.listing.totals().articles
    workspace.close()
    assert taken == len(sample_files())
    return path


@pytest.fixture
def base_file(sample_file: Path, tmp_path: Path) -> Path:
    """Give a copy of the sample that a test may change."""
    return Path(shutil.copy(sample_file, tmp_path / "Dam.kb"))


class Desktop:
    """Makes windows, waits for them and closes them."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.kept: list[Settings] = []
        self._windows: list[MainWindow] = []

    def window(self, path: Path | None = None, *, read_only: bool = False) -> MainWindow:
        """Show a window, over a knowledge base where a path is given, and wait until it is at rest."""
        template = resource_path("styles", "window.qss").read_text("utf-8")
        theme = Theme(ThemeChoice.LIGHT, template)
        settings = self.kept[-1] if self.kept else Settings()
        surroundings = Surroundings(settings, self.kept.append, self.folder, request_of, backs_up=False)
        window = MainWindow(theme, Icons(theme), surroundings)
        window.resize(1200, 800)
        self._windows.append(window)
        window.show()
        if path is None:
            window.presence.show_welcome()
        else:
            window.base.open(OpenRequest(path, read_only=read_only))
        self.rest(window)
        return window

    def rest(self, window: MainWindow) -> None:
        """Wait until a window has nothing left to do."""
        self.wait(window.is_idle)

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(is_so, timeout=PATIENCE_MS)

    def close(self) -> None:
        """Close every window as a person would, and take it down."""
        for window in self._windows:
            window.close()
            self.wait(lambda window=window: window.base.state is BaseState.NONE and not window.isVisible())  # type: ignore[misc]
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def desktop(qtbot: QtBot, tmp_path: Path) -> Iterator[Desktop]:
    """Give a desktop that closes its windows after the test."""
    made = Desktop(qtbot, tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def window(desktop: Desktop, base_file: Path) -> MainWindow:
    """Give a window at rest over a copy of the sample."""
    return desktop.window(base_file)
