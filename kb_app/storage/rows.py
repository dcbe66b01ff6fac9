"""Adds, reads, changes and deletes rows in bulk, and keeps the full-text indexes in step.

Raw statements from the tables' own declarations: several times quicker than a model a row. The indexes follow by hand
and not by triggers: with an untrusted schema SQLite lets no trigger write to a full-text index.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kb_app.storage.tables import SEARCH_INDEXES, Row, SearchIndex

Value = str | int | float | bytes | None
Values = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's columns in order, with the value that each takes when none is given."""

    names: tuple[str, ...]
    defaults: tuple[Value, ...]
    positions: Mapping[str, int]
    insert_sql: str


@cache
def columns_of(table: type[Row]) -> Columns:
    """Return the columns of a table as its fields declare them."""
    fields = table._meta.sorted_fields
    names = tuple(f.column_name for f in fields)
    defaults = tuple(f.default if f.default is not None else None for f in fields)
    listed = ", ".join(f'"{n}"' for n in names)
    marks = ", ".join("?" * len(names))
    insert = f'INSERT INTO "{table._meta.table_name}" ({listed}) VALUES ({marks})'
    return Columns(names, defaults, {n: i for i, n in enumerate(names)}, insert)


def insert_rows(connection: sqlite3.Connection, table: type[Row], rows: Sequence[Values]) -> None:
    """Add rows, columns in the table's order."""
    insert_unindexed(connection, table, rows)
    index_rows(connection, table, rows)


def insert_unindexed(connection: sqlite3.Connection, table: type[Row], rows: Sequence[Values]) -> None:
    """Add rows that the caller puts into the full-text indexes by `index_rows` before the transaction ends."""
    connection.executemany(columns_of(table).insert_sql, rows)


def fetch_rows(connection: sqlite3.Connection, table: type[Row], numbers: Sequence[int]) -> list[Values]:
    """Return the rows with these ids, columns in the table's order."""
    columns = ", ".join(f'"{n}"' for n in columns_of(table).names)
    marks = ", ".join("?" * len(numbers))
    sql = f'SELECT {columns} FROM "{table._meta.table_name}" WHERE id IN ({marks}) ORDER BY id'
    return connection.execute(sql, tuple(numbers)).fetchall()


def delete_rows(connection: sqlite3.Connection, table: type[Row], rows: Sequence[Values]) -> None:
    """Delete rows, given whole as they are."""
    _unindex(connection, table, rows)
    connection.executemany(f'DELETE FROM "{table._meta.table_name}" WHERE id = ?', [(row[0],) for row in rows])


def set_columns(connection: sqlite3.Connection, table: type[Row], number: int, values: Mapping[str, Value]) -> None:
    """Change columns of the row with this id."""
    indexed = search_index_of(table)
    searchable = indexed is not None and not values.keys().isdisjoint(indexed.columns)
    if searchable:
        _unindex(connection, table, fetch_rows(connection, table, [number]))
    sets = ", ".join(f'"{column}" = ?' for column in values)
    connection.execute(f'UPDATE "{table._meta.table_name}" SET {sets} WHERE id = ?', (*values.values(), number))
    if searchable:
        index_rows(connection, table, fetch_rows(connection, table, [number]))


def index_rows(connection: sqlite3.Connection, table: type[Row], rows: Sequence[Values]) -> None:
    """Put added rows into the full-text index of their table, where it has one."""
    index = search_index_of(table)
    if index is None:
        return
    at = [columns_of(table).positions[c] for c in index.columns]
    listed, marks = ", ".join(index.columns), ", ".join("?" * len(at))
    sql = f"INSERT INTO {index.name}(rowid, {listed}) VALUES (?, {marks})"
    connection.executemany(sql, [(row[0], *(row[i] for i in at)) for row in rows])


def _unindex(connection: sqlite3.Connection, table: type[Row], rows: Sequence[Values]) -> None:
    index = search_index_of(table)
    if index is None:
        return
    at = [columns_of(table).positions[c] for c in index.columns]
    listed, marks = ", ".join(index.columns), ", ".join("?" * len(at))
    # an external-content index must be told what it held (sqlite.org/fts5.html, 4.4.3)
    sql = f"INSERT INTO {index.name}({index.name}, rowid, {listed}) VALUES ('delete', ?, {marks})"
    connection.executemany(sql, [(row[0], *(row[i] for i in at)) for row in rows])


def search_index_of(table: type[Row]) -> SearchIndex | None:
    """Return the full-text index over a table, None where it has none."""
    return next((index for index in SEARCH_INDEXES if index.table is table), None)
