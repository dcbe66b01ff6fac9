"""How an event's bar looks: colour by type, outline and filling by how real it is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPen

from kb_app.core.event import EventType, Realis
from kb_app.ui.theme import Tokens

RADIUS = 3.0

_TOKEN_OF_TYPE = {
    EventType.MEETING_VISIT: "person",
    EventType.STATEMENT: "statement",
    EventType.PROTEST: "warning",
    EventType.CRACKDOWN_VIOLENCE: "warning",
    EventType.ARREST_DETENTION: "warning",
    EventType.RELEASE: "good",
    EventType.ELECTION: "institution",
    EventType.APPOINTMENT: "institution",
    EventType.CHARGE_TRIAL: "date",
    EventType.LEGAL_CASE: "date",
    EventType.SANCTION: "date",
    EventType.DEPLOYMENT_MILITARY: "place",
    EventType.BUSINESS: "accent",
    EventType.OTHER: "muted",
}


def event_colour(tokens: Tokens, kind: EventType) -> QColor:
    """Return the colour of a type of event, the same everywhere."""
    return QColor(getattr(tokens, _TOKEN_OF_TYPE[kind]))


@dataclass(frozen=True, slots=True)
class BarLook:
    """What a bar says: colour for the type, realis, and whether its ends are not exactly known."""

    colour: QColor
    realis: Realis
    soft_start: bool = False
    soft_end: bool = False


def draw_bar(painter: QPainter, box: QRectF, look: BarLook) -> None:
    """Draw one event: solid happened, dashed planned, hatched alleged, struck denied, dotted supposed."""
    colour, realis, fade = look.colour, look.realis, (look.soft_start, look.soft_end)
    soft = QColor(colour)
    soft.setAlpha(46)
    if realis is Realis.HAPPENED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_faded(box, colour, fade))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        return
    style = Qt.PenStyle.DotLine if realis is Realis.HYPOTHETICAL else Qt.PenStyle.DashLine
    solid_outline = realis in (Realis.ALLEGED, Realis.DENIED)
    pen = QPen(colour, 1.2, Qt.PenStyle.SolidLine if solid_outline else style)
    painter.setPen(pen)
    painter.setBrush(_faded(box, soft, fade))
    inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(inner, RADIUS, RADIUS)
    if realis is Realis.ALLEGED:
        hatch = QColor(colour)
        hatch.setAlpha(150)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(inner, RADIUS, RADIUS)
    if realis is Realis.DENIED:
        painter.setPen(QPen(colour, 1.4))
        painter.drawLine(QPointF(box.left() - 2, box.center().y()), QPointF(box.right() + 2, box.center().y()))


def _faded(box: QRectF, colour: QColor, fade: tuple[bool, bool]) -> QBrush:
    if not any(fade):
        return QBrush(colour)
    clear = QColor(colour)
    clear.setAlpha(min(colour.alpha(), 26))
    gradient = QLinearGradient(box.topLeft(), box.topRight())
    gradient.setColorAt(0.0, clear if fade[0] else colour)
    gradient.setColorAt(0.35, colour)
    gradient.setColorAt(0.65, colour)
    gradient.setColorAt(1.0, clear if fade[1] else colour)
    return QBrush(gradient)
