"""Reads profile cards."""

from __future__ import annotations

from kb_app.core.citation import Citation
from kb_app.core.ids import EntityId
from kb_app.core.judgement import ClaimRef
from kb_app.core.profile import MentionLine, Profile
from kb_app.storage import profiles
from kb_app.storage.knowledge_base import KnowledgeBase


class ProfileService:
    """Gives the cards of one knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def profile(self, entity_id: EntityId, limit: int = profiles.LINES_SHOWN) -> Profile:
        """Return an entity's card, at most `limit` lines a section; raises NotFound."""
        return profiles.profile(self._kb, entity_id, limit)

    def find(self, name: str) -> EntityId | None:
        """Return the entity of that name, the one mentioned most where several bear it."""
        return profiles.entity_named(self._kb, name)

    def mentions(self, entity_id: EntityId, offset: int, limit: int) -> tuple[MentionLine, ...]:
        """Return a page of an entity's mentions in context."""
        return profiles.mentions(self._kb, entity_id, offset, limit)

    def citations(self, ref: ClaimRef) -> tuple[Citation, ...]:
        """Return all the passages that a claim rests on."""
        return profiles.citations(self._kb, ref)
