"""Reads the first bytes of a file, without opening it as a database, so that a stranger stays byte-identical."""

from __future__ import annotations

import struct
from pathlib import Path

from kb_app.core.errors import NotAKnowledgeBase, StoreDamaged, StoreError, StoreTooNew
from kb_app.storage.schema import SCHEMA_VERSION
from kb_app.storage.tables import APPLICATION_ID

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
# offsets of sqlite.org/fileformat2.html, 1.3
_PAGE_SIZE, _CHANGE_COUNTER, _PAGE_COUNT = 16, 24, 28
_USER_VERSION, _APPLICATION_ID, _VERSION_VALID_FOR = 60, 68, 92


def examine(path: Path) -> int:
    """Return the store version of a knowledge base; raises what keeps the file from being opened.

    Raises StoreError where it is absent or unreadable, NotAKnowledgeBase, StoreTooNew, and StoreDamaged where it is
    shorter than it says.
    """
    header, size = _read(path)
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise NotAKnowledgeBase(path)
    if _number(header, _APPLICATION_ID) != APPLICATION_ID:
        raise NotAKnowledgeBase(path)
    version = _number(header, _USER_VERSION)
    if version > SCHEMA_VERSION:
        raise StoreTooNew(path, version, SCHEMA_VERSION)
    # with a log beside it, the pages that are missing may be there: a full disk can stop a checkpoint half-way
    log = path.with_name(path.name + "-wal")
    if _is_short(header, size) and not (log.exists() and log.stat().st_size):
        raise StoreDamaged(path, f"it is cut off after {size} bytes")
    return version


def _read(path: Path) -> tuple[bytes, int]:
    if path.exists() and not path.is_file():
        raise NotAKnowledgeBase(path)
    try:
        with path.open("rb") as file:
            return file.read(_HEADER_BYTES), path.stat().st_size
    except FileNotFoundError as error:
        raise StoreError(f"There is no file “{path.name}” in “{path.parent}”.") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"“{path.name}” cannot be read ({reason}). The file was left as it is.") from error


def _is_short(header: bytes, size: int) -> bool:
    page_size = struct.unpack_from(">H", header, _PAGE_SIZE)[0]
    page_size = 65536 if page_size == 1 else page_size
    counted = _number(header, _CHANGE_COUNTER) == _number(header, _VERSION_VALID_FOR)
    return counted and size < page_size * _number(header, _PAGE_COUNT)


def _number(header: bytes, at: int) -> int:
    return int(struct.unpack_from(">I", header, at)[0])
