"""What can be done with the chosen articles, as their context menu offers it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from kb_app.core.listing import ArticleRow
from kb_app.ui.shared.grade_menu import GradeMenu, GradeSubject, subject_of


class ArticleDeed(StrEnum):
    """What can be wished for the chosen articles."""

    REVIEWED = "reviewed"
    UNREVIEWED = "unreviewed"
    METADATA = "metadata"
    DATE = "date"
    ABOUT = "about"
    VERSIONS = "versions"
    JOIN = "join"
    EXTRACT = "extract"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class ArticleWish:
    """A deed for some articles."""

    deed: ArticleDeed
    articles: tuple[ArticleRow, ...]


def graded_rows(rows: tuple[ArticleRow, ...]) -> GradeSubject:
    """Return rows of the list as what is to be graded."""
    return subject_of((row.id, row.publisher, row.grade) for row in rows)


class ArticleMenu(QMenu):
    """Offers the deeds, and the grades in a menu of their own; `triggered` gives an action whose data is the deed."""

    def __init__(self, rows: tuple[ArticleRow, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = f" ({len(rows)})" if len(rows) > 1 else ""
        reviewed = all(row.reviewed for row in rows)
        if reviewed:
            self._add(ArticleDeed.UNREVIEWED, self.tr("Mark as new"))
        else:
            self._add(ArticleDeed.REVIEWED, self.tr("Mark as reviewed"))
        self.addSeparator()
        self.grades = GradeMenu(graded_rows(rows), self)
        self.addMenu(self.grades)
        self._add(ArticleDeed.METADATA, self.tr("Metadata…"), "Ctrl+E")
        self._add(ArticleDeed.DATE, self.tr("Date of publication…"), "Ctrl+D")
        if len(rows) == 1:
            self._add(ArticleDeed.ABOUT, self.tr("About this source…"), "Alt+Return")
            self._add(ArticleDeed.VERSIONS, self.tr("Show the versions…"))
        else:
            self._add(ArticleDeed.JOIN, self.tr("Join as one report"))
        self.addSeparator()
        self._add(ArticleDeed.EXTRACT, self.tr("Extract again"))
        self._add(ArticleDeed.COPY, self.tr("Copy title"))

    def _add(self, deed: ArticleDeed, words: str, keys: str = "") -> None:
        # the window's own command has the keys: here they are only shown
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        action = self.addAction(f"{words}{self._number}\t{shown}" if keys else f"{words}{self._number}")
        action.setData(deed.value)
