"""The values that a piece of metadata could have, each with where it was found."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from kb_app.core.article import Candidate, MetadataField
from kb_app.core.correction import FieldState
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.languages import language_words
from kb_app.ui.shared.tips import plain_tip
from kb_app.ui.sources.field_line import how_words
from kb_app.ui.theme import interface_font

CANDIDATE = Qt.ItemDataRole.UserRole
VALUE_CHARACTERS = 200


class EvidenceList(QTreeWidget):
    """Lists values. `picked` carries the value that is taken, by Enter or a double click.

    `pointed` carries a Candidate with a place in the text, whenever its line is gone to.
    """

    picked = Signal(str)
    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderLabels([self.tr("Value"), self.tr("Found")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(self.tr("What was found"))
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setStretchLastSection(False)
        self.header().resizeSection(1, 180)
        self.setStyleSheet("QTreeView::item { padding: 4px 8px; }")
        self.itemActivated.connect(self._take)
        self.currentItemChanged.connect(self._point)
        self.itemClicked.connect(self._point)

    def show_state(self, state: FieldState) -> None:
        """Show the candidates of one article, or the values that several have."""
        self.clear()
        for candidate in state.candidates or tuple(_as_candidates(state, self.tr("{0} of them"))):
            value = candidate.value
            shown = language_words(value) if state.field is MetadataField.LANGUAGE else plain(value, VALUE_CHARACTERS)
            place = self.tr(" · in the text") if candidate.span is not None else ""
            item = QTreeWidgetItem([shown, how_words(candidate.how) + place])
            if value == state.value and not state.is_mixed:
                item.setFont(0, interface_font(weight=QFont.Weight.DemiBold))  # the one that holds now
            item.setToolTip(0, plain_tip(shown))
            item.setToolTip(1, plain_tip(item.text(1)))
            item.setData(0, CANDIDATE, candidate)
            self.addTopLevelItem(item)

    def chosen(self) -> Candidate | None:
        """Return the candidate of the line that is gone to."""
        item = self.currentItem()
        candidate: Candidate | None = item.data(0, CANDIDATE) if item is not None else None
        return candidate

    def pick(self) -> None:
        """Take the chosen value."""
        candidate = self.chosen()
        if candidate is not None:
            self.picked.emit(candidate.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pick()  # Qt would press the dialog's button as well
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        self.pick()

    def _point(self) -> None:
        candidate = self.chosen()
        if candidate is not None and candidate.span is not None:
            self.pointed.emit(candidate)


def _as_candidates(state: FieldState, counted: str) -> list[Candidate]:
    return [Candidate(state.field, value, counted.format(count)) for value, count in state.values if value]
