"""An article's text set for reading, with marks painted where they are in view."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QToolTip, QWidget

from kb_app.core.article import Article, ZoneKind
from kb_app.core.passage import Span
from kb_app.core.reading import Mark, MarkKind
from kb_app.ui.source_pane.mark_index import MarkIndex
from kb_app.ui.source_pane.mark_painter import paint_found, paint_frame, paint_mark, stretches
from kb_app.ui.source_pane.mark_words import mark_words
from kb_app.ui.source_pane.shown_text import ShownText
from kb_app.ui.theme import Theme, article_font

LONGEST_LINE = 72  # characters
LINE_HEIGHT = 140  # per cent
PARAGRAPH_GAP = 11
PADDING = 14
LAID_OUT_AT_ONCE = 60_000  # UTF-16 units
SMALL_FROM_WIDTH = 520  # a narrow pane has the smaller letters
SITE_ZONES = (ZoneKind.METADATA, ZoneKind.BOILERPLATE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the view shows: an article, its marks, and whether site text and title are unfolded."""

    article: Article
    marks: Sequence[Mark] = ()
    kinds: Collection[MarkKind] = field(default_factory=frozenset)
    site_text: bool = False
    title: bool = False


class ReadingView(QTextEdit):
    """Shows a text that cannot be edited.

    `mark_chosen` carries the mark that was clicked; `reflowed` says that another width has moved what `shares` tells.
    """

    mark_chosen = Signal(object)  # Mark
    reflowed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._reading: Reading | None = None
        self._shown = ShownText("")
        self._index = MarkIndex((), ())
        self._found: tuple[Span, ...] = ()
        self._focus: Span | None = None
        self._document: QTextDocument | None = None  # the first one is Qt's own
        self._pressed = QPoint(-1, -1)
        self.painted_marks = 0  # of the last picture
        self._set_up()
        theme.changed.connect(self._redress)

    def _set_up(self) -> None:
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTextEdit { border: 0; padding: 0; border-radius: 0; }")
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Text of the article"))
        self.viewport().setMouseTracking(True)

    @property
    def shown(self) -> ShownText:
        """Return the text shown and its way to the stored offsets."""
        return self._shown

    @property
    def index(self) -> MarkIndex:
        """Return the marks shown."""
        return self._index

    @property
    def focused(self) -> Span | None:
        """Return the span in the golden frame."""
        return self._focus

    def show_reading(self, reading: Reading) -> None:
        """Show a text, from its top unless it is the one shown already."""
        before, self._reading = self._reading, reading
        self._index = MarkIndex(reading.marks, reading.kinds)
        same = before is not None and before.article is reading.article
        folds = (reading.site_text, reading.title)
        if before is None or not same or folds != (before.site_text, before.title):
            scroll = self.verticalScrollBar().value()
            self._set_text(reading)
            self.verticalScrollBar().setValue(scroll if same else 0)
        if not same:
            self._focus, self._found = None, ()
        self.viewport().update()

    def frame(self, span: Span | None) -> None:
        """Draw the golden frame around a span and bring it into view."""
        self._focus = span
        if span is not None:
            self.bring(span.start)
        self.viewport().update()

    def show_found(self, spans: Sequence[Span]) -> None:
        """Light up what a search found."""
        self._found = tuple(spans)
        self.viewport().update()

    def bring(self, offset: int) -> None:
        """Scroll so that a code point stands in the upper half of the view, if it is not in view already."""
        box = self.cursorRect(self._cursor_at(offset))
        height = self.viewport().height()
        if box.top() < 8 or box.bottom() > height - 24:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + box.top() - height // 3)

    def shares(self, offsets: Sequence[int]) -> list[float]:
        """Return where code points stand, as shares of the text's height, or of the view's where that is taller."""
        if self._is_long():  # its layout comes bit by bit: the offset has to do
            last = max(1, self.document().characterCount() - 1)
            return [self._shown.to_shown(offset) / last for offset in offsets]
        scroll = self.verticalScrollBar().value()
        height = max(self.document().size().height(), self.viewport().height(), 1.0)
        return [(self.cursorRect(self._cursor_at(o)).center().y() + scroll) / height for o in offsets]

    def offset_in_view(self) -> int:
        """Return the first code point in view."""
        return self._shown.to_text(self._place_at(1.0))

    def mark_at(self, point: QPoint) -> Mark | None:
        """Return the mark under a point of the viewport."""
        where = QPointF(point) + QPointF(0, self.verticalScrollBar().value())
        place = self.document().documentLayout().hitTest(where, Qt.HitTestAccuracy.ExactHit)
        return self._index.at(self._shown.to_text(place)) if place >= 0 else None

    def selected_span(self) -> Span | None:
        """Return the selected stretch of the stored text."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start, end = (self._shown.to_text(p) for p in (cursor.selectionStart(), cursor.selectionEnd()))
        return Span(start, max(start, end))

    def selected_text(self) -> str:
        """Return the selected words as they are stored."""
        span = self.selected_span()
        return span.of(self._reading.article.text) if span is not None and self._reading is not None else ""

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.selected_text())
        return data

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_column()
        if event.size().width() != event.oldSize().width() and not self._is_long():
            self.reflowed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self._paint_marks(painter, event.rect().toRectF())
        painter.end()
        super().paintEvent(event)
        if frame:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_frame(painter, frame, self._theme.tokens)
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = event.position().toPoint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        still = (point - self._pressed).manhattanLength() < QApplication.startDragDistance()
        if event.button() is Qt.MouseButton.LeftButton and still and not self.textCursor().hasSelection():
            mark = self.mark_at(point)
            if mark is not None:
                self.mark_chosen.emit(mark)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        mark = self.mark_at(event.position().toPoint()) if not event.buttons() else None
        leads = mark is not None and (mark.entity is not None or mark.claim is not None)
        shape = Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.mark_at(event.pos())
            QToolTip.showText(event.globalPos(), mark_words(mark) if mark is not None else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def _is_long(self) -> bool:
        return self.document().characterCount() > LAID_OUT_AT_ONCE

    def _cursor_at(self, offset: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(self._shown.to_shown(offset), self.document().characterCount() - 1))
        return cursor

    def _place_at(self, y: float) -> int:
        """Return the document's position at a height of the viewport."""
        # within the column: beside it, a text that is still being laid out answers with any place
        point = QPointF(PADDING + 1, max(y + self.verticalScrollBar().value(), PADDING + 1))
        place = self.document().documentLayout().hitTest(point, Qt.HitTestAccuracy.FuzzyHit)
        return max(0, place)

    def _blocks_in_view(self, clip: QRectF) -> list[tuple[QTextBlock, QPointF]]:
        """Return the blocks in a part of the viewport with their corners there."""
        scroll = self.verticalScrollBar().value()
        layout = self.document().documentLayout()
        block = self.document().findBlock(self._place_at(clip.top()))
        blocks: list[tuple[QTextBlock, QPointF]] = []
        while block.isValid():
            corner = layout.blockBoundingRect(block).topLeft() - QPointF(0, scroll)
            if corner.y() > clip.bottom():
                break
            blocks.append((block, corner))
            block = block.next()
        return blocks

    def _paint_marks(self, painter: QPainter, clip: QRectF) -> list[QRectF]:
        tokens = self._theme.tokens
        blocks = self._blocks_in_view(clip)
        self.painted_marks = 0
        if not blocks or self._reading is None:
            return []
        first = self._shown.to_text(blocks[0][0].position())
        last = self._shown.to_text(blocks[-1][0].position() + blocks[-1][0].length())
        for mark in self._index.between(first, last):
            self.painted_marks += 1
            for box in self._boxes(mark.span, blocks):
                if box.intersects(clip):
                    paint_mark(painter, box, mark.kind, tokens)
        for span in self._found:
            if span.start < last and span.end > first:
                for box in self._boxes(span, blocks):
                    paint_found(painter, box, tokens)
        return self._boxes(self._focus, blocks) if self._focus is not None else []

    def _boxes(self, span: Span, blocks: Sequence[tuple[QTextBlock, QPointF]]) -> list[QRectF]:
        start, end = self._shown.span_shown(span)
        metrics = QFontMetricsF(self.font())
        return [
            box.translated(corner)
            for block, corner in blocks
            if start < block.position() + block.length() and end > block.position()
            for box in stretches(block, start, end, metrics)
        ]

    def _set_text(self, reading: Reading) -> None:
        article = reading.article
        self._shown = ShownText(article.text, self._hidden(reading))
        self.setFont(article_font(14 if self.width() < SMALL_FROM_WIDTH else 15))
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(PADDING)
        form = QTextBlockFormat()
        form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setBottomMargin(PARAGRAPH_GAP)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()  # outside one, the cursor has all the text laid out at once
        cursor.setBlockFormat(form)  # further paragraphs take it over
        cursor.insertText(self._shown.text)
        cursor.endEditBlock()
        ours = self._document
        self._document = document
        self.setDocument(document)
        if ours is not None:
            ours.deleteLater()
        self._dress_zones(reading)

    def _hidden(self, reading: Reading) -> list[Span]:
        article = reading.article
        hidden = [] if reading.site_text else [zone.span for zone in article.zones if zone.kind in SITE_ZONES]
        title = article.title_span
        # the title stands above the text already
        if title is not None and not reading.title and title.end < len(article.text):
            hidden.append(title)
        return hidden

    def _dress_zones(self, reading: Reading) -> None:
        tokens = self._theme.tokens
        looks: dict[ZoneKind, Callable[[QTextCharFormat], None]] = {
            ZoneKind.METADATA: lambda form: form.setForeground(QColor(tokens.muted)),
            ZoneKind.BOILERPLATE: lambda form: form.setForeground(QColor(tokens.muted)),
            ZoneKind.CAPTION: lambda form: form.setForeground(QColor(tokens.muted)),
            ZoneKind.SUBHEAD: lambda form: form.setFontWeight(QFont.Weight.Bold),
            ZoneKind.TITLE: lambda form: form.setFontWeight(QFont.Weight.Bold),
        }
        spans = [(zone.span, zone.kind) for zone in reading.article.zones]
        if reading.title and reading.article.title_span is not None:
            spans.append((reading.article.title_span, ZoneKind.TITLE))
        for span, kind in spans:
            start, end = self._shown.span_shown(span)
            if start < end:
                form = QTextCharFormat()
                looks[kind](form)
                cursor = QTextCursor(self.document())
                cursor.setPosition(start)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(form)

    def _fit_column(self) -> None:
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        longest = round(QFontMetricsF(self.font()).averageCharWidth() * LONGEST_LINE) + 2 * PADDING
        side = max(0, (room - longest) // 2)
        margins = self.viewportMargins()
        if margins.left() != side:
            self.setViewportMargins(side, 0, side, 0)

    def _redress(self) -> None:
        if self._reading is not None:
            self._dress_zones(self._reading)
        self.viewport().update()
