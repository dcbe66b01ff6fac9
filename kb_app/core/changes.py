"""What a change touched, so that views not concerned stay still."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb_app.core.ids import ArticleId, EntityId, OperationId
from kb_app.core.judgement import ClaimRef


@dataclass(frozen=True, slots=True)
class Changes:
    """The articles, entities and claims that a step touched; `everything` is for bulk steps such as an import."""

    articles: frozenset[ArticleId] = field(default_factory=frozenset)
    entities: frozenset[EntityId] = field(default_factory=frozenset)
    claims: frozenset[ClaimRef] = field(default_factory=frozenset)
    everything: bool = False
    operation: OperationId | None = None
    label: str = ""

    def __bool__(self) -> bool:
        return bool(self.articles or self.entities or self.claims or self.everything)
