"""Brings files, folders and texts into the knowledge base, from menu, drop and clipboard."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from kb_app.core.changes import Changes
from kb_app.core.errors import NotFound
from kb_app.core.ids import ArticleId, OperationId
from kb_app.core.report import ImportReport, ImportSummary, InputOutcome, InputState
from kb_app.services.importing import ImportRequest
from kb_app.services.opening import sample_files
from kb_app.services.workspace import Workspace
from kb_app.ui.notices import Notice, Tone
from kb_app.ui.shell.mapping_tables import MappingTables
from kb_app.ui.shell.open_base import OpenBase
from kb_app.ui.shell.reporting import Reporting
from kb_app.ui.sources.extraction_dialog import ExtractionDialog
from kb_app.ui.sources.file_kinds import name_filters
from kb_app.ui.sources.pasted import CLIPBOARD, DROP, pasted
from kb_app.ui.sources.retry_menu import RetryWish
from kb_app.ui.sources.text_form import GivenText, TextForm
from kb_app.ui.tasks import Steps
from kb_app.ui.theme import Theme

SHOW_REPORT = "show_report"
SHOW_EXTRACTION = "show_extraction"
GO_ON = "go_on"


class Importing(QObject):
    """Takes what is to be imported and runs it; `noticed` carries a Notice about the result.

    `base_wanted` says that something waits to be imported and no knowledge base is open.
    """

    noticed = Signal(object)
    base_wanted = Signal()

    def __init__(
        self, base: OpenBase, window: QWidget, theme: Theme, request_of: Callable[[GivenText], ImportRequest]
    ) -> None:
        super().__init__(window)
        self._base = base
        self._window = window
        self._theme = theme
        self._request_of = request_of
        self.folder = ""  # where files were chosen last
        self._waiting: ImportRequest | None = None
        self._extraction: ImportReport | None = None
        self.tables = MappingTables(base, window)
        self.tables.prepared.connect(self._run)
        self.tables.noticed.connect(self.noticed)
        self.reports = Reporting(base, window, theme)
        self.reports.noticed.connect(self.noticed)
        self.reports.retry_requested.connect(self.retry)
        self.reports.columns_requested.connect(self._choose_columns)
        self.reports.go_on_requested.connect(self.go_on_with)

    def choose_files(self) -> None:
        """Let the person choose files."""
        dialog = self._file_dialog(self.tr("Import articles"), QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(name_filters())
        dialog.open()

    def choose_folder(self) -> None:
        """Let the person choose a folder."""
        self._file_dialog(self.tr("Import a folder"), QFileDialog.FileMode.Directory).open()

    def import_paths(self, paths: tuple[Path, ...]) -> None:
        """Import files and folders."""
        if paths:
            self._start(ImportRequest(paths=paths))

    def import_clipboard(self) -> None:
        """Ask about the clipboard's text and import it; copied files are imported as they are."""
        # None where nothing was ever copied, which the type does not tell
        data: QMimeData | None = QApplication.clipboard().mimeData()
        if data is None or not self.take(data, CLIPBOARD):
            self.noticed.emit(Notice(self.tr("There is no text and no file on the clipboard."), Tone.PLAIN))

    def take(self, data: QMimeData, how: str = DROP) -> bool:
        """Import what was dropped or copied; False when there is nothing in it to import."""
        if paths := dropped_paths(data):
            self.import_paths(paths)
            return True
        found = pasted(data, how)
        if found is not None:
            form = TextForm(found, self._window)
            form.text_given.connect(self._take_text)
            form.open()
            return True
        return False

    def show_report(self) -> None:
        """Show what became of the inputs of all imports, of the latest one first."""
        self.reports.show()

    def show_extraction(self) -> None:
        """Show what became of the articles that were extracted again."""
        if self._extraction is not None:
            ExtractionDialog(self._theme, self._extraction, self._window).show()

    def retry(self, wish: RetryWish) -> None:
        """Import chosen inputs once more."""
        if self._base.can_write:
            self._base.run_long(self.tr("Importing"), partial(_retry, wish), self._take_report)

    def recognise(self, articles: tuple[ArticleId, ...]) -> None:
        """Import the originals of articles once more and recognise the letters on their pages."""
        if self._base.can_write and articles:
            self._base.run_long(self.tr("Recognising text"), partial(_recognition, articles), self._take_report)

    def go_on_with(self, operation: OperationId) -> None:
        """Go on with an import that was stopped."""
        if self._base.can_write:
            self._base.run_long(self.tr("Importing"), partial(_rest_of, operation), self._take_report)

    def import_sample(self) -> None:
        """Import those of the sample's articles that are not there yet."""
        workspace, files = self._base.workspace, sample_files()
        if workspace is not None and workspace.listing.totals().sources < len(files):
            self.import_paths(files)

    def extract_again(self, articles: tuple[ArticleId, ...]) -> None:
        """Extract again from articles; what a person decided is left as it is."""
        if self._base.can_write and articles:
            name = self.tr("Extracting again")
            self._base.run_long(name, partial(_extraction, articles), self._take_extraction)

    def offer_to_go_on(self) -> None:
        """Say that an import was stopped half-way, if one was, and offer to go on with it."""
        if self._base.can_write:
            self._base.read("unfinished", _unfinished, self._take_unfinished)

    def go_on(self) -> None:
        """Go on with the import that was stopped last."""
        if self._base.can_write:
            self._base.run_long(self.tr("Importing"), _rest, self._take_report)

    def forget(self) -> None:
        """Forget what was extracted again: another knowledge base comes."""
        self._extraction = None

    def start_waiting(self) -> None:
        """Import what waited for a knowledge base."""
        request, self._waiting = self._waiting, None
        if request is not None:
            self._start(request)

    def _file_dialog(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setFileMode(mode)
        if self.folder:
            dialog.setDirectory(self.folder)
        dialog.filesSelected.connect(self._take_names)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _take_names(self, names: list[str]) -> None:
        self.folder = str(Path(names[0]).parent) if names else self.folder
        self.import_paths(tuple(Path(name) for name in names))

    def _take_text(self, given: GivenText) -> None:
        self._start(self._request_of(given))

    def _start(self, request: ImportRequest) -> None:
        if not self._base.is_open:
            self._waiting = request
            self.base_wanted.emit()
        elif not self._base.can_write:
            words = self.tr("This knowledge base is open for reading only, so nothing can be imported into it.")
            self.noticed.emit(Notice(words))
        else:
            self.tables.prepare(request)

    def _run(self, request: ImportRequest) -> None:
        self._base.run_long(self.tr("Importing"), partial(_steps, request), self._take_report)

    def _take_report(self, report: ImportReport | None) -> None:
        self._base.changed.emit(Changes(everything=True))
        if report is None:
            words = self.tr("The import was cancelled. What was imported before is kept.")
            self.noticed.emit(Notice(words, Tone.PLAIN, action=self.tr("Go on"), action_id=GO_ON))
            return
        self.noticed.emit(self._notice_of(report))

    def _take_unfinished(self, stopped: ImportSummary | None) -> None:
        if stopped is None:
            return
        waits = self.tr("%n input(s) wait", "", stopped.count(InputState.WAITING))
        words = self.tr("“{0}” was stopped before its end: {1}. What was imported is kept.")
        notice = Notice(words.format(stopped.label, waits), action=self.tr("Go on"), action_id=GO_ON)
        self.noticed.emit(notice)

    def _take_extraction(self, report: ImportReport | None) -> None:
        self._base.changed.emit(Changes(everything=True))
        if report is None:
            self.noticed.emit(Notice(self.tr("Extracting again was cancelled. What was done is kept."), Tone.PLAIN))
            return
        self._extraction = report
        done = report.count(InputState.IMPORTED)
        words = self.tr("%n article(s) extracted again; what you decided was left as it is.", "", done)
        tone = Tone.GOOD if done == len(report.outcomes) else Tone.WARNING
        self.noticed.emit(Notice(words, tone, action=self.tr("Report"), action_id=SHOW_EXTRACTION))

    def _notice_of(self, report: ImportReport) -> Notice:
        trouble = report.count(InputState.REFUSED) + report.count(InputState.FAILED)
        taken = report.articles_taken()
        known = report.count(InputState.DUPLICATE)
        parts = [self.tr("%n article(s) imported", "", taken)]
        if known:
            parts.append(self.tr("{0} already there").format(known))
        if trouble:
            parts.append(self.tr("{0} could not be imported").format(trouble))
        sentence = ", ".join(parts) + "."
        failed = [o for o in report.outcomes if o.state in (InputState.REFUSED, InputState.FAILED)]
        if len(failed) == 1:
            sentence += f" {failed[0].sentence}"
        details = "\n".join(f"{o.input}: {o.sentence} [{o.code}]" for o in failed)
        tone = Tone.WARNING if trouble else Tone.GOOD
        return Notice(sentence, tone, details, self.tr("Report"), SHOW_REPORT)

    def _choose_columns(self, outcome: InputOutcome) -> None:
        self.tables.ask_about(os.fsdecode(outcome.path) if outcome.path else outcome.input)


def dropped_paths(data: QMimeData) -> tuple[Path, ...]:
    """Return the local files and folders of a drop; nothing is ever fetched from an address."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


def _steps(request: ImportRequest, workspace: Workspace) -> Steps:
    return workspace.importing.run(request)


def _unfinished(workspace: Workspace) -> ImportSummary | None:
    return workspace.importing.unfinished()


def _rest(workspace: Workspace) -> Steps:
    stopped = workspace.importing.unfinished()
    if stopped is None:
        return workspace.importing.run(ImportRequest())
    return workspace.importing.go_on(stopped.operation)


def _extraction(articles: tuple[ArticleId, ...], workspace: Workspace) -> Steps:
    return workspace.extracting.run(articles)


def _rest_of(operation: OperationId, workspace: Workspace) -> Steps:
    return workspace.importing.go_on(operation)


def _retry(wish: RetryWish, workspace: Workspace) -> Steps:
    return workspace.importing.retry(wish.outcomes, ImportRequest(encoding=wish.encoding, ocr=wish.ocr))


def _recognition(articles: tuple[ArticleId, ...], workspace: Workspace) -> Steps:
    made = (workspace.import_log.outcomes_that_made(article) for article in articles)
    newest = tuple(outcomes[0].id for outcomes in made if outcomes)
    if not newest:
        raise NotFound("Which file this came from is not known any more. Please import the file again.")
    return workspace.importing.retry(newest, ImportRequest(ocr=True))
