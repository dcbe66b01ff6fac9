"""The search in an article: what was found, and which of it is framed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from kb_app.core.article import Article
from kb_app.core.passage import Span
from kb_app.ui.source_pane.find_bar import FindBar, find_all
from kb_app.ui.source_pane.reading_view import ReadingView

LONGEST_START = 200  # characters of a selection that are taken over as the words to find


class TextSearch(QObject):
    """Joins the bar to the text. `reached` carries the span that was found and is to be framed."""

    reached = Signal(object)  # Span

    def __init__(self, text: ReadingView, bar: FindBar) -> None:
        super().__init__(bar)
        self._text = text
        self._bar = bar
        self._article: Article | None = None
        self._found: tuple[Span, ...] = ()
        bar.words_changed.connect(self._look_for)
        bar.step_requested.connect(self._step)
        bar.closed.connect(self._end)

    def show_article(self, article: Article) -> None:
        """Search another article, where the bar is open."""
        changed = article is not self._article
        self._article = article
        if changed and not self._bar.isHidden():
            self._find(self._bar.field.text())
            self._bar.show_count(None, self._found)

    def begin(self) -> None:
        """Open the bar with the selected words."""
        self._bar.begin(self._text.selected_text()[:LONGEST_START])

    def _look_for(self, words: str) -> None:
        self._find(words)
        here = self._text.offset_in_view()
        first = next((n for n, span in enumerate(self._found) if span.start >= here), 0)
        if self._found:
            self.reached.emit(self._found[first])
        self._bar.show_count(first if self._found else None, self._found)

    def _find(self, words: str) -> None:
        found = find_all(self._article.text, words) if self._article is not None else ()
        self._found = tuple(span for span in found if self._text.shown.is_shown(span))
        self._text.show_found(self._found)

    def _step(self, direction: int) -> None:
        if not self._found:
            return
        focused = self._text.focused
        at = next((n for n, span in enumerate(self._found) if span == focused), -1 if direction > 0 else 0)
        at = (at + direction) % len(self._found)
        self.reached.emit(self._found[at])
        self._bar.show_count(at, self._found)

    def _end(self) -> None:
        self._bar.hide()
        self._found = ()
        self._text.show_found(())
        self._text.setFocus()
