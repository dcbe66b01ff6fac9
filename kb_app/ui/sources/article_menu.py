"""What can be done with the chosen articles, as their context menu offers it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from kb_app.core.listing import ArticleRow
from kb_app.core.original import PAGED
from kb_app.services.reencoding import is_written_in_characters
from kb_app.ui.shared.grade_menu import GradeMenu, GradeSubject, subject_of

NO_TEXT = "no-text-layer:"


class ArticleDeed(StrEnum):
    """What can be wished for the chosen articles."""

    REVIEWED = "reviewed"
    UNREVIEWED = "unreviewed"
    METADATA = "metadata"
    DATE = "date"
    ABOUT = "about"
    VERSIONS = "versions"
    JOIN = "join"
    REENCODE = "reencode"
    RECOGNISE = "recognise"
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


def has_no_text(row: ArticleRow) -> bool:
    """Tell whether pages of an original are only pictures, whose letters could be recognised."""
    return row.media_type == PAGED and any(warning.startswith(NO_TEXT) for warning in row.warnings)


class ArticleMenu(QMenu):
    """Offers the deeds, and the grades in a menu of their own; `triggered` gives an action whose data is the deed."""

    def __init__(self, rows: tuple[ArticleRow, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = f" ({len(rows)})" if len(rows) > 1 else ""
        reviewed = all(row.reviewed for row in rows)
        if reviewed:
            self._add(ArticleDeed.UNREVIEWED, self.tr("Mark as &new"))
        else:
            self._add(ArticleDeed.REVIEWED, self.tr("Mark as &reviewed"))
        self.addSeparator()
        self.grades = GradeMenu(graded_rows(rows), self)
        self.addMenu(self.grades)
        self._add(ArticleDeed.METADATA, self.tr("&Metadata…"), "Ctrl+E")
        self._add(ArticleDeed.DATE, self.tr("&Date of publication…"), "Ctrl+D")
        if len(rows) == 1:
            self._add(ArticleDeed.ABOUT, self.tr("&About this source…"), "Alt+Return")
            self._add(ArticleDeed.VERSIONS, self.tr("Show the &versions…"), "Ctrl+Shift+R")
        else:
            self._add(ArticleDeed.JOIN, self.tr("&Join as one report"))
        self.addSeparator()
        self._add(ArticleDeed.EXTRACT, self.tr("E&xtract again"))
        if len(rows) == 1 and is_written_in_characters(rows[0].media_type):
            self._add(ArticleDeed.REENCODE, self.tr("Read again in another &encoding…"))
        if any(has_no_text(row) for row in rows):
            self._add(ArticleDeed.RECOGNISE, self.tr("Recognise &text (OCR)"))
        self._add(ArticleDeed.COPY, self.tr("&Copy title"))

    def _add(self, deed: ArticleDeed, words: str, keys: str = "") -> None:
        # the window's own command has the keys: here they are only shown
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        action = self.addAction(f"{words}{self._number}\t{shown}" if keys else f"{words}{self._number}")
        action.setData(deed.value)
