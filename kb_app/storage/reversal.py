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
from kb_app.storage.tables import TABLES, OperationRow, Row

_CHUNK = 400  # rows an image: bounds memory when a large import is taken back


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
    for _, table, (number, _), images in reversed(_entries(connection, step, "update")):
        values = json.loads(images)["before"]
        set_columns(connection, table, number, values)
        touched.columns(connection, table, number, values)
    for entry, table, (first, last), _ in reversed(_entries(connection, step, "insert")):
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
    for _, table, _, images in reversed(_entries(connection, step, "delete")):
        rows = unpack_rows(images)
        delete_rows(connection, table, rows)
        touched.rows(table, rows)
    recount(connection, touched)
    return touched.changes(step.id, step.label, everything=step.kind == "import")


Entry = tuple[int, type[Row], tuple[int, int], bytes]


def _entries(connection: sqlite3.Connection, step: Operation, action: str) -> list[Entry]:
    by_name = {table._meta.table_name: table for table in TABLES}
    rows = connection.execute(
        "SELECT id, table_name, first_id, last_id, images FROM operation_row "
        "WHERE operation_id = ? AND action = ? ORDER BY id",
        (step.id, action),
    )
    return [(number, by_name[name], (first, last), images) for number, name, first, last, images in rows]


def _chunks(connection: sqlite3.Connection, table: type[Row], first: int, last: int) -> Iterator[list[Values]]:
    for at in range(first, last + 1, _CHUNK):
        rows = fetch_rows(connection, table, range(at, min(at + _CHUNK, last + 1)))
        if rows:
            yield rows


def _keep(
    connection: sqlite3.Connection,
    step: Operation,
    table: type[Row],
    rows: list[Values],
) -> None:
    ids = (rows[0][0], rows[-1][0])
    entry = (None, step.id, "insert", table._meta.table_name, *ids, pack_rows(rows))
    connection.execute(columns_of(OperationRow).insert_sql, entry)
