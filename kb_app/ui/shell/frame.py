"""The whole of the window's content: bars, notices, and between them the first page or the desk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kb_app.ui.notices import NoticeBar
from kb_app.ui.shared.icons import Icons
from kb_app.ui.shell.desk import Desk
from kb_app.ui.shell.status_bar import StatusBar
from kb_app.ui.shell.top_bar import TopBar
from kb_app.ui.shell.welcome import Welcome
from kb_app.ui.theme import Theme


class Frame(QWidget):
    """Holds every widget of the window and knows nothing of what they do."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.top_bar = TopBar(theme, icons)
        self.notices = NoticeBar(icons)
        self.welcome = Welcome(icons)
        self.desk = Desk(theme, icons)
        self.status = StatusBar()
        self._pages = QStackedWidget()
        for page in (self.welcome, self.desk):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.notices)
        column.addWidget(self._pages, 1)
        column.addWidget(self.status)

    def show_welcome(self, recent: tuple[Path, ...]) -> None:
        """Show the first page with the files that were opened lately."""
        self.welcome.show_busy("")
        self.welcome.show_recent(recent)
        self._pages.setCurrentWidget(self.welcome)
        self.welcome.focus_first()

    def show_desk(self) -> None:
        """Show the desk."""
        self._pages.setCurrentWidget(self.desk)

    def is_at_desk(self) -> bool:
        """Tell whether the desk is shown."""
        return self._pages.currentWidget() is self.desk
