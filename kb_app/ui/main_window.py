"""The window: puts the zones together and connects what carries out its commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QMainWindow

from kb_app.core.article import MetadataField
from kb_app.core.reading import ArticleView, MarkKind
from kb_app.services.importing import ImportRequest
from kb_app.settings import Settings
from kb_app.ui.commands import Commands
from kb_app.ui.notices import Notice, Tone
from kb_app.ui.shared.icons import Icons
from kb_app.ui.shell.cataloguing import EXTRACT_AFFECTED, Cataloguing
from kb_app.ui.shell.command_table import all_commands, menus
from kb_app.ui.shell.controllers import Controllers
from kb_app.ui.shell.editing import Editing
from kb_app.ui.shell.folders import Folders
from kb_app.ui.shell.frame import Frame
from kb_app.ui.shell.freshness import Freshness
from kb_app.ui.shell.helping import Helping
from kb_app.ui.shell.importing import GO_ON, SHOW_EXTRACTION, SHOW_REPORT, Importing, dropped_paths
from kb_app.ui.shell.navigator import Navigator
from kb_app.ui.shell.open_base import BaseState, OpenBase
from kb_app.ui.shell.opening import READ_ONLY, RESTORE, Opener
from kb_app.ui.shell.originals import Originals
from kb_app.ui.shell.origins import Origins
from kb_app.ui.shell.places import Place
from kb_app.ui.shell.presence import Presence
from kb_app.ui.shell.recent_menu import RecentMenu
from kb_app.ui.shell.reencoding import Reencoding
from kb_app.ui.shell.searching import Searching
from kb_app.ui.shell.showing import Showing
from kb_app.ui.shell.taking_over import TakingOver
from kb_app.ui.shell.upkeep import Upkeep
from kb_app.ui.sources.article_menu import ArticleDeed, ArticleWish, has_no_text
from kb_app.ui.sources.text_form import GivenText
from kb_app.ui.theme import Theme

LEAST_SIZE = (890, 560)
FIRST_SIZE = (1400, 880)
FIRST_FIELDS = {ArticleDeed.METADATA: MetadataField.TITLE, ArticleDeed.DATE: MetadataField.PUBLISHED}
STEPS = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the window is given: choices, how to keep them, where files lie, how a text becomes an import."""

    settings: Settings
    keep: Callable[[Settings], object]
    folder: Path
    request_of: Callable[[GivenText], ImportRequest]
    backs_up: bool = True


