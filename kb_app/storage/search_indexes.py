"""Looks after the full-text indexes, which can be made anew from the texts at any time."""

from __future__ import annotations

import sqlite3

from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.tables import SEARCH_INDEXES


def unfit_indexes(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the indexes that do not fit what they index, with SQLite's words for it; needs a writing connection."""
    unfit = {}
    for index in SEARCH_INDEXES:
        try:
            # writes nothing, but SQLite counts it as a write
            connection.execute(f"INSERT INTO {index.name}({index.name}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            unfit[index.name] = str(error)
    return unfit


def rebuild_search_indexes(kb: KnowledgeBase) -> None:
    """Make all full-text indexes anew; nothing is lost by it."""
    with kb.writing() as database:
        for index in SEARCH_INDEXES:
            database.execute_sql(f"INSERT INTO {index.name}({index.name}) VALUES ('rebuild')")
