"""The source pane: reads an article, steps through mentions, finds words, shows the original."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from kb_app.core.ids import ArticleId, EntityId, EventId
from kb_app.core.judgement import ClaimKind
from kb_app.core.offsets import PageOffsets
from kb_app.core.origin import Origin
from kb_app.core.passage import Passage, Span
from kb_app.core.reading import ArticleView, Mark, MarkKind
from kb_app.ui.origins.origin_words import told_words
from kb_app.ui.shared.empty_state import EmptyState, EmptyWords
from kb_app.ui.shared.icons import Icons
from kb_app.ui.source_pane.find_bar import FindBar
from kb_app.ui.source_pane.original_view import OriginalView
from kb_app.ui.source_pane.pane_header import PaneHeader
from kb_app.ui.source_pane.quoting import quotation
from kb_app.ui.source_pane.reading_view import SITE_ZONES, Reading, ReadingView
from kb_app.ui.source_pane.ruler import Ruler, Tick
from kb_app.ui.source_pane.stepping import step_at, step_from, steps_of
from kb_app.ui.source_pane.text_search import TextSearch
from kb_app.ui.source_pane.two_sides import TwoSides
from kb_app.ui.theme import Theme

KINDS_AT_FIRST = frozenset(MarkKind) - {MarkKind.EVENT}


class SourcePane(QWidget):
    """Shows one article. `kinds_switched` carries the kinds of marks that are on now, for the settings to keep."""

    entity_requested = Signal(object)  # EntityId
    event_requested = Signal(object)  # EventId
    claim_requested = Signal(object)  # ClaimRef
    reencoding_requested = Signal()
    origin_requested = Signal(object)  # ArticleId
    kinds_switched = Signal(object)  # frozenset[MarkKind]

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: ArticleView | None = None
        self._reading: Reading | None = None
        self._subject: EntityId | None = None
        self._offsets = PageOffsets(())
        self._kinds: frozenset[MarkKind] = KINDS_AT_FIRST
        self._pointed: Mark | None = None
        self.header = PaneHeader(theme, icons)
        self.text = ReadingView(theme)
        self.ruler = Ruler(theme)
        self.finder = FindBar(icons)
        self._search = TextSearch(self.text, self.finder)
        self.original = OriginalView(theme, icons)
        self._rule = QFrame()
        self._stack = QStackedWidget()
        self.sides = TwoSides(self._stack, self.text, self.original)
        self._body = QWidget()
        self._empty = EmptyState(icons, self._empty_words())
        self._lay_out()
        self._connect()
        self._add_keys()
        self.show_nothing()

    def show_article(self, view: ArticleView) -> None:
        """Show an article; the one shown already keeps its place."""
        same = self._view is not None and self._view.id == view.id
        self._view = view
        if same and self._reading is not None and self._reading.article == view.article:
            self._reading = replace(self._reading, marks=view.marks, kinds=self._kinds)
        else:
            self._reading = Reading(view.article, view.marks, self._kinds)
            self.sides.turn_to_text()
        self._offsets = PageOffsets(view.article.page_map)
        self.original.take_article(view)
        self._empty.hide()
        self._body.show()
        self.header.show_view(view)
        self.header.show_kinds(self._kinds)
        self._show_reading()
        self._search.show_article(view.article)

    def show_origin(self, article: ArticleId, origin: Origin) -> None:
        """Say who else tells the report of the article shown; that of another article is left alone."""
        if self._view is not None and self._view.id == article:
            self.header.show_told(told_words(origin, article))

    def show_nothing(self) -> None:
        """Show that no article is open."""
        self._view = self._reading = None
        self._body.hide()
        self._empty.show()

    def show_passage(self, passage: Passage) -> None:
        """Scroll to a passage of the article shown and frame it; a passage of another article is left alone."""
        if self._view is not None and self._view.id == passage.article:
            self._frame(passage.span)

    def set_subject(self, entity: EntityId | None) -> None:
        """Step through the mentions of an entity, or through every name."""
        if entity != self._subject:
            self._subject = entity
            self._refresh_steps()
            self._refresh_ruler()

    def shown_kinds(self) -> frozenset[MarkKind]:
        """Return the kinds of marks that are on."""
        return self._kinds

    def switch_kinds(self, kinds: Collection[MarkKind]) -> None:
        """Show these kinds of marks and no others."""
        self._kinds = frozenset(kinds)
        self.header.show_kinds(self._kinds)
        if self._reading is not None:
            self._reading = replace(self._reading, kinds=self._kinds)
            self._show_reading()
        self.kinds_switched.emit(self._kinds)

    def step(self, direction: int) -> None:
        """Frame the next (1) or previous (-1) mention, round the end to the other."""
        steps = self._steps()
        if not steps:
            return
        at = step_at(steps, self.text.focused)
        if at is None:
            here = self.text.focused.start if self.text.focused else self.text.offset_in_view()
            at = step_from(steps, here, direction)
        else:
            at = (at + direction) % len(steps)
        self._frame(steps[at].span)

    def open_mark(self, mark: Mark) -> None:
        """Ask for what a mark leads to."""
        if mark.entity is not None:
            self.entity_requested.emit(mark.entity)
        elif mark.claim is not None and mark.claim.kind is ClaimKind.EVENT:
            self.event_requested.emit(EventId(mark.claim.id))
        elif mark.claim is not None:
            self.claim_requested.emit(mark.claim)

    def begin_search(self) -> None:
        """Open the bar that finds words, with the selected ones."""
        if self._view is not None:
            self.sides.show_text()
            self._search.begin()

    def copy_quotation(self) -> None:
        """Copy the selected words, else the framed ones, with publisher, title and date."""
        if self._view is None:
            return
        span = self.text.selected_span() or self.text.focused
        if span is not None and len(span):
            pages = self._offsets.pages_of(span)
            words = quotation(span.of(self._view.article.text), self._view.article, pages)
            QGuiApplication.clipboard().setText(words)

    def text_menu(self, point: QPoint) -> QMenu:
        """Make the context menu for a point of the text."""
        menu = QMenu(self)
        selected = bool(self.text.selected_text())
        mark = self.text.mark_at(point)
        if mark is not None and (mark.entity is not None or mark.claim is not None):
            self._pointed = mark
            menu.addAction(self.tr("Open what is marked here"), self._open_pointed)
            menu.addSeparator()
        menu.addAction(self.tr("Copy"), self.text.copy).setEnabled(selected)
        quotable = selected or self.text.focused is not None
        menu.addAction(self.tr("Copy with citation"), self.copy_quotation).setEnabled(quotable)
        menu.addSeparator()
        menu.addAction(self.tr("Show in the original"), self.sides.show_original)
        menu.addAction(self.tr("Save a copy of the original…"), self.original.want_copy)
        menu.addAction(self.tr("Find in the article…"), self.begin_search)
        menu.addAction(self.tr("Read again in another encoding…"), self.reencoding_requested.emit)
        return menu

    def _lay_out(self) -> None:
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rule.setFixedHeight(1)
        self._draw_rule()
        reading = QWidget()
        row = QHBoxLayout(reading)
        row.setContentsMargins(0, 6, 3, 6)
        row.setSpacing(2)
        row.addWidget(self.text, 1)
        row.addWidget(self.ruler)
        self._stack.addWidget(reading)
        self._stack.addWidget(self.original)
        self.finder.hide()
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        for part in (self.header, self._rule, self.finder):
            inner.addWidget(part)
        inner.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._empty)
        column.addWidget(self._body)

    def _draw_rule(self) -> None:
        self._rule.setStyleSheet(f"background: {self._theme.tokens.line}")

    def _connect(self) -> None:
        self._theme.changed.connect(self._draw_rule)
        self.header.original_wanted.connect(self._turn)
        self.sides.switched.connect(self.header.show_original)
        self.sides.passage_wanted.connect(self._frame)
        self.text.verticalScrollBar().valueChanged.connect(self._show_page)
        self.header.kind_switched.connect(self._switch_kind)
        self.header.step_wanted.connect(self.step)
        self.header.told.clicked.connect(self._want_origin)
        self.header.site_text_switched.connect(self._fold_site_text)
        self.text.mark_chosen.connect(self.open_mark)
        self.text.reflowed.connect(self._refresh_ruler)
        self.text.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.text.customContextMenuRequested.connect(self._pop_up)
        self.ruler.place_chosen.connect(self.text.bring)
        self._search.reached.connect(self._frame)

    def _add_keys(self) -> None:
        # stepping and searching serve whoever works in the card beside the pane, too
        everywhere = Qt.ShortcutContext.WindowShortcut
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        deeds: tuple[tuple[str, Qt.ShortcutContext, Callable[[], None]], ...] = (
            ("F3", everywhere, self._step_forth),
            ("Shift+F3", everywhere, self._step_back),
            ("Ctrl+F", everywhere, self.begin_search),
            ("F4", everywhere, self._turn_over),
            ("Ctrl+Shift+C", inside, self.copy_quotation),
        )
        for keys, context, deed in deeds:
            QShortcut(QKeySequence(keys), self, context=context).activated.connect(deed)
        opening = QShortcut(QKeySequence(Qt.Key.Key_Return), self.text, context=inside)
        opening.activated.connect(self._open_framed)

    def _frame(self, span: Span) -> None:
        reading = self._reading
        if reading is None:
            return
        if not self.text.shown.is_shown(span):  # a headline or a line of the site: unfold what hides it
            title = reading.article.title_span
            in_title = title is not None and title.overlaps(span)
            self._reading = replace(
                reading, title=reading.title or in_title, site_text=reading.site_text or not in_title
            )
            self._show_reading()
        self.text.frame(span)
        self.sides.follow(span)
        self._refresh_steps()
        self._show_page()

    def _show_reading(self) -> None:
        if self._reading is None:
            return
        self.text.show_reading(self._reading)
        self.header.show_site_lines(self._site_lines(), self._reading.site_text)
        self._refresh_steps()
        self._refresh_ruler()
        self._show_page()

    def _site_lines(self) -> int:
        article = self._reading.article if self._reading is not None else None
        if article is None:
            return 0
        spans = (zone.span.of(article.text) for zone in article.zones if zone.kind in SITE_ZONES)
        return sum(1 for words in spans for line in words.splitlines() if line.strip())

    def _steps(self) -> tuple[Mark, ...]:
        return steps_of(self._view.marks, self._subject, self._kinds) if self._view is not None else ()

    def _refresh_steps(self) -> None:
        steps = self._steps()
        self.header.show_steps(step_at(steps, self.text.focused), len(steps))
        focused = self.text.focused
        self.ruler.show_frame(self.text.shares([focused.start])[0] if focused is not None else None)

    def _refresh_ruler(self) -> None:
        if self._view is None or self._body.isHidden():
            return
        marks = [mark for mark in self.text.index.marks if self.text.shown.is_shown(mark.span)]
        shares = self.text.shares([mark.span.start for mark in marks])
        self.ruler.show_ticks(
            [
                Tick(share, mark.span.start, mark.kind, self._subject is None or mark.entity == self._subject)
                for mark, share in zip(marks, shares, strict=True)
            ]
        )

    def _turn(self, original: bool) -> None:
        if original:
            self.sides.show_original()
        else:
            self.sides.show_text()

    def _turn_over(self) -> None:
        if self._view is not None:
            self._turn(not self.sides.is_original)

    def _show_page(self) -> None:
        place = self.text.focused.start if self.text.focused is not None else self.text.offset_in_view()
        self.header.show_page(self._offsets.page_of(place))

    def _want_origin(self) -> None:
        if self._view is not None:
            self.origin_requested.emit(self._view.id)

    def _switch_kind(self, kind: MarkKind) -> None:
        self.switch_kinds(self._kinds ^ {kind})

    def _fold_site_text(self, unfolded: bool) -> None:
        if self._reading is not None and self._reading.site_text != unfolded:
            self._reading = replace(self._reading, site_text=unfolded)
            self._show_reading()

    def _pop_up(self, point: QPoint) -> None:
        menu = self.text_menu(point)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.text.viewport().mapToGlobal(point))

    def _open_pointed(self) -> None:
        if self._pointed is not None:
            self.open_mark(self._pointed)

    def _open_framed(self) -> None:
        mark = next((mark for mark in self._steps() if mark.span == self.text.focused), None)
        if mark is not None:
            self.open_mark(mark)

    def _step_forth(self) -> None:
        self.step(1)

    def _step_back(self) -> None:
        self.step(-1)

    def _empty_words(self) -> EmptyWords:
        return EmptyWords(
            "article-line",
            self.tr("No article open"),
            self.tr("Click the number at a line's end, and the sentence it rests on opens here."),
        )
