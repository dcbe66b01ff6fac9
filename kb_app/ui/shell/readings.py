"""What the views read from the knowledge base, each as a question that can be asked in the reading thread."""

from __future__ import annotations

from dataclasses import dataclass

from kb_app.core.correction import MetadataSheet
from kb_app.core.errors import KartotekaError, NotFound
from kb_app.core.grading import GradedPublisher
from kb_app.core.ids import ArticleId, EntityId, EventId
from kb_app.core.listing import ArticleFilter, ArticleQuery, Totals
from kb_app.core.operation import Operation
from kb_app.core.origin import Origin
from kb_app.core.original import Original
from kb_app.core.profile import EventLine, MentionLine, Profile
from kb_app.core.reading import ArticleView, SourceSheet, Verification
from kb_app.core.search import SearchResults
from kb_app.core.timeline import TimelineData, TimelineQuery
from kb_app.services.workspace import Workspace

WHOLE_CARD = 2000  # lines a section
MENTIONS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Card:
    """An entity's card."""

    entity: EntityId

    def read(self, workspace: Workspace) -> Profile:
        """Read the card; raises NotFound."""
        return workspace.profiles.profile(self.entity)

    def read_whole(self, workspace: Workspace) -> Profile:
        """Read the card with all its lines; raises NotFound."""
        return workspace.profiles.profile(self.entity, WHOLE_CARD)

    def read_again(self, workspace: Workspace) -> Profile | None:
        """Read a card that may be gone since."""
        try:
            return self.read(workspace)
        except NotFound:
            return None


@dataclass(frozen=True, slots=True)
class Mentions:
    """A page of an entity's mentions."""

    entity: EntityId
    offset: int

    def read(self, workspace: Workspace) -> tuple[MentionLine, ...]:
        """Read the mentions in context."""
        return workspace.profiles.mentions(self.entity, self.offset, MENTIONS_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Text:
    """An article."""

    article: ArticleId

    def read(self, workspace: Workspace) -> ArticleView:
        """Read the text with its marks; raises NotFound."""
        return workspace.reading.article(self.article)

    def read_again(self, workspace: Workspace) -> ArticleView | None:
        """Read an article that may be gone since."""
        try:
            return self.read(workspace)
        except NotFound:
            return None

    def read_original(self, workspace: Workspace) -> Original | str:
        """Read the archived original, or say why it cannot be had."""
        try:
            return workspace.reading.original(self.article)
        except KartotekaError as error:
            return error.sentence


@dataclass(frozen=True, slots=True)
class MetadataOf:
    """The metadata of some articles."""

    articles: tuple[ArticleId, ...]

    def read(self, workspace: Workspace) -> MetadataSheet:
        """Read how each field stands; raises NotFound."""
        return workspace.catalogue.metadata(self.articles)


@dataclass(frozen=True, slots=True)
class SourceOf:
    """Where an article came from."""

    article: ArticleId

    def read(self, workspace: Workspace) -> SourceSheet:
        """Read all that is known about it; raises NotFound."""
        return workspace.reading.source(self.article)

    def verify(self, workspace: Workspace) -> Verification:
        """Compute its digests anew; raises NotFound."""
        return workspace.reading.verify(self.article)


@dataclass(frozen=True, slots=True)
class Report:
    """The report that an article tells."""

    article: ArticleId

    def read(self, workspace: Workspace) -> Origin | None:
        """Read it with its versions, None where the article is gone."""
        try:
            return workspace.origins.origin(self.article)
        except NotFound:
            return None


@dataclass(frozen=True, slots=True)
class Event:
    """An event."""

    event: EventId

    def read(self, workspace: Workspace) -> EventLine:
        """Read the event with its citations; raises NotFound."""
        return workspace.timelines.event(self.event)


@dataclass(frozen=True, slots=True)
class Times:
    """A timeline."""

    query: TimelineQuery

    def read(self, workspace: Workspace) -> TimelineData:
        """Read the events in columns."""
        return workspace.timelines.timeline(self.query)


@dataclass(frozen=True, slots=True)
class Search:
    """A search over names and full text."""

    text: str

    def read(self, workspace: Workspace) -> SearchResults:
        """Search."""
        return workspace.search.search(self.text)


@dataclass(frozen=True, slots=True)
class Named:
    """Who goes by a name."""

    name: str

    def read(self, workspace: Workspace) -> EntityId | None:
        """Find the entity, None where there is none."""
        return workspace.profiles.find(self.name)


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts, publishers, and what can be undone and redone."""

    totals: Totals
    publishers: tuple[str, ...]
    problems: int
    undated: int
    next_undo: Operation | None
    next_redo: Operation | None


def read_overview(workspace: Workspace) -> Overview:
    """Read the overview of a knowledge base."""
    return Overview(
        workspace.listing.totals(),
        workspace.listing.publishers(),
        workspace.listing.article_count(ArticleQuery(filter=ArticleFilter.PROBLEMS)),
        workspace.listing.article_count(ArticleQuery(filter=ArticleFilter.UNDATED)),
        workspace.undo.next_undo(),
        workspace.undo.next_redo(),
    )


def read_publishers(workspace: Workspace) -> tuple[GradedPublisher, ...]:
    """Read every publisher with its grade."""
    return workspace.catalogue.publishers()
