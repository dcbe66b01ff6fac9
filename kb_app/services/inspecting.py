"""Tells what a knowledge base holds, and which versions are at work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kb_app import __version__
from kb_app.core.listing import Totals
from kb_app.storage.file_header import examine
from kb_app.storage.file_system import can_share_memory
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.listing import totals
from kb_app.storage.synchronised import synchronising_program


@dataclass(frozen=True, slots=True)
class BaseInfo:
    """Totals, versions, and sizes in bytes; `log_size` is what was written and not yet moved into the file.

    `caution` is what a person should know of the place where the file lies.
    """

    path: str
    totals: Totals
    program: str
    store_version: int
    sqlite: str
    size: int
    log_size: int
    caution: str = ""


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
        caution=caution_of(kb.path),
    )


def caution_of(path: Path) -> str:
    """Return what a person should know of the place where a knowledge base lies, "" where nothing."""
    program = synchronising_program(path)
    if program:
        return (
            f"“{path.name}” lies in a folder that {program} synchronises. A copy that is taken while something is "
            "written can be torn, and two computers would overwrite each other. Keep it in another folder, and put its "
            "backups there."
        )
    if not can_share_memory(path):
        return (
            f"“{path.name}” lies on a drive of another computer. It works, but slower, and never from two computers at "
            "once."
        )
    return ""
