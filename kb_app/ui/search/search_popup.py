"""The answers under the search box."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QLabel, QListView, QVBoxLayout, QWidget

from kb_app.core.search import SearchHit, SearchResults
from kb_app.ui.search.answer_delegate import HEADING_HEIGHT, HIT_HEIGHT, AnswerDelegate
from kb_app.ui.search.answers import LINE_ROLE, AnswersModel
from kb_app.ui.theme import Theme

MOST_HEIGHT = 560


class SearchPopup(QFrame):
    """Shows answers and lets one be chosen. `hit_requested` carries the SearchHit."""

    hit_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("searchPopup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = AnswersModel(self)
        self._view = QListView()
        self._foot = QLabel()
        self._foot.setTextFormat(Qt.TextFormat.PlainText)
        self._set_up(theme)
        self._view.clicked.connect(self._choose)
        self._view.entered.connect(self._view.setCurrentIndex)
        self.hide()

    def show_results(self, results: SearchResults) -> None:
        """Show answers, the first one marked."""
        self.model.show(results)
        first = self.model.next_hit(-1, 1)
        if first is None:
            self._foot.setText(self.tr("Nothing found for “{0}”.").format(results.query))
        else:
            self._view.setCurrentIndex(self.model.index(first))
            words = self.tr("{0} ms   ·   ↑ ↓ choose   ·   Enter opens   ·   Esc closes")
            self._foot.setText(words.format(max(1, round(results.milliseconds))))
        self._fit()
        self.show()
        self.raise_()

    def move_choice(self, step: int) -> None:
        """Mark the next or the previous answer."""
        row = self.model.next_hit(self._view.currentIndex().row(), step)
        if row is not None:
            self._view.setCurrentIndex(self.model.index(row))

    def choose_current(self) -> bool:
        """Ask for the marked answer; False when there is none."""
        return self._choose(self._view.currentIndex())

    def current_hit(self) -> SearchHit | None:
        """Return the marked answer."""
        line = self._view.currentIndex().data(LINE_ROLE)
        return line.hit if line is not None else None

    def _choose(self, index: QModelIndex) -> bool:
        line = index.data(LINE_ROLE)
        if line is None or line.hit is None:
            return False
        self.hit_requested.emit(line.hit)
        return True

    def _fit(self) -> None:
        hits = sum(1 for row in range(self.model.rowCount()) if self.model.next_hit(row - 1, 1) == row)
        wanted = hits * HIT_HEIGHT + (self.model.rowCount() - hits) * HEADING_HEIGHT
        self._view.setVisible(bool(wanted))
        self._view.setFixedHeight(min(wanted + 2, MOST_HEIGHT))
        self.adjustSize()

    def _set_up(self, theme: Theme) -> None:
        self._view.setModel(self.model)
        self._view.setItemDelegate(AnswerDelegate(theme, self.model, self._view))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setMouseTracking(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._view.setAccessibleName(self.tr("Answers"))
        self._foot.setProperty("tone", "muted")
        self._foot.setProperty("scale", "small")
        self._foot.setContentsMargins(12, 5, 12, 6)
        shadow = QGraphicsDropShadowEffect(self, blurRadius=24, xOffset=0, yOffset=6)
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._view)
        column.addWidget(self._foot)
