"""The bar at the window's top: menus, the knowledge base's name, back and forward, search, undo, import."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QPushButton, QToolButton, QWidget

from kb_app.ui.search.search_box import SearchBox
from kb_app.ui.shared.buttons import icon_button, plain_button, primary_button
from kb_app.ui.shared.elided_label import ElidedLabel
from kb_app.ui.shared.icons import Icons
from kb_app.ui.theme import Theme

HEIGHT = 46
NAME_WIDTH = 190
SEARCH_WIDTH = 520


class TopBar(QWidget):
    """Holds the menus and the buttons of the commands that are used most."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._icons = icons
        self.menu_bar = QMenuBar()
        self.search = SearchBox(theme, icons)
        self._name = ElidedLabel()
        self._back = icon_button(self.tr("Back"))
        self._forward = icon_button(self.tr("Forward"))
        self._undo = plain_button(self.tr("Undo"))
        self._redo = icon_button(self.tr("Redo"))
        self._import = primary_button(self.tr("Import…"))
        self._bound: list[tuple[QPushButton | QToolButton, QAction]] = []
        self._lay_out()

    def show_name(self, name: str, tip: str = "") -> None:
        """Show the knowledge base's name."""
        self._name.setText(name)
        self._name.setAccessibleDescription(tip)

    def bind(self, back_forward: tuple[QAction, QAction], undo_redo: tuple[QAction, QAction], imports: QAction) -> None:
        """Let the buttons do what the commands do."""
        pairs: list[tuple[QPushButton | QToolButton, QAction]] = [
            (self._back, back_forward[0]),
            (self._forward, back_forward[1]),
            (self._undo, undo_redo[0]),
            (self._redo, undo_redo[1]),
            (self._import, imports),
        ]
        for button, action in pairs:
            button.clicked.connect(action.trigger)
            action.changed.connect(self._follow)
        self._bound = pairs
        self._follow()

    def _follow(self) -> None:
        for button, action in self._bound:
            button.setEnabled(action.isEnabled())
            keys = action.shortcut().toString()
            wording = action.text().replace("&", "").rstrip("…")
            button.setToolTip(f"{wording}  ({keys})" if keys else wording)

    def _lay_out(self) -> None:
        self._name.setProperty("scale", "heading")
        self._name.setMaximumWidth(NAME_WIDTH)
        self._icons.dress(self._back, "arrow-left-line", "muted")
        self._icons.dress(self._forward, "arrow-right-line", "muted")
        self._icons.dress(self._undo, "arrow-go-back-line", "muted", 14)
        self._icons.dress(self._redo, "arrow-go-forward-line", "muted")
        self._icons.dress(self._import, "add-line", "on_accent", 14)
        self.search.setMaximumWidth(SEARCH_WIDTH)
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 0, 12, 0)
        line.setSpacing(4)
        line.addWidget(self.menu_bar, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addSpacing(6)
        line.addWidget(self._name)
        line.addWidget(self._back)
        line.addWidget(self._forward)
        line.addStretch(1)
        line.addWidget(self.search, 8)
        line.addStretch(1)
        line.addWidget(self._undo)
        line.addWidget(self._redo)
        line.addSpacing(6)
        line.addWidget(self._import)
