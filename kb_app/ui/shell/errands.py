"""Short work beside the knowledge base, such as looking through its backups."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

from kb_app.ui.tasks import Failure, failure_of


class Errands(QObject):
    """Runs short work that needs no open knowledge base in a thread of Qt's pool.

    `failed` carries a Failure, `ended` says that nothing is under way any more.
    """

    failed = Signal(object)
    ended = Signal()
    _returned = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running = 0
        self._returned.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def run(self, name: str, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Do the work in the background; `done` gets its result in the window's thread."""
        self._running += 1
        QThreadPool.globalInstance().start(partial(self._work, name, work, done))

    def is_idle(self) -> bool:
        """Tell whether nothing is under way."""
        return self._running == 0

    def _work(self, name: str, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        try:
            result = work()
        except Exception as error:  # the pool would swallow it
            self._returned.emit(failure_of(name, error))
        else:
            self._returned.emit((done, result))

    def _take(self, outcome: tuple[Callable[[Any], None], Any] | Failure) -> None:
        self._running -= 1
        if isinstance(outcome, Failure):
            self.failed.emit(outcome)
        else:
            done, value = outcome
            done(value)
        if self.is_idle():
            self.ended.emit()
