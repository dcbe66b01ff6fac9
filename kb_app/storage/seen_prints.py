"""Tells quickly that no article has a number of a sketch, which is so for nearly all numbers of a new report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zlib import crc32

from peewee import SqliteDatabase

_BITS = 27  # 16 MB; 100,000 articles of 34 numbers set a fortieth of them
_MASK = (1 << _BITS) - 1


class SeenPrints:
    """A set of numbers that may say yes to one that was never added, and never no to one that was (Bloom 1970).

    It is filled from the store bit by bit while an import runs, and asked only when it holds all.
    """

    def __init__(self) -> None:
        self._bits = bytearray()
        self._last = 0
        self._is_complete = False

    def gather(self, database: SqliteDatabase, most: int) -> None:
        """Take in the sketches of so many more articles of the store."""
        if self._is_complete:
            return
        sql = "SELECT id, prints FROM sketch WHERE id > ? ORDER BY id LIMIT ?"
        rows = database.connection().execute(sql, (self._last, most)).fetchall()
        for number, prints in rows:
            self._last = number
            self.add(prints.split())
        self._is_complete = len(rows) < most

    def add(self, prints: Iterable[str]) -> None:
        """Take in the numbers of a new article."""
        if not self._bits:
            self._bits = bytearray(1 << (_BITS - 3))
        for print_ in prints:
            place = crc32(print_.encode()) & _MASK
            self._bits[place >> 3] |= 1 << (place & 7)

    def among(self, prints: Sequence[str]) -> list[str]:
        """Return those of the numbers that an article may have."""
        if not self._is_complete:
            return list(prints)
        return [print_ for print_ in prints if self._may_hold(print_)]

    def _may_hold(self, print_: str) -> bool:
        place = crc32(print_.encode()) & _MASK
        return bool(self._bits) and bool(self._bits[place >> 3] >> (place & 7) & 1)
