"""Asks for an article by words of its title."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from kb_app.ui.shared.buttons import plain_button, primary_button
from kb_app.ui.sources.article_delegate import ArticleDelegate
from kb_app.ui.sources.article_model import ROW_ROLE, ArticleListing, ArticleModel
from kb_app.ui.theme import Theme

SIZE = QSize(560, 460)
TYPING_PAUSE_MS = 150


class ArticlePicker(QDialog):
    """Lists one article a report. `article_chosen` carries an ArticleId."""

    article_chosen = Signal(object)

    def __init__(self, theme: Theme, listing: ArticleListing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Join with another report"))
        self.resize(SIZE)
        self.model = ArticleModel(self)
        self.filter = QLineEdit()
        self.list = QListView()
        self._join = primary_button(self.tr("Join"))
        self._cancel = plain_button(self.tr("Cancel"))
        self._typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._lay_out(theme)
        self.model.show(replace(self.model.query, one_line_a_report=True))
        self.model.take_listing(listing)
        self._connect()
        self._settle()

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._take_text)
        self.list.selectionModel().currentChanged.connect(self._settle)
        self.list.activated.connect(self._choose)
        self._join.clicked.connect(self._choose_current)
        self._cancel.clicked.connect(self.reject)

    def _take_text(self) -> None:
        self.model.show(replace(self.model.query, text=self.filter.text().strip()))
        self._settle()

    def _settle(self) -> None:
        self._join.setEnabled(self.list.currentIndex().isValid())

    def _choose_current(self) -> None:
        self._choose(self.list.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is not None:
            self.accept()
            self.article_chosen.emit(row.id)

    def _lay_out(self, theme: Theme) -> None:
        words = QLabel(
            self.tr("Choose the report that is the same as this one. It can be taken back with Undo."), wordWrap=True
        )
        words.setProperty("tone", "muted")
        self.filter.setPlaceholderText(self.tr("Words of the title"))
        self.filter.setAccessibleName(self.tr("Words of the title"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(ArticleDelegate(theme, self.model, self.list))
        self.list.setAccessibleName(self.tr("Reports"))
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self._cancel)
        foot.addWidget(self._join)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(words)
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
