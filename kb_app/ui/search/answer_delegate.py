"""How an answer looks: sign of its kind, title, second line, with the matched words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kb_app.core.entity import EntityType
from kb_app.core.passage import Span
from kb_app.core.search import HitKind, SearchHit
from kb_app.ui.search.answers import LINE_ROLE, AnswerLine, AnswersModel
from kb_app.ui.shared.grades import GRADE_WIDTH, paint_grade
from kb_app.ui.shared.monogram import paint_monogram
from kb_app.ui.theme import SMALL_PIXELS, Theme, interface_font, tint

HEADING_HEIGHT = 26
HIT_HEIGHT = 42
MARGIN = 12
# one for one, so that the marks stay where they are
BREAKS = str.maketrans(dict.fromkeys("\n\r\t\x0b\x0c\u2028\u2029\u202a\u202b\u202d\u202e", " "))
SIGN = 24
ENTITIES = {
    HitKind.PERSON: EntityType.PERSON,
    HitKind.INSTITUTION: EntityType.INSTITUTION,
    HitKind.PLACE: EntityType.PLACE,
}


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A line of text with marked stretches."""

    text: str
    marks: Sequence[Span]
    font: QFont
    ink: str


class AnswerDelegate(QStyledItemDelegate):
    """Paints one line of the answers."""

    def __init__(self, theme: Theme, model: AnswersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = index.data(LINE_ROLE)
        return QSize(200, HIT_HEIGHT if line is not None and line.hit is not None else HEADING_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: AnswerLine | None = index.data(LINE_ROLE)
        if line is None:
            return
        painter.save()
        if line.hit is None:
            self._paint_heading(painter, option.rect, line)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, QColor(self._theme.tokens.selection))
            self._paint_hit(painter, option.rect, line)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, line: AnswerLine) -> None:
        tokens = self._theme.tokens
        painter.setFont(interface_font(SMALL_PIXELS, QFont.Weight.Bold))
        painter.setPen(QColor(tokens.muted))
        words = f"{self._model.heading_words(line).upper()}   {line.total}"
        place = rect.adjusted(MARGIN, 4, -MARGIN, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_hit(self, painter: QPainter, rect: QRect, line: AnswerLine) -> None:
        hit = line.hit
        if hit is None:
            return
        tokens = self._theme.tokens
        self._paint_sign(painter, rect, hit)
        text = rect.adjusted(MARGIN + SIGN + 10, 0, -MARGIN, 0)
        if hit.grade is not None:
            grade = QRectF(text.right() - GRADE_WIDTH, text.top(), GRADE_WIDTH, text.height())
            paint_grade(painter, grade, hit.grade, tokens)
            text.setRight(text.right() - GRADE_WIDTH - MARGIN)
        below = hit.snippet or hit.subtitle
        top = 4 if below else 11
        title = MarkedText(hit.title, line.title_marks, interface_font(weight=QFont.Weight.Medium), tokens.ink)
        self._paint_marked(painter, QRectF(text.left(), text.top() + top, text.width(), 19), title)
        if below:
            marks = hit.marked if hit.snippet else ()
            second = MarkedText(below, marks, interface_font(SMALL_PIXELS), tokens.muted)
            self._paint_marked(painter, QRectF(text.left(), text.top() + 22, text.width(), 16), second)

    def _paint_sign(self, painter: QPainter, rect: QRect, hit: SearchHit) -> None:
        tokens = self._theme.tokens
        place = QRectF(rect.left() + MARGIN, rect.top() + (HIT_HEIGHT - SIGN) / 2, SIGN, SIGN)
        if hit.kind in ENTITIES:
            paint_monogram(painter, place, hit.title, (ENTITIES[hit.kind], tokens))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = tokens.date if hit.kind is HitKind.EVENT else tokens.muted
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tint(tokens, colour)))
        painter.drawRoundedRect(place, 4, 4)
        painter.setBrush(QColor(colour))
        if hit.kind is HitKind.EVENT:
            painter.drawRoundedRect(place.adjusted(9, 5, -9, -5), 2, 2)
            return
        for line in range(3):
            painter.drawRect(QRectF(place.left() + 6, place.top() + 7 + line * 4, 12 if line < 2 else 8, 1.6))

    def _paint_marked(self, painter: QPainter, rect: QRectF, line: MarkedText) -> None:
        tokens = self._theme.tokens
        layout = QTextLayout(line.text.translate(BREAKS), line.font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats([_mark(line.text, span, tint(tokens, tokens.date)) for span in line.marks])
        layout.beginLayout()
        made = layout.createLine()
        made.setLineWidth(rect.width())
        layout.endLayout()
        painter.setClipRect(rect)
        painter.setPen(QColor(line.ink))
        layout.draw(painter, QPointF(rect.left(), rect.top()))
        painter.setClipping(False)


def _mark(text: str, span: Span, ground: str) -> QTextLayout.FormatRange:
    shape = QTextCharFormat()
    shape.setBackground(QColor(ground))
    shape.setFontWeight(QFont.Weight.Bold)
    marked = QTextLayout.FormatRange()
    # Qt counts UTF-16 units, spans count code points
    marked.start = _units(text[: span.start])
    marked.length = _units(text[span.start : span.end])
    marked.format = shape
    return marked


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
