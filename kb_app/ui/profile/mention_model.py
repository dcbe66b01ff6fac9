"""Every mention in context, as a table whose columns sort."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from kb_app.core.profile import MentionLine
from kb_app.ui.profile.citation_tip import spoken_citation
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.profile.wording import mention_words
from kb_app.ui.shared.dates import date_words

MENTION_ROLE = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Column(IntEnum):
    """The columns of the table."""

    LEFT = 0
    WORDS = 1
    RIGHT = 2
    ARTICLE = 3


class MentionModel(QAbstractTableModel):
    """Holds the mentions read so far. `rows_wanted` carries how many are held when further ones are needed."""

    rows_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[MentionLine] = []
        self._total = 0
        self._asked = False
        self._order: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)

    def show_mentions(self, lines: Sequence[MentionLine], total: int) -> None:
        """Take up other mentions; `total` counts those not given too."""
        self.beginResetModel()
        self._lines = self._sorted(lines)
        self._total = max(total, len(lines))
        self._asked = False
        self.endResetModel()

    def add_mentions(self, lines: Sequence[MentionLine]) -> None:
        """Add mentions that were asked for."""
        self._asked = False
        if not lines:
            self._total = len(self._lines)
            return
        first = len(self._lines)
        self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
        self._lines += lines
        self._total = max(self._total, len(self._lines))
        self.endInsertRows()
        self._sort_anew()

    def mention(self, row: int) -> MentionLine:
        """Return a mention by its row."""
        return self._lines[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def canFetchMore(self, parent: Index = _ROOT) -> bool:
        return not parent.isValid() and len(self._lines) < self._total and not self._asked

    def fetchMore(self, parent: Index = _ROOT) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.rows_wanted.emit(len(self._lines))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight if section in (Column.LEFT, Column.ARTICLE) else Qt.AlignmentFlag.AlignLeft
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("before"), self.tr("mention"), self.tr("after"), self.tr("article and date"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == MENTION_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, Column(index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{mention_words(line.kind)}: {spoken_citation(line.citation)}"
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order = (column, order)
        self._sort_anew()

    def _sort_anew(self) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        held = [self._lines[index.row()] for index in old]
        self._lines = self._sorted(self._lines)
        rows = {id(line): row for row, line in enumerate(self._lines)}
        fresh = [self.index(rows[id(line)], index.column()) for line, index in zip(held, old, strict=True)]
        self.changePersistentIndexList(old, fresh)
        self.layoutChanged.emit()

    def _sorted(self, lines: Sequence[MentionLine]) -> list[MentionLine]:
        column, order = self._order
        if column < 0:
            return list(lines)
        return sorted(lines, key=_KEYS[Column(column)], reverse=order is Qt.SortOrder.DescendingOrder)

    @staticmethod
    def _text(line: MentionLine, column: Column) -> str:
        passage = line.citation.passage
        if column is Column.LEFT:
            return plain(passage.before, 120)
        if column is Column.WORDS:
            return plain(passage.quote, 80)
        if column is Column.RIGHT:
            return plain(passage.after, 120)
        day = line.citation.published
        where = plain(line.citation.publisher or line.citation.article_title, 40)
        dated = f"{date_words(day)} · {where}" if day is not None else where
        # the grade first: the cell is cut at its end
        return f"{line.citation.grade.code} · {dated}" if line.citation.grade.is_given else dated


def _left_key(line: MentionLine) -> list[str]:
    # the word next to the mention counts first, as concordances sort
    return line.citation.passage.before.casefold().split()[::-1]


def _words_key(line: MentionLine) -> str:
    return line.citation.passage.quote.casefold()


def _right_key(line: MentionLine) -> list[str]:
    return line.citation.passage.after.casefold().split()


def _article_key(line: MentionLine) -> tuple[date, str, int]:
    published = line.citation.published
    day = published.earliest if published is not None and published.earliest is not None else date.max
    return day, line.citation.article_title.casefold(), line.citation.passage.span.start


_KEYS: dict[Column, Callable[[MentionLine], Any]] = {
    Column.LEFT: _left_key,
    Column.WORDS: _words_key,
    Column.RIGHT: _right_key,
    Column.ARTICLE: _article_key,
}
