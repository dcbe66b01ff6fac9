"""The places of the window and where in them one can be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kb_app.core.ids import ArticleId, EntityId


class Place(StrEnum):
    """The places on the rail."""

    SOURCES = "sources"
    PEOPLE = "people"
    INSTITUTIONS = "institutions"
    TIMELINE = "timeline"


@dataclass(frozen=True, slots=True)
class Location:
    """A place with the card or article that is open there."""

    place: Place
    entity: EntityId | None = None
    article: ArticleId | None = None
