"""The line that says who else tells an article's report, and opens the versions."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel

from kb_app.core.ids import ArticleId
from kb_app.ui.theme import SMALL_PIXELS, interface_font


class ToldLine(QLabel):
    """A link of as many lines as its words need; a button's words would not wrap."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__(wordWrap=True)
        self._article: ArticleId | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(interface_font(SMALL_PIXELS))
        self.setProperty("tone", "accent")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(self.tr("Show the versions of this report (Ctrl+Shift+R)"))
        self.hide()

    def forget(self, article: ArticleId) -> None:
        """Say nothing until it is known about another article; the same one keeps its words until then."""
        if article != self._article:
            self._article = article
            self.hide()

    def show_words(self, words: str) -> None:
        """Show the words, nothing for ""."""
        self.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
