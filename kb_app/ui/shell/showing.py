"""Brings cards, timelines and articles from the knowledge base to the views, and keeps them fresh."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from kb_app.core.changes import Changes
from kb_app.core.citation import Citation
from kb_app.core.ids import ArticleId, EntityId, EventId
from kb_app.core.judgement import ClaimKind
from kb_app.core.origin import Origin
from kb_app.core.passage import Passage, Span
from kb_app.core.profile import EventLine, Profile
from kb_app.core.reading import ArticleView
from kb_app.core.timeline import LaneKind, TimelineData, TimelineQuery
from kb_app.ui.profile.wishes import MoreWish, SectionKind
from kb_app.ui.shell.desk import Desk
from kb_app.ui.shell.open_base import OpenBase
from kb_app.ui.shell.readings import Card, Event, Mentions, Report, Text, Times


@dataclass(frozen=True, slots=True)
class Reference:
    """An article and where in it: a span of its text, or nothing."""

    article: ArticleId
    span: Span | None = None


def first_citation(profile: Profile) -> Citation | None:
    """Return the passage where an entity is first mentioned, or else the best one of its lines."""
    if profile.mentions.lines:
        return profile.mentions.lines[0].citation
    sections = (profile.roles, profile.holders, profile.relations, profile.statements_by, profile.events)
    cited = (line.support.citations for section in sections for line in section.lines)
    return next((citations[0] for citations in cited if citations), None)


class Showing(QObject):
    """Reads for the views of the desk.

    `profile_shown` carries the Profile, `article_shown` the ArticleView; `profile_lost` says that the one whose card
    was open is no more.
    """

    profile_shown = Signal(object)
    profile_lost = Signal()
    article_shown = Signal(object)

    def __init__(self, base: OpenBase, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._base = base
        self._desk = desk
        self.profile: Profile | None = None
        self.article: ArticleView | None = None
        self._reference: Reference | None = None
        self._strip_query = TimelineQuery()
        self._timeline_query = TimelineQuery()
        self._timeline_is_stale = True
        base.changed.connect(self.refresh)

    def clear(self) -> None:
        """Forget what was shown: another knowledge base comes."""
        self.profile = self.article = self._reference = None
        self._strip_query = TimelineQuery()
        self._timeline_query = TimelineQuery()
        self._timeline_is_stale = True

    def show_card(self, entity: EntityId) -> None:
        """Show an entity's card with its timeline, and in the pane where it is first cited."""
        self._base.read("card", Card(entity).read, self._take_profile)
        self._ask_strip(replace(self._strip_query, entity=entity))

    def show_more(self, wish: MoreWish) -> None:
        """Bring the lines that a card only counts."""
        if wish.section is SectionKind.MENTIONS:
            reading = Mentions(wish.entity, wish.offset).read
            self._base.read("mentions", reading, partial(self._desk.card.add_mentions, wish.entity))
        else:
            self._base.read("card", Card(wish.entity).read_whole, self._take_fresh_profile)

    def show_article(self, reference: Reference, subject: EntityId | None = None) -> None:
        """Show an article in the source pane, at a span where one is given."""
        self._reference = reference
        if self.article is not None and self.article.id == reference.article:
            self._point(subject)
        else:
            reading = Text(reference.article).read
            self._base.read("article", reading, partial(self._take_article, subject))

    def show_citation(self, citation: Citation) -> None:
        """Show the passage that a line rests on."""
        self.show_article(Reference(citation.passage.article, citation.passage.span), self._subject())

    def show_event(self, event: EventId) -> None:
        """Mark an event in every view and show the passage it rests on."""
        for timeline in (self._desk.strip, self._desk.timeline):
            timeline.select_event(event)
        self._base.read("event", Event(event).read, self._take_event)

    def show_timeline(self) -> None:
        """Bring the large timeline up to date, where it is not."""
        if self._timeline_is_stale:
            self.ask_timeline(self._timeline_query)

    def ask_timeline(self, query: TimelineQuery) -> None:
        """Show other lanes or another axis in the large timeline."""
        self._timeline_query = query
        self._timeline_is_stale = False
        done = partial(self._take_timeline, query)
        self._base.read("timeline", Times(query).read, done)

    def ask_strip(self, query: TimelineQuery) -> None:
        """Show other lanes in the strip under the card; it stays the card's."""
        self._ask_strip(replace(query, entity=self._strip_query.entity))

    def refresh(self, changes: Changes) -> None:
        """Read anew what a change concerns, and nothing else."""
        events = any(claim.kind is ClaimKind.EVENT for claim in changes.claims)
        profile = self.profile
        cited = changes.claims or changes.articles  # a citation tells publisher, date and grade of its article
        if profile is not None and (changes.everything or cited or profile.entity.id in changes.entities):
            self._base.read("card", Card(profile.entity.id).read_again, self._take_fresh_profile)
        by_source = self._timeline_query.lanes is LaneKind.SOURCE and changes.articles
        if changes.everything or events or changes.entities or by_source:
            self._timeline_is_stale = True
            if self.profile is not None:
                self._ask_strip(self._strip_query)
            if self._desk.timeline.isVisible():
                self.show_timeline()
        article = self.article
        if article is not None and (changes.everything or changes.entities or article.id in changes.articles):
            self._base.read("article", Text(article.id).read_again, self._take_fresh_article)

    def _ask_strip(self, query: TimelineQuery) -> None:
        self._strip_query = query
        self._base.read("strip", Times(query).read, partial(self._take_strip, query))

    def _take_profile(self, profile: Profile) -> None:
        self.profile = profile
        self._desk.card.show_profile(profile)
        self._desk.pane.set_subject(profile.entity.id)
        first = first_citation(profile)
        if first is not None:
            self.show_article(Reference(first.passage.article, first.passage.span), profile.entity.id)
        self.profile_shown.emit(profile)

    def _take_fresh_profile(self, profile: Profile | None) -> None:
        if profile is None:
            self.profile = None
            self._desk.card.show_nothing(None)
            self.profile_lost.emit()
            return
        self.profile = profile
        self._desk.card.show_profile(profile)

    def _take_strip(self, query: TimelineQuery, data: TimelineData) -> None:
        self._desk.strip.show_timeline(data, query)

    def _take_timeline(self, query: TimelineQuery, data: TimelineData) -> None:
        self._desk.timeline.show_timeline(data, query)

    def _take_event(self, line: EventLine) -> None:
        if line.support.citations:
            self.show_citation(line.support.citations[0])

    def _take_article(self, subject: EntityId | None, view: ArticleView) -> None:
        self.article = view
        self._desk.pane.show_article(view)
        self._point(subject)
        self._ask_origin(view)
        self.article_shown.emit(view)

    def _ask_origin(self, view: ArticleView) -> None:
        self._base.read("told", Report(view.id).read, partial(self._take_report, view.id))

    def _take_report(self, article: ArticleId, origin: Origin | None) -> None:
        if origin is not None:
            self._desk.pane.show_origin(article, origin)

    def _take_fresh_article(self, view: ArticleView | None) -> None:
        self.article = view
        if view is None:
            self._desk.pane.show_nothing()
        else:
            self._desk.pane.show_article(view)
            self._ask_origin(view)

    def _point(self, subject: EntityId | None) -> None:
        pane = self._desk.pane
        pane.set_subject(subject)
        if self._reference is not None and self._reference.span is not None and self.article is not None:
            text = self.article.article.text
            pane.show_passage(Passage.cut(self.article.id, text, self._reference.span))

    def _subject(self) -> EntityId | None:
        return self.profile.entity.id if self.profile is not None else None
