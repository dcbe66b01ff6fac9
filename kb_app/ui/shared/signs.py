"""Small painted signs: tick, dot, triangle, copies; shape tells the meaning, colour only helps."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF


class Sign(Enum):
    """The shapes of signs."""

    TICK = auto()
    DOT = auto()
    RING = auto()
    TRIANGLE = auto()
    COPIES = auto()
    CROSS = auto()


def paint_sign(painter: QPainter, sign: Sign, rect: QRectF, colour: str) -> None:
    """Paint a sign into a square of about ten pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colour), 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if sign is Sign.TICK:
        painter.drawPolyline(QPolygonF([_at(rect, 0.1, 0.55), _at(rect, 0.4, 0.85), _at(rect, 0.95, 0.15)]))
    elif sign is Sign.CROSS:
        painter.drawLine(_at(rect, 0.15, 0.15), _at(rect, 0.85, 0.85))
        painter.drawLine(_at(rect, 0.15, 0.85), _at(rect, 0.85, 0.15))
    elif sign is Sign.COPIES:
        painter.drawRoundedRect(QRectF(_at(rect, 0, 0), _at(rect, 0.7, 0.7)), 1.5, 1.5)
        painter.drawRoundedRect(QRectF(_at(rect, 0.3, 0.3), _at(rect, 1, 1)), 1.5, 1.5)
    elif sign is Sign.RING:
        painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        if sign is Sign.DOT:
            painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
        else:
            painter.drawPolygon(QPolygonF([_at(rect, 0.5, 0), _at(rect, 1, 0.95), _at(rect, 0, 0.95)]))
    painter.restore()


def _at(rect: QRectF, x: float, y: float) -> QPointF:
    return QPointF(rect.left() + rect.width() * x, rect.top() + rect.height() * y)
