"""Takes an operation's row changes back, and does them again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from peewee import SqliteDatabase

from kb_app.core.changes import Changes
from kb_app.core.operation import Operation
from kb_app.storage.counts import Touched, recount
from kb_app.storage.row_images import pack_rows, unpack_rows
from kb_app.storage.rows import Values, columns_of, delete_rows, fetch_rows, insert_rows, set_columns
from kb_app.storage.tables import TABLES, OperationRow, Row, Source, Text

# of an image: bounds memory when a large import is taken back, and SQLite takes no value of a gigabyte
_CHUNK = 400  # rows
_LARGEST_CHUNK = 16 * 1024**2  # characters and bytes, and what one row has beyond
_LARGE = frozenset({Source, Text})


def take_back(database: SqliteDatabase, step: Operation) -> Changes:
    """Undo a step's changes: what it removed is there again, what it changed is as before, what it added is kept aside.

    Counts that lists show are not part of the images: they are made anew for whatever was touched.
    """
    connection = database.connection()
    connection.execute("PRAGMA defer_foreign_keys=ON")
    touched = Touched()
    for _, table, _, images in _entries(connection, step, "delete"):
        rows = unpack_rows(images)
        insert_rows(connection, table, rows)
        touched.rows(table, rows)
    for _, table, (number, _), images in _entries(connection, step, "update", backwards=True):
        values = json.loads(images)["before"]
        set_columns(connection, table, number, values)
        touched.columns(connection, table, number, values)
    for entry, table, (first, last), _ in _entries(connection, step, "insert", backwards=True):
        for rows in _chunks(connection, table, first, last):
            delete_rows(connection, table, rows)
            _keep(connection, step, table, rows)
            touched.rows(table, rows)
        connection.execute("DELETE FROM operation_row WHERE id = ?", (entry,))
    recount(connection, touched)
    return touched.changes(step.id, step.label, everything=step.kind == "import")


def put_back(database: SqliteDatabase, step: Operation) -> Changes:
    """Do a step's changes again, with the same ids."""
    connection = database.connection()
    connection.execute("PRAGMA defer_foreign_keys=ON")
    touched = Touched()
    for entry, table, _, images in _entries(connection, step, "insert"):
        rows = unpack_rows(images)
        insert_rows(connection, table, rows)
        connection.execute("UPDATE operation_row SET images = NULL WHERE id = ?", (entry,))
        touched.rows(table, rows)
    for _, table, (number, _), images in _entries(connection, step, "update"):
        values = json.loads(images)["after"]
        set_columns(connection, table, number, values)
        touched.columns(connection, table, number, values)
    for _, table, _, images in _entries(connection, step, "delete", backwards=True):
        rows = unpack_rows(images)
        delete_rows(connection, table, rows)
        touched.rows(table, rows)
    recount(connection, touched)
    return touched.changes(step.id, step.label, everything=step.kind == "import")


Entry = tuple[int, type[Row], tuple[int, int], bytes]


def _entries(
    connection: sqlite3.Connection, step: Operation, action: str, *, backwards: bool = False
) -> Iterator[Entry]:
    """Yield what a step did in one way; images are read one at a time, for all of an import's are large."""
    by_name = {table._meta.table_name: table for table in TABLES}
    numbers = connection.execute(
        "SELECT id FROM operation_row WHERE operation_id = ? AND action = ? ORDER BY id", (step.id, action)
    ).fetchall()
    for (number,) in reversed(numbers) if backwards else numbers:
        sql = "SELECT table_name, first_id, last_id, images FROM operation_row WHERE id = ?"
        name, first, last, images = connection.execute(sql, (number,)).fetchone()
        yield number, by_name[name], (first, last), images


def _chunks(connection: sqlite3.Connection, table: type[Row], first: int, last: int) -> Iterator[list[Values]]:
    """Yield the rows of a range, few enough of them for one image."""
    at_once = 1 if table in _LARGE else _CHUNK
    gathered: list[Values] = []
    size = 0
    for at in range(first, last + 1, at_once):
        rows = fetch_rows(connection, table, range(at, min(at + at_once, last + 1)))
        gathered += rows
        size += sum(len(value) for row in rows for value in row if isinstance(value, str | bytes))
        if len(gathered) >= _CHUNK or size >= _LARGEST_CHUNK:
            yield gathered
            gathered, size = [], 0
    if gathered:
        yield gathered


def _keep(
    connection: sqlite3.Connection,
    step: Operation,
    table: type[Row],
    rows: list[Values],
) -> None:
    ids = (rows[0][0], rows[-1][0])
    entry = (None, step.id, "insert", table._meta.table_name, *ids, pack_rows(rows))
    connection.execute(columns_of(OperationRow).insert_sql, entry)
