"""Makes the tables and full-text indexes."""

from __future__ import annotations

import sqlite3
from functools import cache

from peewee import SqliteDatabase

from kb_app.storage.tables import APPLICATION_ID, SEARCH_INDEXES, TABLES, SearchIndex

SCHEMA_VERSION = 2
TOKENIZER = "unicode61 remove_diacritics 2"


def create_schema(database: SqliteDatabase) -> None:
    """Make everything that an empty file needs, within the caller's transaction."""
    with database.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        for table in TABLES:
            table.create_table(safe=False)
    for index in SEARCH_INDEXES:
        database.execute_sql(search_index_sql(index))
    database.execute_sql(f"PRAGMA application_id={APPLICATION_ID}")
    database.execute_sql(f"PRAGMA user_version={SCHEMA_VERSION}")


def search_index_sql(index: SearchIndex) -> str:
    """Return the statement that makes a full-text index; its content is external, so the text is stored once."""
    listed = ", ".join(index.columns)
    prefixes = f", prefix='{index.prefixes}'" if index.prefixes else ""
    places = "" if index.places else ", detail=none, columnsize=0"
    return (
        f"CREATE VIRTUAL TABLE {index.name} USING fts5({listed}, content='{index.table._meta.table_name}', "
        f"content_rowid='id', tokenize='{TOKENIZER}'{prefixes}{places})"
    )


def schema_of(connection: sqlite3.Connection) -> tuple[tuple[str, str, str], ...]:
    """Return what the file declares, as (kind, name, SQL), in order of name."""
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name")
    return tuple((kind, name, sql) for kind, name, sql in rows)


def foreign_objects(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the triggers and views of the file: we make none, so a stranger would have us run its SQL."""
    rows = connection.execute("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name")
    return tuple(f"the {kind} “{name}”" for kind, name in rows)


@cache
def expected_schema() -> tuple[tuple[str, str, str], ...]:
    """Return what a sound file of this version declares, in the form of `schema_of`."""
    database = SqliteDatabase(":memory:", thread_safe=False)
    database.connect()
    try:
        create_schema(database)
        return schema_of(database.connection())
    finally:
        database.close()
