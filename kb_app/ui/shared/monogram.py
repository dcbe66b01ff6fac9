"""Round monograms of people and square ones of institutions."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kb_app.core.entity import EntityType
from kb_app.ui.theme import RADIUS, Theme, Tokens, entity_colour, interface_font, tint

LETTER_SHARE = 0.36


def initials(name: str) -> str:
    """Return one or two capital letters that stand for a name."""
    words = [word for word in name.replace("-", " ").split() if word[:1].isalpha() and word[:1].isupper()]
    words = words or [word for word in name.split() if word[:1].isalnum()]
    if not words:
        return "?"
    if len(words) == 1:
        return words[0][:2].upper() if words[0].isupper() else words[0][:1].upper()
    return (words[0][:1] + words[-1][:1]).upper()


def paint_monogram(painter: QPainter, rect: QRectF, name: str, look: tuple[EntityType, Tokens]) -> None:
    """Paint the monogram of an entity into a square: round for people, rounded for others."""
    kind, tokens = look
    colour = entity_colour(tokens, kind)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tint(tokens, colour)))
    if kind is EntityType.PERSON:
        painter.drawEllipse(rect)
    else:
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
    painter.setPen(QColor(colour))
    painter.setFont(interface_font(max(9, round(rect.height() * LETTER_SHARE)), QFont.Weight.DemiBold))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.restore()


class Monogram(QWidget):
    """A monogram of its own, for the header of a card."""

    def __init__(self, theme: Theme, pixels: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = ""
        self._kind = EntityType.PERSON
        self.setFixedSize(QSize(pixels, pixels))
        theme.changed.connect(self.update)

    def show_entity(self, name: str, kind: EntityType) -> None:
        """Show another entity's monogram."""
        self._name, self._kind = name, kind
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_monogram(painter, QRectF(self.rect()), self._name, (self._kind, self._theme.tokens))
        painter.end()
