"""The list of a section's lines: as tall as its lines, with links, chips and keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QCursor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QToolTip, QWidget

from kb_app.core.ids import EntityId, EventId
from kb_app.core.judgement import ClaimRef, Status
from kb_app.ui.profile.citation_tip import citation_tip
from kb_app.ui.profile.fact_line import FactLine, Run
from kb_app.ui.profile.line_delegate import LineDelegate
from kb_app.ui.profile.line_menu import LineMenu
from kb_app.ui.profile.line_model import Index, LineModel
from kb_app.ui.profile.row_layout import NO_PART, Part, PartKind
from kb_app.ui.profile.run_text import NOTHING
from kb_app.ui.profile.why_dialog import WhyDialog, why_of_line
from kb_app.ui.profile.wishes import JudgementWish
from kb_app.ui.profile.wording import status_words
from kb_app.ui.theme import Theme

JUDGING_KEYS = {
    Qt.Key.Key_A: Status.CONFIRMED,
    Qt.Key.Key_X: Status.REJECTED,
    Qt.Key.Key_U: Status.SUGGESTED,
    Qt.Key.Key_Backspace: Status.SUGGESTED,
}
OPENING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineView(QListView):
    """Shows lines without a scroll bar of its own.

    `edge_passed` says that an arrow key left it (-1 upwards, 1 downwards), `line_reached` where the current line lies.
    """

    entity_requested = Signal(object)  # EntityId
    event_requested = Signal(object)  # EventId
    citation_requested = Signal(object)  # Citation
    judgement_requested = Signal(object)  # JudgementWish
    edge_passed = Signal(int)
    line_reached = Signal(QRect)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = LineModel(self)
        self._delegate = LineDelegate(theme, self)
        self._pressed: tuple[int, Part] = (NOTHING, NO_PART)
        self._clicking = False
        self._cited: tuple[ClaimRef | None, int] = (None, 0)
        self.setAccessibleName(name)
        self.setModel(self._lines)
        self.setItemDelegate(self._delegate)
        self._set_up()
        theme.changed.connect(self._redress)
        self._lines.modelReset.connect(self.fit)
        self._lines.rowsInserted.connect(self.fit)
        self._lines.dataChanged.connect(self.fit)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView { background: transparent; }")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragEnabled(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)

    @property
    def lines(self) -> LineModel:
        """Return the lines as a model."""
        return self._lines

    def fit(self) -> None:
        """Become as tall as the lines are in today's width."""
        self._delegate.set_width(self.viewport().width())
        heights = (round(self._delegate.layout(self._lines.index(r)).height) for r in range(self._lines.rowCount()))
        self.setFixedHeight(max(1, sum(heights)))
        self.scheduleDelayedItemsLayout()

    def wheelEvent(self, event: QEvent) -> None:
        event.ignore()

    def selected_lines(self) -> tuple[FactLine, ...]:
        """Return the selected lines, else the current one."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        if not rows and self.currentIndex().isValid():
            rows = [self.currentIndex().row()]
        return tuple(self._lines.line(row) for row in rows)

    def judge(self, status: Status) -> None:
        """Ask that the selected lines get a status, as one step."""
        refs = tuple(line.ref for line in self.selected_lines())
        if refs:
            self.judgement_requested.emit(JudgementWish(refs, status))

    def open_citation(self, row: int) -> None:
        """Ask for the next citation of a line: the best one first, then one after the other."""
        line = self._lines.line(row)
        citations = line.support.citations
        if not citations:
            return
        ref, count = self._cited
        count = (count + 1) % len(citations) if ref == line.ref else 0
        self._cited = (line.ref, count)
        self.citation_requested.emit(citations[count])

    def follow(self, run: Run) -> None:
        """Ask for the card or event that a link leads to."""
        if run.entity is not None:
            self.entity_requested.emit(EntityId(run.entity))
        elif run.event is not None:
            self.event_requested.emit(EventId(run.event))

    def menu(self, row: int) -> LineMenu:
        """Make the context menu of a line."""
        made = LineMenu(self._lines.line(row), self)
        made.citation_requested.connect(self.citation_requested)
        made.entity_requested.connect(self.entity_requested)
        made.event_requested.connect(self.event_requested)
        made.judged.connect(self.judge)
        made.why_requested.connect(self.say_why)
        return made

    def say_why(self, line: FactLine) -> None:
        """Show why a line is believed."""
        WhyDialog(why_of_line(line), self._theme.tokens, self.window()).open()

    def part_at(self, point: QPoint) -> tuple[int, Part]:
        """Return the row and the part of its line at a point of the viewport."""
        index = self.indexAt(point)
        if not index.isValid():
            return NOTHING, NO_PART
        corner = self.visualRect(index).topLeft()
        return index.row(), self._delegate.layout(index).part_at((point - corner).toPointF())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def viewportSizeHint(self) -> QSize:
        return QSize(self.viewport().width(), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        row = self.currentIndex().row()
        if plain and key in JUDGING_KEYS:
            self.judge(JUDGING_KEYS[key])
        elif plain and key in OPENING_KEYS and row >= 0:
            self.open_citation(row)
        elif plain and key == Qt.Key.Key_W and row >= 0:
            self.say_why(self._lines.line(row))
        elif plain and key == Qt.Key.Key_Up and row <= 0:
            self.edge_passed.emit(-1)
        elif plain and key == Qt.Key.Key_Down and row >= self._lines.rowCount() - 1:
            self.edge_passed.emit(1)
        elif event.text().isprintable() and event.text() and plain:
            event.ignore()  # no search by typing: letters are keys of the card and of the window
        else:
            super().keyPressEvent(event)

    def enter_from(self, direction: int) -> None:
        """Take the keyboard, on the first line when coming from above (1), else on the last."""
        row = 0 if direction > 0 else self._lines.rowCount() - 1
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self.setCurrentIndex(self._lines.index(row))

    def show_row(self, row: int) -> None:
        """Make a line the current one and tell where it lies."""
        index = self._lines.index(row)
        self.setCurrentIndex(index)
        self.line_reached.emit(self.visualRect(index))

    def place(self) -> tuple[int, ClaimRef] | None:
        """Return the row and the claim of the current line."""
        row = self.currentIndex().row()
        return (row, self._lines.line(row).ref) if row >= 0 else None

    def return_to(self, place: tuple[int, ClaimRef] | None) -> None:
        """Make a claim the current line again, or the line that has come to its row."""
        if place is None or self.currentIndex().isValid() or not self._lines.rowCount():
            return
        row = self._lines.row_of(place[1])
        self.setCurrentIndex(self._lines.index(min(place[0], self._lines.rowCount() - 1) if row is None else row))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        tabbed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if tabbed and not self.currentIndex().isValid() and self._lines.rowCount():
            self.setCurrentIndex(self._lines.index(0))
        if tabbed:  # a click means what is under the pointer: nothing may move
            self._tell_line()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.clearSelection()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.hasFocus() and not self._clicking:
            self._tell_line()

    def _tell_line(self) -> None:
        if self.currentIndex().isValid():
            self.line_reached.emit(self.visualRect(self.currentIndex()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._clicking = True
        super().mousePressEvent(event)
        self._clicking = False
        self._pressed = self.part_at(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, (NOTHING, NO_PART)
        if event.button() is not Qt.MouseButton.LeftButton or pressed != self.part_at(event.position().toPoint()):
            return
        row, part = pressed
        if part.kind is PartKind.CHIP:
            self.open_citation(row)
        elif part.kind is PartKind.LINK and part.run is not None:
            self.follow(part.run)
        elif part.kind is PartKind.MARK:
            self._switch(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row, part = self._pressed = self.part_at(event.position().toPoint())
        if row != NOTHING and part.kind is PartKind.NONE:
            self.open_citation(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(*self.part_at(event.position().toPoint()))
        if not event.buttons():
            super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(NOTHING, NO_PART)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        if index not in self.selectedIndexes():
            self.setCurrentIndex(index)
        menu = self.menu(index.row())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(QCursor.pos() if not by_key else self.viewport().mapToGlobal(self.visualRect(index).center()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = self.tip_at(event.pos())
            QToolTip.showText(event.globalPos(), tip, self.viewport())
            return True
        return super().viewportEvent(event)

    def tip_at(self, point: QPoint) -> str:
        """Return the tool tip for a point of the viewport, "" where there is none."""
        row, part = self.part_at(point)
        if row == NOTHING:
            return ""
        support = self._lines.line(row).support
        if part.kind is PartKind.CHIP and support.citations:
            ref, count = self._cited
            at = count if ref == self._lines.line(row).ref else 0
            return citation_tip(support.citations[at], support, self._theme.tokens)
        if part.kind is PartKind.MARK:
            state = status_words(support.status, support.disputed)
            return self.tr("%1 — click or press A to confirm, X to reject").replace("%1", state)
        return ""

    def _switch(self, row: int) -> None:
        line = self._lines.line(row)
        status = Status.CONFIRMED if line.support.status is not Status.CONFIRMED else Status.SUGGESTED
        self.judgement_requested.emit(JudgementWish((line.ref,), status))

    def _hover(self, row: int, part: Part) -> None:
        if (row, part) == self._delegate.hovered:
            return
        old = self._delegate.hovered[0]
        self._delegate.hovered = (row, part)
        shape = Qt.CursorShape.ArrowCursor if part.kind is PartKind.NONE else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        for touched in {old, row} - {NOTHING}:
            self.update(self._lines.index(touched))

    def _redress(self) -> None:
        self._delegate.forget()
        self.fit()
        self.viewport().update()
