"""The mentions in context: a table that paints only the rows in view."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from kb_app.core.citation import Support
from kb_app.core.entity import EntityType
from kb_app.core.ids import EntityId
from kb_app.core.profile import MentionLine
from kb_app.ui.profile.citation_tip import citation_tip, spoken_citation
from kb_app.ui.profile.mention_model import Column, Index, MentionModel
from kb_app.ui.profile.why_dialog import WhyDialog, why_of_mention
from kb_app.ui.profile.wishes import MoreWish, SectionKind
from kb_app.ui.shared.buttons import link_button
from kb_app.ui.shared.section_header import SectionHeader
from kb_app.ui.theme import SMALL_PIXELS, Theme, blend, entity_colour, interface_font

ROW_HEIGHT = 25
FIRST_ROWS = 6
MOST_ROWS = 16
PAD = 6
ARTICLE_FROM = 520


class MentionDelegate(QStyledItemDelegate):
    """Paints a cell: what stands before is cut at its left, the mention itself is strong."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.kind = EntityType.PERSON

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        box: QRect = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(blend(tokens.accent, tokens.canvas, 0.10)))
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        font, colour, where, elide = self._look(Column(index.column()))
        painter.setFont(font)
        painter.setPen(QColor(colour))
        inner = box.adjusted(PAD if index.column() else 0, 0, 0 if index.column() == Column.ARTICLE else -PAD, 0)
        text = QFontMetrics(font).elidedText(index.data(), elide, inner.width())
        painter.drawText(inner, where | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def _look(self, column: Column) -> tuple[QFont, str, Qt.AlignmentFlag, Qt.TextElideMode]:
        tokens = self._theme.tokens
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if column is Column.LEFT:
            return interface_font(), tokens.muted, right, Qt.TextElideMode.ElideLeft
        if column is Column.WORDS:
            strong = interface_font(weight=QFont.Weight.DemiBold)
            return strong, entity_colour(tokens, self.kind), left, Qt.TextElideMode.ElideRight
        if column is Column.RIGHT:
            return interface_font(), tokens.muted, left, Qt.TextElideMode.ElideRight
        return interface_font(SMALL_PIXELS), tokens.date, right, Qt.TextElideMode.ElideRight


class MentionTable(QTableView):
    """Shows mentions; Enter or a click on one asks for its sentence."""

    citation_requested = Signal(object)  # Citation

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.scrolls = False  # a low table leaves the wheel to the card
        self.mentions = MentionModel(self)
        self.delegate = MentionDelegate(theme, self)
        self.setModel(self.mentions)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(self.tr("Mentions in context"))
        self._set_up()
        theme.changed.connect(self.viewport().update)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(
            "QTableView, QHeaderView, QHeaderView::section { background: transparent; }"
            "QHeaderView::section { padding: 4px 6px; }"
        )
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        self.setColumnHidden(Column.ARTICLE, width < ARTICLE_FROM)
        article = 0 if width < ARTICLE_FROM else round(width * 0.24)
        words = round((width - article) * 0.22)
        side = (width - article - words) // 2
        for column, wide in ((Column.LEFT, side), (Column.WORDS, words), (Column.RIGHT, side)):
            self.setColumnWidth(column, wide)
        self.setColumnWidth(Column.ARTICLE, width - words - 2 * side)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.scrolls:
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.citation_requested.emit(self.mentions.mention(self.currentIndex().row()).citation)
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self.citation_requested.emit(self.mentions.mention(index.row()).citation)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            menu = self.menu(index.row())
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos())

    def menu(self, row: int) -> QMenu:
        """Make the context menu of a mention."""
        mention = self.mentions.mention(row)
        citation = mention.citation
        menu = QMenu(self)
        menu.addAction(self.tr("Show in the source"), partial(self.citation_requested.emit, citation))
        menu.addAction(self.tr("Why this line?"), partial(self.say_why, mention))
        menu.addAction(
            self.tr("Copy with citation"), partial(QGuiApplication.clipboard().setText, spoken_citation(citation))
        )
        return menu

    def say_why(self, mention: MentionLine) -> None:
        """Show why some words are taken for this mention."""
        WhyDialog(why_of_mention(mention), self._theme.tokens, self.window()).open()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            QToolTip.showText(event.globalPos(), self.tip_of(index.row()) if index.isValid() else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def tip_of(self, row: int) -> str:
        """Return the tool tip of a mention."""
        citation = self.mentions.mention(row).citation
        return citation_tip(citation, Support(citation_count=1, origin_count=1), self._theme.tokens)


class MentionsSection(QWidget):
    """The heading, the table and the button that makes it taller."""

    citation_requested = Signal(object)  # Citation
    more_requested = Signal(object)  # MoreWish

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.kind = SectionKind.MENTIONS
        self._entity = EntityId(0)
        self._total = 0
        self._tall = False
        self._given: tuple[tuple[MentionLine, ...], int] = ((), 0)
        self.header = SectionHeader(theme, self.tr("Mentions in context"))
        self.table = MentionTable(theme)
        self.more = link_button("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.header)
        column.addWidget(self.table)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.header.folded.connect(self._fit)
        self.more.clicked.connect(self._grow)
        self.table.citation_requested.connect(self.citation_requested)
        self.table.mentions.rows_wanted.connect(self._ask)

    def show_mentions(self, entity: tuple[EntityId, EntityType], lines: Sequence[MentionLine], total: int) -> None:
        """Show the mentions of an entity, the table low again where it is another one."""
        given = (tuple(lines), total)
        if entity[0] == self._entity and given == self._given:
            return  # rows read since then, their order and the place in them stay
        if entity[0] != self._entity:
            self._entity = entity[0]
            self._tall = False
        self._given = given
        self._total = max(total, len(lines))
        self.table.delegate.kind = entity[1]
        self.table.mentions.show_mentions(lines, total)
        self.header.show_count(self._total)
        self.setVisible(bool(lines))
        self._fit()

    def add_mentions(self, entity: EntityId, lines: Sequence[MentionLine]) -> None:
        """Add mentions that were asked for, unless another entity is shown by now."""
        if entity == self._entity:
            self.table.mentions.add_mentions(lines)
            self._fit()

    def _grow(self) -> None:
        self._tall = True
        self._fit()

    def _ask(self, held: int) -> None:
        self.more_requested.emit(MoreWish(self._entity, SectionKind.MENTIONS, held))

    def _fit(self) -> None:
        rows = self.table.mentions.rowCount()
        self.table.scrolls = self._tall
        always_off, as_needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.table.setVerticalScrollBarPolicy(as_needed if self._tall else always_off)
        shown = min(rows, MOST_ROWS if self._tall else FIRST_ROWS)
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(shown * ROW_HEIGHT + head + 2)
        folded = self.header.is_folded()
        self.table.setHidden(folded)
        left = self._total - shown
        self.more.setText(self.tr("Show more of %1 mentions").replace("%1", str(self._total)))
        self.more.setHidden(folded or self._tall or left <= 0)
