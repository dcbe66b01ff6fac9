"""The picture of a page with the boxes of the passage marked on it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kb_app.core.article import PageRun
from kb_app.core.original import PagePicture, PictureSize
from kb_app.ui.theme import Theme

GROWN = 1.5  # points that a mark stands out from its line
_BYTES_A_PIXEL = 4


class PageCanvas(QWidget):
    """Paints a page at a width. `place_chosen` carries the place that was clicked, in points of the page."""

    place_chosen = Signal(QPointF)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image = QImage()
        self._size: PictureSize | None = None
        self._sentence: tuple[PageRun, ...] = ()
        self._passage: tuple[PageRun, ...] = ()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def show_picture(self, picture: PagePicture | None) -> None:
        """Show a page, or an empty sheet."""
        self._size = picture.size if picture is not None else None
        self._image = _image_of(picture) if picture is not None else QImage()
        self.update()

    def show_boxes(self, sentence: tuple[PageRun, ...], passage: tuple[PageRun, ...]) -> None:
        """Mark the boxes of a sentence, and more strongly those of the passage in it."""
        self._sentence, self._passage = sentence, passage
        self.update()

    def stand(self, width: int, shape: PictureSize | None) -> None:
        """Take a width and the height that a page of this shape has then."""
        ratio = shape.points_high / shape.points_wide if shape is not None else 2**0.5
        self.setFixedSize(QSize(width, max(1, round(width * ratio))))

    def box_on_screen(self, box: PageRun) -> QRectF:
        """Return where a box of the page stands in the widget."""
        scale = self._scale()
        return QRectF(box.left * scale, box.top * scale, (box.right - box.left) * scale, (box.bottom - box.top) * scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor("white"))
        if not self._image.isNull():
            painter.drawImage(self.rect(), self._image)
        painter.setPen(QPen(QColor(self._theme.tokens.line)))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._size is not None:
            self._paint_boxes(painter)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._size is not None:
            self.place_chosen.emit(event.position() / self._scale())

    def _paint_boxes(self, painter: QPainter) -> None:
        # ink stays black under a multiplied colour, as under a marker pen
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setPen(Qt.PenStyle.NoPen)
        grown = GROWN * self._scale()
        for boxes, colour in ((self._sentence, QColor("#FFF3C4")), (self._passage, QColor("#FFD54A"))):
            painter.setBrush(colour)
            for box in boxes:
                painter.drawRoundedRect(self.box_on_screen(box).adjusted(-grown, -grown, grown, grown), 2, 2)

    def _scale(self) -> float:
        """Return how many pixels of the widget a point has."""
        return self.width() / self._size.points_wide if self._size is not None else 1.0


def _image_of(picture: PagePicture) -> QImage:
    size = picture.size
    image = QImage(picture.pixels, size.width, size.height, size.width * _BYTES_A_PIXEL, QImage.Format.Format_RGB32)
    return image.copy()  # the picture's bytes may go before the image does
