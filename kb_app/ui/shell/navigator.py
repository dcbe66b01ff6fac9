"""Moves through places, cards and articles, with a way back and forward."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from kb_app.core.entity import EntityType
from kb_app.core.ids import ArticleId, EntityId, EventId
from kb_app.core.judgement import ClaimKind, ClaimRef
from kb_app.core.profile import Profile
from kb_app.core.search import HitKind, SearchHit
from kb_app.core.timeline import TimelineQuery
from kb_app.ui.shell.desk import Desk
from kb_app.ui.shell.open_base import OpenBase
from kb_app.ui.shell.places import Location, Place
from kb_app.ui.shell.readings import Named
from kb_app.ui.shell.showing import Reference, Showing
from kb_app.ui.shell.trail import Trail

CARD_PLACES = {EntityType.PERSON: Place.PEOPLE, EntityType.INSTITUTION: Place.INSTITUTIONS}


class Navigator(QObject):
    """Takes every wish to go somewhere. `moved` says that one is somewhere else now."""

    moved = Signal()

    def __init__(self, base: OpenBase, desk: Desk, showing: Showing) -> None:
        super().__init__(desk)
        self._base = base
        self._desk = desk
        self._showing = showing
        self._returning: Location | None = None
        self.trail = Trail()
        self._connect()

    @property
    def here(self) -> Location | None:
        """Return where one is."""
        return self.trail.here

    def go(self, location: Location) -> None:
        """Go to a place and what is open there, and remember it."""
        if location.entity is not None:
            self._desk.show_place(location.place)  # its list is there before the card is
            self.open_entity(location.entity)
            return
        self._arrive(location)
        self._show(location)

    def go_place(self, place: Place) -> None:
        """Go to where one was last in a place, or to its first row."""
        location = self.trail.last_in(Location(place))
        if location.entity is None and location.article is None:
            location = self._first_in(place)
        self.go(location)

    def step(self, step: int) -> None:
        """Go back (-1) or forward (1) on the way one came."""
        location = self.trail.go(step)
        if location is None:
            return
        self._returning = location if location.entity is not None else None
        self._show(location)
        self.moved.emit()

    def open_entity(self, entity: EntityId) -> None:
        """Open a card, in the place of its kind."""
        self._returning = None
        self._showing.show_card(entity)

    def open_name(self, name: str) -> None:
        """Open the card that a note's [[link]] names."""
        self._base.read("find", Named(name).read, self._take_named)

    def open_article(self, article: ArticleId) -> None:
        """Open an article in the sources."""
        self._arrive(Location(Place.SOURCES, article=article))
        self._desk.sources.mark_shown(article)
        self._showing.show_article(Reference(article))

    def open_hit(self, hit: SearchHit) -> None:
        """Open what a search found, an article at the words that matched."""
        if hit.kind is HitKind.EVENT:
            self.open_event(EventId(hit.id))
        elif hit.kind is HitKind.ARTICLE:
            self._arrive(Location(Place.SOURCES, article=ArticleId(hit.id)))
            self._desk.sources.mark_shown(ArticleId(hit.id))
            self._showing.show_article(Reference(ArticleId(hit.id), hit.article_span))
        else:
            # its list is there, and can take the keyboard, before the card is
            self._desk.show_place(Place.INSTITUTIONS if hit.kind is HitKind.INSTITUTION else Place.PEOPLE)
            self.open_entity(EntityId(hit.id))

    def open_event(self, event: EventId) -> None:
        """Show an event on the large timeline, marked everywhere."""
        self._arrive(Location(Place.TIMELINE))
        self._showing.show_timeline()
        self._showing.show_event(event)

    def open_timeline_of(self, entity: EntityId) -> None:
        """Show the events of an entity alone on the large timeline."""
        self._arrive(Location(Place.TIMELINE))
        self._showing.ask_timeline(TimelineQuery(entity=entity))

    def open_claim(self, claim: ClaimRef) -> None:
        """Show what a mark in an article stands for."""
        if claim.kind is ClaimKind.EVENT:
            self._showing.show_event(EventId(claim.id))
        elif claim.kind is ClaimKind.ENTITY:
            self.open_entity(EntityId(claim.id))
        else:
            self._desk.card.show_claim(claim)

    def fill_empty_card(self) -> None:
        """Open the first card of a list whose open card went away, as by undoing an import."""
        entities = self._desk.entity_list()
        first = entities.first_entity() if entities is not None else None
        if first is not None and self._showing.profile is None and self.here is not None:
            self.open_entity(first)

    def begin(self, place: Place) -> None:
        """Begin anew in a place whose card is still looked for."""
        self.trail.clear()
        self._returning = None
        self._desk.show_place(place)
        self.moved.emit()

    def restart(self, location: Location | None) -> None:
        """Begin anew in a knowledge base that was just opened."""
        self.trail.clear()
        self._returning = None
        if location is not None and (location.entity is not None or location.article is not None):
            self.go(location)
        else:
            self.go(self._first_in(location.place if location else Place.PEOPLE))

    def _connect(self) -> None:
        desk = self._desk
        desk.rail.place_requested.connect(self.go_place)
        for entities in (desk.people, desk.institutions, desk.card, desk.strip, desk.timeline, desk.pane):
            entities.entity_requested.connect(self.open_entity)
        desk.sources.article_requested.connect(self.open_article)
        for events in (desk.card, desk.strip, desk.timeline, desk.pane):
            events.event_requested.connect(self._showing.show_event)
        desk.card.more_requested.connect(self._showing.show_more)
        desk.card.name_requested.connect(self.open_name)
        desk.card.citation_requested.connect(self._showing.show_citation)
        desk.pane.claim_requested.connect(self.open_claim)
        desk.strip.query_requested.connect(self._showing.ask_strip)
        desk.timeline.query_requested.connect(self._showing.ask_timeline)
        self._showing.profile_shown.connect(self._take_profile)
        self._showing.profile_lost.connect(self.fill_empty_card)
        self._base.task_ended.connect(self._fill_empty_place)

    def _first_in(self, place: Place) -> Location:
        lists = {Place.PEOPLE: self._desk.people, Place.INSTITUTIONS: self._desk.institutions}
        if place in lists:
            return Location(place, entity=lists[place].first_entity())
        return Location(place, article=self._desk.sources.first_article() if place is Place.SOURCES else None)

    def _fill_empty_place(self) -> None:
        """Open the first card or article of a place that had none before an import."""
        here = self.here
        if self._base.is_open and here is not None and here.entity is None and here.article is None:
            first = self._first_in(here.place)
            if first != here:
                self.go(first)

    def _show(self, location: Location) -> None:
        self._desk.show_place(location.place)
        if location.entity is not None:
            self._mark_entity(location.entity)
            self._showing.show_card(location.entity)
        elif location.article is not None:
            self._desk.sources.mark_shown(location.article)
            self._showing.show_article(Reference(location.article))
        elif location.place is Place.TIMELINE:
            self._show_timeline()
        elif location.place in CARD_PLACES.values():
            kind = EntityType.PERSON if location.place is Place.PEOPLE else EntityType.INSTITUTION
            self._desk.card.show_nothing(kind)

    def _show_timeline(self) -> None:
        self._showing.show_timeline()
        newest = self._desk.sources.first_article()
        if self._showing.article is None and newest is not None:
            self._showing.show_article(Reference(newest))

    def _arrive(self, location: Location) -> None:
        self.trail.visit(location)
        self._desk.show_place(location.place)
        self.moved.emit()

    def _take_named(self, entity: EntityId | None) -> None:
        if entity is not None:
            self.open_entity(entity)

    def _take_profile(self, profile: Profile) -> None:
        entity = profile.entity.id
        if self._returning is not None and self._returning.entity == entity:
            self._returning = None
            return
        # the card of a place has no list of its own: it opens beside the list that is there
        beside = self._desk.place if self._desk.place in CARD_PLACES.values() else Place.PEOPLE
        self._arrive(Location(CARD_PLACES.get(profile.entity.type, beside), entity=entity))
        self._mark_entity(entity)

    def _mark_entity(self, entity: EntityId) -> None:
        shown = self._desk.entity_list()
        if shown is not None:
            shown.mark_shown(entity)
