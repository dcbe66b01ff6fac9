"""Looks after the sources: metadata, grades and where they came from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from kb_app.core.article import MetadataField
from kb_app.core.changes import Changes
from kb_app.core.correction import MetadataSheet
from kb_app.core.grading import GradedPublisher
from kb_app.core.ids import ArticleId
from kb_app.core.reading import SourceSheet, Verification
from kb_app.services.workspace import Workspace
from kb_app.ui.notices import Notice, Tone
from kb_app.ui.shared.grade_menu import GradeMenu, GradeSubject, GradeWish, ReliabilityWish, subject_of
from kb_app.ui.shell.desk import Desk
from kb_app.ui.shell.open_base import OpenBase
from kb_app.ui.shell.places import Place
from kb_app.ui.shell.readings import MetadataOf, SourceOf, read_publishers
from kb_app.ui.shell.showing import Reference, Showing
from kb_app.ui.source_pane.about_dialog import AboutDialog
from kb_app.ui.sources.article_menu import graded_rows
from kb_app.ui.sources.metadata_dialog import CorrectionWish, MetadataDialog, PlaceWish
from kb_app.ui.sources.publishers_dialog import PublisherName, PublishersDialog

EXTRACT_AFFECTED = "extract_affected"
READ_BY = (MetadataField.PUBLISHED, MetadataField.LANGUAGE)  # what extraction goes by


class Cataloguing(QObject):
    """Opens the editors for what is chosen, and writes what they ask for.

    `noticed` carries a Notice, `extraction_requested` the articles whose date or language is another one now,
    `articles_requested` the name of a publisher whose articles are to be listed, `refused` nothing: an edit was wished
    for while the knowledge base is open for reading only.
    """

    noticed = Signal(object)
    extraction_requested = Signal(object)
    refused = Signal()
    articles_requested = Signal(str)

    def __init__(self, base: OpenBase, window: QWidget, desk: Desk, showing: Showing) -> None:
        super().__init__(window)
        self._base = base
        self._window = window
        self._desk = desk
        self._showing = showing
        self._publishers: PublishersDialog | None = None
        self._about: AboutDialog | None = None
        self._affected: tuple[ArticleId, ...] = ()
        base.changed.connect(self._follow)
        base.leaving.connect(self._leave)

    def has_chosen(self) -> bool:
        """Tell whether there is an article to look after."""
        return self._base.is_open and bool(self.chosen().articles)

    def chosen(self) -> GradeSubject:
        """Return the rows chosen in the list of sources, elsewhere the article in the pane."""
        rows = self._desk.sources.chosen() if self._desk.place is Place.SOURCES else ()
        return graded_rows(rows) if rows else self.shown()

    def shown(self) -> GradeSubject:
        """Return the article in the pane."""
        view = self._showing.article
        if view is None:
            return subject_of(())
        publisher = view.article.metadata.publisher
        return subject_of([(view.id, publisher.value if publisher else "", view.grade)])

    def correct_chosen(self) -> None:
        """Edit the metadata of what is chosen."""
        self.correct(self.chosen().articles, MetadataField.TITLE)

    def date_chosen(self) -> None:
        """Enter the date of publication of what is chosen."""
        self.correct(self.chosen().articles, MetadataField.PUBLISHED)

    def correct(self, articles: tuple[ArticleId, ...], field: MetadataField) -> None:
        """Edit the metadata of articles, beginning with a field."""
        if articles:
            self._base.read("metadata", MetadataOf(articles).read, partial(self._open_editor, field))

    def correct_shown(self) -> None:
        """Edit the metadata of the article in the pane."""
        self.correct(self.shown().articles, MetadataField.TITLE)

    def grade_chosen(self) -> None:
        """Offer the grades for what is chosen, beside what has the keyboard."""
        self._offer_grades(self.chosen(), _place_of_keyboard(self._window))

    def grade_shown(self, at: QPoint) -> None:
        """Offer the grades for the article in the pane, at a point of the screen."""
        self._offer_grades(self.shown(), at)

    def grade(self, wish: GradeWish) -> None:
        """Keep a grade."""
        self._write("grade", partial(_grade, wish))

    def show_publishers(self) -> None:
        """Show every publisher with its grade."""
        if self._publishers is None:
            self._publishers = dialog = PublishersDialog(self._base.can_write, self._window)
            dialog.grade_requested.connect(self.grade)
            dialog.rename_requested.connect(self._rename)
            dialog.articles_requested.connect(self.articles_requested)
            dialog.finished.connect(self._forget_publishers)
            dialog.show()
        self._base.read("publishers", read_publishers, self._take_publishers)

    def show_chosen_source(self) -> None:
        """Show where what is chosen came from; of several the first."""
        articles = self.chosen().articles
        if articles:
            self.show_source(articles[0])

    def show_shown_source(self) -> None:
        """Show where the article in the pane came from."""
        for article in self.shown().articles:
            self.show_source(article)

    def show_source(self, article: ArticleId) -> None:
        """Show where an article came from."""
        self._base.read("source", SourceOf(article).read, self._open_about)

    def extract_affected(self) -> None:
        """Extract again from the articles whose date or language was corrected last."""
        affected, self._affected = self._affected, ()
        if affected:
            self.extraction_requested.emit(affected)

    def _write(self, name: str, work: Callable[[Workspace], Changes]) -> None:
        if self._base.can_write:
            self._base.edit(name, work)
        else:
            self.refused.emit()

    def _offer_grades(self, subject: GradeSubject, at: QPoint) -> None:
        if not subject.articles:
            return
        menu = GradeMenu(subject, self._window)
        menu.grade_requested.connect(self.grade)
        menu.publishers_requested.connect(self.show_publishers)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _open_editor(self, field: MetadataField, sheet: MetadataSheet) -> None:
        dialog = MetadataDialog(sheet, self._base.can_write, self._window)
        dialog.correction_requested.connect(self._correct)
        dialog.place_requested.connect(self._show_place)
        dialog.begin(field)

    def _correct(self, wish: CorrectionWish) -> None:
        if self._base.can_write:
            self._base.do("correct", partial(_correct, wish), partial(self._take_correction, wish))

    def _take_correction(self, wish: CorrectionWish, changes: Changes) -> None:
        if not changes:
            self.noticed.emit(Notice(self.tr("Nothing was different, so nothing was changed."), Tone.PLAIN))
            return
        self._base.changed.emit(changes)
        if any(correction.field in READ_BY for correction in wish.corrections):
            self._affected = wish.articles
            words = self.tr(
                "{0}. Days such as “last Tuesday” are counted from the date, and only some languages are read: "
                "extract again to bring the findings up to it. What you decided stays."
            ).format(changes.label)
            self.noticed.emit(Notice(words, Tone.GOOD, "", self.tr("Extract again"), EXTRACT_AFFECTED))

    def _show_place(self, wish: PlaceWish) -> None:
        self._showing.show_article(Reference(wish.article, wish.span))

    def _rename(self, name: PublisherName) -> None:
        self._write("rename publisher", partial(_rename, name))

    def _take_publishers(self, publishers: tuple[GradedPublisher, ...]) -> None:
        if self._publishers is not None:
            self._publishers.show_publishers(publishers)

    def _forget_publishers(self) -> None:
        self._publishers = None

    def _open_about(self, sheet: SourceSheet) -> None:
        if self._about is not None:
            self._about.close()
        self._about = dialog = AboutDialog(sheet, self._window)
        dialog.verify_requested.connect(self._verify)
        dialog.article_requested.connect(self._show_related)
        dialog.finished.connect(self._forget_about)
        dialog.show()

    def _forget_about(self) -> None:
        self._about = None

    def _verify(self, article: ArticleId) -> None:
        self._base.read("verify", SourceOf(article).verify, self._take_verification)

    def _take_verification(self, found: Verification) -> None:
        if self._about is not None:
            self._about.show_verification(found)

    def _show_related(self, article: ArticleId) -> None:
        self._showing.show_article(Reference(article))
        self.show_source(article)

    def _follow(self, _changes: Changes) -> None:
        if self._publishers is not None:
            self._base.read("publishers", read_publishers, self._take_publishers)

    def _leave(self) -> None:
        self._affected = ()
        for kind in (MetadataDialog, AboutDialog, PublishersDialog):
            for dialog in self._window.findChildren(kind):
                dialog.close()


def _place_of_keyboard(window: QWidget) -> QPoint:
    """Return the point of the screen where the current row or the focused widget is."""
    focused = QApplication.focusWidget() or window
    if isinstance(focused, QAbstractItemView):
        row = focused.visualRect(focused.currentIndex())
        return focused.viewport().mapToGlobal(QPoint(focused.viewport().width() // 3, row.bottom()))
    return focused.mapToGlobal(focused.rect().center())


def _correct(wish: CorrectionWish, workspace: Workspace) -> Changes:
    return workspace.catalogue.correct(wish.articles, wish.corrections)


def _grade(wish: GradeWish, workspace: Workspace) -> Changes:
    if isinstance(wish, ReliabilityWish):
        return workspace.catalogue.grade_publishers(wish.publishers, wish.reliability)
    return workspace.catalogue.grade_articles(wish.articles, wish.credibility)


def _rename(name: PublisherName, workspace: Workspace) -> Changes:
    return workspace.catalogue.rename_publisher(name.name, name.new_name)
