"""Opens what somebody else made: asks first, checks, copies, and opens the copy."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog, QPushButton, QWidget

from kb_app.core.progress import Progress
from kb_app.services.taking_over import TakenOver, own_name, take_over
from kb_app.ui.notices import Notice, Tone
from kb_app.ui.shell.errands import Errands
from kb_app.ui.tasks import Failure


class TakingOver(QObject):
    """Takes over files from elsewhere.

    `taken` carries the path of a finished copy and the Notice about it, `trusted` the path of a file to be opened as it
    is, `noticed` a Notice, `ended` says that nothing is under way any more.
    """

    taken = Signal(object, object)
    trusted = Signal(object)
    noticed = Signal(object)
    ended = Signal()
    _progressed = Signal(object)

    def __init__(self, window: QWidget, folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self._folder = folder
        self._errands = Errands(self)
        self._cancelled = Event()
        self._progress: QProgressDialog | None = None
        self.question: QMessageBox | None = None
        self._asked: Path | None = None
        self._errands.failed.connect(self._take_failure)
        self._errands.ended.connect(self.ended)
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)

    def choose(self) -> None:
        """Let the person choose the file that was received."""
        dialog = QFileDialog(self._window, self.tr("Take over a knowledge base from somebody else"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Knowledge bases (*.kb)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._take_name)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask(self, path: Path) -> None:
        """Ask what to do with a file that was never opened on this computer."""
        self._asked = path
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("A file from elsewhere?"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("“{0}” has not been opened on this computer before.").format(path.name))
        box.setInformativeText(
            self.tr(
                "If somebody else made it, take over a checked copy: every record is looked at, nothing in the file "
                "can act, and it stays as it is. If it is your own, open it."
            )
        )
        copying = box.addButton(self.tr("&Take over a copy"), QMessageBox.ButtonRole.AcceptRole)
        opening = box.addButton(self.tr("&Open the file itself"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(copying)
        copying.clicked.connect(self._copy_asked)
        opening.clicked.connect(self._trust_asked)
        box.finished.connect(self._forget_question)
        self.question = box
        box.open()

    def begin(self, path: Path) -> None:
        """Check and copy a file into the folder of the person's knowledge bases."""
        if not self._errands.is_idle():
            return
        self._cancelled.clear()
        progress = QProgressDialog(self.tr("Checking “{0}”").format(path.name), "", 0, 0, self._window)
        progress.setWindowTitle(self.tr("Taking over"))
        cancel = QPushButton(self.tr("Cancel"))
        progress.setCancelButton(cancel)
        progress.setWindowModality(Qt.WindowModality.WindowModal)
        progress.setMinimumDuration(300)
        progress.setAutoClose(False)
        progress.setAutoReset(False)
        progress.canceled.connect(self._cancelled.set)
        self._progress = progress
        self._folder.mkdir(parents=True, exist_ok=True)
        steps = take_over(path, own_name(path, self._folder))
        self._errands.run(self.tr("Taking over"), partial(self._drive, steps), self._take_end)

    def cancel(self) -> None:
        """Give up what is under way, after its present step."""
        self._cancelled.set()

    def is_idle(self) -> bool:
        """Tell whether nothing is under way."""
        return self._errands.is_idle()

    def _drive(self, steps: Generator[Progress, None, TakenOver]) -> TakenOver | None:
        try:
            while not self._cancelled.is_set():
                try:
                    self._progressed.emit(next(steps))
                except StopIteration as end:
                    result: TakenOver = end.value
                    return result
        finally:
            steps.close()
        return None

    def _show_progress(self, progress: Progress) -> None:
        if self._progress is not None and self._is_running():
            self._progress.setRange(0, progress.total)
            self._progress.setValue(progress.done)

    def _is_running(self) -> bool:
        return not self._errands.is_idle()

    def _take_end(self, taken: TakenOver | None) -> None:
        self._close_progress()
        if taken is None:
            self.noticed.emit(Notice(self.tr("Taking over was cancelled. Nothing was kept of it."), Tone.PLAIN))
            return
        words = self.tr("Every record was checked and copied into “{0}”; the file that you received is as it was.")
        if taken.log_left:
            words += " " + self.tr("Changes that stood only in the log beside it were left out.")
        self.taken.emit(taken.path, Notice(words.format(taken.path.name), Tone.GOOD))

    def _take_failure(self, failure: Failure) -> None:
        self._close_progress()
        self.noticed.emit(Notice(failure.sentence, details=failure.details))

    def _close_progress(self) -> None:
        if self._progress is not None:
            self._progress.close()
            self._progress.deleteLater()
            self._progress = None

    def _take_name(self, name: str) -> None:
        self.begin(Path(name))

    def _copy_asked(self) -> None:
        if self._asked is not None:
            self.begin(self._asked)

    def _trust_asked(self) -> None:
        if self._asked is not None:
            self.trusted.emit(self._asked)

    def _forget_question(self) -> None:
        self.question = None
