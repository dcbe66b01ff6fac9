"""What became of each article that was extracted again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kb_app.core.ids import OutcomeId
from kb_app.core.report import ImportReport, InputOutcome, InputState
from kb_app.ui.shared.buttons import plain_button, primary_button
from kb_app.ui.shared.chips import FilterChip
from kb_app.ui.sources.report_delegate import ROW_HEIGHT, ReportDelegate
from kb_app.ui.sources.report_rows import ReportColumn, ReportRows
from kb_app.ui.theme import Theme

SIZE = QSize(860, 520)
WIDTHS = {ReportColumn.STATE: 140, ReportColumn.INPUT: 280, ReportColumn.KEPT: 110}
TROUBLE = (InputState.WITH_WARNINGS, InputState.REFUSED, InputState.FAILED)


class _Outcomes:
    """A report as a log: these outcomes are not kept, and are numbered in their order."""

    def __init__(self, report: ImportReport) -> None:
        self._outcomes = report.outcomes

    def outcomes_by_id(self, ids: Sequence[OutcomeId]) -> Sequence[InputOutcome]:
        return [self._outcomes[number] for number in ids]

    def ids(self, states: Sequence[InputState]) -> Sequence[OutcomeId]:
        """Return the numbers of those that ended so."""
        return [OutcomeId(number) for number, one in enumerate(self._outcomes) if one.state in states]


class ExtractionDialog(QDialog):
    """Lists what became of each article; it does not block the window."""

    def __init__(self, theme: Theme, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Extracted again"))
        self.resize(SIZE)
        self._outcomes = _Outcomes(report)
        self.rows = ReportRows(self._outcomes, self)
        self.only_trouble = FilterChip(self.tr("Only problems"))
        self.copy = plain_button(self.tr("Copy"))
        self._close = primary_button(self.tr("Close"))
        self._lay_out(theme, report)
        self.only_trouble.toggled.connect(self._show_rows)
        self.copy.clicked.connect(self._copy_text)
        self._close.clicked.connect(self.accept)
        self._show_rows(False)

    def summary(self, report: ImportReport) -> str:
        """Say in one line how it went."""
        named = {
            InputState.IMPORTED: self.tr("{0} extracted again"),
            InputState.WITH_WARNINGS: self.tr("{0} with warnings"),
            InputState.REFUSED: self.tr("{0} refused"),
            InputState.FAILED: self.tr("{0} failed"),
        }
        counts = ((words, report.count(state)) for state, words in named.items())
        return " · ".join(words.format(count) for words, count in counts if count)

    def _show_rows(self, only_trouble: bool) -> None:
        self.rows.show(self._outcomes.ids(TROUBLE if only_trouble else tuple(InputState)))

    def _copy_text(self) -> None:
        QApplication.clipboard().setText(self.rows.as_text(range(self.rows.rowCount())))

    def _lay_out(self, theme: Theme, report: ImportReport) -> None:
        summary = QLabel(self.summary(report), wordWrap=True)
        summary.setTextFormat(Qt.TextFormat.PlainText)
        summary.setProperty("scale", "heading")
        table = QTableView()
        table.setModel(self.rows)
        table.setItemDelegate(ReportDelegate(theme, table))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAccessibleName(self.tr("Outcomes"))
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setSectionResizeMode(ReportColumn.REASON, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            header.resizeSection(column, width)
        top = QHBoxLayout()
        top.addWidget(summary, 1)
        top.addWidget(self.only_trouble)
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addStretch()
        foot.addWidget(self._close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 14)
        whole.addLayout(top)
        whole.addWidget(table, 1)
        whole.addLayout(foot)
