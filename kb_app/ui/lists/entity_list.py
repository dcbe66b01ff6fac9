"""The list of people or institutions with its filters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kb_app.core.entity import EntityType
from kb_app.core.ids import EntityId
from kb_app.core.judgement import Status
from kb_app.core.listing import EntityRow, EntitySort
from kb_app.ui.lists.entity_delegate import EntityDelegate
from kb_app.ui.lists.entity_model import ROW_ROLE, EntityListing, EntityModel
from kb_app.ui.shared.chips import FilterChip, MenuChip
from kb_app.ui.shared.empty_state import EmptyState, EmptyWords
from kb_app.ui.shared.flow_row import FlowRow
from kb_app.ui.shared.icons import Icons
from kb_app.ui.theme import Theme

TYPING_PAUSE_MS = 150
FILTERS = (None, Status.CONFIRMED, Status.SUGGESTED, Status.REJECTED)
MARGIN = 12


class ListDeed(StrEnum):
    """What can be wished for the chosen rows of a list."""

    CONFIRM = "confirm"
    REJECT = "reject"
    UNDECIDE = "undecide"
    RENAME = "rename"
    TIMELINE = "timeline"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class ListWish:
    """A deed for some entities of the list."""

    deed: ListDeed
    entities: tuple[EntityRow, ...]


class RowsView(QListView):
    """A list view that hands typed letters on. `typed` carries them."""

    typed = Signal(str)

    def keyboardSearch(self, search: str) -> None:
        # Qt's own would load every row to look for the letters
        if search.strip():
            self.typed.emit(search)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()  # the window goes back and forward by them
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class EntityList(QWidget):
    """Shows the entities of a kind, filtered and sorted.

    `entity_requested` carries the EntityId that was chosen, `deed_requested` a ListWish, `import_requested` nothing,
    `failed` a StoreError, `timeline_requested` the EntityId whose events are to be shown.
    """

    entity_requested = Signal(int)
    deed_requested = Signal(object)
    import_requested = Signal()
    failed = Signal(object)
    timeline_requested = Signal(int)

    def __init__(self, kind: EntityType, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._theme = theme
        self._icons = icons
        self._shown: EntityId | None = None
        self.model = EntityModel(kind, self)
        self.view = RowsView()
        self._title = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._count = QLabel()
        self._chips = QButtonGroup(self)
        self._sort = MenuChip("")
        self._filter = QLineEdit()
        self._empty = EmptyState(icons, self._empty_words(False))
        self._stack = QStackedWidget()
        self._typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._lay_out()
        self._connect()
        self._show_count()

    def take_listing(self, listing: EntityListing | None) -> None:
        """Show another knowledge base, or none."""
        self._shown = None
        self.model.take_listing(listing)
        self._show_count()

    def refresh(self) -> None:
        """Read the rows anew and keep the chosen one chosen."""
        self.model.refresh()
        self._show_count()
        if self._shown is not None:
            self.mark_shown(self._shown)

    def mark_shown(self, entity: EntityId | None) -> None:
        """Mark the row of the entity whose card is open, without asking for it again."""
        self._shown = entity
        chosen = self.chosen()
        if entity is not None and any(row.id == entity for row in chosen):
            return
        position = self.model.row_of(entity) if entity is not None else None
        self.view.selectionModel().blockSignals(True)
        if position is None:
            self.view.clearSelection()
        else:
            self.view.setCurrentIndex(self.model.index(position))
            self.view.scrollTo(self.model.index(position))
        self.view.selectionModel().blockSignals(False)
        self.view.viewport().update()

    def first_entity(self) -> EntityId | None:
        """Return the entity of the first row."""
        row = self.model.index(0).data(ROW_ROLE) if self.model.rowCount() else None
        return row.id if row is not None else None

    def chosen(self) -> tuple[EntityRow, ...]:
        """Return the selected rows in order."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        found = (self.model.index(row).data(ROW_ROLE) for row in rows)
        return tuple(row for row in found if row is not None)

    def focus_rows(self) -> None:
        """Give the keyboard to the rows."""
        (self.view if self._empty.isHidden() else self._empty).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_sort()

    def _connect(self) -> None:
        self.view.selectionModel().selectionChanged.connect(self._take_selection)
        self.view.activated.connect(self._open)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.typed.connect(self._type_ahead)
        self._chips.idClicked.connect(self._take_filter)
        self._filter.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._take_text)
        self._empty.action_requested.connect(self._leave_empty)
        self.model.failed.connect(self.failed)
        self.model.modelReset.connect(self._show_count)
        self._theme.changed.connect(self.view.viewport().update)

    def _take_selection(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        rows = self.chosen()
        if len(rows) == 1 and rows[0].id != self._shown and selected.count():
            self._shown = rows[0].id
            self.entity_requested.emit(rows[0].id)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is not None:
            self._shown = row.id
            self.entity_requested.emit(row.id)

    def _type_ahead(self, letters: str) -> None:
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.setText(self._filter.text() + letters)

    def _take_filter(self, number: int) -> None:
        self.model.show(replace(self.model.query, status=FILTERS[number]))

    def _take_text(self) -> None:
        self.model.show(replace(self.model.query, text=self._filter.text().strip()))

    def _take_sort(self, action: QAction) -> None:
        self.model.show(replace(self.model.query, sort=EntitySort(action.data())))
        self._name_sort()

    def _leave_empty(self) -> None:
        if self._is_filtered():
            self._filter.clear()
            self._chips.button(0).setChecked(True)
            self.model.show(replace(self.model.query, text="", status=None))
        else:
            self.import_requested.emit()

    def _is_filtered(self) -> bool:
        return bool(self.model.query.text or self.model.query.status)

    def _show_count(self) -> None:
        count = self.model.rowCount()
        self._count.setText(self.locale().toString(count) if count else "")
        self._fit_sort()
        self._empty.show_words(self._empty_words(self._is_filtered()))
        was_empty = self._empty.hasFocus()
        self._stack.setCurrentWidget(self.view if count else self._empty)
        if was_empty:
            self.focus_rows()

    def _show_menu(self, at: QPoint) -> None:
        rows = self.chosen()
        if rows:
            menu = self.menu_for(rows)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.view.viewport().mapToGlobal(at))

    def menu_for(self, rows: tuple[EntityRow, ...]) -> QMenu:
        """Make the context menu of the chosen rows."""
        menu = QMenu(self)
        many = len(rows) > 1
        number = f" ({len(rows)})" if many else ""
        for deed, text in self._deeds(many):
            menu.addAction(text + number).setData(deed.value)
        menu.triggered.connect(self._take_deed)
        return menu

    def _deeds(self, many: bool) -> list[tuple[ListDeed, str]]:
        deeds = [
            (ListDeed.CONFIRM, self.tr("Confirm")),
            (ListDeed.REJECT, self.tr("Reject")),
            (ListDeed.UNDECIDE, self.tr("Leave undecided")),
        ]
        if not many:
            deeds += [(ListDeed.RENAME, self.tr("Rename…")), (ListDeed.TIMELINE, self.tr("Show on the timeline"))]
        return [*deeds, (ListDeed.COPY, self.tr("Copy names") if many else self.tr("Copy name"))]

    def _take_deed(self, action: QAction) -> None:
        wish = ListWish(ListDeed(action.data()), self.chosen())
        if wish.deed is ListDeed.COPY:
            QApplication.clipboard().setText("\n".join(row.name for row in wish.entities))
        elif wish.deed is ListDeed.TIMELINE:
            self.timeline_requested.emit(wish.entities[0].id)
        else:
            self.deed_requested.emit(wish)

    def _empty_words(self, filtered: bool) -> EmptyWords:
        if filtered:
            return EmptyWords(
                "search-line", self.tr("Nothing fits"), self.tr("No name fits this filter."), self.tr("Show all")
            )
        if self._kind is EntityType.PERSON:
            sentence = self.tr("The people named in the articles will be listed here, most mentioned first.")
            return EmptyWords("user-3-line", self.tr("No people yet"), sentence, self.tr("Import articles…"))
        sentence = self.tr("Ministries, parties, media and other institutions in the articles will be listed here.")
        return EmptyWords("government-line", self.tr("No institutions yet"), sentence, self.tr("Import articles…"))

    def _name_sort(self) -> None:
        names = {
            EntitySort.MENTIONS: self.tr("mentions"),
            EntitySort.NAME: self.tr("name"),
            EntitySort.NEWEST: self.tr("newest"),
        }
        name = names[self.model.query.sort]
        self._sort.offer((self.tr("Sort: {0} ▾").format(name), f"{name} ▾", "▾"))
        self._fit_sort()

    def _fit_sort(self) -> None:
        taken = sum(label.sizeHint().width() + MARGIN for label in (self._title, self._count))
        self._sort.fit(self.width() - taken - 2 * MARGIN)

    def _lay_out(self) -> None:
        title = self.tr("People") if self._kind is EntityType.PERSON else self.tr("Institutions")
        self._title.setText(title)
        self._title.setProperty("scale", "heading")
        self._count.setProperty("tone", "muted")
        self._filter.setPlaceholderText(self.tr("Filter names"))
        self._filter.setAccessibleName(self.tr("Filter names"))
        self._filter.setClearButtonEnabled(True)
        self._set_up_view(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        column.addWidget(self._stack, 1)

    def _set_up_view(self, name: str) -> None:
        self.view.setModel(self.model)
        self.view.setItemDelegate(EntityDelegate(self._theme, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(name)

    def _header(self) -> QWidget:
        header = QWidget()
        header.setObjectName("listHeader")
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(header)
        column.setContentsMargins(MARGIN, 10, MARGIN, 8)
        column.setSpacing(7)
        column.addLayout(self._title_line())
        column.addWidget(self._chip_row())
        column.addWidget(self._filter)
        return header

    def _title_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(self._title)
        line.addWidget(self._count)
        line.addStretch()
        menu = QMenu(self._sort)
        for sort, text in (
            (EntitySort.MENTIONS, self.tr("By mentions")),
            (EntitySort.NAME, self.tr("By name")),
            (EntitySort.NEWEST, self.tr("Newest first")),
        ):
            menu.addAction(text).setData(sort.value)
        menu.triggered.connect(self._take_sort)
        self._sort.setMenu(menu)
        self._name_sort()
        line.addWidget(self._sort)
        return line

    def _chip_row(self) -> FlowRow:
        texts = (self.tr("All"), self.tr("Confirmed"), self.tr("New"), self.tr("Rejected"))
        for number, text in enumerate(texts):
            chip = FilterChip(text)
            self._chips.addButton(chip, number)
        self._chips.button(0).setChecked(True)
        return FlowRow(self._chips.buttons())
