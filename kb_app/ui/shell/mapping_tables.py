"""Asks what the columns of tables hold before they are imported."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kb_app.core.column_mapping import ColumnMapping, mappings_to_json
from kb_app.services.importing import ImportRequest
from kb_app.services.tables import TableToMap
from kb_app.services.workspace import Workspace
from kb_app.ui.notices import Notice, Tone
from kb_app.ui.shell.open_base import OpenBase
from kb_app.ui.sources.mapping_dialog import MappingDialog


@dataclass(slots=True)
class _Asking:
    """A request under way: the tables still to be asked about, and the mappings that are known."""

    request: ImportRequest
    tables: deque[TableToMap]
    mappings: list[ColumnMapping] = field(default_factory=list)


class MappingTables(QObject):
    """Completes requests with column mappings.

    `prepared` carries an ImportRequest that can be run, `noticed` a Notice.
    """

    prepared = Signal(object)
    noticed = Signal(object)

    def __init__(self, base: OpenBase, window: QWidget) -> None:
        super().__init__(window)
        self._base = base
        self._window = window
        self._numbers = count()
        self._waiting: deque[_Asking] = deque()
        self.dialog: MappingDialog | None = None

    def prepare(self, request: ImportRequest) -> None:
        """Have the person say what the columns of unclear tables hold; `prepared` follows."""
        if request.mapping or not request.paths:
            self.prepared.emit(request)
        else:
            # a slot of its own: a later request must not take this one's place
            self._base.read(f"tables {next(self._numbers)}", partial(_looked_at, request), self._take)

    def choose_table(self) -> None:
        """Let the person choose a table and say what its columns hold, also where that is known."""
        dialog = QFileDialog(self._window, self.tr("Import a table"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Tables (*.csv *.tsv *.tab *.json *.jsonl *.ndjson)"), self.tr("All files (*)")],
        )
        dialog.fileSelected.connect(self.ask_about)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_about(self, path: str) -> None:
        """Ask what the columns of one table hold, then import it."""
        self._base.read(f"tables {next(self._numbers)}", partial(_looked_into, Path(path)), self._take)

    def _take(self, asking: _Asking) -> None:
        if not asking.tables and not asking.request.paths:
            words = self.tr("This file is no table; import it with Import… instead.")
            self.noticed.emit(Notice(words, Tone.PLAIN))
            return
        self._waiting.append(asking)
        if self.dialog is None:
            self._ask_next()

    def _ask_next(self) -> None:
        while self._waiting and not self._waiting[0].tables:
            self._finish(self._waiting.popleft())
        if self._waiting:
            self.dialog = MappingDialog(self._waiting[0].tables[0], self._window)
            self.dialog.mapping_chosen.connect(self._take_mapping)
            self.dialog.rejected.connect(self._leave_out)
            self.dialog.finished.connect(self._ended)
            self.dialog.open()

    def _take_mapping(self, table: TableToMap) -> None:
        asking = self._waiting[0]
        asking.tables.popleft()
        asking.mappings = [m for m in asking.mappings if m.fingerprint != table.mapping.fingerprint]
        asking.mappings.append(table.mapping)
        # other tables of the request with the same columns need no question of their own
        asking.tables = deque(t for t in asking.tables if t.head.fingerprint != table.head.fingerprint)
        self._base.do(self.tr("Remembering columns"), partial(_remember, table.mapping), _nothing)

    def _leave_out(self) -> None:
        asking = self._waiting[0]
        left_out = asking.tables.popleft().path
        paths = tuple(path for path in asking.request.paths if path != left_out)
        asking.request = replace(asking.request, paths=paths)

    def _ended(self) -> None:
        self.dialog = None
        self._ask_next()

    def _finish(self, asking: _Asking) -> None:
        if asking.request.paths or asking.request.texts:
            self.prepared.emit(replace(asking.request, mapping=mappings_to_json(asking.mappings)))


def _looked_at(request: ImportRequest, workspace: Workspace) -> _Asking:
    tables = workspace.tables.unclear(request.paths)
    return _Asking(request, deque(tables), list(workspace.tables.remembered()))


def _looked_into(path: Path, workspace: Workspace) -> _Asking:
    table = workspace.tables.look(path)
    if table is None:
        return _Asking(ImportRequest(), deque())
    return _Asking(ImportRequest(paths=(path,)), deque((table,)), list(workspace.tables.remembered()))


def _remember(mapping: ColumnMapping, workspace: Workspace) -> None:
    workspace.tables.remember(mapping)


def _nothing(_result: object) -> None:
    """Take the end of what nothing waits for."""
