"""Opens the report of imports, keeps it fresh and carries out what is wished for in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kb_app.core.changes import Changes
from kb_app.core.ids import OperationId, OutcomeId
from kb_app.core.report import ImportSummary, InputState, OutcomeQuery
from kb_app.services.workspace import Workspace
from kb_app.ui.notices import Notice, Tone
from kb_app.ui.shell.open_base import OpenBase
from kb_app.ui.sources.report_window import ReportWindow
from kb_app.ui.theme import Theme

IMPORTS_LISTED = 200
FRESH_MS = 1_500
Rows = tuple[OutcomeQuery, tuple[OutcomeId, ...], Mapping[InputState, int]]


class Reporting(QObject):
    """Shows one report at a time.

    `article_requested` carries an ArticleId, `retry_requested` a RetryWish, `columns_requested` the InputOutcome of a
    table whose columns are to be chosen, `go_on_requested` an OperationId, `noticed` a Notice.
    """

    article_requested = Signal(int)
    retry_requested = Signal(object)
    columns_requested = Signal(object)
    go_on_requested = Signal(object)
    noticed = Signal(object)

    def __init__(self, base: OpenBase, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._base = base
        self._parent = window
        self._theme = theme
        self.window: ReportWindow | None = None
        self._pause = QTimer(self, singleShot=True, interval=FRESH_MS)
        self._pause.timeout.connect(self._read)
        base.progressed.connect(self._take_step)
        base.changed.connect(self._read)
        base.task_ended.connect(self._read)
        base.leaving.connect(self.close)

    def show(self) -> None:
        """Show the report of the newest import, or bring the open one to the front."""
        workspace = self._base.workspace
        if self.window is None and workspace is not None:
            window = ReportWindow(self._theme, workspace.import_log, self._parent)
            window.rows_wanted.connect(self._read_rows)
            window.article_requested.connect(self.article_requested)
            window.retry_requested.connect(self.retry_requested)
            window.columns_requested.connect(self.columns_requested)
            window.go_on_requested.connect(self.go_on_requested)
            window.give_up_requested.connect(self._give_up)
            window.export_requested.connect(self._choose_file)
            window.finished.connect(self._forget)
            self.window = window
        if self.window is not None:
            self._read()
            self.window.show()
            self.window.raise_()
            self.window.activateWindow()

    def close(self) -> None:
        """Close the report: another knowledge base comes."""
        self._pause.stop()
        if self.window is not None:
            self.window.close()

    def _read(self) -> None:
        if self.window is not None:
            self._base.read("imports", _imports, self._take_imports)

    def _take_imports(self, imports: tuple[ImportSummary, ...]) -> None:
        if self.window is not None:
            self.window.show_imports(imports, self._base.can_write)

    def _read_rows(self, query: OutcomeQuery) -> None:
        self._base.read("report rows", partial(_rows, query), self._take_rows)

    def _take_rows(self, rows: Rows) -> None:
        if self.window is not None:
            self.window.show_rows(*rows)

    def _take_step(self) -> None:
        if self.window is not None and not self._pause.isActive():
            self._pause.start()

    def _forget(self) -> None:
        self._pause.stop()
        self.window = None

    def _give_up(self, operation: OperationId) -> None:
        self._base.edit(self.tr("Giving up the rest"), partial(_give_up, operation))

    def _choose_file(self, query: OutcomeQuery) -> None:
        dialog = QFileDialog(self.window, self.tr("Export the report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters([self.tr("Tables (*.csv)")])
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(partial(self.export, query))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, query: OutcomeQuery, name: str) -> None:
        """Write the outcomes of a query into a file."""
        self._base.read("report file", partial(_export, query, Path(name)), self._say_written)

    def _say_written(self, path: Path) -> None:
        words = self.tr("The report is in “{0}”.").format(path.name)
        self.noticed.emit(Notice(words, Tone.GOOD))


def _imports(workspace: Workspace) -> tuple[ImportSummary, ...]:
    return workspace.import_log.imports(0, IMPORTS_LISTED)


def _rows(query: OutcomeQuery, workspace: Workspace) -> Rows:
    log = workspace.import_log
    return query, log.outcome_ids(query), log.counts(query.operation)


def _give_up(operation: OperationId, workspace: Workspace) -> Changes:
    workspace.importing.give_up(operation)
    return Changes(everything=True)


def _export(query: OutcomeQuery, path: Path, workspace: Workspace) -> Path:
    return workspace.import_log.write_outcomes(query, path)
