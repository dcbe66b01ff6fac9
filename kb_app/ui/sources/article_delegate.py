"""How an article looks in the table: title over origin, date, counts, state."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kb_app.core.languages import is_read, problems_of
from kb_app.core.listing import ArticleRow
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.dates import date_words
from kb_app.ui.shared.grades import paint_grade
from kb_app.ui.shared.row_ground import paint_row_ground
from kb_app.ui.shared.signs import Sign, paint_sign
from kb_app.ui.sources.article_model import ROW_ROLE, ArticleModel, Column
from kb_app.ui.theme import SMALL_PIXELS, Theme, interface_font

ROW_HEIGHT = 52
MARGIN = 10
SIGN = 10


class ArticleDelegate(QStyledItemDelegate):
    """Paints one cell of the table."""

    def __init__(self, theme: Theme, model: ArticleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        painter.save()
        paint_row_ground(painter, option, self._theme.tokens)
        if row is not None:
            cell = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)
            column = Column(index.column())
            if column is Column.TITLE:
                self._paint_title(painter, cell, row)
            elif column is Column.STATE:
                self._paint_state(painter, cell, row)
            elif column is Column.GRADE:
                paint_grade(painter, QRectF(cell), row.grade, self._theme.tokens)
            else:
                self._paint_plain(painter, cell, (row, column))
        painter.restore()

    def _paint_title(self, painter: QPainter, cell: QRect, row: ArticleRow) -> None:
        tokens = self._theme.tokens
        weight = QFont.Weight.Normal if row.reviewed or row.is_reprint else QFont.Weight.DemiBold
        title = QRect(cell.left(), cell.top() + 8, cell.width(), 20)
        below = QRect(cell.left(), cell.top() + 28, cell.width(), 16)
        _paint_text(painter, title, plain(row.title), (interface_font(weight=weight), tokens.ink))
        words = plain(self._model.origin_words(row))
        _paint_text(painter, below, words, (interface_font(SMALL_PIXELS), tokens.muted))

    def _paint_plain(self, painter: QPainter, cell: QRect, what: tuple[ArticleRow, Column]) -> None:
        tokens = self._theme.tokens
        row, column = what
        if column is Column.PUBLISHED:
            _paint_text(painter, cell, date_words(row.published), (interface_font(SMALL_PIXELS + 1), tokens.date))
            return
        counts = f"{row.people} / {row.institutions} / {row.events}"
        _paint_text(painter, cell, counts, (interface_font(), tokens.muted))

    def _paint_state(self, painter: QPainter, cell: QRect, row: ArticleRow) -> None:
        tokens = self._theme.tokens
        if problems_of(row.warnings):
            sign, colour = Sign.TRIANGLE, tokens.warning
        elif not is_read(row.language):
            sign, colour = Sign.RING, tokens.muted
        elif row.reviewed:
            sign, colour = Sign.TICK, tokens.ink
        elif row.is_reprint:
            sign, colour = Sign.COPIES, tokens.muted
        else:
            sign, colour = Sign.DOT, tokens.accent
        paint_sign(painter, sign, QRectF(cell.left(), cell.center().y() - SIGN / 2 + 1, SIGN, SIGN), colour)
        words = plain(self._model.state_words(row))
        _paint_text(painter, cell.adjusted(SIGN + 6, 0, 0, 0), words, (interface_font(), colour))


def _paint_text(painter: QPainter, rect: QRect, text: str, look: tuple[QFont, str]) -> None:
    font, colour = look
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
