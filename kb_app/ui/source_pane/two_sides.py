"""The two sides of an article, clean text and original: goes between them and takes the passage along."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from kb_app.core.passage import Span
from kb_app.ui.source_pane.original_view import OriginalView
from kb_app.ui.source_pane.reading_view import ReadingView


class TwoSides(QObject):
    """Switches a stack between its first side, the text, and its second, the original.

    `switched` carries True where the original is in view; `passage_wanted` the span of the text to read on at.
    """

    switched = Signal(bool)
    passage_wanted = Signal(object)  # Span

    def __init__(self, stack: QStackedWidget, text: ReadingView, original: OriginalView) -> None:
        super().__init__(stack)
        self._stack = stack
        self._text = text
        self._original = original
        original.text_wanted.connect(self._read_on)

    @property
    def is_original(self) -> bool:
        """Tell whether the original is in view."""
        return self._stack.currentWidget() is self._original

    def show_original(self) -> None:
        """Show the original at what is selected, framed or in view in the text."""
        if not self.is_original:
            span = self._text.selected_span() or self._text.focused
            self._turn(1)
            self._original.open_at(self._text.offset_in_view() if span is None else span)

    def show_text(self) -> None:
        """Show the text at what was selected or scrolled to in the original, else where it was."""
        place = self._original.place_in_view() if self.is_original else None
        self.turn_to_text()
        if isinstance(place, Span):
            self.passage_wanted.emit(place)
        elif place is not None:
            self._text.bring(place)

    def turn_to_text(self) -> None:
        """Show the text where it was."""
        self._turn(0)

    def follow(self, span: Span) -> None:
        """Mark a passage that was framed in the text in the original too, where that is in view."""
        if self.is_original:
            self._original.open_at(span)

    def _turn(self, side: int) -> None:
        # whoever works in the pane goes on there; whoever works in the card beside it stays
        is_here = _holds_focus(self._stack.parentWidget())
        self._stack.setCurrentIndex(side)
        if is_here:
            (self._original if self.is_original else self._text).setFocus()
        self.switched.emit(self.is_original)

    def _read_on(self, span: Span) -> None:
        self.turn_to_text()
        self.passage_wanted.emit(span)


def _holds_focus(widget: QWidget | None) -> bool:
    focused = QApplication.focusWidget()
    return widget is not None and focused is not None and widget.isAncestorOf(focused)
