"""The archived original of the article in the pane: its text, its pages, or why neither can be shown."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QVBoxLayout, QWidget

from kb_app.core.ids import ArticleId
from kb_app.core.original import PAGED, PagePicture
from kb_app.core.passage import Span
from kb_app.core.reading import ArticleView
from kb_app.core.sentence import sentence_around
from kb_app.ui.shared.buttons import plain_button
from kb_app.ui.shared.icons import Icons
from kb_app.ui.source_pane.original_text import LaidText, OriginalText
from kb_app.ui.source_pane.page_view import PageView
from kb_app.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class CopyWish:
    """An article whose original is to be copied into a file, and the name that the file had."""

    article: ArticleId
    name: str


class OriginalView(QStackedWidget):
    """Shows an original at the passage that is read.

    `requested` carries the ArticleId whose text is wanted, `page_requested` a PageWish, `copy_requested` a CopyWish,
    `text_wanted` the sentence of the clean text at which the person wants to read on.
    """

    requested = Signal(object)  # ArticleId
    page_requested = Signal(object)  # PageWish
    copy_requested = Signal(object)  # CopyWish
    text_wanted = Signal(object)  # Span

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: ArticleView | None = None
        self._is_there = False
        self._wanted: Span | int = 0
        self.text = OriginalText(theme)
        self.pages = PageView(theme, icons)
        self.words = QLabel(wordWrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setMargin(24)
        self.words.setProperty("tone", "muted")
        self.save = plain_button(self.tr("Save a copy of the original…"))
        self._said = QWidget()
        column = QVBoxLayout(self._said)
        column.addStretch()
        column.addWidget(self.words)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch()
        self._said.setFocusProxy(self.save)
        self.save.clicked.connect(self.want_copy)
        for page in (self._said, self.text, self.pages):
            self.addWidget(page)
        self.pages.page_requested.connect(self.page_requested)
        for page_or_text in (self.text, self.pages):
            page_or_text.text_wanted.connect(self._read_on)

    def take_article(self, view: ArticleView) -> None:
        """Forget the original of another article."""
        if self._view is not None and self._view.id == view.id and self._view.article == view.article:
            self._view = view
            return
        self._view = view
        self._is_there = False

    def open_at(self, place: Span | int) -> None:
        """Show the original with a passage of the clean text marked, or scrolled to a code point."""
        view = self._view
        if view is None:
            return
        self._wanted = place
        if view.source.media_type == PAGED:
            self._turn_to(self.pages)
            self.pages.show_article(view.id, view.article)
            self._go()
        elif self._is_there:
            self._go()
        else:
            self._turn_to(self._said)
            self.say(self.tr("Opening the original…"))
            self.save.hide()
            self.requested.emit(view.id)

    def show_laid(self, article: ArticleId, laid: LaidText) -> None:
        """Show the text that was asked for."""
        if self._view is not None and self._view.id == article:
            self._is_there = True
            self.text.show_laid(laid)
            self._turn_to(self.text)
            self._go()

    def show_picture(self, article: ArticleId, picture: PagePicture) -> None:
        """Show the page that was asked for."""
        if self._view is not None and self._view.id == article and self._view.source.media_type == PAGED:
            self._turn_to(self.pages)
            self.pages.show_picture(article, picture)

    def say(self, words: str) -> None:
        """Say why there is nothing to see."""
        if self.currentWidget() is self.pages:
            self.pages.say(words)
            return
        self.words.setText(words)
        self.save.show()
        self._turn_to(self._said)

    def want_copy(self) -> None:
        """Ask for a copy of the original in a file."""
        if self._view is not None:
            self.copy_requested.emit(CopyWish(self._view.id, self._view.source.name))

    def place_in_view(self) -> Span | int | None:
        """Return what was chosen in the original since it was opened: selected words, or where it was scrolled to."""
        if self.currentWidget() is self.text:
            span = self.text.chosen_span()
            return self.text.offset_in_view() if span is None else span
        return self.pages.offset_in_view() if self.currentWidget() is self.pages else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        shown = self.currentWidget()
        if shown is not None:
            shown.setFocus()

    def _turn_to(self, page: QWidget) -> None:
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self.setCurrentWidget(page)
        if had_focus:
            page.setFocus()

    def _read_on(self, offset: int) -> None:
        if self._view is not None:
            text = self._view.article.text
            self.text_wanted.emit(sentence_around(text, Span(offset, min(offset + 1, len(text)))))

    def _go(self) -> None:
        pages = self.currentWidget() is self.pages
        if isinstance(self._wanted, int):
            (self.pages if pages else self.text).bring(self._wanted)
        elif pages:
            self.pages.mark(self._wanted)
        elif self._view is not None:
            self.text.mark(self._view.article.text, self._wanted)
