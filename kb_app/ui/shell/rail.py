"""The rail of places at the window's left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from kb_app.ui.shared.icons import Icons
from kb_app.ui.shell.places import Place
from kb_app.ui.theme import RADIUS, Theme, blend, interface_font

RAIL_WIDTH = 64
BUTTON = QSize(56, 50)
ICON_PIXELS = 20
LABEL_PIXELS = 10
PLACE_ICONS = {
    Place.SOURCES: "newspaper-line",
    Place.PEOPLE: "user-3-line",
    Place.INSTITUTIONS: "government-line",
    Place.TIMELINE: "bar-chart-horizontal-line",
}


class RailButton(QAbstractButton):
    """One place: an icon over its name."""

    def __init__(self, theme: Theme, icons: Icons, icon: str) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._icon = icon
        self.setCheckable(True)
        self.setFixedSize(BUTTON)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self._dress)
        icons.dress(self, icon, "rail_ink", ICON_PIXELS)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self.isChecked() or self.underMouse():
            strength = 1.0 if self.isChecked() else 0.5
            painter.setBrush(QColor(blend(tokens.rail_selected, tokens.rail, strength)))
            painter.drawRoundedRect(ground, RADIUS, RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.rail_bright), 1.5))
            painter.drawRoundedRect(ground, RADIUS, RADIUS)
        self.icon().paint(painter, QRect((self.width() - ICON_PIXELS) // 2, 8, ICON_PIXELS, ICON_PIXELS))
        painter.setFont(interface_font(LABEL_PIXELS))
        painter.setPen(QColor(tokens.rail_bright if self.isChecked() else tokens.rail_ink))
        painter.drawText(QRect(0, 30, self.width(), 14), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def _dress(self, checked: bool) -> None:
        self._icons.dress(self, self._icon, "rail_bright" if checked else "rail_ink", ICON_PIXELS)


class Rail(QWidget):
    """The places, one of them chosen. `place_requested` carries a Place."""

    place_requested = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(RAIL_WIDTH)
        self.setAccessibleName(self.tr("Places"))
        self._places = tuple(Place)
        self._buttons = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 4, 8)
        column.setSpacing(4)
        for number, place in enumerate(self._places):
            button = RailButton(theme, icons, PLACE_ICONS[place])
            self._name(button, place)
            self._buttons.addButton(button, number)
            column.addWidget(button)
        column.addStretch()
        self._buttons.idClicked.connect(self._take_click)
        theme.changed.connect(self.update)

    def show_place(self, place: Place) -> None:
        """Mark a place as the chosen one."""
        self._buttons.button(self._places.index(place)).setChecked(True)

    def _take_click(self, number: int) -> None:
        self.place_requested.emit(self._places[number])

    def _name(self, button: RailButton, place: Place) -> None:
        names = {
            Place.SOURCES: (self.tr("Sources"), self.tr("Sources")),
            Place.PEOPLE: (self.tr("People"), self.tr("People")),
            Place.INSTITUTIONS: (self.tr("Institut."), self.tr("Institutions")),
            Place.TIMELINE: (self.tr("Timeline"), self.tr("Timeline")),
        }
        short, whole = names[place]
        button.setText(short)
        button.setAccessibleName(whole)
        button.setToolTip(f"{whole}  (Ctrl+{self._places.index(place) + 1})")
