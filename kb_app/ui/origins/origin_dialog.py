"""The versions of a report, side by side, with what can be done about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kb_app.core.ids import ArticleId
from kb_app.core.origin import Comparison, Origin
from kb_app.ui.origins.comparison_view import ComparisonView
from kb_app.ui.origins.origin_model import LINE_ROLE, LineKind, OriginColumn, OriginLine, OriginModel
from kb_app.ui.origins.origin_words import counted_words
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.buttons import plain_button, primary_button
from kb_app.ui.theme import Theme

SIZE = QSize(1080, 760)
ROW_HEIGHT = 30
WIDTHS = {
    OriginColumn.WHAT: 170,
    OriginColumn.TELLER: 190,
    OriginColumn.PUBLISHED: 120,
    OriginColumn.LENGTH: 135,
    OriginColumn.ALIKE: 70,
}


class OriginDeed(StrEnum):
    """What can be wished for a report."""

    SPLIT = "split"
    JOIN = "join"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class OriginWish:
    """A deed for some articles."""

    deed: OriginDeed
    articles: tuple[ArticleId, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles to be compared."""

    one: ArticleId
    other: ArticleId


class OriginDialog(QDialog):
    """Lists the versions of a report, what may be the same, and what shares a passage; it does not block the window.

    `deed_requested` carries an OriginWish, `comparison_requested` a Pair, `article_requested` an ArticleId,
    `other_requested` the ArticleId whose report is to be joined with another.
    """

    deed_requested = Signal(object)
    comparison_requested = Signal(object)
    article_requested = Signal(object)
    other_requested = Signal(object)

    def __init__(self, theme: Theme, *, can_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Versions of a report"))
        self.resize(SIZE)
        self._can_write = can_write
        self._article: ArticleId | None = None
        self._origin: Origin | None = None
        self.model = OriginModel(self)
        self.table = QTableView()
        self.comparison = ComparisonView(theme)
        self._title = QLabel(wordWrap=True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._counts = QLabel()
        self._counts.setTextFormat(Qt.TextFormat.PlainText)
        self.hint = QLabel(wordWrap=True)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.open_button = plain_button(self.tr("&Open"))
        self.split_button = plain_button(self.tr("&Split off"))
        self.join_button = plain_button(self.tr("&Join"))
        self.apart_button = plain_button(self.tr("&Not the same"))
        self.other_button = plain_button(self.tr("Join with &another…"))
        self._close = primary_button(self.tr("Close"))
        self._lay_out()
        self._connect()

    def show_origin(self, article: ArticleId, origin: Origin) -> None:
        """Show the report of an article; the same one again keeps the chosen row."""
        chosen = {line.version.article for line in self.chosen()}
        self._article, self._origin = article, origin
        shown = next(version for version in origin.versions if version.article == article)
        self._title.setText(plain(shown.title, 240))
        self._counts.setText(counted_words(len(origin.versions)))
        self.model.show_origin(origin)
        self._choose(chosen or {article} - {origin.fullest.article})
        self._settle()

    def show_comparison(self, comparison: Comparison) -> None:
        """Show two of the texts side by side."""
        passage = next((line.passage for line in self.chosen() if line.passage is not None), None)
        self.comparison.show_comparison(comparison, passage.reuse.span if passage is not None else None)
        self.comparison.show()
        share = round(comparison.one.likeness * 100)
        words = self.tr("Marked: words that both have. {0} % of the shorter text stands in the other.")
        self.hint.setText(words.format(share))

    def chosen(self) -> tuple[OriginLine, ...]:
        """Return the selected rows in order."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self.model.index(row, 0).data(LINE_ROLE) for row in rows)

    def pair(self) -> Pair | None:
        """Return which two texts the selection compares: two rows, or one with the fullest version."""
        chosen = self.chosen()
        if self._origin is None or self._article is None or not chosen:
            return None
        first = chosen[0].version.article
        if len(chosen) > 1:
            return Pair(first, chosen[1].version.article)
        if chosen[0].kind is LineKind.PASSAGE:
            return Pair(self._article, first)
        base = self._origin.fullest.article
        if first == base:
            base = next((v.article for v in self._origin.versions if v.article != first), base)
        return Pair(base, first) if base != first else None

    def _choose(self, articles: set[ArticleId]) -> None:
        rows = range(self.model.rowCount())
        wanted = [row for row in rows if self.model.index(row, 0).data(LINE_ROLE).version.article in articles]
        self.choose_row(wanted[0] if wanted else min(1, self.model.rowCount() - 1))

    def choose_row(self, row: int) -> None:
        """Select one row alone."""
        # not selectRow: with the keys of the shortcut still down it would only add to the selection
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(self.model.index(row, 0), flags.ClearAndSelect | flags.Rows)

    def _settle(self) -> None:
        lines = self.chosen()
        kinds = {line.kind for line in lines}
        versions = len(self._origin.versions) if self._origin is not None else 0
        is_some = kinds == {LineKind.VERSION} and len(lines) < versions
        self.open_button.setEnabled(len(lines) == 1)
        self.split_button.setEnabled(self._can_write and is_some)
        self.join_button.setEnabled(self._can_write and bool(kinds) and LineKind.VERSION not in kinds)
        self.apart_button.setEnabled(self._can_write and kinds == {LineKind.PROPOSED} and len(lines) == 1)
        self.other_button.setEnabled(self._can_write)
        pair = self.pair()
        if pair is not None:
            self.comparison_requested.emit(pair)
        else:
            self.comparison.hide()
            self.hint.setText(self.tr("No other article tells this report."))

    def _wish(self, deed: OriginDeed) -> None:
        articles = tuple(dict.fromkeys(line.version.article for line in self.chosen()))
        if deed is not OriginDeed.SPLIT and self._article is not None:
            articles = (self._article, *articles)
        self.deed_requested.emit(OriginWish(deed, articles))

    def _split(self) -> None:
        self._wish(OriginDeed.SPLIT)

    def _join(self) -> None:
        self._wish(OriginDeed.JOIN)

    def _tell_apart(self) -> None:
        self._wish(OriginDeed.APART)

    def _open(self) -> None:
        lines = self.chosen()
        if lines:
            self.article_requested.emit(lines[0].version.article)

    def _want_other(self) -> None:
        if self._article is not None:
            self.other_requested.emit(self._article)

    def _connect(self) -> None:
        self.table.selectionModel().selectionChanged.connect(self._settle)
        self.table.activated.connect(self._open)
        self.open_button.clicked.connect(self._open)
        self.split_button.clicked.connect(self._split)
        self.join_button.clicked.connect(self._join)
        self.apart_button.clicked.connect(self._tell_apart)
        self.other_button.clicked.connect(self._want_other)
        self._close.clicked.connect(self.accept)

    def _lay_out(self) -> None:
        self._title.setProperty("scale", "heading")
        for label in (self._counts, self.hint):
            label.setProperty("tone", "muted")
        self._set_up_table()
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 8, 0, 0)
        below.addWidget(self.hint)
        below.addWidget(self.comparison, 1)
        below.addStretch()
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.table)
        parts.addWidget(lower)
        parts.setStretchFactor(1, 1)
        parts.setSizes([190, 470])
        parts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._counts)
        column.addWidget(parts, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        self.split_button.setToolTip(self.tr("Make the chosen versions a report of their own"))
        self.join_button.setToolTip(self.tr("Make the chosen article a version of this report"))
        self.apart_button.setToolTip(self.tr("Do not propose this article as the same report again"))
        foot = QHBoxLayout()
        buttons: tuple[QPushButton, ...] = (self.open_button, self.split_button, self.join_button, self.apart_button)
        for button in (*buttons, self.other_button):
            foot.addWidget(button)
        foot.addStretch()
        foot.addWidget(self._close)
        return foot

    def _set_up_table(self) -> None:
        self.table.setModel(self.model)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName(self.tr("Versions"))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(OriginColumn.TITLE, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            header.resizeSection(column, width)