class MainWindow(QMainWindow):
    """The one window of the program."""

    def __init__(self, theme: Theme, icons: Icons, surroundings: Surroundings) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._is_closing = False
        self.frame = Frame(theme, icons)
        self.setCentralWidget(self.frame)
        self.base = OpenBase(self)
        self.showing = Showing(self.base, self.frame.desk, self)
        self.navigator = Navigator(self.base, self.frame.desk, self.showing)
        # the lists take the knowledge base up before the presence goes to one of their rows
        self.freshness = Freshness(self.base, self.frame.desk, self.frame.status)
        self.originals = Originals(self.base, self.frame.desk.pane)
        going = (self.navigator, self.showing)
        self.presence = Presence(self.base, self.frame, going, surroundings.settings)
        self.parts = self._controllers(theme)
        self.searching = Searching(self.base, self.frame.top_bar.search)
        self.commands = Commands(self, icons)
        self._set_up_commands()
        self._connect_base()
        self._connect_views()
        self._restore()

    def is_idle(self) -> bool:
        """Tell whether nothing is being read, written or typed."""
        is_idle = all(part.is_idle() for part in self._beside())
        return self.base.is_idle() and is_idle and not self.frame.top_bar.search.is_waiting()

    def show_notice(self, notice: Notice) -> None:
        """Show a notice above the desk."""
        self.frame.notices.show_notice(notice)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()) or event.mimeData().hasText() or event.mimeData().hasHtml():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.parts.importing.take(event.mimeData()):
            event.acceptProposedAction()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in STEPS:
            self.navigator.step(STEPS[event.button()])
        else:
            super().mousePressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._is_closing:
            self._is_closing = True
            self._remember()
            self.parts.opener.taking_over.cancel()
            self.base.close()
        # the file is let go first: its threads must not outlive the window
        is_free = self.base.state is BaseState.NONE and all(part.is_idle() for part in self._beside())
        self.setEnabled(is_free)
        event.setAccepted(is_free)

    def _beside(self) -> tuple[Upkeep | TakingOver | Originals | Folders, ...]:
        """Return what works in threads of its own."""
        return (self.parts.upkeep, self.parts.opener.taking_over, self.originals, self.parts.folders)

    def _controllers(self, theme: Theme) -> Controllers:
        editing = Editing(self.base, self)
        return Controllers(
            base=self.base,
            opener=Opener(self.base, self, self._surroundings.folder, self.presence.knows),
            navigator=self.navigator,
            editing=editing,
            cataloguing=Cataloguing(self.base, self, self.frame.desk, self.showing),
            importing=Importing(self.base, self, theme, self._surroundings.request_of),
            reencoding=Reencoding(self.base, self, self._shown_article),
            folders=Folders(self.base, self, self.frame.status),
            upkeep=Upkeep(self.base, self, theme, editing),
            helping=Helping(self, theme),
            freshness=self.freshness,
            origins=Origins(self.base, self, theme),
            showing=self.showing,
            theme=theme,
            search_box=self.frame.top_bar.search,
            go_place=self._go_place,
            quit=self.close,
        )

    def _set_up_commands(self) -> None:
        self.commands.add(all_commands(self.parts))
        filled = self.commands.fill(self.frame.top_bar.menu_bar, menus())
        self.recent_menu = recent = RecentMenu(self.presence.recent_files, self)
        recent.file_requested.connect(self.parts.opener.open_path)
        filled[0].insertMenu(self.commands.action("open_sample"), recent)
        self.parts.helping.commands = self.commands
        action = self.commands.action
        self.frame.top_bar.bind((action("back"), action("forward")), (action("undo"), action("redo")), action("import"))
        self.frame.welcome.command_requested.connect(self._run_command)
        self.frame.welcome.file_requested.connect(self.parts.opener.open_path)

    def _connect_base(self) -> None:
        base, notices = self.base, self.frame.notices
        base.failed.connect(notices.show_failure)
        base.state_changed.connect(self.commands.refresh)
        self.navigator.moved.connect(self.commands.refresh)
        self.parts.freshness.steps_changed.connect(self._name_steps)
        self.presence.ready.connect(self._take_base)
        self.presence.gone.connect(self._take_end)
        for beside in self._beside():
            beside.ended.connect(self._take_end)
        self.frame.status.watching_requested.connect(self.parts.folders.show)
        parts = self.parts
        noticing = (parts.opener, parts.importing, parts.reencoding, parts.upkeep, parts.folders, parts.cataloguing)
        for part in (*noticing, self.originals):
            part.noticed.connect(notices.show_notice)
        notices.action_requested.connect(self._take_action)
        self.parts.importing.base_wanted.connect(self.parts.opener.open_default)

    def _connect_views(self) -> None:
        desk, editing = self.frame.desk, self.parts.editing
        desk.card.judgement_requested.connect(editing.judge)
        desk.card.rename_requested.connect(editing.rename)
        desk.card.note_requested.connect(editing.note)
        for entities in (desk.people, desk.institutions):
            entities.deed_requested.connect(editing.take_list_wish)
            entities.timeline_requested.connect(self.navigator.open_timeline_of)
            entities.import_requested.connect(self.parts.importing.choose_files)
        desk.sources.deed_requested.connect(self._take_article_wish)
        desk.pane.reencoding_requested.connect(self.parts.reencoding.begin)
        self.parts.reencoding.read_again.connect(self.navigator.open_article)
        self.showing.article_shown.connect(self.commands.refresh)
        desk.pane.origin_requested.connect(self.parts.origins.show)
        self.parts.origins.article_requested.connect(self.navigator.open_article)
        self.parts.origins.refused.connect(self._refuse_edit)
        desk.sources.import_requested.connect(self.parts.importing.choose_files)
        self.parts.importing.reports.article_requested.connect(self.navigator.open_article)
        desk.sources.report_requested.connect(self.parts.importing.show_report)
        self._connect_catalogue()
        self.frame.top_bar.search.hit_requested.connect(self.navigator.open_hit)
        for ended in (self.frame.top_bar.search.hit_requested, self.frame.top_bar.search.left):
            ended.connect(desk.focus_rows)
        self.freshness.refreshed.connect(self.navigator.fill_empty_card)
        editing.undone.connect(self.presence.say_undone)
        editing.redone.connect(self.presence.say_redone)
        editing.refused.connect(self._refuse_edit)

    def _connect_catalogue(self) -> None:
        desk, cataloguing = self.frame.desk, self.parts.cataloguing
        desk.sources.grade_requested.connect(cataloguing.grade)
        desk.sources.publishers_requested.connect(cataloguing.show_publishers)
        self.showing.article_shown.connect(self.commands.refresh)
        header = desk.pane.header
        header.grade_wanted.connect(cataloguing.grade_shown)
        header.metadata_wanted.connect(cataloguing.correct_shown)
        header.about_wanted.connect(cataloguing.show_shown_source)
        cataloguing.articles_requested.connect(self._show_publisher)
        cataloguing.extraction_requested.connect(self.parts.importing.extract_again)
        cataloguing.refused.connect(self._refuse_edit)

    def _take_base(self) -> None:
        if self._is_closing:
            self.base.close()
            return
        self.parts.importing.forget()
        self._surroundings.keep(self.presence.settings)
        request = self.base.request
        if request is not None and request.is_sample:
            self.parts.importing.import_sample()
        else:
            self.parts.importing.offer_to_go_on()
        self.parts.importing.start_waiting()
        self.parts.opener.say_waiting()
        if self._surroundings.backs_up:
            self.parts.upkeep.back_up_if_due()
        self.frame.desk.focus_rows()

    def _take_end(self) -> None:
        if self._is_closing:
            self.close()

    def _take_action(self, action: str) -> None:
        actions: dict[str, Callable[[], object]] = {
            SHOW_REPORT: self.parts.importing.show_report,
            SHOW_EXTRACTION: self.parts.importing.show_extraction,
            GO_ON: self.parts.importing.go_on,
            READ_ONLY: self.parts.opener.open_refused_read_only,
            RESTORE: self._restore_refused,
            EXTRACT_AFFECTED: self.parts.cataloguing.extract_affected,
        }
        actions[action]()

    def _take_article_wish(self, wish: ArticleWish) -> None:
        articles = tuple(row.id for row in wish.articles)
        if wish.deed is ArticleDeed.EXTRACT:
            self.parts.importing.extract_again(articles)
        elif wish.deed is ArticleDeed.ABOUT:
            self.parts.cataloguing.show_source(articles[0])
        elif wish.deed in FIRST_FIELDS:
            self.parts.cataloguing.correct(articles, FIRST_FIELDS[wish.deed])
        elif wish.deed is ArticleDeed.VERSIONS:
            self.parts.origins.show(articles[0])
        elif wish.deed is ArticleDeed.REENCODE:
            self.parts.reencoding.begin_with(articles[0])
        elif wish.deed is ArticleDeed.RECOGNISE:
            self.parts.importing.recognise(tuple(row.id for row in wish.articles if has_no_text(row)))
        elif wish.deed is ArticleDeed.JOIN:
            self.parts.origins.join(articles)
        else:
            self.parts.editing.mark_reviewed(articles, wish.deed is ArticleDeed.REVIEWED)

    def _shown_article(self) -> ArticleView | None:
        return self.showing.article

    def _restore_refused(self) -> None:
        self.parts.upkeep.choose_backup(self.parts.opener.refused)

    def _refuse_edit(self) -> None:
        self.show_notice(Notice(self.tr("This knowledge base is open for reading only."), Tone.PLAIN))

    def _run_command(self, id: str) -> None:
        self.commands.action(id).trigger()

    def _show_publisher(self, name: str) -> None:
        self._go_place(Place.SOURCES)
        self.frame.desk.sources.show_publisher(name)

    def _go_place(self, place: Place) -> None:
        self.navigator.go_place(place)
        self.frame.desk.focus_rows()

    def _name_steps(self) -> None:
        freshness = self.parts.freshness
        steps = (("undo", self.tr("Undo"), freshness.next_undo), ("redo", self.tr("Redo"), freshness.next_redo))
        for id, verb, step in steps:
            self.commands.action(id).setText(f"{verb} {step.label}" if step is not None else verb)
        self.commands.refresh()

    def _restore(self) -> None:
        settings = self._surroundings.settings
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(QSize(*FIRST_SIZE).boundedTo(self.screen().availableSize()))
        self.setAcceptDrops(True)
        if settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode()))
        self.frame.desk.restore_splitters(settings)
        self.parts.importing.folder = settings.last_folder
        if settings.hidden_marks:
            self.frame.desk.pane.switch_kinds([kind for kind in MarkKind if kind.value not in settings.hidden_marks])

    def _remember(self) -> None:
        kept = replace(
            self.presence.settings,
            geometry=bytes(self.saveGeometry().toBase64().data()).decode(),
            theme=self.parts.theme.choice,
            last_folder=self.parts.importing.folder,
        )
        if self.frame.is_at_desk():
            desk = self.frame.desk
            hidden = tuple(kind.value for kind in MarkKind if kind not in desk.pane.shown_kinds())
            kept = replace(kept, splitters=desk.splitters(), place=desk.place.value, hidden_marks=hidden)
            kept = replace(kept, selection=self.presence.selection())
        self._surroundings.keep(kept)
