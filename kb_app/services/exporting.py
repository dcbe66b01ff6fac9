"""Writes a whole knowledge base for other programs."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Generator, Iterator
from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import IO, TypeVar

from kb_app import __version__
from kb_app.core.entity import EntityType
from kb_app.core.errors import KartotekaError
from kb_app.core.ids import EventId
from kb_app.core.judgement import Status
from kb_app.core.listing import ArticleQuery, ArticleSort, EntityQuery, EntitySort
from kb_app.core.profile import EntityLink, EventLine, Profile, StatementLine
from kb_app.core.progress import Progress
from kb_app.core.reading import ArticleView, MarkKind
from kb_app.core.timeline import TimelineQuery
from kb_app.exchange.base_tables import BaseTables
from kb_app.exchange.documents import (
    Document,
    article_document,
    entity_document,
    event_document,
    note_document,
    relation_document,
    role_document,
    statement_document,
)
from kb_app.exchange.source_documents import publisher_document
from kb_app.exchange.whole_file import write_whole, write_whole_by
from kb_app.storage import grading, listing, profiles, reading, timelines
from kb_app.storage.claim_lines import statement_lines
from kb_app.storage.knowledge_base import KnowledgeBase

FORMAT_VERSION = 1
PAGE = 500
ALL_LINES = 1_000_000
T = TypeVar("T")


class ExportFormat(StrEnum):
    """The forms in which a knowledge base can leave."""

    JSON = "json"
    CSV = "csv"


class ExportService:
    """Exports one knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def run(self, form: ExportFormat, out: Path) -> Generator[Progress, None, tuple[Path, ...]]:
        """Write the export and return the files: one for JSON, a folder of tables for CSV.

        Each file is there whole or not at all. Raises KartotekaError where it cannot be written.
        """
        if form is ExportFormat.JSON:
            return (yield from self._json(out))
        return (yield from self._csv(out))

    def _json(self, out: Path) -> Generator[Progress, None, tuple[Path, ...]]:
        with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as text:
            text.write(f'{{"format": "kartoteka", "version": {FORMAT_VERSION}, "program": "{__version__}"')
            claims: dict[str, dict[int, Document]] = {name: {} for name in ("roles", "relations", "statements")}
            yield from _list(text, "articles", self._articles(), lambda view: self._article(view, claims))
            publishers = iter(grading.graded_publishers(self._kb))
            yield from _list(text, "publishers", publishers, publisher_document)
            yield from _list(text, "entities", self._profiles(), lambda card: _entity(card, claims))
            for name, found in claims.items():
                yield from _list(text, name, iter(found.values()), lambda document: document)
            yield from _list(text, "events", self._events(), event_document)
            text.write("\n}\n")
            write_whole_by(out, lambda stream: _copy(text, stream))
        return (out,)

    def _csv(self, folder: Path) -> Generator[Progress, None, tuple[Path, ...]]:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KartotekaError(f"The folder “{folder}” could not be made ({error.strerror}).") from error
        tables = BaseTables()
        for done, view in enumerate(self._articles(), 1):
            tables.add_article(view)
            for statement in self._statements(view):
                tables.add_statement(statement)
            yield Progress(done, 0, "articles")
        for done, card in enumerate(self._profiles(), 1):
            tables.add_profile(card)
            yield Progress(done, 0, "entities")
        for done, event in enumerate(self._events(), 1):
            tables.add_event(event)
            yield Progress(done, 0, "events")
        written = []
        for name, data in tables.files():
            write_whole(folder / name, data)
            written.append(folder / name)
        return tuple(written)

    def _article(self, view: ArticleView, claims: dict[str, dict[int, Document]]) -> Document:
        found = self._statements(view)
        claims["statements"].update((line.ref.id, statement_document(line)) for line in found)
        return article_document(view)

    def _statements(self, view: ArticleView) -> tuple[StatementLine, ...]:
        """Return the statements of an article: those by and about nobody known stand on no card."""
        claims = dict.fromkeys(m.claim.id for m in view.marks if m.claim and m.kind is MarkKind.STATEMENT)
        return statement_lines(self._kb.database, tuple(claims))

    def _articles(self) -> Iterator[ArticleView]:
        query = ArticleQuery(sort=ArticleSort.IMPORTED, descending=False)
        for at in range(0, listing.article_count(self._kb, query), PAGE):
            for row in listing.articles(self._kb, query, at, PAGE):
                yield reading.article_view(self._kb, row.id)

    def _profiles(self) -> Iterator[Profile]:
        # without a status, a list leaves out what was rejected
        for kind, status in product(EntityType, (None, Status.REJECTED)):
            query = EntityQuery(kind, status=status, sort=EntitySort.NAME)
            for at in range(0, listing.entity_count(self._kb, query), PAGE):
                for row in listing.entities(self._kb, query, at, PAGE):
                    yield profiles.profile(self._kb, row.id, ALL_LINES)

    def _events(self) -> Iterator[EventLine]:
        data = timelines.timeline(self._kb, TimelineQuery(with_rejected=True))
        for number in (*data.ids, *data.undated_ids):
            yield timelines.event(self._kb, EventId(number))


def _list(
    text: IO[str], name: str, records: Iterator[T], document: Callable[[T], Document]
) -> Generator[Progress, None, None]:
    text.write(f',\n"{name}": [')
    done = 0
    for done, record in enumerate(records, 1):
        text.write(",\n" if done > 1 else "\n")
        text.write(json.dumps(document(record), ensure_ascii=False, allow_nan=False))
        yield Progress(done, 0, name)
    text.write("\n]" if done else "]")


def _entity(card: Profile, claims: dict[str, dict[int, Document]]) -> Document:
    """Give the entity, and put its claims by their numbers where each is written once."""
    own = EntityLink(card.entity.id, card.entity.name, card.entity.type)
    claims["roles"].update((line.ref.id, role_document(line)) for line in card.roles.lines)
    claims["relations"].update((line.ref.id, relation_document(line, own)) for line in card.relations.lines)
    said: tuple[StatementLine, ...] = (*card.statements_by.lines, *card.statements_about.lines)
    claims["statements"].update((line.ref.id, statement_document(line)) for line in said)
    return {
        **entity_document(card.entity),
        "status": card.status.value,
        "mentions": card.mentions.total,
        "notes": [note_document(note) for note in card.notes],
    }


def _copy(text: IO[str], stream: IO[bytes]) -> None:
    text.seek(0)
    while piece := text.read(1 << 20):
        stream.write(piece.encode())
