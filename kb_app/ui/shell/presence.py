"""Shows where the knowledge base stands: first page or desk, its name, what runs, whether all is saved."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kb_app.core.ids import EntityId
from kb_app.services.inspecting import caution_of
from kb_app.services.workspace import Workspace
from kb_app.settings import Settings
from kb_app.ui.notices import Notice, Tone
from kb_app.ui.shell.frame import Frame
from kb_app.ui.shell.navigator import CARD_PLACES, Navigator
from kb_app.ui.shell.open_base import BaseState, OpenBase
from kb_app.ui.shell.places import Location, Place
from kb_app.ui.shell.readings import Named
from kb_app.ui.shell.showing import Showing
from kb_app.ui.tasks import TaskProgress


class Presence(QObject):
    """Follows the knowledge base through opening and closing.

    `ready` says that one is open and shown, `gone` that none is open and none is on its way, `welcomed` that the first
    page is shown.
    """

    ready = Signal()
    gone = Signal()
    welcomed = Signal()

    def __init__(self, base: OpenBase, frame: Frame, going: tuple[Navigator, Showing], settings: Settings) -> None:
        super().__init__(frame)
        self.settings = settings
        self._base = base
        self._frame = frame
        self._navigator, self._showing = going
        self._place = Place.PEOPLE
        self._wanted_name = self._remembered_name = ""
        self._task = ""
        base.opened.connect(self._take_base)
        base.leaving.connect(self._leave)
        base.closed.connect(self._take_end)
        base.open_failed.connect(self._take_refusal)
        base.state_changed.connect(self.follow)
        base.progressed.connect(self._take_progress)
        base.task_ended.connect(self._take_task_end)
        frame.status.cancel_requested.connect(base.cancel)
        self.follow()

    def want(self, place: Place | None, name: str = "") -> None:
        """Begin at a place, or at the card of a name, in the knowledge base that is opened next."""
        if place is not None:
            self.settings = replace(self.settings, place=place.value)
        self._wanted_name = name

    def selection(self) -> str:
        """Return the name whose card is open."""
        profile = self._showing.profile
        return profile.entity.name if profile is not None else ""

    def recent_files(self) -> tuple[str, ...]:
        """Return the files that were opened lately."""
        return self.settings.recent_files

    def knows(self, path: Path) -> bool:
        """Tell whether a file was opened on this computer before."""
        return str(path) in self.settings.recent_files

    def show_welcome(self) -> None:
        """Show the first page."""
        files = (Path(name) for name in self.settings.recent_files)
        self._frame.show_welcome(tuple(path for path in files if path.exists()))
        self.welcomed.emit()

    def say(self, words: str) -> None:
        """Say what was done, unless long work is being told of."""
        if not self._task:
            self._frame.status.show_work(words)

    def say_undone(self, label: str) -> None:
        """Say what was taken back."""
        self.say(self.tr("Undone: {0}").format(label))

    def say_redone(self, label: str) -> None:
        """Say what was done again."""
        self.say(self.tr("Done again: {0}").format(label))

    def follow(self) -> None:
        """Bring name, title and signs up with the state."""
        request, state = self._base.request, self._base.state
        name = request.path.name if request is not None else ""
        self._frame.top_bar.show_name(name, str(request.path) if request is not None else "")
        window = self._frame.window()
        window.setWindowTitle(f"{name} — Kartoteka" if name else "Kartoteka")
        if state is BaseState.OPENING:
            self._frame.welcome.show_busy(self.tr("Opening {0}…").format(name))
        self._show_saved()

    def _show_saved(self) -> None:
        status = self._frame.status
        if not self._base.is_open:
            status.show_saved("")
        elif not self._base.can_write:
            status.show_saved(self.tr("Read-only"), self.tr("Nothing can be changed in this window"))
        else:
            status.show_saved(self.tr("Saved"), self.tr("Every change is in the file as soon as it is made"))

    def _take_base(self) -> None:
        path = self._base.path
        self._remembered_name = ""
        if path is not None:
            self._remembered_name = self.settings.selection if self.settings.last_file == str(path) else ""
            self.settings = self.settings.with_file(path)
        self._frame.notices.clear()
        self._showing.clear()
        self._frame.show_desk()
        self._place = Place(self.settings.place) if self.settings.place in tuple(Place) else Place.PEOPLE
        asked, self._wanted_name = self._wanted_name, ""
        remembered = self._remembered_name if self._place in CARD_PLACES.values() else ""
        if asked or remembered:
            self._navigator.begin(self._place)
            self._base.read("find", Named(asked or remembered).read, partial(self._take_found, asked))
        else:
            self._navigator.restart(Location(self._place))
        self._base.read("place", _caution, self._take_caution)
        self.follow()
        self.ready.emit()

    def _take_caution(self, sentence: str) -> None:
        if sentence:
            self._frame.notices.show_notice(Notice(sentence))

    def _take_found(self, asked: str, entity: EntityId | None) -> None:
        if entity is not None:
            self._navigator.open_entity(entity)
            return
        self._navigator.restart(Location(self._place))
        if asked:
            words = self.tr("Nobody and nothing in this knowledge base is called “{0}”.").format(asked)
            self._frame.notices.show_notice(Notice(words, Tone.PLAIN))

    def _leave(self) -> None:
        here = self._navigator.here
        if here is not None:
            self.settings = replace(self.settings, place=here.place.value, selection=self.selection())
        self._showing.clear()
        self._frame.notices.clear()
        self._frame.status.show_work(self.tr("Closing…"))

    def _take_end(self) -> None:
        self._task = ""
        self._frame.status.show_work("")
        self._settle()

    def _take_refusal(self) -> None:
        request = self._base.failed_request
        if request is not None and not request.path.exists():
            self.settings = self.settings.without_file(request.path)
        self._settle()

    def _settle(self) -> None:
        if self._base.state is BaseState.NONE and not self._base.is_waiting:
            self.show_welcome()
            self.gone.emit()

    def _take_progress(self, progress: TaskProgress) -> None:
        self._task = progress.name
        self._frame.status.show_progress(progress.name, progress.progress)

    def _take_task_end(self) -> None:
        self._task = ""
        self._frame.status.show_work("")


def _caution(workspace: Workspace) -> str:
    return caution_of(workspace.path)
