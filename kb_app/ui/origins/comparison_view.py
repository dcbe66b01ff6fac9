"""Two texts side by side with the words that both have marked."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from kb_app.core.origin import Comparison, Version
from kb_app.core.passage import Span
from kb_app.ui.origins.origin_words import NAME_CHARACTERS
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.dates import date_words
from kb_app.ui.source_pane.shown_text import ShownText
from kb_app.ui.theme import Theme, article_font, blend

TEXT_PIXELS = 13
TITLE_CHARACTERS = 240


class ComparedText(QWidget):
    """One of the two texts under its title."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.head = QLabel(wordWrap=True)
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.about = QLabel()
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setProperty("tone", "muted")
        self.about.setProperty("scale", "small")
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setFont(article_font(TEXT_PIXELS))
        self.text.setAccessibleName(name)
        self.text.setTabChangesFocus(True)
        self._shown = ShownText("")
        self.spans: tuple[Span, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.head, self.about):
            column.addWidget(part)
        column.addWidget(self.text, 1)

    def show_text(self, version: Version, text: str, spans: tuple[Span, ...]) -> None:
        """Show a version with these spans marked."""
        self.head.setText(plain(version.title, TITLE_CHARACTERS))
        parts = (plain(version.host or version.publisher, NAME_CHARACTERS), date_words(version.published))
        self.about.setText(" · ".join(part for part in parts if part))
        self._shown = ShownText(text)
        self.spans = spans
        self.text.setPlainText(self._shown.text)
        self.mark()

    def mark(self) -> None:
        """Mark the spans in today's colours."""
        tokens = self._theme.tokens
        look = QTextCharFormat()
        look.setBackground(QColor(blend(tokens.good, tokens.panel, 0.3 if tokens.dark else 0.18)))
        marks = []
        for span in self.spans:
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = self._cursor(span), look
            marks.append(mark)
        self.text.setExtraSelections(marks)

    def span_at_cursor(self) -> int | None:
        """Return the number of the span in which the cursor stands."""
        at = self.text.textCursor().position()
        ends = ((self._shown.to_shown(span.start), self._shown.to_shown(span.end)) for span in self.spans)
        return next((number for number, (start, end) in enumerate(ends) if start <= at <= end), None)

    def bring(self, number: int) -> None:
        """Scroll to a span, without the other text following."""
        cursor = self._cursor(self.spans[number])
        cursor.setPosition(cursor.selectionStart())
        with QSignalBlocker(self.text):
            self.text.setTextCursor(cursor)
            self.text.centerCursor()

    def _cursor(self, span: Span) -> QTextCursor:
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(self._shown.to_shown(span.start))
        cursor.setPosition(self._shown.to_shown(span.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor


class ComparisonView(QWidget):
    """Shows a Comparison; where the cursor goes in one text, the other follows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.one = ComparedText(theme, self.tr("Text on the left"))
        self.other = ComparedText(theme, self.tr("Text on the right"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.one, 1)
        row.addWidget(self.other, 1)
        self.one.text.cursorPositionChanged.connect(self._follow_one)
        self.other.text.cursorPositionChanged.connect(self._follow_other)
        theme.changed.connect(self.one.mark)
        theme.changed.connect(self.other.mark)

    def show_comparison(self, comparison: Comparison, at: Span | None = None) -> None:
        """Show two texts, at the longest stretch that they share or at a span of the first."""
        with QSignalBlocker(self.one.text), QSignalBlocker(self.other.text):
            self.one.show_text(comparison.one, comparison.one_text, tuple(s.one for s in comparison.shared))
            self.other.show_text(comparison.other, comparison.other_text, tuple(s.other for s in comparison.shared))
        inside = [n for n, shared in enumerate(comparison.shared) if at is not None and at.overlaps(shared.one)]
        if at is not None and inside:
            longest = max(inside, key=lambda number: comparison.shared[number].words)
            self.one.bring(longest)
            self.other.bring(longest)

    def _follow_one(self) -> None:
        number = self.one.span_at_cursor()
        if number is not None:
            self.other.bring(number)

    def _follow_other(self) -> None:
        number = self.other.span_at_cursor()
        if number is not None:
            self.one.bring(number)
