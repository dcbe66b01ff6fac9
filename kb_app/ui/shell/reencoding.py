"""Reads the original of an article again in an encoding that the person chooses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kb_app.core.changes import Changes
from kb_app.core.encodings import EncodingPreview
from kb_app.core.ids import ArticleId
from kb_app.core.reading import ArticleView
from kb_app.core.report import TAKEN_STATES, ImportReport, InputState
from kb_app.services.reencoding import has_encoding
from kb_app.services.workspace import Workspace
from kb_app.ui.notices import Notice, Tone
from kb_app.ui.shell.open_base import OpenBase
from kb_app.ui.shell.readings import Text
from kb_app.ui.sources.encoding_dialog import EncodingDialog
from kb_app.ui.tasks import Steps


class Reencoding(QObject):
    """Asks for an encoding and has an article read again.

    `read_again` carries the ArticleId of the new article, `noticed` a Notice.
    """

    read_again = Signal(object)
    noticed = Signal(object)

    def __init__(self, base: OpenBase, window: QWidget, shown: Callable[[], ArticleView | None]) -> None:
        super().__init__(window)
        self._base = base
        self._shown = shown
        self._window = window
        self._article: ArticleId | None = None
        self.dialog: EncodingDialog | None = None

    def can_begin(self) -> bool:
        """Tell whether the shown article can be read again."""
        shown = self._shown()
        return self._base.can_write and shown is not None and has_encoding(shown)

    def begin(self) -> None:
        """Ask in which encoding the original of the shown article is to be read."""
        view = self._shown()
        if view is not None:
            self._ask(view)

    def begin_with(self, article: ArticleId) -> None:
        """Ask in which encoding the original of an article is to be read."""
        self._base.read("article to read again", Text(article).read, self._ask)

    def _ask(self, view: ArticleView) -> None:
        if not self._base.can_write:
            return
        if not has_encoding(view):
            words = self.tr("This original is not written in characters of an encoding, so there is none to choose.")
            self.noticed.emit(Notice(words, Tone.PLAIN))
            return
        self._article = view.id
        self.dialog = EncodingDialog(view, self._window)
        self.dialog.preview_requested.connect(self._preview)
        self.dialog.encoding_chosen.connect(self._read)
        self.dialog.finished.connect(self._forget_dialog)
        self.dialog.begin()

    def _preview(self, encoding: str) -> None:
        if self._article is not None:
            self._base.read("encoding preview", partial(_preview, self._article, encoding), self._show_preview)

    def _show_preview(self, preview: EncodingPreview) -> None:
        if self.dialog is not None:
            self.dialog.show_preview(preview)

    def _read(self, encoding: str) -> None:
        if self._article is not None:
            name = self.tr("Reading again")
            self._base.run_long(name, partial(_steps, self._article, encoding), self._take_report)

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _take_report(self, report: ImportReport | None) -> None:
        self._base.changed.emit(Changes(everything=True))
        if report is None or not report.outcomes:
            self.noticed.emit(Notice(self.tr("Reading again was cancelled; nothing was changed."), Tone.PLAIN))
            return
        outcome = report.outcomes[0]
        if outcome.state in TAKEN_STATES:
            words = self.tr("Read again. The new text stands beside the first as an article of its own.")
            self.noticed.emit(Notice(words, Tone.GOOD))
            self.read_again.emit(outcome.articles[0])
        else:
            tone = Tone.PLAIN if outcome.state is InputState.DUPLICATE else Tone.WARNING
            self.noticed.emit(Notice(outcome.sentence, tone))


def _preview(article: ArticleId, encoding: str, workspace: Workspace) -> EncodingPreview:
    return workspace.reencoding.preview(article, encoding)


def _steps(article: ArticleId, encoding: str, workspace: Workspace) -> Steps:
    return workspace.reencoding.run(article, encoding)
