"""The articles of the knowledge base as rows and columns, paged."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from kb_app.core.errors import StoreError
from kb_app.core.ids import ArticleId
from kb_app.core.languages import is_read, problems_of
from kb_app.core.listing import ArticleQuery, ArticleRow
from kb_app.ui.shared.dates import date_words
from kb_app.ui.shared.grades import grade_words, short_grade_words
from kb_app.ui.shared.languages import language_words, unread_words
from kb_app.ui.shared.pages import PAGE_ROWS, Pages
from kb_app.ui.shared.tips import plain_tip

ROW_ROLE = Qt.ItemDataRole.UserRole
SEARCHED_ROWS = 5 * PAGE_ROWS
Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns of the table."""

    TITLE = 0
    PUBLISHED = 1
    GRADE = 2
    COUNTS = 3
    STATE = 4


class ArticleListing(Protocol):
    """What the table needs of the listing service."""

    def articles(self, query: ArticleQuery, offset: int, limit: int) -> Sequence[ArticleRow]:
        """Return some rows of a query."""
        ...

    def article_count(self, query: ArticleQuery) -> int:
        """Return how many rows a query has."""
        ...


class ArticleModel(QAbstractTableModel):
    """Articles of one query; ROW_ROLE gives the ArticleRow. `failed` carries the StoreError of a page."""

    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._query = ArticleQuery()
        self._listing: ArticleListing | None = None
        self._pages: Pages[ArticleRow] = Pages(self._read)
        self._count = 0
        self._is_short = False

    @property
    def query(self) -> ArticleQuery:
        """Return the query that is shown."""
        return self._query

    def take_listing(self, listing: ArticleListing | None) -> None:
        """Show another knowledge base, or none."""
        self._listing = listing
        self._restart()

    def show(self, query: ArticleQuery) -> None:
        """Show another query from its first row."""
        if query != self._query:
            self._query = query
            self._restart()

    def refresh(self) -> None:
        """Read the same query anew and leave the view where it is."""
        count = self._read_count()
        self._pages.forget()
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(QModelIndex(), count, self._count - 1)
            self._count = count
            self.endRemoveRows()
        if count:
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, len(Column) - 1))

    def shorten_headings(self, is_short: bool) -> None:
        """Head the counts by letters where there is little room."""
        self._is_short = is_short
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, Column.COUNTS, Column.COUNTS)

    def row_of(self, article: ArticleId) -> int | None:
        """Return where an article stands among the first rows, None when it does not."""
        for position in range(min(self._count, SEARCHED_ROWS)):
            row = self._pages.row(position)
            if row is not None and row.id == article:
                return position
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature; an invalid index is a value
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as above
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self._count:
            return None
        if role not in (ROW_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._pages.row(index.row())
        if row is None or role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, Column(index.column()))
        return self._text(row, Column(index.column()))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and section == Column.COUNTS:
            return self.tr("People / institutions / events")
        if role != Qt.ItemDataRole.DisplayRole or not 0 <= section < len(Column):
            return None
        counts = self.tr("P / I / E") if self._is_short else self.tr("People / inst. / events")
        names = (self.tr("Title"), self.tr("Published"), self.tr("Grade"), counts, self.tr("State"))
        return names[section]

    def state_words(self, row: ArticleRow) -> str:
        """Say how an article stands, in a word or two."""
        problems = problems_of(row.warnings)
        if problems:
            code, _, _ = problems[0].partition(": ")
            return code.replace("-", " ")  # the sentence is in the tip
        if not is_read(row.language):
            return unread_words(row.language)
        if row.reviewed:
            return self.tr("reviewed")
        return self.tr("grouped") if row.is_reprint else self.tr("new")

    def origin_words(self, row: ArticleRow) -> str:
        """Say who published and who reprinted an article."""
        parts = [row.publisher or self.tr("unknown publisher")]
        if row.host and row.host != row.publisher:
            parts.append(self.tr("host {0}").format(row.host))
        if row.copies > 1:
            copies = self.tr("{0} copies · 1 origin").format(row.copies)
            parts.append(self.tr("(reprint) {0}").format(copies) if row.is_reprint else copies)
        return " · ".join(parts)

    def _text(self, row: ArticleRow, column: Column) -> str:
        texts = {
            Column.TITLE: row.title,
            Column.PUBLISHED: date_words(row.published),
            Column.GRADE: short_grade_words(row.grade),
            Column.COUNTS: f"{row.people} / {row.institutions} / {row.events}",
            Column.STATE: self.state_words(row),
        }
        return texts[column]

    def _tip(self, row: ArticleRow, column: Column) -> str | None:
        if column is Column.GRADE:
            return grade_words(row.grade)
        lines = problems_of(row.warnings)
        if not is_read(row.language):
            language = language_words(row.language)
            words = self.tr("Archived and searchable, but nobody is looked for in it: the text is not English ({0}).")
            lines = (*lines, words.format(language))
        return plain_tip("\n".join(lines)) or None

    def _restart(self) -> None:
        self.beginResetModel()
        self._pages.forget()
        self._count = self._read_count()
        self.endResetModel()

    def _read_count(self) -> int:
        if self._listing is None:
            return 0
        try:
            return self._listing.article_count(self._query)
        except StoreError as error:
            self.failed.emit(error)
            return 0

    def _read(self, offset: int, limit: int) -> Sequence[ArticleRow]:
        if self._listing is None:
            return ()
        try:
            return self._listing.articles(self._query, offset, limit)
        except StoreError as error:
            self.failed.emit(error)
            return ()
