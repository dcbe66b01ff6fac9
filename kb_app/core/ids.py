"""Identifiers of stored things, each with its own type."""

from __future__ import annotations

from typing import NewType

SourceId = NewType("SourceId", int)
ArticleId = NewType("ArticleId", int)
EntityId = NewType("EntityId", int)
MentionId = NewType("MentionId", int)
RoleId = NewType("RoleId", int)
EventId = NewType("EventId", int)
StatementId = NewType("StatementId", int)
RelationId = NewType("RelationId", int)
NoteId = NewType("NoteId", int)
OperationId = NewType("OperationId", int)
OutcomeId = NewType("OutcomeId", int)
OriginId = NewType("OriginId", int)
