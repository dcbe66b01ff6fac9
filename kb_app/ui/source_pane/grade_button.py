"""The evidence grade of the article in the pane, as a button that opens the scale."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kb_app.core.grading import SourceGrade
from kb_app.ui.shared.chips import MenuChip
from kb_app.ui.shared.grades import grade_words


class GradeButton(MenuChip):
    """Says "B2 source grade", or that nobody graded the source; a click asks for the menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.show_grade(SourceGrade())

    def show_grade(self, grade: SourceGrade) -> None:
        """Show another grade."""
        words = self.tr("{0} source grade").format(grade.code)
        self.setText(words if grade.is_given else self.tr("source not graded"))
        self.setAccessibleName(self.text())
        self.setToolTip(f"{grade_words(grade)}\n{self.tr('Click to grade (Ctrl+G)')}")
