"""The tables of a knowledge base; rows never leave this package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kb_app.storage.archive_tables import (
    Article,
    FileFact,
    ImportOutcome,
    Operation,
    OperationRow,
    Origin,
    ParagraphHash,
    Row,
    Source,
    StatedDate,
    Text,
    TimeExpression,
)
from kb_app.storage.knowledge_tables import (
    Citation,
    Claim,
    Entity,
    EntityName,
    Event,
    EventParticipant,
    Judgement,
    Mention,
    Note,
    Passage,
    Relation,
    Role,
    Statement,
    StatementSubject,
    StatementVia,
)

__all__ = [
    "APPLICATION_ID",
    "Article",
    "CLAIM_TABLES",
    "Citation",
    "Claim",
    "Entity",
    "EntityName",
    "Event",
    "EventParticipant",
    "FileFact",
    "ImportOutcome",
    "Judgement",
    "Mention",
    "Note",
    "Operation",
    "OperationRow",
    "Origin",
    "ParagraphHash",
    "Passage",
    "Relation",
    "Role",
    "Row",
    "SEARCH_INDEXES",
    "SearchIndex",
    "Source",
    "StatedDate",
    "Statement",
    "StatementSubject",
    "StatementVia",
    "TABLES",
    "Text",
    "TimeExpression",
]

# "KARt" read as a big-endian number: tells our files from other SQLite files
APPLICATION_ID = 0x4B415274


CLAIM_TABLES: Mapping[str, type[Claim]] = MappingProxyType(
    {"role": Role, "event": Event, "statement": Statement, "relation": Relation}
)

# parents before children
TABLES: tuple[type[Row], ...] = (
    FileFact,
    Operation,
    OperationRow,
    Source,
    Origin,
    StatedDate,
    Article,
    Text,
    ParagraphHash,
    Entity,
    EntityName,
    Mention,
    Passage,
    Role,
    Event,
    EventParticipant,
    Statement,
    StatementVia,
    StatementSubject,
    Relation,
    Citation,
    TimeExpression,
    Judgement,
    Note,
    ImportOutcome,
)


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """A full-text index over columns of a table."""

    name: str
    table: type[Row]
    columns: tuple[str, ...]
    prefixes: str = ""  # lengths of word beginnings that are indexed too


SEARCH_INDEXES = (
    SearchIndex("text_search", Text, ("title", "text")),
    SearchIndex("name_search", EntityName, ("text",), "1 2 3"),
    SearchIndex("event_search", Event, ("title",)),
)
