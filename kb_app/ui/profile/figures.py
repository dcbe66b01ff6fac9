"""The row of counts below a card's header."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kb_app.core.profile import Figures
from kb_app.ui.shared.dates import span_words
from kb_app.ui.theme import SMALL_PIXELS, Theme, interface_font

VALUE_PIXELS = 17
CELL_GAP = 26.0
VALUE_HEIGHT = 23.0
CELL_HEIGHT = 40.0
ROW_GAP = 8.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure and its caption."""

    value: str
    caption: str


class FiguresRow(QWidget):
    """Shows figures side by side, in as many rows as the width needs."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cells: tuple[Cell, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def show_figures(self, figures: Figures) -> None:
        """Show other figures."""
        self._cells = self._cells_of(figures)
        self.setAccessibleName(", ".join(f"{cell.value} {cell.caption}" for cell in self._cells))
        self.updateGeometry()
        self.update()

    def cells(self) -> tuple[Cell, ...]:
        """Return the figures shown."""
        return self._cells

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return round(places[-1].bottom()) if places else 0

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(max(320, self.width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        for cell, box in zip(self._cells, self._places(self.width()), strict=True):
            painter.setFont(interface_font(VALUE_PIXELS, QFont.Weight.DemiBold))
            painter.setPen(QColor(tokens.ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, cell.value)
            painter.setFont(interface_font(SMALL_PIXELS))
            painter.setPen(QColor(tokens.muted))
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, cell.caption)
        painter.end()

    def _places(self, width: int) -> list[QRectF]:
        big = QFontMetricsF(interface_font(VALUE_PIXELS, QFont.Weight.DemiBold))
        small = QFontMetricsF(interface_font(SMALL_PIXELS))
        x = y = 0.0
        places: list[QRectF] = []
        for cell in self._cells:
            wide = max(big.horizontalAdvance(cell.value), small.horizontalAdvance(cell.caption)) + 2
            if x and x + wide > width:
                x, y = 0.0, y + CELL_HEIGHT + ROW_GAP
            places.append(QRectF(x, y, wide, CELL_HEIGHT))
            x += wide + CELL_GAP
        return places

    def _cells_of(self, figures: Figures) -> tuple[Cell, ...]:
        origins = self._counted(figures.origins, (self.tr("%1 origin"), self.tr("%1 origins")))
        articles = self.tr("article") if figures.articles == 1 else self.tr("articles")
        cells = [
            Cell(str(figures.articles), f"{articles} · {origins}"),
            Cell(str(figures.mentions), self.tr("mention") if figures.mentions == 1 else self.tr("mentions")),
            Cell(str(figures.events), self.tr("event") if figures.events == 1 else self.tr("events")),
            Cell(str(figures.statements), self.tr("statement") if figures.statements == 1 else self.tr("statements")),
        ]
        if figures.first is not None and figures.last is not None:
            cells.append(Cell(span_words(figures.first, figures.last), self.tr("first to last date")))
        return tuple(cells)

    def _counted(self, count: int, words: tuple[str, str]) -> str:
        return words[0 if count == 1 else 1].replace("%1", str(count))
