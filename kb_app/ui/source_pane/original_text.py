"""An archived page or text as it was, sanitised, with the passage marked; nothing in it is fetched or followed."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QPoint, Qt, QThread, QUrl, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from kb_app.core.original import Markup
from kb_app.core.passage import Span
from kb_app.core.sentence import sentence_around
from kb_app.ui.source_pane.original_places import OriginalPlaces
from kb_app.ui.theme import Theme, Tokens, article_font, blend

LONGEST = 600_000  # characters of HTML; Qt lays out 10 million a second, and the window must not stall
PADDING = 16
PIXELS = 14


@dataclass(frozen=True, slots=True)
class LaidText:
    """A sanitised original as a document that can be shown, and the way to the clean text."""

    html: str
    document: QTextDocument
    places: OriginalPlaces


@dataclass(frozen=True, slots=True)
class Dress:
    """How an original is to look, and the thread that will show it."""

    tokens: Tokens
    font: QFont
    width: int
    home: QThread
    cut_words: str  # said at the end of an original of which not all is shown


def laid_text(markup: Markup, dress: Dress) -> LaidText:
    """Make the document, in any thread, and hand it over to the thread that will show it."""
    html = markup.html
    if len(html) > LONGEST:
        html = f"{html[: html.rfind('<', 0, LONGEST)]}<p><i>{escape(dress.cut_words)}</i></p>"
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(dress.font)
    document.setDocumentMargin(PADDING)
    document.setTextWidth(dress.width)  # else it is laid out once more when it is shown
    _fill(document, html, dress.tokens)
    places = OriginalPlaces(document.toPlainText(), markup.runs)
    document.moveToThread(dress.home)
    return LaidText(html, document, places)


class OriginalText(QTextBrowser):
    """Shows a sanitised original in the colours of the theme. `text_wanted` carries the code point double-clicked."""

    text_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._laid: LaidText | None = None
        self._marked: tuple[Span, Span] | None = None  # passage and sentence
        self._brought = 0  # the code point last brought into view
        self._scrolled_to = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)
        self.setAccessibleName(self.tr("Archived original"))
        theme.changed.connect(self._redress)

    def dress(self) -> Dress:
        """Return how an original has to look here."""
        words = self.tr("The original goes on. It is kept whole, but too long to be shown to its end.")
        font = article_font(PIXELS)
        return Dress(self._theme.tokens, font, self.viewport().width(), self.thread(), words)

    def show_laid(self, laid: LaidText) -> None:
        """Show an original from its top."""
        before, self._laid = self._laid, laid
        self._marked = None
        self.setDocument(laid.document)
        self.verticalScrollBar().setValue(0)
        if before is not None:
            before.document.deleteLater()

    def mark(self, text: str, span: Span) -> bool:
        """Mark a passage of the clean text with its sentence and bring it into view; False where it is not shown."""
        self._marked = span, sentence_around(text, span)
        self._paint_marks()
        return self.bring(span.start)

    def bring(self, offset: int) -> bool:
        """Bring a code point of the clean text into view; False where it is not shown."""
        self._brought = offset
        position = self._laid.places.to_position(offset) if self._laid is not None else None
        if position is not None:
            self.document().size()  # has all of it laid out: else the bar does not reach as far yet
            cursor = QTextCursor(self.document())
            cursor.setPosition(position)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cursorRect(cursor).top() - self.viewport().height() // 3)
        self._scrolled_to = self.verticalScrollBar().value()
        return position is not None

    def chosen_span(self) -> Span | None:
        """Return the selected words as a span of the clean text."""
        cursor = self.textCursor()
        if self._laid is None or not cursor.hasSelection():
            return None
        start = self._laid.places.to_text(cursor.selectionStart())
        last = self._laid.places.to_text(cursor.selectionEnd() - 1)
        return Span(start, last + 1) if start is not None and last is not None and start <= last else None

    def offset_in_view(self) -> int | None:
        """Return the code point in the upper third of the view, None where nobody has scrolled since `bring`."""
        if self._laid is None or self.verticalScrollBar().value() == self._scrolled_to:
            return None
        return self._offset_at(QPoint(PADDING, self.viewport().height() // 3))

    def resizeEvent(self, event: QResizeEvent) -> None:
        stays = self.verticalScrollBar().value() == self._scrolled_to
        super().resizeEvent(event)
        if stays:
            self.bring(self._brought)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        offset = self._offset_at(event.position().toPoint())
        if offset is not None:
            self.text_wanted.emit(offset)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None

    def _offset_at(self, point: QPoint) -> int | None:
        return self._laid.places.to_text(self.cursorForPosition(point).position()) if self._laid is not None else None

    def _paint_marks(self) -> None:
        if self._laid is None or self._marked is None:
            self.setExtraSelections([])
            return
        tokens = self._theme.tokens
        passage, sentence = self._marked
        lit = [(sentence, blend(tokens.focus_mark, tokens.panel, 0.22)), (passage, tokens.focus_mark)]
        self.setExtraSelections([one for span, colour in lit for one in self._lit(span, colour)])

    def _lit(self, span: Span, colour: str) -> list[QTextEdit.ExtraSelection]:
        found = []
        for start, end in self._laid.places.stretches(span) if self._laid is not None else ():
            one = QTextEdit.ExtraSelection()
            form = QTextCharFormat()
            form.setBackground(QColor(colour))
            if colour == self._theme.tokens.focus_mark:
                form.setForeground(QColor("#1B1F24"))  # gold is light in both themes
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            # the bindings know these as attributes, their stubs as methods too
            one.format, one.cursor = form, cursor
            found.append(one)
        return found

    def _redress(self) -> None:
        if self._laid is not None:
            scroll = self.verticalScrollBar().value()
            _fill(self._laid.document, self._laid.html, self._theme.tokens)
            self.verticalScrollBar().setValue(scroll)
            self._paint_marks()


def _fill(document: QTextDocument, html: str, tokens: Tokens) -> None:
    document.setDefaultStyleSheet(
        f"body {{ color: {tokens.ink}; }} a {{ color: {tokens.accent}; text-decoration: none; }}"
        "pre { white-space: pre-wrap; }"
    )
    document.setHtml(html)
