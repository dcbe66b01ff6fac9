"""Sections in two columns where there is room, else in one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

TWO_COLUMNS_FROM = 640
COLUMN_GAP = 22
SECTION_GAP = 14


class Place(StrEnum):
    """Where a section stands when there are two columns."""

    LEFT = "left"
    RIGHT = "right"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Placed:
    """A section and its place."""

    widget: QWidget
    place: Place


class Columns(QWidget):
    """Arranges widgets, given in the order of one column, anew when its width passes the threshold."""

    def __init__(self, sections: tuple[Placed, ...]) -> None:
        super().__init__()
        self._sections = sections
        self._wide: bool | None = None
        self._left = self._column()
        self._right = self._column()
        self._whole = self._column()
        pair = QHBoxLayout()
        pair.setSpacing(COLUMN_GAP)
        pair.addLayout(self._left, 1)
        pair.addLayout(self._right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SECTION_GAP)
        column.addLayout(pair)
        column.addLayout(self._whole)
        self._pair = pair
        self._arrange(wide=False)

    @property
    def is_wide(self) -> bool:
        """Tell whether there are two columns."""
        return bool(self._wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=event.size().width() >= TWO_COLUMNS_FROM)

    def _arrange(self, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        for column in (self._left, self._right, self._whole):
            while column.count():
                column.takeAt(0)
        for placed in self._sections:
            self._column_of(placed.place if wide else Place.WHOLE).addWidget(placed.widget)
        for column in (self._left, self._right, self._whole):
            column.addStretch(1)
        self._pair.setSpacing(COLUMN_GAP if wide else 0)
        self._order_tabs()

    def _order_tabs(self) -> None:
        order = [p for place in Place for p in self._sections if p.place is place] if self._wide else self._sections
        stops = [stop for placed in order for stop in _stops(placed.widget)]
        for one, other in zip(stops, stops[1:], strict=False):
            QWidget.setTabOrder(one, other)

    def _column_of(self, place: Place) -> QVBoxLayout:
        return {Place.LEFT: self._left, Place.RIGHT: self._right, Place.WHOLE: self._whole}[place]

    @staticmethod
    def _column() -> QVBoxLayout:
        made = QVBoxLayout()
        made.setSpacing(SECTION_GAP)
        return made


def _stops(widget: QWidget) -> list[QWidget]:
    inner = [child for child in widget.findChildren(QWidget) if child.focusPolicy().value]
    return [widget, *inner] if widget.focusPolicy().value else inner
