"""The mark at a line's head that says where the claim stands, by shape as well as by colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from kb_app.core.judgement import Status
from kb_app.ui.theme import Tokens

RADIUS = 4.0


def draw_state(painter: QPainter, centre: QPointF, state: tuple[Status, bool], tokens: Tokens) -> None:
    """Draw a state (status, disputed): ring extracted, disc confirmed, diamond disputed, cross rejected."""
    status, disputed = state
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if status is Status.REJECTED:
        _draw_cross(painter, centre, QColor(tokens.muted))
    elif disputed:
        _draw_diamond(painter, centre, (QColor(tokens.warning), status is Status.CONFIRMED))
    elif status is Status.CONFIRMED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.good))
        painter.drawEllipse(centre, RADIUS, RADIUS)
    else:
        painter.setPen(QPen(QColor(tokens.faint), 1.4))
        painter.drawEllipse(centre, RADIUS - 0.5, RADIUS - 0.5)


def mark_box(centre: QPointF) -> QRectF:
    """Return the box around a mark in which a click is meant for it."""
    return QRectF(centre.x() - 9, centre.y() - 9, 18, 18)


def _draw_cross(painter: QPainter, centre: QPointF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    arm = RADIUS - 1
    painter.drawLine(centre + QPointF(-arm, -arm), centre + QPointF(arm, arm))
    painter.drawLine(centre + QPointF(-arm, arm), centre + QPointF(arm, -arm))


def _draw_diamond(painter: QPainter, centre: QPointF, look: tuple[QColor, bool]) -> None:
    colour, ringed = look
    arm = RADIUS + 1
    corners = [QPointF(0, -arm), QPointF(arm, 0), QPointF(0, arm), QPointF(-arm, 0)]
    painter.setPen(QPen(colour, 1))
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))
    if ringed:  # disputed and yet confirmed: a tick of light in the diamond
        painter.setPen(QPen(QColor(Qt.GlobalColor.white), 1.3))
        painter.drawPolyline(QPolygonF([centre + QPointF(*p) for p in ((-2, 0), (-0.5, 1.5), (2, -1.5))]))
