"""People, institutions and places."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kb_app.core.ids import EntityId


class EntityType(StrEnum):
    """What an entity is."""

    PERSON = "person"
    INSTITUTION = "institution"
    PLACE = "place"


class MentionKind(StrEnum):
    """How a stretch of text refers to an entity."""

    FULL = "full"
    SHORT = "short"
    ACRONYM = "acronym"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"

    @property
    def is_named(self) -> bool:
        """Tell whether the mention is a name."""
        return self in (MentionKind.FULL, MentionKind.SHORT, MentionKind.ACRONYM)


class Category(StrEnum):
    """The kind of an institution."""

    GOVERNMENT = "government"
    MINISTRY = "ministry"
    SECURITY_SERVICE = "security_service"
    PARTY_MOVEMENT = "party_movement"
    MEDIA = "media"
    COMPANY = "company"
    INTERGOVERNMENTAL = "intergovernmental_org"
    COURT = "court"
    MILITARY = "military"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class EntityName:
    """One spelling of an entity's name; `kind` is full, short, acronym, alias, or given by the analyst."""

    text: str
    kind: str = "full"
    script: str = "Latn"  # ISO 15924
    language: str = ""
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, institution or place as the knowledge base knows it."""

    id: EntityId
    type: EntityType
    name: str
    category: Category | None = None
    subcategory: str = ""
    country: str = ""
    names: tuple[EntityName, ...] = ()
    named: bool = True
