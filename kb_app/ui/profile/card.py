"""The profile card of one person or institution."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from kb_app.core.entity import EntityType
from kb_app.core.ids import EntityId
from kb_app.core.judgement import ClaimRef
from kb_app.core.profile import MentionLine, Profile
from kb_app.ui.profile.columns import Columns, Place, Placed
from kb_app.ui.profile.fact_line import event_lines, holder_lines, relation_lines, role_lines, statement_lines
from kb_app.ui.profile.figures import FiguresRow
from kb_app.ui.profile.header import CardHeader
from kb_app.ui.profile.mentions_view import MentionsSection
from kb_app.ui.profile.notes import NotesSection
from kb_app.ui.profile.section import FactSection
from kb_app.ui.profile.wishes import SectionKind
from kb_app.ui.shared.empty_state import EmptyState, EmptyWords
from kb_app.ui.shared.icons import Icons
from kb_app.ui.shared.section_header import SectionHeader
from kb_app.ui.theme import Theme

MARGIN = 22
SCROLLS_KEPT = 60


class CardView(QWidget):
    """Shows a profile and emits wishes.

    `name_requested` carries the name in a note's [[link]]; `more_requested` asks for lines that the profile only
    counts: answer it with a fuller profile, or for mentions with `add_mentions`.
    """

    entity_requested = Signal(object)  # EntityId
    event_requested = Signal(object)  # EventId
    citation_requested = Signal(object)  # Citation
    judgement_requested = Signal(object)  # JudgementWish
    rename_requested = Signal(object)  # RenameWish
    note_requested = Signal(object)  # NoteWish
    name_requested = Signal(str)
    more_requested = Signal(object)  # MoreWish

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile: Profile | None = None
        self._scrolls: dict[EntityId, int] = {}
        self.header = CardHeader(theme, icons)
        self.figures = FiguresRow(theme)
        self.sections = {kind: FactSection(theme, kind, title) for kind, title in self._titles().items()}
        self.mentions = MentionsSection(theme)
        self.notes = NotesSection(theme)
        self._columns = Columns(self._placed())
        self._empty = EmptyState(icons, self._empty_words(None))
        self._scroll = QScrollArea()
        self._stack = QStackedLayout(self)
        self._lay_out()
        self._connect()
        self.show_nothing(None)

    def show_profile(self, profile: Profile) -> None:
        """Show a profile; the same entity again keeps its place, its folds and what is being written."""
        before = self._profile
        changed = before is None or before.entity.id != profile.entity.id
        if before is not None and changed:
            self._keep_scroll(before.entity.id)
        self._profile = profile
        self.header.show_profile(profile)
        self.figures.show_figures(profile.figures)
        self._show_sections(profile)
        entity = profile.entity
        self.mentions.show_mentions((entity.id, entity.type), profile.mentions.lines, profile.mentions.total)
        self.notes.show_notes(entity.id, profile.notes)
        self._stack.setCurrentWidget(self._scroll)
        if changed:
            _settle()
            self._scroll.verticalScrollBar().setValue(self._scrolls.get(entity.id, 0))

    def show_nothing(self, kind: EntityType | None) -> None:
        """Show that no card is chosen; `kind` is what the list beside it holds."""
        self._profile = None
        self._empty.show_words(self._empty_words(kind))
        self._stack.setCurrentWidget(self._empty)

    def add_mentions(self, entity: EntityId, lines: Sequence[MentionLine]) -> None:
        """Add mentions that `more_requested` asked for."""
        self.mentions.add_mentions(entity, lines)

    def show_claim(self, ref: ClaimRef) -> bool:
        """Bring a claim's line into view; False where the card shows no such line."""
        return self._profile is not None and any(section.show_claim(ref) for section in self.sections.values())

    def profile(self) -> Profile | None:
        """Return the profile shown."""
        return self._profile

    def folded(self) -> frozenset[SectionKind]:
        """Return the sections that the person folded."""
        return frozenset(kind for kind, header in self._headers().items() if header.is_folded())

    def fold(self, kinds: Collection[str]) -> None:
        """Fold these sections and unfold the others."""
        for kind, header in self._headers().items():
            header.fold(kind in kinds)

    def add_note(self) -> None:
        """Open the field for a note."""
        if self._profile is not None:
            self.notes.begin()
            self._scroll.ensureWidgetVisible(self.notes.editor)

    def rename(self) -> None:
        """Let the person write another name."""
        if self._profile is not None:
            self._scroll.verticalScrollBar().setValue(0)
            self.header.name.edit()

    def _titles(self) -> dict[SectionKind, str]:
        return {
            SectionKind.ROLES: self.tr("Roles"),
            SectionKind.HOLDERS: self.tr("Held a role here"),
            SectionKind.RELATIONS: self.tr("Links"),
            SectionKind.STATEMENTS_BY: self.tr("Statements"),
            SectionKind.STATEMENTS_ABOUT: self.tr("Said about"),
            SectionKind.EVENTS: self.tr("Events"),
        }

    def _placed(self) -> tuple[Placed, ...]:
        places = {SectionKind.STATEMENTS_BY: Place.RIGHT, SectionKind.STATEMENTS_ABOUT: Place.RIGHT}
        facts = [Placed(section, places.get(kind, Place.LEFT)) for kind, section in self.sections.items()]
        return (*facts, Placed(self.mentions, Place.WHOLE), Placed(self.notes, Place.RIGHT))

    def _headers(self) -> dict[SectionKind, SectionHeader]:
        made = {kind: section.header for kind, section in self.sections.items()}
        return made | {SectionKind.MENTIONS: self.mentions.header, SectionKind.NOTES: self.notes.header}

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("surface", "canvas")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, 18, MARGIN, MARGIN)
        column.setSpacing(18)
        for part in (self.header, self.figures, self._columns):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll.setProperty("surface", "canvas")
        self._scroll.setWidget(page)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._empty.setProperty("surface", "canvas")
        self._empty.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)

    def _connect(self) -> None:
        self.header.judgement_requested.connect(self.judgement_requested)
        self.header.rename_requested.connect(self.rename_requested)
        self.header.note_wanted.connect(self.add_note)
        self.mentions.citation_requested.connect(self.citation_requested)
        self.mentions.more_requested.connect(self.more_requested)
        self.notes.note_requested.connect(self.note_requested)
        self.notes.name_requested.connect(self.name_requested)
        for section in self.sections.values():
            view = section.view
            view.entity_requested.connect(self.entity_requested)
            view.event_requested.connect(self.event_requested)
            view.citation_requested.connect(self.citation_requested)
            view.judgement_requested.connect(self.judgement_requested)
            view.edge_passed.connect(self._pass_edge)
            view.line_reached.connect(self._reach)
            section.more_requested.connect(self.more_requested)
        key = QShortcut(QKeySequence(Qt.Key.Key_F2), self, context=Qt.ShortcutContext.WindowShortcut)
        key.activated.connect(self.rename)

    def _show_sections(self, profile: Profile) -> None:
        entity = profile.entity.id
        lines = {
            SectionKind.ROLES: (role_lines(profile.roles.lines), profile.roles.total),
            SectionKind.HOLDERS: (holder_lines(profile.holders.lines), profile.holders.total),
            SectionKind.RELATIONS: (relation_lines(profile.relations.lines), profile.relations.total),
            SectionKind.STATEMENTS_BY: (
                statement_lines(profile.statements_by.lines, by_subject=True),
                profile.statements_by.total,
            ),
            SectionKind.STATEMENTS_ABOUT: (
                statement_lines(profile.statements_about.lines, by_subject=False),
                profile.statements_about.total,
            ),
            SectionKind.EVENTS: (event_lines(profile.events.lines, entity), profile.events.total),
        }
        for kind, (facts, total) in lines.items():
            self.sections[kind].show_section(entity, facts, total)

    def _keep_scroll(self, entity: EntityId) -> None:
        self._scrolls.pop(entity, None)
        self._scrolls[entity] = self._scroll.verticalScrollBar().value()
        if len(self._scrolls) > SCROLLS_KEPT:
            self._scrolls.pop(next(iter(self._scrolls)))

    def _pass_edge(self, direction: int) -> None:
        views = [s.view for s in self.sections.values() if s.view.isVisible()]
        at = next((i for i, view in enumerate(views) if view is self.sender()), None)
        if at is not None and 0 <= at + direction < len(views):
            views[at + direction].enter_from(direction)

    def _reach(self, box: QRect) -> None:
        view = self.sender()
        page = self._scroll.widget()
        if isinstance(view, QWidget) and page is not None:
            _settle()
            top = view.mapTo(page, box.topLeft()).y()
            self._scroll.ensureVisible(0, top, 0, 24)
            self._scroll.ensureVisible(0, top + box.height(), 0, 24)

    def _empty_words(self, kind: EntityType | None) -> EmptyWords:
        if kind is EntityType.INSTITUTION:
            return EmptyWords(
                "bank-line",
                self.tr("No institution chosen"),
                self.tr("Choose an institution in the list: who held a role there, links, events and every mention."),
            )
        return EmptyWords(
            "user-line",
            self.tr("No card chosen"),
            self.tr("Choose a name in the list, in an article or on the timeline: its roles, links, events and words."),
        )


def _settle() -> None:
    """Carry out the layouts that are due, so that places asked for now are those that will be seen."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
