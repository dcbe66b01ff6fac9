"""Keeps which column of a table holds what, for tables with the same columns."""

from __future__ import annotations

from kb_app.core.column_mapping import ColumnMapping, mappings_from_json, mappings_to_json
from kb_app.core.errors import Refused
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.tables import ColumnMapping as Row


def column_mappings(kb: KnowledgeBase) -> tuple[ColumnMapping, ...]:
    """Return the mappings that are kept; one that cannot be read is left out."""
    found: list[ColumnMapping] = []
    for (packed,) in Row.select(Row.mapping).order_by(Row.id).tuples().execute(kb.database):
        try:
            found += mappings_from_json(packed)
        except Refused:
            continue
    return tuple(found)


def keep_column_mapping(kb: KnowledgeBase, mapping: ColumnMapping) -> None:
    """Keep a mapping for tables with its columns, in the place of the one that was kept before."""
    with kb.writing() as database:
        Row.delete().where(Row.fingerprint == mapping.fingerprint).execute(database)
        Row.insert(fingerprint=mapping.fingerprint, mapping=mappings_to_json([mapping])).execute(database)
