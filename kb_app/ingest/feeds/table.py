"""Takes a table apart (CSV, TSV): one article a row."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from kb_app.core.column_mapping import ColumnMapping, TableHead, chosen_mapping, mappings_from_json
from kb_app.core.errors import Refused
from kb_app.ingest.archives.member_names import shown
from kb_app.ingest.feeds.column_guess import guessed_mapping
from kb_app.ingest.feeds.item import Item, given_from_fields, member_of
from kb_app.ingest.feeds.table_form import HEAD_BYTES, TableForm, form_of, head_rows, rows_of
from kb_app.ingest.feeds.unclear import unclear
from kb_app.ingest.members import Opened, Taken, Trouble

ROWS_SHOWN = 8


def open_table(opened: Opened) -> Iterator[Taken]:
    """Yield one member a row; raises Refused `mapping` where no column can be told to hold the text."""
    name = shown(opened.name)
    form = form_of(opened.stream, name, opened.given.encoding)
    mapping = _mapping(opened, form)
    rows = rows_of(opened.stream, form)
    number = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            sentence = f"Behind row {number} of “{name}” there are no more rows to be read ({error})."
            yield Trouble(f"row {number + 1}", "corrupt", sentence)
            return
        number += 1
        if (number > 1 or not form.has_head) and any(cell.strip() for cell in row):
            yield _taken(opened, form, mapping, (number, row))


def head_of_table(stream: BinaryIO, name: str, encoding: str = "") -> TableHead:
    """Return the columns and first rows of a table; raises Failed `encoding` or `corrupt`."""
    form = form_of(stream, name, encoding)
    rows = _first_rows(stream, form)
    return TableHead(name, form.columns, tuple(map(tuple, rows[:ROWS_SHOWN])), guessed_mapping(form.columns, rows))


def _mapping(opened: Opened, form: TableForm) -> ColumnMapping:
    chosen = chosen_mapping(mappings_from_json(opened.mapping), form.columns)
    if chosen is not None:
        strange = [column for column in chosen.columns().values() if column not in form.columns]
        if strange:
            raise Refused(
                "mapping",
                f"“{shown(opened.name)}” has no column “{shown(strange[0])}”; it has "
                f"{', '.join(f'“{shown(column)}”' for column in form.columns[:30])}.",
            )
        return chosen
    mapping = guessed_mapping(form.columns, _first_rows(opened.stream, form))
    if not mapping.is_clear and not mapping.summary:
        raise unclear(shown(opened.name), form.columns)
    return mapping


def _first_rows(stream: BinaryIO, form: TableForm) -> list[list[str]]:
    head = stream.read(HEAD_BYTES).decode(form.encoding, "replace").lstrip("\ufeff")
    stream.seek(0)
    rows = head_rows(head, form.delimiter)
    return rows[1:] if form.has_head else rows


def _taken(opened: Opened, form: TableForm, mapping: ColumnMapping, numbered: tuple[int, Sequence[str]]) -> Taken:
    number, row = numbered
    fields = fields_of_row(form.columns, row)
    given, summary = given_from_fields(fields, mapping)
    data = json.dumps({name: cell for name, cell in fields.items() if cell}, ensure_ascii=False, indent=1)
    item = Item(number, data.encode("utf-8", "replace"), given, summary, warnings=form.warnings)
    return member_of(opened, item, "table")


def fields_of_row(columns: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """Return a row's cells by column; those beyond the last column by number."""
    more = (f"column {number}" for number in range(len(columns) + 1, len(row) + 1))
    return dict(zip((*columns, *more), row, strict=False))
