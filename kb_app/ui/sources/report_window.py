"""The report of imports: every import of the knowledge base, what became of each input, and another try."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kb_app.core.ids import OperationId, OutcomeId
from kb_app.core.report import ImportSummary, InputOutcome, InputState, OutcomeQuery
from kb_app.ui.shared.buttons import plain_button, primary_button
from kb_app.ui.shared.chips import FilterChip
from kb_app.ui.shared.dates import moment_words
from kb_app.ui.shared.filter_field import FilterField
from kb_app.ui.shared.flow_row import FlowRow
from kb_app.ui.sources.report_delegate import ROW_HEIGHT, ReportDelegate
from kb_app.ui.sources.report_rows import OutcomeLog, ReportColumn, ReportRows
from kb_app.ui.sources.retry_menu import RetryMenu
from kb_app.ui.theme import Theme

SIZE = QSize(1080, 640)
TYPING_PAUSE_MS = 150
WIDTHS = {ReportColumn.STATE: 140, ReportColumn.INPUT: 330, ReportColumn.KEPT: 110}


class ReportTable(QTableView):
    """Outcomes as rows; Enter and a double-click are `activated`."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        # Qt's own would load every row to look for the letters
        return


class ReportWindow(QDialog):
    """Lists outcomes; it does not block the window.

    `rows_wanted` carries the OutcomeQuery whose rows are to be shown, `article_requested` an ArticleId,
    `retry_requested` a RetryWish, `columns_requested` the InputOutcome of a table, `export_requested` an OutcomeQuery,
    `go_on_requested` and `give_up_requested` the OperationId of an import that was stopped, `failed` a StoreError.
    """

    rows_wanted = Signal(object)
    article_requested = Signal(int)
    retry_requested = Signal(object)
    columns_requested = Signal(object)
    export_requested = Signal(object)
    go_on_requested = Signal(object)
    give_up_requested = Signal(object)
    failed = Signal(object)

    def __init__(self, theme: Theme, log: OutcomeLog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import report"))
        self.resize(SIZE)
        self._imports: tuple[ImportSummary, ...] = ()
        self._can_write = False
        self._shown: OutcomeQuery | None = None
        self._counts: Mapping[InputState, int] = {}
        self.rows = ReportRows(log, self)
        self.table = ReportTable()
        self.imports = QComboBox()
        self.chips = {state: FilterChip("") for state in InputState}
        self.filter = FilterField(self.tr("Filter by name, reason or code"), self.table)
        self.detail = QLabel(wordWrap=True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.stopped = QLabel(wordWrap=True)
        self.stopped.setTextFormat(Qt.TextFormat.PlainText)
        self.go_on = plain_button(self.tr("Go on"))
        self.give_up = plain_button(self.tr("Give up"))
        self.retry = plain_button(self.tr("Try again ▾"))
        self.copy = plain_button(self.tr("Copy"))
        self.export = plain_button(self.tr("Export as CSV…"))
        self.to_article = plain_button(self.tr("Open the article"))
        self._close = primary_button(self.tr("Close"))
        self._typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._set_up_table(theme)
        self._lay_out()
        self._connect()
        self._show_state()

    def show_imports(self, imports: Sequence[ImportSummary], can_write: bool) -> None:
        """Show which imports there are, newest first; the chosen one stays chosen, at first it is the newest."""
        first = not self._imports
        chosen = self.imports.currentData()
        self._imports = tuple(imports)
        self._can_write = can_write
        self.imports.blockSignals(True)
        self.imports.clear()
        for summary in self._imports:
            self.imports.addItem(self._import_words(summary), summary.operation)
        self.imports.addItem(self.tr("All imports"), None)
        at = 0 if first else max(0, self.imports.findData(chosen))
        self.imports.setCurrentIndex(at)
        self.imports.blockSignals(False)
        self._ask()

    def show_rows(self, query: OutcomeQuery, ids: Sequence[OutcomeId], counts: Mapping[InputState, int]) -> None:
        """Show the rows of a query, and how many inputs of its import stand in each state."""
        if query == self._shown:
            self.rows.refresh(ids)
        else:
            self.rows.show(ids)
        self._shown = query
        self._counts = counts
        self._show_state()

    def chosen(self) -> tuple[InputOutcome, ...]:
        """Return the outcomes of the selected rows, in order."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(outcome for outcome in map(self.rows.outcome, rows) if outcome is not None)

    def done(self, result: int) -> None:
        self._typing.stop()
        super().done(result)

    def _import_words(self, summary: ImportSummary) -> str:
        words = f"{moment_words(summary.at)} · {summary.label}"
        if not summary.is_finished:
            return self.tr("{0} · stopped").format(words)
        return words

    def _summary(self) -> ImportSummary | None:
        number = self.imports.currentData()
        return next((summary for summary in self._imports if summary.operation == number), None)

    def _query(self) -> OutcomeQuery:
        number = self.imports.currentData()
        states = tuple(state for state, chip in self.chips.items() if chip.isChecked())
        operation = None if number is None else OperationId(number)
        return OutcomeQuery(operation, states, self.filter.text().strip())

    def _ask(self) -> None:
        self.rows_wanted.emit(self._query())

    def _show_state(self) -> None:
        """Bring counts, buttons and sentences up with what is shown and chosen."""
        summary = self._summary()
        for state, chip in self.chips.items():
            count = self._counts.get(state, 0)
            chip.setText(f"{self.rows.state_words(state)} {self.locale().toString(count)}")
            chip.setVisible(count > 0 or chip.isChecked())
        stopped = summary is not None and not summary.is_finished
        if summary is not None and stopped:
            words = self.tr("This import was stopped: {0} of {1} inputs are left. What was imported is kept.")
            number = self.locale().toString
            left = number(summary.count(InputState.WAITING))
            self.stopped.setText(words.format(left, number(summary.total)))
        for widget in (self.stopped, self.go_on, self.give_up):
            widget.setVisible(stopped)
            widget.setEnabled(self._can_write)
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.chosen()
        self.retry.setEnabled(self._can_write and any(RetryMenu.can_be_tried(outcome) for outcome in chosen))
        self.to_article.setEnabled(len(chosen) == 1 and bool(chosen[0].articles))
        one = chosen[0] if len(chosen) == 1 else None
        if one is not None:
            parts = (one.input, self.rows.reason(one), f"[{one.code}]" if one.code else "")
            self.detail.setText("  ".join(part for part in parts if part))
        else:
            self.detail.setText(self.tr("{0} rows chosen").format(len(chosen)) if chosen else "")

    def _open_article(self, index: QModelIndex) -> None:
        outcome = self.rows.outcome(index.row())
        if outcome is not None and outcome.articles:
            self.article_requested.emit(outcome.articles[0])

    def _open_chosen(self) -> None:
        for outcome in self.chosen()[:1]:
            if outcome.articles:
                self.article_requested.emit(outcome.articles[0])

    def _copy_rows(self) -> None:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        QApplication.clipboard().setText(self.rows.as_text(rows or range(self.rows.rowCount())))

    def _export(self) -> None:
        self.export_requested.emit(self._query())

    def _offer_retry(self) -> None:
        menu = self.retry_menu()
        menu.popup(self.retry.mapToGlobal(QPoint(0, self.retry.height())))

    def retry_menu(self) -> RetryMenu:
        """Make the menu of the ways in which the chosen inputs can be tried again."""
        menu = RetryMenu(self.chosen(), self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.chosen.connect(self.retry_requested)
        menu.columns_requested.connect(self.columns_requested)
        return menu

    def row_menu(self) -> QMenu:
        """Make the context menu of the chosen rows."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.to_article.text(), self._open_chosen).setEnabled(self.to_article.isEnabled())
        if self.retry.isEnabled():
            self.retry_menu().add_ways(menu)
        menu.addAction(self.copy.text(), self._copy_rows)
        return menu

    def _pop_up(self, at: QPoint) -> None:
        self.row_menu().popup(self.table.viewport().mapToGlobal(at))

    def _want_go_on(self) -> None:
        self.go_on_requested.emit(self.imports.currentData())

    def _want_give_up(self) -> None:
        self.give_up_requested.emit(self.imports.currentData())

    def _connect(self) -> None:
        self.rows.failed.connect(self.failed)
        self.imports.currentIndexChanged.connect(self._ask)
        for chip in self.chips.values():
            chip.toggled.connect(self._ask)
        self.filter.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._ask)
        self.table.activated.connect(self._open_article)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self.table.customContextMenuRequested.connect(self._pop_up)
        self.go_on.clicked.connect(self._want_go_on)
        self.give_up.clicked.connect(self._want_give_up)
        self.retry.clicked.connect(self._offer_retry)
        self.copy.clicked.connect(self._copy_rows)
        self.export.clicked.connect(self._export)
        self.to_article.clicked.connect(self._open_chosen)
        self._close.clicked.connect(self.accept)

    def _set_up_table(self, theme: Theme) -> None:
        table = self.table
        table.setModel(self.rows)
        table.setItemDelegate(ReportDelegate(theme, table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setMouseTracking(True)
        table.setTabKeyNavigation(False)
        table.setAccessibleName(self.tr("Outcomes"))
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        columns = table.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setSectionResizeMode(ReportColumn.REASON, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            columns.resizeSection(column, width)
        theme.changed.connect(table.viewport().update)

    def _lay_out(self) -> None:
        self.imports.setAccessibleName(self.tr("Import"))
        self.imports.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.filter.setFixedWidth(240)
        for label in (self.detail, self.stopped):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setProperty("tone", "muted")
        self.detail.setMinimumHeight(36)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top = QHBoxLayout()
        top.addWidget(self.imports, 1)
        top.addWidget(self.filter)
        middle = QHBoxLayout()
        middle.addWidget(self.stopped, 1)
        middle.addWidget(self.go_on)
        middle.addWidget(self.give_up)
        foot = QHBoxLayout()
        for button in (self.to_article, self.retry, self.copy, self.export):
            foot.addWidget(button)
        foot.addStretch()
        foot.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addLayout(top)
        column.addWidget(FlowRow(tuple(self.chips.values())))
        column.addLayout(middle)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addLayout(foot)
