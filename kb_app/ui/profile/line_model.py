"""The lines of one section as a Qt model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kb_app.core.judgement import ClaimRef
from kb_app.ui.profile.citation_tip import spoken_citation
from kb_app.ui.profile.fact_line import FactLine

LINE_ROLE = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class LineModel(QAbstractListModel):
    """Holds the lines given and offers the first `shown` of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[FactLine, ...] = ()
        self._spoken: dict[int, str] = {}
        self._shown = 0

    def show_lines(self, lines: Sequence[FactLine], shown: int) -> None:
        """Take up other lines; the same claims in the same order are changed in place."""
        fresh = tuple(lines)
        same = [a.ref for a in fresh] == [b.ref for b in self._lines] and min(shown, len(fresh)) == self._shown
        if same:
            self._lines = fresh
            self._spoken.clear()
            if self._shown:
                self.dataChanged.emit(self.index(0), self.index(self._shown - 1))
            return
        self.beginResetModel()
        self._lines = fresh
        self._spoken.clear()
        self._shown = min(shown, len(fresh))
        self.endResetModel()

    def show_more(self, shown: int) -> None:
        """Offer more of the lines held."""
        target = min(shown, len(self._lines))
        if target > self._shown:
            self.beginInsertRows(QModelIndex(), self._shown, target - 1)
            self._shown = target
            self.endInsertRows()

    @property
    def held(self) -> int:
        """Return how many lines are held, shown or not."""
        return len(self._lines)

    def line(self, row: int) -> FactLine:
        """Return a line by its row."""
        return self._lines[row]

    def row_of(self, ref: ClaimRef) -> int | None:
        """Return the row of a claim among the lines shown."""
        row = self.row_held(ref)
        return row if row is not None and row < self._shown else None

    def row_held(self, ref: ClaimRef) -> int | None:
        """Return the row of a claim among all lines held."""
        return next((row for row, line in enumerate(self._lines) if line.ref == ref), None)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._shown

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == LINE_ROLE:
            return self._lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken_line(index.row())
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            citations = self._lines[index.row()].support.citations
            return spoken_citation(citations[0]) if citations else ""
        return None

    def _spoken_line(self, row: int) -> str:
        if row not in self._spoken:
            self._spoken[row] = self._lines[row].spoken()
        return self._spoken[row]
