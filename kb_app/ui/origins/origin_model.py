"""The versions of a report, what may be the same and what shares a passage, as the rows of one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum, auto
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from kb_app.core.origin import Origin, ReusedPassage, Version
from kb_app.ui.origins.origin_words import length_words, likeness_words
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.dates import date_words
from kb_app.ui.theme import INTERFACE_PIXELS, interface_font

LINE_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class LineKind(Enum):
    """What an article is to the report."""

    VERSION = auto()
    PROPOSED = auto()
    PASSAGE = auto()


class OriginColumn(IntEnum):
    """The columns of the table."""

    WHAT = 0
    TITLE = 1
    TELLER = 2
    PUBLISHED = 3
    LENGTH = 4
    ALIKE = 5


@dataclass(frozen=True, slots=True)
class OriginLine:
    """A row: an article, with the passage where it only shares one."""

    kind: LineKind
    version: Version
    passage: ReusedPassage | None = None


def lines_of(origin: Origin) -> tuple[OriginLine, ...]:
    """Return the rows of a report: versions, proposals, passages."""
    return (
        *(OriginLine(LineKind.VERSION, version) for version in origin.versions),
        *(OriginLine(LineKind.PROPOSED, version) for version in origin.suggestions),
        *(OriginLine(LineKind.PASSAGE, passage.other, passage) for passage in origin.reused),
    )


class OriginModel(QAbstractTableModel):
    """Rows of one report; LINE_ROLE gives the OriginLine."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[OriginLine, ...] = ()

    def show_origin(self, origin: Origin) -> None:
        """Show another report, or the same one anew."""
        self.beginResetModel()
        self._lines = lines_of(origin)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature; an invalid index is a value
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as above
        return 0 if parent.isValid() else len(OriginColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.FontRole and index.column() == OriginColumn.TITLE:
            weight = QFont.Weight.DemiBold if line.kind is LineKind.VERSION else QFont.Weight.Normal
            return interface_font(INTERFACE_PIXELS, weight)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(line.passage.quote, 400) if line.passage is not None else plain(line.version.title, 300)
        return self._text(line, OriginColumn(index.column())) if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole or not 0 <= section < len(OriginColumn):
            return None
        what = (self.tr("What it is"), self.tr("Title"), self.tr("Told by"))
        return (*what, self.tr("Published"), self.tr("Length"), self.tr("Shared"))[section]

    def what_words(self, line: OriginLine) -> str:
        """Say what an article is to the report."""
        if line.passage is not None:
            return self.tr("shares {0} words").format(line.passage.reuse.words)
        if line.kind is LineKind.PROPOSED:
            return self.tr("likely the same report")
        badges = []
        if line.version.is_earliest:
            badges.append(self.tr("earliest"))
        if line.version.is_fullest:
            badges.append(self.tr("fullest"))
        return " · ".join(badges) or self.tr("version")

    def _text(self, line: OriginLine, column: OriginColumn) -> str:
        version = line.version
        told_by = [plain(version.publisher, 80) or self.tr("unknown publisher")]
        if version.host and version.host != version.publisher:
            told_by.append(self.tr("host {0}").format(plain(version.host, 80)))
        texts = {
            OriginColumn.WHAT: self.what_words(line),
            OriginColumn.TITLE: plain(version.title, 300),
            OriginColumn.TELLER: " · ".join(told_by),
            OriginColumn.PUBLISHED: date_words(version.published),
            OriginColumn.LENGTH: length_words(version),
            OriginColumn.ALIKE: "" if line.passage is not None else likeness_words(version),
        }
        return texts[column]
