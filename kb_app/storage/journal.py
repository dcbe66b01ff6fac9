"""Writes rows for one operation and records what takes each change back."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from peewee import SqliteDatabase

from kb_app.core.ids import OperationId
from kb_app.storage.row_images import pack_rows
from kb_app.storage.rows import (
    Value,
    Values,
    columns_of,
    delete_rows,
    fetch_rows,
    insert_rows,
    insert_unindexed,
    search_index_of,
    set_columns,
)
from kb_app.storage.tables import TABLES, OperationRow, Row

Unindexed = list[tuple[type[Row], list[Values]]]


class Journal:
    """The rows that one operation adds, changes and removes, inside the caller's transaction.

    Rows are queued with ids given at once and written in bulk by `flush`, parents before children. A row is added
    before it is changed and changed before it is removed: taking back relies on that order.

    With `unindexed`, new rows are only noted there, for the caller to index all at once.
    """

    def __init__(self, database: SqliteDatabase, operation: OperationId, unindexed: Unindexed | None = None) -> None:
        self._unindexed = unindexed
        self._connection: sqlite3.Connection = database.connection()
        self.database = database
        self.operation = operation
        self._next: dict[type[Row], int] = {}
        self._queued: defaultdict[type[Row], list[tuple[Value, ...]]] = defaultdict(list)

    def add(self, table: type[Row], **values: Value) -> int:
        """Queue a row, columns by name, and return its id."""
        columns = columns_of(table)
        row = list(columns.defaults)
        number = self._new_id(table)
        row[0] = number
        for name, value in values.items():
            row[columns.positions[name]] = value
        self._queued[table].append(tuple(row))
        return number

    def flush(self) -> None:
        """Write what is queued."""
        if not self._queued:
            return
        longer: list[tuple[int, int]] = []
        for table in TABLES:
            rows = self._queued.get(table)
            if rows:
                self._insert(table, rows)
                longer += self._record_insert(table, int(rows[0][0] or 0), int(rows[-1][0] or 0))
        self._connection.executemany("UPDATE operation_row SET last_id = ? WHERE id = ?", longer)
        self._queued.clear()

    def _insert(self, table: type[Row], rows: list[Values]) -> None:
        if self._unindexed is None:
            insert_rows(self._connection, table, rows)
            return
        insert_unindexed(self._connection, table, rows)
        if search_index_of(table) is not None:
            self._unindexed.append((table, rows))

    def unindexed(self, table: type[Row]) -> list[Values]:
        """Return the new rows of a table that its full-text index does not hold yet."""
        return [row for of, rows in self._unindexed or () if of is table for row in rows]

    def update(self, table: type[Row], number: int, **values: Value) -> bool:
        """Change a row's columns; return whether any of them was different."""
        self.flush()
        listed = ", ".join(f'"{name}"' for name in values)
        name = table._meta.table_name
        row = self._connection.execute(f'SELECT {listed} FROM "{name}" WHERE id = ?', (number,)).fetchone()
        before = dict(zip(values, row, strict=True)) if row is not None else {}
        changed = {column: value for column, value in values.items() if row is not None and before[column] != value}
        if not changed:
            return False
        set_columns(self._connection, table, number, changed)
        image = json.dumps({"before": {c: before[c] for c in changed}, "after": changed}, ensure_ascii=False)
        self._record("update", table, (number, number), image.encode())
        return True

    def remove(self, table: type[Row], numbers: Iterable[int]) -> None:
        """Remove rows and keep their images."""
        self.flush()
        wanted = sorted(set(numbers))
        for at in range(0, len(wanted), 500):
            some = wanted[at : at + 500]
            rows = fetch_rows(self._connection, table, some)
            if rows:
                delete_rows(self._connection, table, rows)
                self._record("delete", table, (some[0], some[-1]), pack_rows(rows))

    def _new_id(self, table: type[Row]) -> int:
        number = self._next.get(table)
        if number is None:
            sql = "SELECT seq FROM sqlite_sequence WHERE name = ?"
            last = self._connection.execute(sql, (table._meta.table_name,)).fetchone()
            number = int(last[0]) + 1 if last else 1
        self._next[table] = number + 1
        return number

    def _record_insert(self, table: type[Row], first: int, last: int) -> list[tuple[int, int]]:
        """Record a range of new rows, or return by how much the range before it grows: (last id, its row)."""
        name = table._meta.table_name
        previous = self._ranges.get(name)
        if previous is None or previous[1] != first - 1:
            self._ranges[name] = (self._record("insert", table, (first, last), None), last)
            return []
        self._ranges[name] = (previous[0], last)
        return [(last, previous[0])]

    @cached_property
    def _ranges(self) -> dict[str, tuple[int, int]]:
        """The newest range of each table: its row and its last id."""
        sql = "SELECT table_name, max(id), last_id FROM operation_row WHERE operation_id = ? AND action = 'insert' "
        rows = self._connection.execute(f"{sql} GROUP BY table_name", (self.operation,))
        return {name: (number, last) for name, number, last in rows}

    def _record(self, action: str, table: type[Row], ids: tuple[int, int], images: bytes | None) -> int:
        row = (None, self.operation, action, table._meta.table_name, *ids, images)
        return int(self._connection.execute(columns_of(OperationRow).insert_sql, row).lastrowid or 0)
