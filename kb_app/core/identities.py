"""Which entities are known by which names, and which known entity each of an article's is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kb_app.core.entity import Category, EntityType
from kb_app.core.findings import LocalId
from kb_app.core.ids import EntityId
from kb_app.core.names import normalised


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An entity of the knowledge base as one of its names leads to it; `kind` is that name's kind."""

    id: EntityId
    type: EntityType
    name: str
    kind: str = "full"
    country: str = ""
    category: Category | None = None


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The known entities by normalised name."""

    entities: Mapping[str, tuple[KnownEntity, ...]] = field(default_factory=dict)

    def of(self, name: str) -> tuple[KnownEntity, ...]:
        """Return the entities that bear the name, in any spelling that folds to the same."""
        return self.entities.get(normalised(name), ())


@dataclass(frozen=True, slots=True)
class Resolution(Mapping[LocalId, EntityId | None]):
    """The known entity of each entity of an article; None is one not known before."""

    known: Mapping[LocalId, EntityId | None] = field(default_factory=dict)

    def __getitem__(self, local: LocalId) -> EntityId | None:
        return self.known[local]

    def __iter__(self) -> Iterator[LocalId]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)
