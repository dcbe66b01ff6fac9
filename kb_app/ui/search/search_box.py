"""The one search box for everything."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from kb_app.core.search import SearchHit, SearchResults
from kb_app.ui.search.search_popup import SearchPopup
from kb_app.ui.shared.buttons import icon_button
from kb_app.ui.shared.icons import Icons
from kb_app.ui.theme import SMALL_PIXELS, Theme, interface_font

TYPING_PAUSE_MS = 120
POPUP_WIDTH = 600


class SearchBox(QLineEdit):
    """Asks while one types and shows the answers below.

    `query_requested` carries the text, `hit_requested` a SearchHit; `left` says that the keyboard is wanted elsewhere.
    """

    query_requested = Signal(str)
    hit_requested = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchBox")
        self._theme = theme
        self._popup: SearchPopup | None = None
        self._enter_waits = False
        self._typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._sign = icon_button("", self)
        self._sign.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        icons.dress(self._sign, "search-line", "muted", 14)
        self.setTextMargins(0, 0, 44, 0)
        self.setPlaceholderText(self.tr("Search people, institutions, events, full text…"))
        self.setAccessibleName(self.tr("Search everything"))
        self.textEdited.connect(self._take_edit)
        self._typing.timeout.connect(self._ask)

    def show_results(self, results: SearchResults) -> None:
        """Show the answers to what is in the box; answers to something else are late and dropped."""
        if results.query != self._wanted() or not self._wanted():
            return
        popup = self._made_popup()
        self._place(popup)
        popup.show_results(results)
        if self._enter_waits:
            self._enter_waits = False
            popup.choose_current()

    def open(self) -> None:
        """Take the keyboard and mark what is in the box."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def is_waiting(self) -> bool:
        """Tell whether a typed query has not been asked yet."""
        return self._typing.isActive()

    def popup(self) -> SearchPopup | None:
        """Return the answers, once there were any."""
        return self._popup

    def close_popup(self) -> None:
        """Hide the answers."""
        if self._popup is not None:
            self._popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        popup = self._popup if self._popup is not None and self._popup.isVisible() else None
        if key == Qt.Key.Key_Escape:
            self._escape(popup)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(popup, 1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(popup)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.close_popup()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sign.move(6, (self.height() - self._sign.sizeHint().height()) // 2)
        if self._popup is not None and self._popup.isVisible():
            self._place(self._popup)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() or self.hasFocus():
            return
        painter = QPainter(self)
        painter.setFont(interface_font(SMALL_PIXELS))
        painter.setPen(QColor(self._theme.tokens.muted))
        place = self.rect().adjusted(0, 0, -12, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, "Ctrl K")
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self._popup is not None:
            self._place(self._popup)
        return False

    def _take_edit(self) -> None:
        if self._wanted():
            self._typing.start()
        else:
            self._typing.stop()
            self.close_popup()

    def _wanted(self) -> str:
        return self.text().strip()

    def _ask(self) -> None:
        if self._wanted():
            self.query_requested.emit(self._wanted())

    def _escape(self, popup: SearchPopup | None) -> None:
        self._typing.stop()
        if popup is not None:
            popup.hide()
        elif self.text():
            self.clear()
        else:
            self.clearFocus()
            self.left.emit()

    def _move(self, popup: SearchPopup | None, step: int) -> None:
        if popup is not None:
            popup.move_choice(step)
        elif self._wanted():
            self._ask()

    def _enter(self, popup: SearchPopup | None) -> None:
        if popup is not None and not self._typing.isActive():
            popup.choose_current()
        elif self._wanted():
            self._typing.stop()
            self._enter_waits = True
            self._ask()

    def _take_hit(self, hit: SearchHit) -> None:
        self.close_popup()
        self.hit_requested.emit(hit)

    def _made_popup(self) -> SearchPopup:
        if self._popup is None:
            self._popup = SearchPopup(self._theme, self.window())
            self._popup.hit_requested.connect(self._take_hit)
            self.window().installEventFilter(self)
        return self._popup

    def _place(self, popup: SearchPopup) -> None:
        window = self.window()
        width = min(max(self.width(), POPUP_WIDTH), window.width() - 24)
        corner = self.mapTo(window, QPoint(0, self.height() + 3))
        left = min(corner.x() - (width - self.width()) // 2, window.width() - width - 12)
        popup.setFixedWidth(width)
        popup.move(max(12, left), corner.y())
