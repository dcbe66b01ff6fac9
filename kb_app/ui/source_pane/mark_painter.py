"""Paints marks under the text and the frame around the passage that was opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QTextBlock, QTextLine

from kb_app.core.reading import MarkKind
from kb_app.ui.theme import Tokens, blend, mark_colour

UNDERLINE = 2.0
GROUND_ABOVE = 1.5


def stretches(block: QTextBlock, start: int, end: int, metrics: QFontMetricsF) -> Iterator[QRectF]:
    """Yield the boxes, one a line, of a stretch of the document within a block, from the block's corner."""
    layout = block.layout()
    first, last = start - block.position(), end - block.position()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        a, b = max(first, line.textStart()), min(last, line.textStart() + line.textLength())
        if a >= b:
            continue
        left, right = sorted((cursor_x(line, a), cursor_x(line, b)))
        baseline = line.y() + line.ascent()
        natural = line.naturalTextRect()  # without the space at which the line was broken
        left, right = max(left, natural.left()), min(right, natural.right())
        yield QRectF(left, baseline - metrics.ascent(), right - left, metrics.ascent() + metrics.descent())


def cursor_x(line: QTextLine, place: int) -> float:
    """Return where a place of a line stands; the bindings give a number, or a tuple of it and the place."""
    found: Any = line.cursorToX(place)
    return float(found[0] if isinstance(found, tuple) else found)


def paint_mark(painter: QPainter, box: QRectF, kind: MarkKind, tokens: Tokens) -> None:
    """Paint a soft ground and a coloured underline; statements and events have the underline alone."""
    colour = QColor(mark_colour(tokens, kind))
    quiet = kind in (MarkKind.STATEMENT, MarkKind.EVENT)
    painter.setPen(Qt.PenStyle.NoPen)
    if not quiet:
        ground = blend(mark_colour(tokens, kind), tokens.panel, 0.22 if tokens.dark else 0.13)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box.adjusted(-1, -GROUND_ABOVE, 1, 1), 3, 3)
    painter.setBrush(colour)
    y = box.bottom() - 0.5 + (2.0 if quiet else 0.0)
    if kind is MarkKind.EVENT:
        painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        return
    painter.drawRect(QRectF(box.left(), y, box.width(), UNDERLINE if not quiet else 1.6))


def paint_found(painter: QPainter, box: QRectF, tokens: Tokens) -> None:
    """Paint the ground of words that the search in the text found."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(blend(tokens.focus_mark, tokens.panel, 0.38)))
    painter.drawRect(box)


def paint_frame(painter: QPainter, boxes: list[QRectF], tokens: Tokens) -> None:
    """Paint one outline around the boxes of a passage."""
    path = QPainterPath()
    for box in boxes:
        piece = QPainterPath()
        piece.addRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 3.5), 4, 4)
        path = path.united(piece)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens.focus_mark), 2))
    painter.drawPath(path)
