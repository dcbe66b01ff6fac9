"""The help pages in a plain window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from kb_app.resources import resource_path
from kb_app.ui.theme import Theme

SIZE = QSize(900, 640)
ITEM_HEIGHT = 30
HEADING_GAP = 14
PARAGRAPH_GAP = 7
FIRST_PAGE = "first-steps.md"
PAGES = (
    FIRST_PAGE,
    "reading-a-card.md",
    "timeline.md",
    "corrections.md",
    "originals-and-imports.md",
    "documents.md",
    "archives-and-mails.md",
    "feeds-and-tables.md",
    "sources-and-grades.md",
    "origins.md",
    "files-and-safety.md",
    "foreign-files.md",
    "command-line.md",
    "sources-at-the-terminal.md",
)


class HelpWindow(QWidget):
    """Shows the pages of resources/help; links lead from one to another and nowhere else."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Kartoteka Help"))
        self.resize(SIZE)
        self._theme = theme
        self._contents = QListWidget()
        self._page = QTextBrowser()
        self._lay_out()
        self._contents.currentItemChanged.connect(self._take_item)
        self._page.anchorClicked.connect(self._take_link)
        theme.changed.connect(self._dress)
        self.show_page(FIRST_PAGE)

    def show_page(self, name: str) -> None:
        """Show a page by its file name."""
        for row in range(self._contents.count()):
            if self._contents.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self._contents.setCurrentRow(row)

    def page_text(self) -> str:
        """Return the text of the shown page."""
        return self._page.toPlainText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _take_item(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._page.setMarkdown(_read(item.data(Qt.ItemDataRole.UserRole)))
            self._space_out()
            self._page.moveCursor(self._page.textCursor().MoveOperation.Start)

    def _take_link(self, link: QUrl) -> None:
        if link.isRelative():
            self.show_page(link.path())

    def _space_out(self) -> None:
        """Give headings and paragraphs room, which Markdown leaves out."""
        block = self._page.document().begin()
        while block.isValid():
            spaced = block.blockFormat()
            spaced.setTopMargin(HEADING_GAP if spaced.headingLevel() else 0)
            spaced.setBottomMargin(PARAGRAPH_GAP)
            QTextCursor(block).setBlockFormat(spaced)
            block = block.next()

    def _dress(self) -> None:
        # the colour of links is fixed when a page is set
        self._take_item(self._contents.currentItem())

    def _lay_out(self) -> None:
        for name in PAGES:
            item = QListWidgetItem(_title(_read(name)))
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setSizeHint(QSize(0, ITEM_HEIGHT))
            self._contents.addItem(item)
        self._contents.setAccessibleName(self.tr("Pages"))
        self._contents.setMinimumWidth(170)
        self._page.setOpenLinks(False)
        self._page.document().setDocumentMargin(24)
        self._page.setAccessibleName(self.tr("Page"))
        split = QSplitter()
        split.addWidget(self._contents)
        split.addWidget(self._page)
        split.setStretchFactor(1, 1)
        split.setHandleWidth(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)


def _read(name: str) -> str:
    path: Path = resource_path("help", name)
    return path.read_text("utf-8")


def _title(text: str) -> str:
    return text.lstrip("# ").partition("\n")[0]
