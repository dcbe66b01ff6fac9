"""How a table is written: its encoding, what stands between its cells, and whether its first row names them."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from kb_app.core.errors import Failed
from kb_app.ingest.decoding import decoded
from kb_app.ingest.feeds.column_guess import by_name
from kb_app.ingest.limits import MEGABYTE

LARGEST_CELL = 16 * MEGABYTE  # characters
HEAD_BYTES = 256 * 1024
_PIECE = MEGABYTE
_DELIMITERS = (",", ";", "\t", "|")
_ROWS_COMPARED = 40
_LONGEST_NAME = 80  # characters of a column's name
_NUMBER = re.compile(r"[-+]?[\d.,:/\s-]+\Z")


@dataclass(frozen=True, slots=True)
class TableForm:
    """How a table is written; `columns` are as named, or numbered where the first row is no head."""

    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    has_head: bool
    warnings: tuple[str, ...] = ()


def form_of(stream: BinaryIO, name: str, encoding: str = "") -> TableForm:
    """Tell how a table is written and set the stream back; raises Failed `encoding` or `corrupt`."""
    chosen, warnings = _encoding_of(stream, name, encoding)
    stream.seek(0)
    head = codecs.getincrementaldecoder(chosen)("replace").decode(stream.read(HEAD_BYTES)).lstrip("\ufeff")
    stream.seek(0)
    delimiter, rows = _delimiter_of(head)
    if not rows:
        raise Failed("corrupt", f"“{name}” could not be read as a table.")
    has_head = _is_head(rows[0])
    columns = distinct(rows[0]) if has_head else tuple(f"column {n}" for n in range(1, len(rows[0]) + 1))
    return TableForm(chosen, delimiter, columns, has_head, warnings)


def rows_of(stream: BinaryIO, form: TableForm) -> Iterator[list[str]]:
    """Yield the rows of a table, its head first, reading as it goes; raises csv.Error where they end to be rows."""
    csv.field_size_limit(LARGEST_CELL)
    text = io.TextIOWrapper(stream, encoding=form.encoding, errors="replace", newline="")
    try:
        yield from csv.reader(_lines(text), delimiter=form.delimiter)
    finally:
        # whoever opened the stream closes it
        text.detach()


def head_rows(head: str, delimiter: str) -> list[list[str]]:
    """Return the first whole rows of a text."""
    csv.field_size_limit(LARGEST_CELL)
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(head.replace("\0", ""), newline=""), delimiter=delimiter)
    while len(rows) < _ROWS_COMPARED:
        try:
            row = next(reader)
        except (StopIteration, csv.Error):
            return rows
        if row:
            rows.append(row)
    return rows


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns, each once: nameless and repeated ones with their number."""
    taken: dict[str, None] = {}
    for number, name in enumerate(names, 1):
        plain = " ".join(name.split())[:_LONGEST_NAME]
        named = plain if plain and plain not in taken else f"{plain or 'column'} {number}"
        while named in taken:
            named += "′"
        taken[named] = None
    return tuple(taken)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    first = True
    while line := text.readline(LARGEST_CELL):
        if len(line) >= LARGEST_CELL:
            raise csv.Error("a line is too long")
        yield (line.removeprefix("\ufeff") if first else line).replace("\0", "")
        first = False


def _encoding_of(stream: BinaryIO, name: str, declared: str) -> tuple[str, tuple[str, ...]]:
    """Tell the encoding by the rules for texts, UTF-8 by the whole of the stream."""
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    wide = b"\0" in head[:64]  # its characters take two or four bytes
    sample = head[: len(head) // 4 * 4] if wide else head[: head.rfind(b"\n") + 1] or head
    if declared or wide or not (bad := _first_bad(stream)):
        found = decoded(sample, declared, name)
        return found.encoding, tuple(w for w in found.warnings if not w.startswith("characters-replaced"))
    stream.seek(max(0, bad - HEAD_BYTES // 2))
    around = stream.read(HEAD_BYTES)
    around = around[around.find(b"\n") + 1 :] if bad > HEAD_BYTES // 2 else around
    # a few bad bytes in much that is UTF-8 do not make another encoding of it
    found = decoded(around[: around.rfind(b"\n") + 1] or around, name=name)
    return found.encoding, found.warnings


def _first_bad(stream: BinaryIO) -> int:
    """Return where a stream ceases to be UTF-8, 0 where it does not."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    at = 0
    while piece := stream.read(_PIECE):
        try:
            decoder.decode(piece)
        except UnicodeDecodeError as error:
            return at + error.start + 1
        at += len(piece)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return at
    return 0


def _delimiter_of(head: str) -> tuple[str, list[list[str]]]:
    """Return what stands between the cells: what makes the most rows of one width, of those the widest."""
    best: tuple[float, int, str, list[list[str]]] = (0.0, 0, ",", [])
    for delimiter in _DELIMITERS:
        rows = head_rows(head, delimiter)
        if not rows:
            continue
        width, count = Counter(map(len, rows)).most_common(1)[0]
        share = count / len(rows) if width > 1 else 0.0
        if (round(share, 1), width) > best[:2] or not best[3]:
            best = (round(share, 1), width, delimiter, rows)
    return best[2], best[3]


def _is_head(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell.strip()]
    names = {cell.strip().casefold() for cell in filled}
    looks_named = all(len(cell) <= _LONGEST_NAME and not _NUMBER.match(cell) and "\n" not in cell for cell in filled)
    is_known = bool(by_name([cell.strip() for cell in filled]).columns())
    return looks_named and len(filled) * 2 > len(row) and (is_known or len(names) == len(filled))
