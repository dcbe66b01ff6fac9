"""The table of articles."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from kb_app.ui.sources.article_delegate import ROW_HEIGHT, ArticleDelegate
from kb_app.ui.sources.article_model import ArticleModel, Column
from kb_app.ui.theme import Theme

WIDTHS = {Column.PUBLISHED: 130, Column.GRADE: 64, Column.COUNTS: 170, Column.STATE: 150}
NARROW = {Column.PUBLISHED: 104, Column.GRADE: 66, Column.COUNTS: 100, Column.STATE: 124}


class ArticleTable(QTableView):
    """Rows of articles; whole rows are chosen. `typed` carries letters that were typed on it."""

    typed = Signal(str)

    def __init__(self, theme: Theme, model: ArticleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wide = True
        self._articles = model
        self.setModel(model)
        self.setItemDelegate(ArticleDelegate(theme, model, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Articles"))
        self._set_up_headers()
        theme.changed.connect(self.viewport().update)

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

    def choose_row(self, row: int) -> None:
        """Select one row alone and bring it into view."""
        # not selectRow: with Ctrl still down it would add to the selection, or take the row out of it
        flags = QItemSelectionModel.SelectionFlag
        index = self._articles.index(row, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def fit_columns(self, wide: bool) -> None:
        """Leave the titles more room where there is little."""
        if wide != self._wide:
            self._wide = wide
            self._articles.shorten_headings(not wide)
            for column, width in WIDTHS.items():
                self.horizontalHeader().resizeSection(column, width if wide else NARROW[column])

    def _set_up_headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setTextElideMode(Qt.TextElideMode.ElideRight)
        columns.setSectionsClickable(True)
        columns.setSortIndicatorShown(False)
        columns.setSortIndicator(Column.PUBLISHED, Qt.SortOrder.DescendingOrder)
        columns.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            columns.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            columns.resizeSection(column, width)
