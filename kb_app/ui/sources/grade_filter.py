"""The pill that narrows the list of articles to publishers of one reliability."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from kb_app.core.grading import Reliability
from kb_app.core.listing import NOT_GRADED
from kb_app.ui.shared.chips import MenuChip
from kb_app.ui.shared.grades import reliability_words


class GradeFilter(MenuChip):
    """Offers the letters of the scale. `reliability_chosen` carries a letter, NOT_GRADED, or "" for all."""

    reliability_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        menu = QMenu(self)
        menu.addAction(self.tr("All grades")).setData("")
        menu.addSeparator()
        for one in Reliability:
            menu.addAction(f"&{one}   {reliability_words(one)}").setData(one.value)
        menu.addSeparator()
        menu.addAction(self.tr("Not graded yet")).setData(NOT_GRADED)
        menu.triggered.connect(self._take)
        self.setMenu(menu)
        self.clear()

    def clear(self) -> None:
        """Show that all grades are listed."""
        self._name("")

    def _take(self, action: QAction) -> None:
        self._name(str(action.data()))
        self.reliability_chosen.emit(str(action.data()))

    def _name(self, reliability: str) -> None:
        if not reliability:
            self.setText(self.tr("Grade ▾"))
        elif reliability == NOT_GRADED:
            self.setText(self.tr("Not graded ▾"))
        else:
            self.setText(self.tr("Grade {0} ▾").format(reliability))
