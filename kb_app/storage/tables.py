"""The tables of a knowledge base; rows never leave this package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kb_app.storage.archive_tables import (
    Article,
    ColumnMapping,
    FileFact,
    ImportBatch,
    ImportOutcome,
    Operation,
    OperationRow,
    Origin,
    OriginsApart,
    PublisherGrade,
    Row,
    Sketch,
    Source,
    SourceAddress,
    StatedDate,
    Text,
    TimeExpression,
    WatchedFile,
    WatchedFolder,
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
    "ColumnMapping",
    "Entity",
    "EntityName",
    "Event",
    "EventParticipant",
    "FileFact",
    "ImportBatch",
    "ImportOutcome",
    "Judgement",
    "Mention",
    "Note",
    "Operation",
    "OperationRow",
    "Origin",
    "OriginsApart",
    "Passage",
    "PublisherGrade",
    "Relation",
    "Role",
    "Row",
    "SEARCH_INDEXES",
    "SearchIndex",
    "Sketch",
    "Source",
    "SourceAddress",
    "StatedDate",
    "Statement",
    "StatementSubject",
    "StatementVia",
    "TABLES",
    "Text",
    "TimeExpression",
    "WatchedFile",
    "WatchedFolder",
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
    SourceAddress,
    Origin,
    OriginsApart,
    StatedDate,
    Article,
    Text,
    Sketch,
    PublisherGrade,
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
    ImportBatch,
    ColumnMapping,
    WatchedFolder,
    WatchedFile,
)


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """A full-text index over columns of a table."""

    name: str
    table: type[Row]
    columns: tuple[str, ...]
    prefixes: str = ""  # lengths of word beginnings that are indexed too
    places: bool = True  # where the words stand; without, a third of the size


SEARCH_INDEXES = (
    SearchIndex("text_search", Text, ("title", "text")),
    SearchIndex("name_search", EntityName, ("text",), "1 2 3"),
    SearchIndex("event_search", Event, ("title",)),
    SearchIndex("sketch_search", Sketch, ("prints",), places=False),
)
