"""The page of a window without a knowledge base: what to begin with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kb_app.ui.shared.buttons import link_button, plain_button, primary_button
from kb_app.ui.shared.elided_label import ElidedLabel
from kb_app.ui.shared.icons import Icons

CARD_WIDTH = 620
ROW_HEIGHT = 42
RECENT_SHOWN = 5


class Welcome(QWidget):
    """Offers the sample, an import, an existing file, a new one. `command_requested` carries a command's id.

    `file_requested` carries the path of a file that was opened lately.
    """

    command_requested = Signal(str)
    file_requested = Signal(object)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icons = icons
        self._commands: dict[QPushButton, str] = {}
        self._files: dict[QPushButton, Path] = {}
        self._lines: list[QWidget] = []
        self._busy = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._busy.setTextFormat(Qt.TextFormat.PlainText)
        self._recent = QVBoxLayout()
        self._recent_title = QLabel(self.tr("Opened lately"))
        self._card = QFrame()
        self._lay_out()
        self.show_recent(())
        self.show_busy("")

    def show_recent(self, paths: tuple[Path, ...]) -> None:
        """Offer the files that were opened lately."""
        while self._lines:
            self._lines.pop().deleteLater()
        self._files.clear()
        for path in paths[:RECENT_SHOWN]:
            self._recent.addWidget(self._recent_line(path))
        self._recent_title.setVisible(bool(paths))

    def show_busy(self, words: str) -> None:
        """Say what is being opened, "" for nothing."""
        self._busy.setText(words)
        self._busy.setVisible(bool(words))
        for button in (*self._commands, *self._files):
            button.setEnabled(not words)

    def focus_first(self) -> None:
        """Give the keyboard to the first button."""
        next(iter(self._commands)).setFocus(Qt.FocusReason.OtherFocusReason)

    def _recent_line(self, path: Path) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        button = link_button(path.name.replace("&", "&&"))
        button.setAccessibleName(self.tr("Open {0}").format(path.name))
        folder = ElidedLabel(str(path.parent))
        folder.setProperty("tone", "muted")
        folder.setProperty("scale", "small")
        row.addWidget(button)
        row.addWidget(folder, 1)
        button.clicked.connect(self._open_recent)
        self._files[button] = path
        self._lines.append(line)
        return line

    def _open_recent(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton) and button in self._files:
            self.file_requested.emit(self._files[button])

    def _request(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton) and button in self._commands:
            self.command_requested.emit(self._commands[button])

    def _lay_out(self) -> None:
        self._card.setObjectName("welcomeCard")
        self._card.setFixedWidth(CARD_WIDTH)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(36, 30, 36, 26)
        inside.setSpacing(10)
        title = QLabel(self.tr("Welcome to Kartoteka"))
        title.setProperty("scale", "title")
        words = QLabel(
            self.tr(
                "Import news articles; Kartoteka finds the people, institutions, events and statements in them and "
                "links every fact to the sentence it rests on. Everything stays on this computer."
            ),
            wordWrap=True,
        )
        words.setProperty("tone", "muted")
        inside.addWidget(title)
        inside.addWidget(words)
        inside.addSpacing(10)
        inside.addLayout(self._choices())
        self._recent_title.setProperty("tone", "muted")
        self._recent_title.setProperty("scale", "small")
        inside.addSpacing(8)
        inside.addWidget(self._recent_title)
        self._recent.setSpacing(0)
        inside.addLayout(self._recent)
        self._busy.setProperty("tone", "muted")
        inside.addWidget(self._busy)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter)
        hint = QLabel(self.tr("You can also drop files or folders here."), alignment=Qt.AlignmentFlag.AlignCenter)
        hint.setProperty("tone", "muted")
        column.addSpacing(10)
        column.addWidget(hint)
        column.addStretch(3)

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        choices = (
            ("open_sample", "book-open-line", self.tr("Open the sample"), self.tr("twelve articles, ready to explore")),
            (
                "import",
                "download-line",
                self.tr("Import articles…"),
                self.tr("pages, documents, mails, archives, folders"),
            ),
            ("open", "folder-open-line", self.tr("Open a knowledge base…"), self.tr("a .kb file from this computer")),
            ("new", "file-add-line", self.tr("New knowledge base…"), self.tr("an empty one, in a file of its own")),
        )
        for row, (command, icon, text, explained) in enumerate(choices):
            button = primary_button(text) if row == 0 else plain_button(text)
            self._icons.dress(button, icon, "on_accent" if row == 0 else "muted")
            button.setMinimumSize(230, 34)
            button.clicked.connect(self._request)
            self._commands[button] = command
            words = QLabel(explained)
            words.setProperty("tone", "muted")
            grid.setRowMinimumHeight(row, ROW_HEIGHT)
            grid.addWidget(button, row, 0)
            grid.addWidget(words, row, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(1, 1)
        return grid
