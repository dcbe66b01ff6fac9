"""What an empty place says: what will be here, and the button that fills it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from kb_app.ui.shared.buttons import icon_button, plain_button
from kb_app.ui.shared.icons import Icons

ICON_PIXELS = 36
TEXT_WIDTH = 380


@dataclass(frozen=True, slots=True)
class EmptyWords:
    """The icon, heading and sentence of an empty place; `action` is its button's wording, or ""."""

    icon: str
    heading: str
    sentence: str
    action: str = ""


class EmptyState(QWidget):
    """A calm page in the middle of an empty place. `action_requested` says that its button was pressed."""

    action_requested = Signal()

    def __init__(self, icons: Icons, words: EmptyWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._sign: QToolButton = icon_button("")
        self._heading = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._action = plain_button("")
        self._lay_out()
        self.setFocusProxy(self._action)
        self._action.clicked.connect(self.action_requested)
        self.show_words(words)

    def show_words(self, words: EmptyWords) -> None:
        """Say something else."""
        self._icons.dress(self._sign, words.icon, "faint", ICON_PIXELS)
        self._heading.setText(words.heading)
        self._sentence.setText(words.sentence)
        self._action.setText(words.action)
        self._action.setVisible(bool(words.action))

    def _lay_out(self) -> None:
        self._sign.setEnabled(True)
        self._sign.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._heading.setProperty("scale", "heading")
        self._sentence.setProperty("tone", "muted")
        self._sentence.setMaximumWidth(TEXT_WIDTH)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._heading)
        line = QHBoxLayout()
        line.addStretch()
        line.addWidget(self._sentence, 1)
        line.addStretch()
        column.addLayout(line)
        column.addSpacing(8)
        column.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
