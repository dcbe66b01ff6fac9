"""Opens, makes and remembers knowledge bases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kb_app.core.errors import StoreDamaged, StoreLocked
from kb_app.ui.notices import Notice
from kb_app.ui.shell.open_base import OpenBase, OpenRequest
from kb_app.ui.shell.taking_over import TakingOver
from kb_app.ui.tasks import Failure

SUFFIX = ".kb"
READ_ONLY = "open_read_only"
RESTORE = "restore"
SAMPLE_NAME = "Sample.kb"
DEFAULT_NAME = "Articles.kb"


class Opener(QObject):
    """Opens files by dialog, by name, and the sample; `noticed` carries a Notice about what failed.

    `folder` is where files lie that nobody named.
    """

    noticed = Signal(object)

    def __init__(self, base: OpenBase, window: QWidget, folder: Path, is_known: Callable[[Path], bool]) -> None:
        super().__init__(window)
        self.taking_over = TakingOver(window, folder)
        self.taking_over.taken.connect(self._open_copy)
        self.taking_over.trusted.connect(self.open_path)
        self.taking_over.noticed.connect(self.noticed)
        self._is_known = is_known
        self._to_say: Notice | None = None  # when the file that it tells of is open
        self._base = base
        self._window = window
        self._folder = folder
        self.refused: Path | None = None
        base.open_failed.connect(self._take_failure)

    def open_path(self, path: Path) -> None:
        """Open a file for writing."""
        self._base.open(OpenRequest(path))

    def open_or_ask(self, path: Path) -> None:
        """Open a file that was opened here before; ask about one that may come from somebody else."""
        if self._is_known(path) or not path.exists():
            self.open_path(path)
        else:
            self.taking_over.ask(path)

    def open_default(self) -> None:
        """Open the knowledge base that is there for who names none, and make it if need be."""
        path = self._folder / DEFAULT_NAME
        self._base.open(OpenRequest(path, create=not path.exists()))

    def say_waiting(self) -> None:
        """Say what there is to say of a file now that it is open."""
        notice, self._to_say = self._to_say, None
        if notice is not None:
            self.noticed.emit(notice)

    def open_refused_read_only(self) -> None:
        """Open for reading what another window has open for writing."""
        if self.refused is not None:
            self._base.open(OpenRequest(self.refused, read_only=True))

    def open_sample(self) -> None:
        """Open the sample; its articles are imported where they are not yet."""
        path = self._folder / SAMPLE_NAME
        self._base.open(OpenRequest(path, create=not path.exists(), is_sample=True))

    def choose_file(self) -> None:
        """Let the person choose a knowledge base to open."""
        dialog = self._dialog(self.tr("Open a knowledge base"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._take_name)
        dialog.open()

    def choose_new(self) -> None:
        """Let the person name a new knowledge base."""
        dialog = self._dialog(self.tr("New knowledge base"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDefaultSuffix(SUFFIX)
        dialog.fileSelected.connect(self._take_new_name)
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        folder = self._base.path.parent if self._base.path else self._folder
        if folder.is_dir():
            dialog.setDirectory(str(folder))
        dialog.setNameFilters([self.tr("Knowledge bases (*.kb)"), self.tr("All files (*)")])
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _take_name(self, name: str) -> None:
        self.open_or_ask(Path(name))

    def _open_copy(self, path: Path, notice: Notice) -> None:
        self._to_say = notice
        self.open_path(path)

    def _take_new_name(self, name: str) -> None:
        self._base.open(OpenRequest(Path(name), create=True))

    def _take_failure(self, failure: Failure) -> None:
        request = self._base.failed_request
        self.refused = request.path if request is not None else None
        if isinstance(failure.error, StoreLocked):
            action = (self.tr("Open for reading only"), READ_ONLY)
        elif isinstance(failure.error, StoreDamaged):
            action = (self.tr("Restore a backup…"), RESTORE)
        else:
            action = ("", "")
        self.noticed.emit(Notice(failure.sentence, details=failure.details, action=action[0], action_id=action[1]))
