"""In which encoding an original is to be read: a list, and what its first lines look like."""

from __future__ import annotations

import codecs

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from kb_app.core.encodings import ENCODINGS, EncodingPreview
from kb_app.core.reading import ArticleView
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.buttons import plain_button, primary_button
from kb_app.ui.sources.encoding_words import encoding_words
from kb_app.ui.theme import article_font

SIZE = QSize(900, 540)
LIST_WIDTH = 350
ITEM_HEIGHT = 28


class EncodingDialog(QDialog):
    """Lets a person choose an encoding by how it looks.

    `preview_requested` and `encoding_chosen` carry the name of an encoding.
    """

    preview_requested = Signal(str)
    encoding_chosen = Signal(str)

    def __init__(self, view: ArticleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Read again in another encoding"))
        self.resize(SIZE)
        self._present = view.article.encoding
        self.list = QListWidget()
        self.preview = QPlainTextEdit(readOnly=True)
        self._said = QLabel(wordWrap=True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._cancel = plain_button(self.tr("Cancel"))
        self.accept_button = primary_button(self.tr("Read again"))
        self._lay_out(view)
        self.list.currentItemChanged.connect(self._ask)
        self.list.itemActivated.connect(self._choose)
        self._cancel.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self._choose)

    def begin(self) -> None:
        """Show the dialog with the present encoding chosen."""
        rows = [row for row in range(self.list.count()) if self._is_present(self._encoding(row))]
        self.list.setCurrentRow(rows[0] if rows else 0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.open()

    def chosen(self) -> str:
        """Return the chosen encoding."""
        return self._encoding(self.list.currentRow())

    def show_preview(self, preview: EncodingPreview) -> None:
        """Show what the first lines look like, unless another encoding is chosen by now."""
        if preview.encoding != self.chosen():
            return
        self.preview.setPlainText("\n".join(plain(line, 200) for line in preview.lines))
        if self._is_present(preview.encoding):
            words = self.tr("This is how it was read. Choose the encoding in which the words look right.")
        elif preview.unreadable:
            words = self.tr("%n character(s) of its beginning cannot be read this way.", "", preview.unreadable)
        else:
            words = self.tr("Every character of its beginning can be read this way.")
        self._said.setText(words)
        self._said.setProperty("tone", "warning" if preview.unreadable else "muted")
        self._said.style().polish(self._said)

    def _encoding(self, row: int) -> str:
        return ENCODINGS[row] if 0 <= row < len(ENCODINGS) else ""

    def _is_present(self, encoding: str) -> bool:
        return bool(encoding) and codecs.lookup(encoding).name == self._present

    def _ask(self) -> None:
        chosen = self.chosen()
        self.accept_button.setEnabled(bool(chosen) and not self._is_present(chosen))
        if chosen:
            self.preview_requested.emit(chosen)

    def _choose(self) -> None:
        if self.accept_button.isEnabled():
            self.encoding_chosen.emit(self.chosen())
            self.accept()

    def _lay_out(self, view: ArticleView) -> None:
        title = QLabel(plain(view.source.name, 120))
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setProperty("scale", "heading")
        words = QLabel(
            self.tr(
                "The archived original is read again. What was found and decided in the present text stays with it: "
                "the new text becomes an article of its own beside it, which Undo takes back."
            ),
            wordWrap=True,
        )
        words.setProperty("tone", "muted")
        for encoding in ENCODINGS:
            item = QListWidgetItem(encoding_words(encoding))
            item.setSizeHint(QSize(0, ITEM_HEIGHT))
            self.list.addItem(item)
        self.list.setAccessibleName(self.tr("Encodings"))
        self.list.setFixedWidth(LIST_WIDTH)
        self.preview.setAccessibleName(self.tr("How the first lines look"))
        self.preview.setFont(article_font())
        self.preview.setTabChangesFocus(True)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.list)
        middle.addWidget(self.preview, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._said, 1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.accept_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(title)
        column.addWidget(words)
        column.addLayout(middle, 1)
        column.addLayout(foot)
