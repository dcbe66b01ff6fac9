"""A section of the card: heading, the best supported lines, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kb_app.core.ids import EntityId
from kb_app.core.judgement import ClaimRef
from kb_app.ui.profile.fact_line import FactLine
from kb_app.ui.profile.line_view import LineView
from kb_app.ui.profile.wishes import MoreWish, SectionKind
from kb_app.ui.shared.buttons import link_button
from kb_app.ui.shared.section_header import SectionHeader
from kb_app.ui.theme import Theme

FIRST_LINES = 7
STEP = 60


class FactSection(QWidget):
    """Shows the first lines of a section; "n more" shows further ones and asks for those not held."""

    more_requested = Signal(object)  # MoreWish

    def __init__(self, theme: Theme, kind: SectionKind, title: str) -> None:
        super().__init__()
        self.kind = kind
        self._entity = EntityId(0)
        self._total = 0
        self._shown = FIRST_LINES
        self.header = SectionHeader(theme, title)
        self.view = LineView(theme, title)
        self.more = link_button("")
        self._lay_out()
        self.header.folded.connect(self._fold)
        self.more.clicked.connect(self._show_more)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.header)
        column.addWidget(self.view)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 0, 0)
        foot.addWidget(self.more)
        foot.addStretch()
        column.addLayout(foot)

    def show_section(self, entity: EntityId, lines: Sequence[FactLine], total: int) -> None:
        """Show the lines of an entity; another entity begins with the first few again."""
        if entity != self._entity:
            self._entity = entity
            self._shown = FIRST_LINES
            self.view.setCurrentIndex(QModelIndex())
        self._total = max(total, len(lines))
        place = self.view.place()
        self.view.lines.show_lines(lines, self._shown_of(len(lines)))
        self.view.return_to(place)
        self.header.show_count(self._total)
        self.setVisible(bool(lines))
        self._name_more()

    def line_box(self, box: QRect, within: QWidget) -> QRect:
        """Return a line's box in the coordinates of an ancestor."""
        return QRect(self.view.mapTo(within, box.topLeft()), box.size())

    def show_claim(self, ref: ClaimRef) -> bool:
        """Make a claim's line the current one, unfolding what hides it; False where the section does not hold it."""
        row = self.view.lines.row_held(ref)
        if row is None:
            return False
        self.header.fold(False)
        if row >= self.view.lines.rowCount():
            self._shown = row + 1
            self.view.lines.show_more(self._shown_of(self.view.lines.held))
            self._name_more()
        self.view.show_row(row)
        return True

    def _shown_of(self, held: int) -> int:
        # a lone hidden line costs as much room as the button that would show it
        return held if held <= self._shown + 1 else self._shown

    def _show_more(self) -> None:
        model = self.view.lines
        self._shown = model.rowCount() + STEP
        if model.rowCount() < model.held:
            model.show_more(self._shown_of(model.held))
        elif model.held < self._total:
            self.more_requested.emit(MoreWish(self._entity, self.kind, model.held))
        self._name_more()

    def _name_more(self) -> None:
        left = self._total - self.view.lines.rowCount()
        self.more.setText(self.tr("%n more", "", left))
        self.more.setVisible(left > 0 and not self.header.is_folded())

    def _fold(self, folded: bool) -> None:
        self.view.setVisible(not folded)
        self._name_more()
