"""Changes names and notes."""

from __future__ import annotations

from kb_app.core.changes import Changes
from kb_app.core.ids import EntityId, NoteId
from kb_app.storage import editing
from kb_app.storage.knowledge_base import KnowledgeBase


class EditingService:
    """Edits one knowledge base, each change one step that can be taken back."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def rename(self, entity_id: EntityId, name: str) -> Changes:
        """Give an entity another main name; the old one stays among its names."""
        return editing.rename(self._kb, entity_id, name)

    def add_note(self, entity_id: EntityId, text: str) -> Changes:
        """Put a note on a card."""
        return editing.add_note(self._kb, entity_id, text)

    def edit_note(self, note_id: NoteId, text: str) -> Changes:
        """Change a note's text."""
        return editing.edit_note(self._kb, note_id, text)

    def delete_note(self, note_id: NoteId) -> Changes:
        """Take a note off its card."""
        return editing.delete_note(self._kb, note_id)
