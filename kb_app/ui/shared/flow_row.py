"""Small widgets in a row that breaks where the width ends."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP = 6


class FlowRow(QWidget):
    """Lays its widgets out from left to right, then in further rows."""

    def __init__(self, parts: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = tuple(parts)
        for part in self._parts:
            part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        boxes = self._boxes(width)
        return max((box.bottom() + 1 for box in boxes), default=0)

    def sizeHint(self) -> QSize:
        width = max(200, self.width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(max((part.sizeHint().width() for part in self._shown()), default=0), 0)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _place(self) -> None:
        for part, box in zip(self._shown(), self._boxes(self.width()), strict=True):
            part.setGeometry(box)

    def _boxes(self, width: int) -> list[QRect]:
        boxes: list[QRect] = []
        y = 0
        for row in self._rows(width):
            height = max(size.height() for size in row)
            x = 0
            for size in row:
                middle = y + (height - size.height()) // 2
                boxes.append(QRect(x, middle, min(size.width(), max(width, 1)), size.height()))
                x += size.width() + GAP
            y += height + GAP
        return boxes

    def _rows(self, width: int) -> list[list[QSize]]:
        rows: list[list[QSize]] = []
        x = 0
        for part in self._shown():
            size = part.sizeHint()
            if not rows or x + size.width() > width:
                rows.append([])
                x = 0
            rows[-1].append(size)
            x += size.width() + GAP
        return rows
