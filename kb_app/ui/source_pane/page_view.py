"""The pages of an archived original, one at a time, with zoom and the passage marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QIntValidator, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from kb_app.core.article import Article
from kb_app.core.ids import ArticleId
from kb_app.core.offsets import PageOffsets
from kb_app.core.original import PagePicture, PictureSize
from kb_app.core.passage import Span
from kb_app.core.sentence import sentence_around
from kb_app.ui.shared.buttons import icon_button, link_button
from kb_app.ui.shared.icons import Icons
from kb_app.ui.source_pane.page_canvas import PageCanvas
from kb_app.ui.theme import Theme

ZOOM_STEP = 1.25
LEAST_ZOOM, MOST_ZOOM = 0.25, 6.0
SCREEN_POINTS = 96 / 72  # pixels a point at 100 %
MARGIN = 10
SETTLING_MS = 120  # a window that is being resized asks for a page when it has come to rest
FIELD_WIDTH = 46


@dataclass(frozen=True, slots=True)
class PageWish:
    """A page of an article's original that is to be drawn so many pixels of the screen wide."""

    article: ArticleId
    page: int
    width: int


class PageView(QWidget):
    """Shows page pictures. `page_requested` carries a PageWish, `text_wanted` the code point that was clicked."""

    page_requested = Signal(object)
    text_wanted = Signal(int)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._article: ArticleId | None = None
        self._text = ""
        self._offsets = PageOffsets(())
        self._page = 0
        self._arrived_at = 0  # the page to which a passage or a wish for one led
        self._shape: PictureSize | None = None
        self._marked: tuple[Span, Span] | None = None
        self._zoom: float | None = None  # None: as wide as the view
        self._bring_mark = False
        self.canvas = PageCanvas(theme)
        self.area = QScrollArea()
        self.field = QLineEdit()
        self.total = QLabel()
        self.zoom_words = QLabel()
        self.busy = QLabel(wordWrap=True)
        self.busy.setTextFormat(Qt.TextFormat.PlainText)
        self.back = icon_button(self.tr("Previous page (Page Up)"))
        self.forth = icon_button(self.tr("Next page (Page Down)"))
        self.smaller = icon_button(self.tr("Smaller (Ctrl+−)"))
        self.larger = icon_button(self.tr("Larger (Ctrl++)"))
        self.fit = link_button(self.tr("Fit width"))
        self._settling = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._lay_out(icons)
        self._connect()

    @property
    def page(self) -> int:
        """Return the number of the page in view, from 0."""
        return self._page

    def show_article(self, number: ArticleId, article: Article) -> None:
        """Begin with the pages of another article, without asking for one yet."""
        if number == self._article and article.text is self._text:
            return
        self._article, self._text = number, article.text
        self._offsets = PageOffsets(article.page_map, article.text)
        self._page = self._arrived_at = 0
        self._shape = self._marked = None
        self.canvas.show_picture(None)
        self.canvas.show_boxes((), ())

    def mark(self, span: Span) -> None:
        """Mark a passage with its sentence and show the page on which it begins."""
        self._marked = span, sentence_around(self._text, span)
        self._bring_mark = True
        self.go(self._offsets.page_of(span.start) or 0)

    def bring(self, offset: int) -> None:
        """Show the page on which a code point of the clean text stands."""
        self.go(self._offsets.page_of(offset) or 0)

    def go(self, page: int) -> None:
        """Show a page."""
        last = self._shape.pages - 1 if self._shape is not None else page
        self._page = self._arrived_at = max(0, min(page, last))
        self._ask()

    def turn(self, by: int) -> None:
        """Go some pages on or back, as a reader who looks round."""
        arrived = self._arrived_at
        self.go(self._page + by)
        self._arrived_at = arrived
        self.area.verticalScrollBar().setValue(0)

    def offset_in_view(self) -> int | None:
        """Return the first code point of a page to which the reader has turned, None on the one that was opened."""
        return None if self._page == self._arrived_at else self._offsets.first_on(self._page)

    def show_picture(self, article: ArticleId, picture: PagePicture) -> None:
        """Show a page that was drawn, if it is the one in view."""
        if article != self._article or picture.size.page != self._page:
            return
        self._shape = picture.size
        self.busy.hide()
        self.canvas.show_picture(picture)
        self._stand()
        self._show_state()
        self._show_boxes()

    def say(self, words: str) -> None:
        """Say why the page in view cannot be shown; the others can still be turned to."""
        self.canvas.show_picture(None)
        self.busy.setText(words)
        self.busy.show()

    def set_zoom(self, zoom: float | None) -> None:
        """Show pages larger or smaller; None is as wide as the view."""
        self._zoom = None if zoom is None else min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
        self._stand()
        self._show_state()
        self._settling.start()

    def zoom(self) -> float:
        """Return how large the page is shown, 1 being its size on paper."""
        return self.canvas.width() / (self._points() * SCREEN_POINTS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._article is not None and self._zoom is None:
            self._stand()
            self._settling.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._settling.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._take_key(event):
            return True
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        bar = self.area.verticalScrollBar()
        key = event.key()
        if key == Qt.Key.Key_PageDown and bar.value() == bar.maximum():
            self.turn(1)
        elif key == Qt.Key.Key_PageUp and bar.value() == bar.minimum():
            self.turn(-1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self._shape.pages if self._shape is not None else 0
            self.turn(-last if key == Qt.Key.Key_Home else last)
        else:
            return False
        return True

    def _ask(self) -> None:
        self._show_state()
        self._show_boxes()
        if self._article is not None and self.isVisible():
            self._stand()
            self.busy.setText(self.tr("Drawing the page…"))
            self.busy.show()
            width = round(self.canvas.width() * self.devicePixelRatioF())
            self.page_requested.emit(PageWish(self._article, self._page, width))

    def _stand(self) -> None:
        room = self.area.viewport().width() - 2 * MARGIN
        wide = room if self._zoom is None else round(self._points() * SCREEN_POINTS * self._zoom)
        self.canvas.stand(max(50, wide), self._shape)

    def _points(self) -> float:
        return self._shape.points_wide if self._shape is not None else 595.0

    def _show_state(self) -> None:
        pages = self._shape.pages if self._shape is not None else 0
        self.field.setText(str(self._page + 1))
        self.total.setText(self.tr("of %1").replace("%1", str(pages)) if pages else "")
        self.back.setEnabled(self._page > 0)
        self.forth.setEnabled(self._page < pages - 1)
        self.zoom_words.setText(f"{round(self.zoom() * 100)} %")
        self.fit.setEnabled(self._zoom is not None)
        words = self.tr("Page %1 of %2").replace("%1", str(self._page + 1)).replace("%2", str(pages))
        self.canvas.setAccessibleName(words)

    def _show_boxes(self) -> None:
        if self._marked is None:
            return
        passage, sentence = (
            tuple(box for box in self._offsets.boxes_of(span) if box.page == self._page) for span in self._marked
        )
        self.canvas.show_boxes(sentence, passage)
        if self._bring_mark and passage and self._shape is not None and self._shape.page == self._page:
            self._bring_mark = False
            box = self.canvas.box_on_screen(passage[0]).toRect()
            self.area.ensureVisible(box.left(), box.center().y(), 20, self.area.viewport().height() // 3)

    def _take_place(self, place: QPointF) -> None:
        offset = self._offsets.at(self._page, place.x(), place.y())
        if offset is not None:
            self.text_wanted.emit(offset)

    def _take_number(self) -> None:
        number = self.field.text()
        self.turn(int(number) - 1 - self._page if number.isdigit() else 0)

    def _settle(self) -> None:
        if self._article is not None:
            self._ask()

    def _connect(self) -> None:
        deeds: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl++", self._enlarge),
            ("Ctrl+=", self._enlarge),
            ("Ctrl+-", self._reduce),
            ("Ctrl+0", self._fit),
        )
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, deed in deeds:
            QShortcut(QKeySequence(keys), self, context=inside).activated.connect(deed)
        self.back.clicked.connect(self._turn_back)
        self.forth.clicked.connect(self._turn_forth)
        self.smaller.clicked.connect(self._reduce)
        self.larger.clicked.connect(self._enlarge)
        self.fit.clicked.connect(self._fit)
        self.field.returnPressed.connect(self._take_number)
        self.canvas.place_chosen.connect(self._take_place)
        self._settling.timeout.connect(self._settle)
        self.area.installEventFilter(self)

    def _enlarge(self) -> None:
        self.set_zoom(self.zoom() * ZOOM_STEP)

    def _reduce(self) -> None:
        self.set_zoom(self.zoom() / ZOOM_STEP)

    def _fit(self) -> None:
        self.set_zoom(None)

    def _turn_back(self) -> None:
        self.turn(-1)

    def _turn_forth(self) -> None:
        self.turn(1)

    def _lay_out(self, icons: Icons) -> None:
        for button, icon in (
            (self.back, "arrow-left-s-line"),
            (self.forth, "arrow-right-s-line"),
            (self.smaller, "subtract-line"),
            (self.larger, "add-line"),
        ):
            icons.dress(button, icon)
        self.field.setFixedWidth(FIELD_WIDTH)
        self.field.setValidator(QIntValidator(1, 999_999, self))
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setAccessibleName(self.tr("Page number"))
        self.area.setWidget(self.canvas)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(self.tr("Archived original, page by page"))
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.area)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(4)
        turning: tuple[QWidget, ...] = (self.back, self.field, self.total, self.forth)
        for part in turning:
            row.addWidget(part)
        row.addStretch()
        row.addWidget(self.busy)
        row.addStretch()
        zooming: tuple[QWidget, ...] = (self.smaller, self.zoom_words, self.larger, self.fit)
        for part in zooming:
            row.addWidget(part)
        for label in (self.total, self.zoom_words, self.busy):
            label.setProperty("tone", "muted")
            label.setProperty("scale", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.area, 1)
