"""What became of each input of an import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kb_app.core.report import ImportReport, InputOutcome, InputState
from kb_app.ui.shared.buttons import plain_button, primary_button
from kb_app.ui.shared.chips import FilterChip
from kb_app.ui.shared.signs import Sign, paint_sign
from kb_app.ui.shared.tips import plain_tip
from kb_app.ui.theme import Theme

OUTCOME_ROLE = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 34
SIZE = QSize(860, 520)
UNCLEAR_COLUMNS = "mapping"  # the reason code of a table whose text could not be told
TROUBLE = (InputState.WITH_WARNINGS, InputState.REFUSED, InputState.FAILED)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Look:
    """The sign of a state and the name of its colour."""

    sign: Sign
    token: str


LOOKS = {
    InputState.WAITING: Look(Sign.RING, "muted"),
    InputState.IMPORTED: Look(Sign.TICK, "good"),
    InputState.WITH_WARNINGS: Look(Sign.TRIANGLE, "date"),
    InputState.DUPLICATE: Look(Sign.COPIES, "muted"),
    InputState.REFUSED: Look(Sign.CROSS, "warning"),
    InputState.FAILED: Look(Sign.TRIANGLE, "warning"),
}


class ReportModel(QAbstractTableModel):
    """The outcomes of an import as rows: state, input, sentence."""

    def __init__(self, report: ImportReport, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self._outcomes = report.outcomes

    def show_only_trouble(self, only: bool) -> None:
        """Leave out what went well."""
        self.beginResetModel()
        outcomes = self._report.outcomes
        self._outcomes = tuple(o for o in outcomes if o.state in TROUBLE) if only else outcomes
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature; an invalid index is a value
        return 0 if parent.isValid() else len(self._outcomes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as above
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        outcome = self._outcomes[index.row()]
        if role == OUTCOME_ROLE:
            return outcome
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{outcome.input}\n{outcome.sentence}\n{outcome.code}".strip())
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.state_words(outcome.state), outcome.input, self.sentence(outcome))[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("State"), self.tr("Input"), self.tr("What happened"))[section]

    def state_words(self, state: InputState) -> str:
        """Name a state."""
        names = {
            InputState.WAITING: self.tr("waiting"),
            InputState.IMPORTED: self.tr("imported"),
            InputState.WITH_WARNINGS: self.tr("with warnings"),
            InputState.DUPLICATE: self.tr("already there"),
            InputState.REFUSED: self.tr("refused"),
            InputState.FAILED: self.tr("failed"),
        }
        return names[state]

    def sentence(self, outcome: InputOutcome) -> str:
        """Say what happened to an input."""
        if outcome.sentence:
            return outcome.sentence
        if outcome.state is InputState.DUPLICATE:
            return self.tr("The same file is in the knowledge base already.")
        return self.tr("%n article(s)", "", len(outcome.articles)) if outcome.articles else ""

    def as_text(self) -> str:
        """Return the shown rows as text with tabs."""
        return "\n".join(
            "\t".join((o.state.value, o.input, o.code, o.sentence.replace("\n", " "))) for o in self._outcomes
        )


class StateDelegate(QStyledItemDelegate):
    """Paints a state with its sign."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        outcome = index.data(OUTCOME_ROLE)
        if outcome is None:
            return
        look = LOOKS[outcome.state]
        colour = getattr(self._theme.tokens, look.token)
        rect = option.rect
        paint_sign(painter, look.sign, QRectF(rect.left() + 12, rect.center().y() - 4, 10, 10), colour)
        painter.setPen(QColor(colour))
        words = rect.adjusted(30, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(index.data()))


class ReportDialog(QDialog):
    """Lists the outcomes of one import; it does not block the window.

    `columns_requested` carries the InputOutcome of a table whose columns are to be chosen.
    """

    columns_requested = Signal(object)

    def __init__(self, theme: Theme, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import report"))
        self.resize(SIZE)
        self.model = ReportModel(report, self)
        self._only_trouble = FilterChip(self.tr("Only problems"))
        self._copy = plain_button(self.tr("Copy"))
        self._columns = plain_button(self.tr("Choose columns…"))
        self._close = primary_button(self.tr("Close"))
        self._table = QTableView()
        self._lay_out(theme, report)
        self._only_trouble.toggled.connect(self.model.show_only_trouble)
        self._copy.clicked.connect(self._copy_text)
        self._columns.clicked.connect(self._ask_for_columns)
        self._table.selectionModel().selectionChanged.connect(self._offer_columns)
        self.model.modelReset.connect(self._offer_columns)
        self._close.clicked.connect(self.accept)
        self._offer_columns()

    def summary(self, report: ImportReport) -> str:
        """Say in one line how an import went."""
        named = {
            InputState.IMPORTED: self.tr("{0} imported"),
            InputState.WITH_WARNINGS: self.tr("{0} with warnings"),
            InputState.DUPLICATE: self.tr("{0} already there"),
            InputState.REFUSED: self.tr("{0} refused"),
            InputState.FAILED: self.tr("{0} failed"),
        }
        counts = ((words, report.count(state)) for state, words in named.items())
        parts = [words.format(count) for words, count in counts if count] or [self.tr("nothing to import")]
        if report.seconds:
            parts.append(self.tr("{0} s").format(self.locale().toString(report.seconds, "f", 1)))
        if report.cancelled:
            parts.append(self.tr("cancelled; what was imported before is kept"))
        return " · ".join(parts)

    def _chosen(self) -> InputOutcome | None:
        rows = self._table.selectionModel().selectedRows()
        outcome = rows[0].data(OUTCOME_ROLE) if len(rows) == 1 else None
        return outcome if isinstance(outcome, InputOutcome) else None

    def _offer_columns(self) -> None:
        chosen = self._chosen()
        self._columns.setEnabled(chosen is not None and chosen.code == UNCLEAR_COLUMNS)

    def _ask_for_columns(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.columns_requested.emit(chosen)

    def _copy_text(self) -> None:
        QApplication.clipboard().setText(self.model.as_text())

    def _lay_out(self, theme: Theme, report: ImportReport) -> None:
        summary = QLabel(self.summary(report), wordWrap=True)
        summary.setTextFormat(Qt.TextFormat.PlainText)
        summary.setProperty("scale", "heading")
        table = self._table
        table.setModel(self.model)
        table.setItemDelegateForColumn(0, StateDelegate(theme, table))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAccessibleName(self.tr("Outcomes"))
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = table.horizontalHeader()
        header.resizeSection(0, 130)
        header.resizeSection(1, 280)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        top = QHBoxLayout()
        top.addWidget(summary, 1)
        top.addWidget(self._only_trouble)
        foot = QHBoxLayout()
        foot.addWidget(self._copy)
        foot.addWidget(self._columns)
        foot.addStretch()
        foot.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addLayout(top)
        column.addWidget(table, 1)
        column.addLayout(foot)
