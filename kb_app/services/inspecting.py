"""Tells what a knowledge base holds, and which versions are at work."""

from __future__ import annotations

from dataclasses import dataclass

from kb_app import __version__
from kb_app.core.listing import Totals
from kb_app.storage.file_header import examine
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.listing import totals


@dataclass(frozen=True, slots=True)
class BaseInfo:
    """Totals, versions, and sizes in bytes; `log_size` is what was written and not yet moved into the file."""

    path: str
    totals: Totals
    program: str
    store_version: int
    sqlite: str
    size: int
    log_size: int


def info(kb: KnowledgeBase) -> BaseInfo:
    """Return what there is to know about a knowledge base as a whole."""
    log = kb.path.with_name(f"{kb.path.name}-wal")
    return BaseInfo(
        path=str(kb.path),
        totals=totals(kb),
        program=__version__,
        store_version=examine(kb.path),
        sqlite=".".join(map(str, kb.database.server_version)),
        size=kb.path.stat().st_size,
        log_size=log.stat().st_size if log.exists() else 0,
    )
