"""The passages that claims rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SqliteDatabase, fn

from kb_app.core.citation import CITATIONS_SHOWN, Citation, Support
from kb_app.core.ids import ArticleId
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.passage import CONTEXT_CHARACTERS, Passage, Span
from kb_app.storage import tables
from kb_app.storage.batches import in_batches
from kb_app.storage.dates import dates
from kb_app.storage.grading import grade_columns, grade_of, graded
from kb_app.storage.knowledge_base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands by its own row."""

    claim: int
    status: str
    confidence: float
    citation_count: int
    origin_count: int


def supports(database: SqliteDatabase, kind: ClaimKind, standings: Collection[Standing]) -> dict[int, Support]:
    """Return the support of each claim, with its strongest citations."""
    cited = strongest_citations(database, kind, [s.claim for s in standings])
    return {
        s.claim: Support(
            status=Status(s.status),
            confidence=s.confidence,
            reason=cited[s.claim][0].reason if s.claim in cited else "",
            citations=tuple(cited.get(s.claim, ())),
            citation_count=s.citation_count,
            origin_count=s.origin_count,
        )
        for s in standings
    }


def strongest_citations(
    database: SqliteDatabase, kind: ClaimKind, claims: Iterable[int], limit: int = CITATIONS_SHOWN
) -> dict[int, list[Citation]]:
    """Return up to `limit` citations of each claim, strongest first."""
    table = tables.Citation
    place = fn.ROW_NUMBER().over(partition_by=[table.claim], order_by=[table.confidence.desc(), table.id])
    found: dict[int, list[Citation]] = {}
    for some in in_batches(claims):
        ranked = table.select(table.id.alias("number"), place.alias("place")).where(
            (table.kind == str(kind)) & table.claim.in_(some)
        )
        query = _cited_passages().join(ranked, on=(ranked.c.number == table.id)).where(ranked.c.place <= limit)
        for claim, citation in _read(database, query.order_by(ranked.c.place)):
            found.setdefault(claim, []).append(citation)
    return found


def citations(kb: KnowledgeBase, ref: ClaimRef) -> tuple[Citation, ...]:
    """Return all citations of a claim, strongest first; of an entity, where it is mentioned in order of articles."""
    if ref.kind in (ClaimKind.ENTITY, ClaimKind.MENTION):
        return _mention_citations(kb.database, ref)
    table = tables.Citation
    query = _cited_passages().where((table.kind == str(ref.kind)) & (table.claim == ref.id))
    return tuple(c for _, c in _read(kb.database, query.order_by(table.confidence.desc(), table.id)))


def _mention_citations(database: SqliteDatabase, ref: ClaimRef) -> tuple[Citation, ...]:
    table = tables.Mention
    column = table.entity if ref.kind is ClaimKind.ENTITY else table.id
    rows = mention_query().where(column == ref.id).order_by(table.article, table.first)
    return tuple(citation for _, _, citation in read_mentions(database, rows))


def mention_query() -> Any:
    """Return the query of mentions in context, to be narrowed and ordered by the caller."""
    table = tables.Mention
    query = (
        table.select(table.id, table.kind, *_passage_columns(table), table.confidence, table.reason)
        .join(tables.Article)
        .join(tables.Text, on=(tables.Text.id == tables.Article.id))
    )
    return graded(query)


def read_mentions(database: SqliteDatabase, query: Any) -> list[tuple[int, str, Citation]]:
    """Return (id, kind, citation) of each mention of a query."""
    rows = list(query.tuples().execute(database))
    published = dates(database, [row[9] for row in rows])
    return [(row[0], row[1], _citation(row[2:], published)) for row in rows]


def _cited_passages() -> Any:
    table, passage = tables.Citation, tables.Passage
    query = (
        table.select(table.claim, *_passage_columns(passage), table.confidence, table.reason)
        .join(passage)
        .switch(table)
        .join(tables.Article)
        .join(tables.Text, on=(tables.Text.id == tables.Article.id))
    )
    return graded(query).switch(table)


def _passage_columns(table: Any) -> Sequence[Any]:
    text = tables.Text.text
    before_from = fn.MAX(table.first - CONTEXT_CHARACTERS, 0)
    return (
        tables.Article.id,
        table.first,
        table.last,
        table.quote,
        fn.SUBSTR(text, before_from + 1, table.first - before_from),
        fn.SUBSTR(text, table.last + 1, CONTEXT_CHARACTERS),
        tables.Article.title,
        tables.Article.published,
        tables.Article.publisher,
        *grade_columns(),
    )


def _read(database: SqliteDatabase, query: Any) -> list[tuple[int, Citation]]:
    rows = list(query.tuples().execute(database))
    published = dates(database, [row[8] for row in rows])
    return [(row[0], _citation(row[1:], published)) for row in rows]


def _citation(row: Sequence[Any], published: dict[int, Any]) -> Citation:
    article, first, last, quote, before, after, title, date, publisher, *grade, confidence, reason = row
    passage = Passage(ArticleId(article), Span(first, last), quote, before, after)
    return Citation(passage, title, publisher, published.get(date), confidence, reason, grade_of(*grade))
