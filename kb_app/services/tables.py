"""Looks into tables and remembers which column holds what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kb_app.core.column_mapping import ColumnMapping, TableHead, chosen_mapping
from kb_app.core.errors import UnreadableInput
from kb_app.services.table_reader import TableReader
from kb_app.storage.column_mappings import column_mappings, keep_column_mapping
from kb_app.storage.knowledge_base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class TableToMap:
    """A table with its first rows and the mapping to begin with: the one remembered, else the guess."""

    path: Path
    head: TableHead
    mapping: ColumnMapping
    is_remembered: bool = False

    @property
    def is_clear(self) -> bool:
        """Tell whether nobody has to be asked."""
        return self.is_remembered or self.mapping.is_clear or bool(self.mapping.summary)


class TableService:
    """Looks into tables for one knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def look(self, path: Path, encoding: str = "") -> TableToMap | None:
        """Return a table to be mapped, None where the file is no table; raises UnreadableInput."""
        with TableReader() as reader:
            return self._look(reader, path, encoding)

    def unclear(self, paths: Iterable[Path]) -> tuple[TableToMap, ...]:
        """Return those of some files that are tables whose text cannot be told; what cannot be read is left out."""
        with TableReader() as reader:
            found = [self._look_quietly(reader, path) for path in paths if path.is_file()]
        return tuple(table for table in found if table is not None and not table.is_clear)

    def remembered(self) -> tuple[ColumnMapping, ...]:
        """Return the mappings that persons chose before."""
        return column_mappings(self._kb)

    def remember(self, mapping: ColumnMapping) -> None:
        """Keep a mapping for tables with the same columns."""
        keep_column_mapping(self._kb, mapping)

    def _look(self, reader: TableReader, path: Path, encoding: str = "") -> TableToMap | None:
        head = reader.head(path, encoding)
        if head is None:
            return None
        known = chosen_mapping(self.remembered(), head.columns)
        return TableToMap(path, head, known or head.guess, known is not None)

    def _look_quietly(self, reader: TableReader, path: Path) -> TableToMap | None:
        try:
            return self._look(reader, path)
        except UnreadableInput:
            # the import itself tells what is wrong with it
            return None
