"""The outcomes of imports as rows and columns, paged."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from kb_app.core.errors import StoreError
from kb_app.core.ids import OutcomeId
from kb_app.core.report import InputOutcome, InputState
from kb_app.ui.shared.pages import Pages
from kb_app.ui.shared.tips import plain_tip

OUTCOME_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class ReportColumn(IntEnum):
    """The columns of the report."""

    STATE = 0
    INPUT = 1
    REASON = 2
    KEPT = 3


class OutcomeLog(Protocol):
    """What the report needs of the log of imports."""

    def outcomes_by_id(self, ids: Sequence[OutcomeId]) -> Sequence[InputOutcome]:
        """Return some outcomes."""
        ...


class ReportRows(QAbstractTableModel):
    """Outcomes as rows, read by their ids as they are looked at; OUTCOME_ROLE gives the InputOutcome.

    `failed` carries the StoreError of a page.
    """

    failed = Signal(object)

    def __init__(self, log: OutcomeLog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._ids: Sequence[OutcomeId] = ()
        self._pages: Pages[InputOutcome] = Pages(self._read)

    def show(self, ids: Sequence[OutcomeId]) -> None:
        """Show other outcomes from the first row."""
        self.beginResetModel()
        self._ids = ids
        self._pages.forget()
        self.endResetModel()

    def refresh(self, ids: Sequence[OutcomeId]) -> None:
        """Show the same outcomes as they are now, and what came to them, and leave the view where it is."""
        before, count = len(self._ids), len(ids)
        self._pages.forget()
        if count > before:
            self.beginInsertRows(QModelIndex(), before, count - 1)
            self._ids = ids
            self.endInsertRows()
        elif count < before:
            self.beginRemoveRows(QModelIndex(), count, before - 1)
            self._ids = ids
            self.endRemoveRows()
        self._ids = ids
        if count:
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, len(ReportColumn) - 1))

    def outcome(self, row: int) -> InputOutcome | None:
        """Return the outcome in a row."""
        return self._pages.row(row) if 0 <= row < len(self._ids) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature; an invalid index is a value
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as above
        return 0 if parent.isValid() else len(ReportColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (OUTCOME_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        outcome = self.outcome(index.row())
        if outcome is None or role == OUTCOME_ROLE:
            return outcome
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(part for part in (outcome.input, outcome.sentence, outcome.code) if part))
        texts = {
            ReportColumn.STATE: self.state_words(outcome.state),
            ReportColumn.INPUT: outcome.input,
            ReportColumn.REASON: self.reason(outcome),
            ReportColumn.KEPT: self.kept_words(outcome),
        }
        return texts[ReportColumn(index.column())]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole or not 0 <= section < len(ReportColumn):
            return None
        return (self.tr("State"), self.tr("Input"), self.tr("What happened"), self.tr("Kept"))[section]

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

    def reason(self, outcome: InputOutcome) -> str:
        """Say what happened to an input, in one line."""
        if outcome.state is InputState.WAITING:
            return self.tr("Its turn has not come.")
        return " ".join(outcome.sentence.split())

    def kept_words(self, outcome: InputOutcome) -> str:
        """Say what is in the knowledge base now because of an input."""
        if outcome.articles:
            return (
                self.tr("1 article")
                if len(outcome.articles) == 1
                else self.tr("{0} articles").format(len(outcome.articles))
            )
        if outcome.state in (InputState.IMPORTED, InputState.WITH_WARNINGS):
            return self.tr("what it held")
        return "" if outcome.state is InputState.WAITING else self.tr("nothing")

    def as_text(self, rows: Sequence[int]) -> str:
        """Return rows as text with tabs."""
        outcomes = (self.outcome(row) for row in rows)
        return "\n".join(
            "\t".join((o.state.value, o.input, o.code, self.reason(o), self.kept_words(o))) for o in outcomes if o
        )

    def _read(self, offset: int, limit: int) -> Sequence[InputOutcome]:
        try:
            return self._log.outcomes_by_id(self._ids[offset : offset + limit])
        except StoreError as error:
            self.failed.emit(error)
            return ()
