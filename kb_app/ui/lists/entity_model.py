"""The rows of people or institutions, paged from the knowledge base."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from kb_app.core.entity import EntityType
from kb_app.core.errors import StoreError
from kb_app.core.ids import EntityId
from kb_app.core.listing import EntityQuery, EntityRow
from kb_app.ui.shared.pages import PAGE_ROWS, Pages

ROW_ROLE = Qt.ItemDataRole.UserRole
SEARCHED_ROWS = 5 * PAGE_ROWS
Index = QModelIndex | QPersistentModelIndex


class EntityListing(Protocol):
    """What the list needs of the listing service."""

    def entities(self, query: EntityQuery, offset: int, limit: int) -> Sequence[EntityRow]:
        """Return some rows of a query."""
        ...

    def entity_count(self, query: EntityQuery) -> int:
        """Return how many rows a query has."""
        ...


class EntityModel(QAbstractListModel):
    """Entities of one query; ROW_ROLE gives the EntityRow. `failed` carries the StoreError of a page."""

    failed = Signal(object)

    def __init__(self, kind: EntityType, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._query = EntityQuery(kind)
        self._listing: EntityListing | None = None
        self._pages: Pages[EntityRow] = Pages(self._read)
        self._count = 0

    @property
    def query(self) -> EntityQuery:
        """Return the query that is shown."""
        return self._query

    def take_listing(self, listing: EntityListing | None) -> None:
        """Show another knowledge base, or none."""
        self._listing = listing
        self._restart()

    def show(self, query: EntityQuery) -> None:
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
            self.dataChanged.emit(self.index(0), self.index(count - 1))

    def row_of(self, entity: EntityId) -> int | None:
        """Return where an entity stands among the first rows, None when it does not."""
        for position in range(min(self._count, SEARCHED_ROWS)):
            row = self._pages.row(position)
            if row is not None and row.id == entity:
                return position
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature; an invalid index is a value
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self._count:
            return None
        if role not in (ROW_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._pages.row(index.row())
        if row is None or role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        return f"{row.name}, {subtitle(row)}, {row.mentions}"

    def _restart(self) -> None:
        self.beginResetModel()
        self._pages.forget()
        self._count = self._read_count()
        self.endResetModel()

    def _read_count(self) -> int:
        if self._listing is None:
            return 0
        try:
            return self._listing.entity_count(self._query)
        except StoreError as error:
            self.failed.emit(error)
            return 0

    def _read(self, offset: int, limit: int) -> Sequence[EntityRow]:
        if self._listing is None:
            return ()
        try:
            return self._listing.entities(self._query, offset, limit)
        except StoreError as error:
            self.failed.emit(error)
            return ()


def subtitle(row: EntityRow) -> str:
    """Return what stands under a name: the best known role and where."""
    return " · ".join(part for part in (row.subtitle_title, row.subtitle_where) if part)
