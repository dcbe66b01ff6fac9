"""An open knowledge base with everything that can be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from kb_app.services.backups import BackupService
from kb_app.services.cataloguing import CatalogueService
from kb_app.services.editing import EditingService
from kb_app.services.exporting import ExportService
from kb_app.services.extracting import ExtractingService
from kb_app.services.import_log import ImportLog
from kb_app.services.importing import ImportService
from kb_app.services.listing import ListingService
from kb_app.services.origins import OriginService
from kb_app.services.profiles import ProfileService
from kb_app.services.reading import ReadingService
from kb_app.services.reencoding import ReencodingService
from kb_app.services.reviewing import ReviewService
from kb_app.services.searching import SearchService
from kb_app.services.tables import TableService
from kb_app.services.timelines import TimelineService
from kb_app.services.undoing import UndoService
from kb_app.services.watching import WatchingService
from kb_app.storage.knowledge_base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Workspace:
    """A knowledge base and its services: what the window and the command line receive."""

    kb: KnowledgeBase
    importing: ImportService
    import_log: ImportLog
    extracting: ExtractingService
    profiles: ProfileService
    timelines: TimelineService
    listing: ListingService
    search: SearchService
    reading: ReadingService
    origins: OriginService
    review: ReviewService
    editing: EditingService
    catalogue: CatalogueService
    undo: UndoService
    backups: BackupService
    exporting: ExportService
    tables: TableService
    reencoding: ReencodingService
    watching: WatchingService

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, create: bool = False) -> Self:
        """Open a file in the calling thread, which then is the one that writes; raises StoreError.

        With `create`, a file that is not there is made.
        """
        if create and not read_only and not path.exists():
            return cls.around(KnowledgeBase.create(path))
        return cls.around(KnowledgeBase.open(path, read_only=read_only))

    @classmethod
    def around(cls, kb: KnowledgeBase) -> Self:
        """Build the services around an open knowledge base."""
        importing = ImportService(kb)
        return cls(
            kb=kb,
            importing=importing,
            import_log=ImportLog(kb),
            extracting=ExtractingService(kb),
            profiles=ProfileService(kb),
            timelines=TimelineService(kb),
            listing=ListingService(kb),
            search=SearchService(kb),
            reading=ReadingService(kb),
            origins=OriginService(kb),
            review=ReviewService(kb),
            editing=EditingService(kb),
            catalogue=CatalogueService(kb),
            undo=UndoService(kb),
            backups=BackupService(kb),
            exporting=ExportService(kb),
            tables=TableService(kb),
            reencoding=ReencodingService(kb),
            watching=WatchingService(kb, importing),
        )

    @property
    def path(self) -> Path:
        """Return where the file lies."""
        return self.kb.path

    @property
    def is_read_only(self) -> bool:
        """Tell whether nothing can be changed."""
        return self.kb.read_only

    def close(self) -> None:
        """Let the file go."""
        self.kb.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
