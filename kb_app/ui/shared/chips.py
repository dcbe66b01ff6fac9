"""Pills: filters that can be switched, and counts that lead to the evidence."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget


class FilterChip(QPushButton):
    """A pill that is on or off; a group of them is made exclusive by a QButtonGroup."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setProperty("kind", "chip")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        bold = self.font()
        bold.setWeight(QFont.Weight.DemiBold)  # as the style sheet has it when checked
        grown = QFontMetrics(bold).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return QSize(hint.width() + max(0, grown), hint.height())


class MenuChip(QPushButton):
    """A pill that opens a menu: sort orders, publishers."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "chip")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self._wordings: tuple[str, ...] = (text,)

    def offer(self, wordings: tuple[str, ...]) -> None:
        """Take the same words at several lengths, the longest first, and say the longest."""
        self._wordings = wordings
        self.setText(wordings[0])
        self.setAccessibleName(wordings[0])

    def fit(self, room: int) -> None:
        """Say the longest words that fit into a number of pixels."""
        for words in self._wordings:
            self.setText(words)
            if self.sizeHint().width() <= room:
                break
        self.setToolTip("" if self.text() == self._wordings[0] else self._wordings[0])


class CitationChip(QPushButton):
    """The small count at a line's end: hover shows the sentence, click opens it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "citation")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
