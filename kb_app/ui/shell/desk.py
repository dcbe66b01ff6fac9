"""The zones between the bars: rail, list, card over its timeline, and the source pane."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from kb_app.core.entity import EntityType
from kb_app.settings import Settings
from kb_app.ui.lists.entity_list import EntityList
from kb_app.ui.profile.card import CardView
from kb_app.ui.shared.icons import Icons
from kb_app.ui.shell.places import Place
from kb_app.ui.shell.rail import Rail
from kb_app.ui.source_pane.source_pane import SourcePane
from kb_app.ui.sources.sources_place import SourcesPlace
from kb_app.ui.theme import Theme
from kb_app.ui.timeline.timeline_view import TimelineView

# shares of the desk at first; a person's own sizes are kept
LIST_SHARE, MOST_LIST = 0.21, 280
PANE_SHARE, MOST_PANE = 0.33, 480
STRIP_SHARE = 0.36
LEAST = {"list": 210, "middle": 360, "pane": 250}


class Desk(QWidget):
    """Holds the views of an open knowledge base; it knows which are visible in which place and nothing else."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rail = Rail(theme, icons)
        self.people = EntityList(EntityType.PERSON, theme, icons)
        self.institutions = EntityList(EntityType.INSTITUTION, theme, icons)
        self.sources = SourcesPlace(theme, icons)
        self.card = CardView(theme, icons)
        self.strip = TimelineView(theme)
        self.timeline = TimelineView(theme)
        self.pane = SourcePane(theme, icons)
        self.place = Place.PEOPLE
        self._is_divided = False
        self._lists = QStackedWidget()
        self._middle = QStackedWidget()
        self._card_and_strip = QSplitter(Qt.Orientation.Vertical)
        self._zones = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self.show_place(self.place)

    def show_place(self, place: Place) -> None:
        """Show the views of a place."""
        self.place = place
        self.rail.show_place(place)
        self._lists.setVisible(place in (Place.PEOPLE, Place.INSTITUTIONS))
        if place is Place.SOURCES:
            self._middle.setCurrentWidget(self.sources)
        elif place is Place.TIMELINE:
            self._middle.setCurrentWidget(self.timeline)
        else:
            self._lists.setCurrentWidget(self.people if place is Place.PEOPLE else self.institutions)
            self._middle.setCurrentWidget(self._card_and_strip)

    def entity_list(self) -> EntityList | None:
        """Return the list of the place, where it has one."""
        lists = {Place.PEOPLE: self.people, Place.INSTITUTIONS: self.institutions}
        return lists.get(self.place)

    def focus_rows(self) -> None:
        """Give the keyboard to what the place is about."""
        shown = self.entity_list()
        if shown is not None:
            shown.focus_rows()
        elif self.place is Place.SOURCES:
            self.sources.focus_rows()
        else:
            self.timeline.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def splitters(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Return the sizes on both sides of each splitter."""
        return tuple((name, tuple(splitter.sizes())) for name, splitter in self._splitters())

    def restore_splitters(self, settings: Settings) -> None:
        """Put the splitters where they stood."""
        for name, splitter in self._splitters():
            sizes = settings.splitter(name)
            if len(sizes) == splitter.count() and any(sizes):
                splitter.setSizes(list(sizes))
                self._is_divided = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_divided:
            self._is_divided = True
            self._divide()

    def _divide(self) -> None:
        """Give each zone its share of a window of this size."""
        width, height = self.width() - self.rail.width(), self.height()
        side = min(round(width * LIST_SHARE), MOST_LIST)
        pane = min(round(width * PANE_SHARE), MOST_PANE)
        self._zones.setSizes([side, width - side - pane, pane])
        strip = round(height * STRIP_SHARE)
        self._card_and_strip.setSizes([height - strip, strip])

    def _splitters(self) -> tuple[tuple[str, QSplitter], ...]:
        return (("zones", self._zones), ("card", self._card_and_strip))

    def _lay_out(self) -> None:
        self.strip.set_compact(True)
        for place_list in (self.people, self.institutions):
            self._lists.addWidget(place_list)
        self._card_and_strip.addWidget(self.card)
        self._card_and_strip.addWidget(self.strip)
        self._card_and_strip.setStretchFactor(0, 1)
        for view in (self.sources, self._card_and_strip, self.timeline):
            self._middle.addWidget(view)
        self._lists.setMinimumWidth(LEAST["list"])
        self._middle.setMinimumWidth(LEAST["middle"])
        self.pane.setMinimumWidth(LEAST["pane"])
        for zone in (self._lists, self._middle, self.pane):
            self._zones.addWidget(zone)
        self._zones.setStretchFactor(1, 1)
        for splitter in (self._zones, self._card_and_strip):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.rail)
        line.addWidget(self._zones, 1)
