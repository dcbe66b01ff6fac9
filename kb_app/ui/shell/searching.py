"""Connects the search box with the knowledge base."""

from __future__ import annotations

from PySide6.QtCore import QObject

from kb_app.ui.search.search_box import SearchBox
from kb_app.ui.shell.open_base import OpenBase
from kb_app.ui.shell.readings import Search


class Searching(QObject):
    """Asks for the answers to what is typed; the latest question wins."""

    def __init__(self, base: OpenBase, box: SearchBox) -> None:
        super().__init__(box)
        self._base = base
        self._box = box
        box.query_requested.connect(self._ask)
        base.opened.connect(self._follow)
        base.leaving.connect(self._follow)
        self._follow()

    def _ask(self, text: str) -> None:
        self._base.read("search", Search(text).read, self._box.show_results)

    def _follow(self) -> None:
        self._box.setEnabled(self._base.is_open)
        if not self._base.is_open:
            self._box.clear()
            self._box.close_popup()
