"""The archived original, sanitised; nothing in it is fetched or followed."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from kb_app.ui.theme import Theme

LONGEST = 1_500_000  # characters of HTML; Qt lays out more too slowly to be of use


class OriginalView(QTextBrowser):
    """Shows sanitised HTML in the colours of the theme."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._html = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAccessibleName(self.tr("Archived original"))
        self.document().setDocumentMargin(16)
        theme.changed.connect(self._show)

    def show_html(self, html: str) -> None:
        """Show a sanitised page, cut where it is monstrous."""
        self._html = html[:LONGEST]
        self._show()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None

    def _show(self) -> None:
        tokens = self._theme.tokens
        self.document().setDefaultStyleSheet(
            f"body {{ color: {tokens.ink}; }} a {{ color: {tokens.accent}; text-decoration: none; }}"
            "pre { white-space: pre-wrap; }"
        )
        self.setHtml(self._html)
