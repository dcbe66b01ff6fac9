"""The place of the sources: every article with its origin, date, counts and state."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kb_app.core.ids import ArticleId
from kb_app.core.listing import ArticleFilter, ArticleQuery, ArticleRow, ArticleSort, Totals
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.buttons import plain_button
from kb_app.ui.shared.chips import FilterChip, MenuChip
from kb_app.ui.shared.empty_state import EmptyState, EmptyWords
from kb_app.ui.shared.icons import Icons
from kb_app.ui.sources.article_delegate import ROW_HEIGHT
from kb_app.ui.sources.article_menu import ArticleDeed, ArticleMenu, ArticleWish
from kb_app.ui.sources.article_model import ROW_ROLE, ArticleListing, ArticleModel, Column
from kb_app.ui.sources.article_table import ArticleTable
from kb_app.ui.sources.drop_hint import HINT_HEIGHT, DropHint
from kb_app.ui.sources.file_kinds import kinds_sentence
from kb_app.ui.sources.grade_filter import GradeFilter
from kb_app.ui.theme import Theme

TYPING_PAUSE_MS = 150
PUBLISHER_CHARACTERS = 28  # of its name on the chip
WIDE = 800
ROOMY = 960  # all chips fit beside the title
PROBLEMS = tuple(ArticleFilter).index(ArticleFilter.PROBLEMS)
UNDATED = tuple(ArticleFilter).index(ArticleFilter.UNDATED)
SORTS = {Column.TITLE: ArticleSort.TITLE, Column.PUBLISHED: ArticleSort.PUBLISHED, Column.GRADE: ArticleSort.GRADE}


class SourcesPlace(QWidget):
    """Shows the articles, filtered and sorted.

    `article_requested` carries an ArticleId, `deed_requested` an ArticleWish, `grade_requested` a GradeWish, `failed` a
    StoreError; `import_requested`, `report_requested` and `publishers_requested` carry nothing.
    """

    article_requested = Signal(int)
    deed_requested = Signal(object)
    grade_requested = Signal(object)
    publishers_requested = Signal()
    import_requested = Signal()
    report_requested = Signal()
    failed = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: ArticleId | None = None
        self._publishers: tuple[str, ...] = ()
        self.model = ArticleModel(self)
        self.table = ArticleTable(theme, self.model)
        self._title = QLabel(self.tr("Sources"))
        self._totals = QLabel()
        self._chips = QButtonGroup(self)
        self._publisher = MenuChip(self.tr("Publisher ▾"))
        self._grade = GradeFilter()
        self.one_line = FilterChip(self.tr("One line a report"))
        self._chip_line = QWidget()
        self._filter = QLineEdit()
        self._report = plain_button(self.tr("Import report"))
        self._hint = DropHint()
        self._empty = EmptyState(icons, self._empty_words())
        self._stack = QStackedWidget()
        self._typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._lay_out()
        self._connect()
        self._settle()

    def take_listing(self, listing: ArticleListing | None) -> None:
        """Show another knowledge base, or none."""
        self._shown = None
        self.model.take_listing(listing)

    def refresh(self) -> None:
        """Read the rows anew and keep the chosen one chosen."""
        self.model.refresh()
        self._settle()
        if self._shown is not None:
            self.mark_shown(self._shown)

    def show_totals(self, totals: Totals, publishers: tuple[str, ...]) -> None:
        """Show how many articles of how many origins there are, and offer their publishers."""
        number = self.locale().toString
        articles = self.tr("%n article(s)", "", totals.articles).replace(str(totals.articles), number(totals.articles))
        self._totals.setText(f"{articles} · {self.tr('{0} origins').format(number(totals.origins))}")
        self._publishers = publishers

    def show_problems(self, count: int) -> None:
        """Show on its chip how many articles have warnings."""
        words = self.tr("Problems")
        self._chips.button(PROBLEMS).setText(f"{words} {count}" if count else words)

    def show_undated(self, count: int) -> None:
        """Show on its chip how many articles have no date of publication."""
        words = self.tr("Undated")
        self._chips.button(UNDATED).setText(f"{words} {count}" if count else words)

    def mark_shown(self, article: ArticleId | None) -> None:
        """Mark the row of the article that is open, without asking for it again."""
        self._shown = article
        if article is not None and any(row.id == article for row in self.chosen()):
            return
        position = self.model.row_of(article) if article is not None else None
        selection = self.table.selectionModel()
        selection.blockSignals(True)
        if position is None:
            self.table.clearSelection()
        else:
            self.table.choose_row(position)
        selection.blockSignals(False)
        self.table.viewport().update()

    def first_article(self) -> ArticleId | None:
        """Return the article of the first row."""
        row = self.model.index(0, 0).data(ROW_ROLE) if self.model.rowCount() else None
        return row.id if row is not None else None

    def chosen(self) -> tuple[ArticleRow, ...]:
        """Return the selected rows in order."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        found = (self.model.index(row, 0).data(ROW_ROLE) for row in rows)
        return tuple(row for row in found if row is not None)

    def show_publisher(self, name: str) -> None:
        """Show all articles of one publisher, "" for those of all."""
        self._filter.clear()
        self._grade.clear()
        self._chips.button(0).setChecked(True)
        self.one_line.setChecked(False)
        self._publisher.setText(self._publisher_words(name))
        query = ArticleQuery(sort=self.model.query.sort, descending=self.model.query.descending, publisher=name)
        self.model.show(query)

    def focus_rows(self) -> None:
        """Give the keyboard to the rows."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def menu_for(self, rows: tuple[ArticleRow, ...]) -> ArticleMenu:
        """Make the context menu of the chosen rows."""
        menu = ArticleMenu(rows, self)
        menu.grades.grade_requested.connect(self.grade_requested)
        menu.grades.publishers_requested.connect(self.publishers_requested)
        menu.triggered.connect(self._take_deed)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.size().width() >= ROOMY) != (event.oldSize().width() >= ROOMY):
            self._place_chips(event.size().width())
        self.table.fit_columns(event.size().width() >= WIDE)
        self._settle()

    def _connect(self) -> None:
        self.table.selectionModel().selectionChanged.connect(self._take_selection)
        self.table.activated.connect(self._open)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.table.typed.connect(self._type_ahead)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._take_sort)
        self._chips.idClicked.connect(self._take_filter)
        self.one_line.toggled.connect(self._take_one_line)
        self._filter.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._take_text)
        self._grade.reliability_chosen.connect(self._take_reliability)
        self._report.clicked.connect(self.report_requested)
        self._empty.action_requested.connect(self._leave_empty)
        self.model.failed.connect(self.failed)
        self.model.modelReset.connect(self._settle)

    def _take_selection(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        rows = self.chosen()
        if len(rows) == 1 and rows[0].id != self._shown and selected.count():
            self._shown = rows[0].id
            self.article_requested.emit(rows[0].id)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is not None:
            self._shown = row.id
            self.article_requested.emit(row.id)

    def _show_menu(self, at: QPoint) -> None:
        rows = self.chosen()
        if rows:
            menu = self.menu_for(rows)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.table.viewport().mapToGlobal(at))

    def _take_deed(self, action: QAction) -> None:
        if action.data() is None:
            return  # a grade, which has a signal of its own
        wish = ArticleWish(ArticleDeed(action.data()), self.chosen())
        if wish.deed is ArticleDeed.COPY:
            QApplication.clipboard().setText("\n".join(row.title for row in wish.articles))
        else:
            self.deed_requested.emit(wish)

    def _type_ahead(self, letters: str) -> None:
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.setText(self._filter.text() + letters)

    def _take_filter(self, number: int) -> None:
        self.model.show(replace(self.model.query, filter=tuple(ArticleFilter)[number]))

    def _take_one_line(self, one_line: bool) -> None:
        self.model.show(replace(self.model.query, one_line_a_report=one_line))

    def _take_text(self) -> None:
        self.model.show(replace(self.model.query, text=self._filter.text().strip()))

    def _take_sort(self, section: int, order: Qt.SortOrder) -> None:
        sort = SORTS.get(Column(section)) if section >= 0 else None
        if sort is not None:
            descending = order is Qt.SortOrder.DescendingOrder
            self.model.show(replace(self.model.query, sort=sort, descending=descending))

    def _fill_publishers(self) -> None:
        menu = self._publisher.menu()
        menu.clear()
        menu.addAction(self.tr("All publishers")).setData("")
        menu.addSeparator()
        for publisher in self._publishers:
            menu.addAction(publisher.replace("&", "&&")).setData(publisher)

    def _take_publisher(self, action: QAction) -> None:
        name = str(action.data())
        self._publisher.setText(self._publisher_words(name))
        self.model.show(replace(self.model.query, publisher=name))

    def _publisher_words(self, name: str) -> str:
        return f"{plain(name, PUBLISHER_CHARACTERS).replace('&', '&&')} ▾" if name else self.tr("Publisher ▾")

    def _take_reliability(self, reliability: str) -> None:
        self.model.show(replace(self.model.query, reliability=reliability))

    def _leave_empty(self) -> None:
        if self._is_filtered():
            self.show_publisher("")
        else:
            self.import_requested.emit()

    def _is_filtered(self) -> bool:
        query = self.model.query
        return query.filter is not ArticleFilter.ALL or any((query.text, query.publisher, query.reliability))

    def _settle(self) -> None:
        """Fit the table to its rows and show the hint only where there is room for it."""
        count = self.model.rowCount()
        self._empty.show_words(self._empty_words())
        self._stack.setCurrentIndex(0 if count else 1)
        self._filter.setVisible(bool(count) or self._is_filtered())
        wanted = self.table.horizontalHeader().height() + count * ROW_HEIGHT + 2
        room = self._stack.height()
        has_room = wanted + HINT_HEIGHT + 32 < room
        self.table.setMaximumHeight(wanted if has_room else 16777215)
        self._hint.setVisible(has_room)

    def _empty_words(self) -> EmptyWords:
        if self._is_filtered():
            sentence = self.tr("No article fits this filter.")
            return EmptyWords("search-line", self.tr("Nothing fits"), sentence, self.tr("Show all"))
        kept = self.tr("Nothing leaves this computer; the originals are archived in the knowledge base.")
        sentence = f"{kinds_sentence()} {kept}"
        return EmptyWords("newspaper-line", self.tr("No articles yet"), sentence, self.tr("Import articles…"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        full = QWidget()
        rows = QVBoxLayout(full)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.table, 1)
        rows.addWidget(self._hint)
        rows.addStretch()
        self._stack.addWidget(full)
        self._stack.addWidget(self._empty)
        column.addWidget(self._stack, 1)

    def _header(self) -> QWidget:
        header = QWidget()
        header.setObjectName("listHeader")
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._grid = QGridLayout(header)
        self._grid.setContentsMargins(16, 8, 16, 8)
        self._grid.setHorizontalSpacing(10)
        self._title.setProperty("scale", "heading")
        self._totals.setProperty("tone", "muted")
        self._filter.setPlaceholderText(self.tr("Filter titles"))
        self._filter.setAccessibleName(self.tr("Filter titles"))
        self._filter.setClearButtonEnabled(True)
        self._filter.setMaximumWidth(180)
        for column, label in enumerate((self._title, self._totals)):
            self._grid.addWidget(label, 0, column)
        self._grid.setColumnStretch(3, 1)
        self._grid.addWidget(self._filter, 0, 4)
        self._grid.addWidget(self._report, 0, 5)
        self._fill_chip_line()
        self._place_chips(self.width())
        return header

    def _place_chips(self, width: int) -> None:
        """Put the chips beside the title, or under it where the place is narrow."""
        self._grid.removeWidget(self._chip_line)
        if width >= ROOMY:
            self._grid.addWidget(self._chip_line, 0, 2)
        else:
            self._grid.addWidget(self._chip_line, 1, 0, 1, 6)

    def _fill_chip_line(self) -> None:
        line = QHBoxLayout(self._chip_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        texts = (self.tr("All"), self.tr("New"), self.tr("Undated"), self.tr("Problems"))
        for number, text in enumerate(texts):
            chip = FilterChip(text)
            self._chips.addButton(chip, number)
            line.addWidget(chip)
        self._chips.button(0).setChecked(True)
        menu = QMenu(self._publisher)
        menu.aboutToShow.connect(self._fill_publishers)
        menu.triggered.connect(self._take_publisher)
        self._publisher.setMenu(menu)
        line.addWidget(self._publisher)
        line.addWidget(self._grade)
        self.one_line.setToolTip(self.tr("Show of each report only the article that came first"))
        line.addWidget(self.one_line)
        line.addStretch()
