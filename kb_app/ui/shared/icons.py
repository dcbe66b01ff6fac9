"""The icons of the window, loaded after the first picture because the font is slow to load."""

from __future__ import annotations

import os
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QAbstractButton
from shiboken6 import isValid

from kb_app.ui.theme import Theme, blend

ICON_PIXELS = 16
DIMMED = 0.38  # of the colour is left where a button is disabled
SCALES = (1.0, 1.25, 1.5, 2.0, 3.0)  # of displays
# one font of the many that come with qtawesome: all of them take half a second
FONT = ("ri", "remixicon-2.5.0.ttf", "remixicon-charmap-2.5.0.json")


class Icons(QObject):
    """Gives icons by name ("add", "user", ...; Remix Icon names without prefix), blank until `load` was called.

    `ready` says that icons can be had now.
    """

    ready = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._font: Any = None
        self._made: dict[tuple[str, str, int], QIcon] = {}
        self._dressed: WeakKeyDictionary[QAbstractButton | QAction, tuple[str, str, int]] = WeakKeyDictionary()
        theme.changed.connect(self._dress_all)

    @property
    def is_ready(self) -> bool:
        """Tell whether the font is loaded."""
        return self._font is not None

    def load(self) -> None:
        """Load the icon font; the window must have been painted."""
        if self._font is not None:
            return
        os.environ.setdefault("QT_API", "pyside6")
        from qtawesome.iconic_font import IconicFont  # late: it would hold up the first picture

        self._font = IconicFont(FONT)
        self._dress_all()
        self.ready.emit()

    def icon(self, name: str, colour: str, pixels: int = ICON_PIXELS) -> QIcon:
        """Return an icon in a colour ("#RRGGBB") and size, or a blank one before `ready`."""
        if self._font is None:
            return QIcon()
        key = (name, colour, pixels)
        if key not in self._made:
            self._made[key] = self._draw(name, colour, pixels)
        return self._made[key]

    def dress(self, item: QAbstractButton | QAction, name: str, token: str = "ink", pixels: int = ICON_PIXELS) -> None:
        """Give a button or action an icon in the colour of a token, now and whenever the theme changes."""
        self._dressed[item] = (name, token, pixels)
        if isinstance(item, QAbstractButton):
            item.setIconSize(QSize(pixels, pixels))
        item.setIcon(self.icon(name, getattr(self._theme.tokens, token), pixels))

    def _draw(self, name: str, colour: str, pixels: int) -> QIcon:
        # qtawesome's own icon is painted by Python, and may outlive its painter when Python takes things down
        dimmed = blend(colour, self._theme.tokens.panel, DIMMED)
        icon = QIcon()
        for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, dimmed)):
            painted: QIcon = self._font.icon(f"{FONT[0]}.{name}", color=ink)
            for scale in SCALES:
                side = round(pixels * scale)
                icon.addPixmap(painted.pixmap(QSize(side, side), 1.0), mode)
        self._font.icon_cache.clear()
        return icon

    def _dress_all(self) -> None:
        if self._font is None:
            return
        for item, (name, token, pixels) in list(self._dressed.items()):
            if isValid(item):  # the wrapper may outlive the widget
                item.setIcon(self.icon(name, getattr(self._theme.tokens, token), pixels))
