"""Takes articles in: each one whole, in one transaction, or not at all."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Sequence
from dataclasses import replace

from peewee import SqliteDatabase, fn

from kb_app import __version__
from kb_app.core.article import Article, Provenance, SourceFile
from kb_app.core.changes import Changes
from kb_app.core.entity import Category, EntityType
from kb_app.core.findings import Findings
from kb_app.core.identities import KnownEntity, KnownNames, Resolution
from kb_app.core.ids import ArticleId, EntityId, OperationId, SourceId
from kb_app.core.judgement import ClaimKind
from kb_app.core.names import normalised
from kb_app.core.report import ImportReport, InputOutcome, InputState
from kb_app.core.shingles import sketch_of
from kb_app.storage import tables
from kb_app.storage.acceptance import refuse_unfit
from kb_app.storage.article_details import (
    pack_details,
    pack_offset_map,
    pack_page_map,
    pack_sketch,
    pack_words,
    unpack_words,
)
from kb_app.storage.claim_writer import Scene, articles_of, drafts_of, write_claims
from kb_app.storage.dates import add_date, first_day
from kb_app.storage.entity_writer import count_mentions, joined_by_report, write_entities, write_mentions
from kb_app.storage.journal import Journal
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import author, discard_undone, now
from kb_app.storage.origins import origin_of
from kb_app.storage.reextraction import replace_findings
from kb_app.storage.rows import Value
from kb_app.storage.time_writer import write_times

__all__ = [
    "find_source",
    "finish_import",
    "known_names",
    "outcomes",
    "replace_findings",
    "save_article",
    "save_outcomes",
]

_COMPRESSION = 6


def find_source(kb: KnowledgeBase, sha256: str) -> tuple[SourceId, tuple[ArticleId, ...]] | None:
    """Return the source with these bytes and its articles, None where they are new."""
    query = tables.Source.select(tables.Source.id).where(tables.Source.sha256 == sha256)
    rows = list(query.tuples().execute(kb.database))
    if not rows:
        return None
    number = rows[0][0]
    article = tables.Article
    articles = article.select(article.id).where(article.source == number).order_by(article.id)
    return SourceId(number), tuple(ArticleId(a) for (a,) in articles.tuples().execute(kb.database))


def known_names(kb: KnowledgeBase, names: Collection[str]) -> KnownNames:
    """Return the entities known by these names, in any spelling that folds to the same."""
    wanted = sorted({normalised(name) for name in names} - {""})
    name, entity = tables.EntityName, tables.Entity
    found: dict[str, dict[int, KnownEntity]] = {}
    for at in range(0, len(wanted), 500):
        query = (
            name.select(name.normalised, name.kind, entity.id, entity.canonical, entity.type, entity.name)
            .select_extend(entity.country, entity.category)
            .join(entity)
            .where(name.normalised.in_(wanted[at : at + 500]) & entity.named)
            .order_by(name.id)
        )
        for folded, kind, number, canonical, type_, title, country, category in query.tuples().execute(kb.database):
            id_ = EntityId(canonical or number)
            known = KnownEntity(id_, EntityType(type_), title, kind, country, Category(category) if category else None)
            held = found.setdefault(folded, {})
            # a full name says more than the same letters as an acronym
            if known.id not in held or kind == "full":
                held[known.id] = known
    return KnownNames({folded: tuple(entities.values()) for folded, entities in found.items()})


def save_article(  # noqa: PLR0913  the parts of one article come from four places, and all services call it so
    kb: KnowledgeBase,
    operation: OperationId,
    source: SourceFile,
    article: Article,
    findings: Findings,
    resolution: Resolution,
) -> ArticleId:
    """Keep an article with its source and findings.

    Raises Failed where the article or its findings cannot be kept as they are (offsets outside the text, characters
    that the store would change), and a StoreError where the store cannot be written; then nothing of it was kept.
    """
    refuse_unfit(article, findings)
    with kb.writing(bulk=True) as database:
        _start(database, operation)
        journal = Journal(database, operation)
        scene = _write_article(journal, _source(journal, source), article, findings)
        joined = joined_by_report(database, scene.copies, findings, resolution)
        ids = write_entities(journal, findings, joined, article.text)
        scene = replace(scene, entities=ids)
        write_findings(journal, scene)
    return ArticleId(scene.article)


def write_findings(journal: Journal, scene: Scene) -> None:
    """Write mentions, claims and time expressions of an article whose entities are there, and keep the counts right."""
    write_mentions(journal, scene)
    write_times(journal, scene)
    journal.flush()
    count_mentions(journal, scene)
    claims = write_claims(journal, scene, drafts_of(scene))
    named = {(scene.entities[e.id], e.type) for e in scene.findings.entities if e.named and e.mentions}
    tables.Article.update(
        people=sum(1 for _, kind in named if kind is EntityType.PERSON),
        institutions=sum(1 for _, kind in named if kind is EntityType.INSTITUTION),
        events=sum(1 for claim in claims if claim.kind is ClaimKind.EVENT),
    ).where(tables.Article.id == scene.article).execute(journal.database)


def save_outcomes(kb: KnowledgeBase, operation: OperationId, outcomes: Sequence[InputOutcome]) -> None:
    """Keep what became of inputs of an import; also when the import is taken back later."""
    table = tables.ImportOutcome
    fields = [table.operation, table.input, table.state, table.code, table.sentence, table.sha256, table.articles]
    rows = [
        (operation, o.input, str(o.state), o.code, o.sentence, o.sha256, pack_words([str(a) for a in o.articles]))
        for o in outcomes
    ]
    with kb.writing(bulk=True) as database:
        for at in range(0, len(rows), 100):
            table.insert_many(rows[at : at + 100], fields).execute(database)


def outcomes(kb: KnowledgeBase, operation: OperationId | None = None) -> ImportReport:
    """Return what became of the inputs of an import, of the newest one without a number."""
    table = tables.ImportOutcome
    if operation is None:
        newest = list(table.select(fn.MAX(table.operation)).tuples().execute(kb.database))
        operation = OperationId(newest[0][0] or 0)
    columns = (table.input, table.state, table.code, table.sentence, table.sha256, table.articles)
    query = table.select(*columns).where(table.operation == operation).order_by(table.id)
    return ImportReport(
        tuple(
            InputOutcome(name, InputState(state), code, sentence, sha256, _article_ids(articles))
            for name, state, code, sentence, sha256, articles in query.tuples().execute(kb.database)
        )
    )


def finish_import(kb: KnowledgeBase, operation: OperationId) -> Changes:
    """End an import; one that brought no article leaves no operation."""
    with kb.writing() as database:
        rows = tables.OperationRow.select().where(tables.OperationRow.operation == operation).limit(1)
        if not list(rows.tuples().execute(database)):
            tables.Operation.delete().where(tables.Operation.id == operation).execute(database)
            return Changes()
        tables.Operation.update(finished=True).where(tables.Operation.id == operation).execute(database)
        labels = tables.Operation.select(tables.Operation.label).where(tables.Operation.id == operation)
        label = next(iter(labels.tuples().execute(database)))[0]
    return Changes(everything=True, operation=operation, label=label)


def _article_ids(packed: str) -> tuple[ArticleId, ...]:
    return tuple(ArticleId(int(number)) for number in unpack_words(packed))


def _start(database: SqliteDatabase, operation: OperationId) -> None:
    """Make sure that the operation takes rows; its first ones end the chance to redo."""
    rows = tables.OperationRow.select().where(tables.OperationRow.operation == operation).limit(1)
    if not list(rows.tuples().execute(database)):
        discard_undone(database)


def _source(journal: Journal, source: SourceFile) -> int:
    query = tables.Source.select(tables.Source.id).where(tables.Source.sha256 == source.sha256).tuples()
    known = list(query.execute(journal.database))
    if known:
        return int(known[0][0])
    return journal.add(
        tables.Source,
        sha256=source.sha256,
        media_type=source.media_type,
        size=len(source.data),
        name=source.name,
        path=source.path,
        imported_at=now(),
        data=zlib.compress(source.data, _COMPRESSION),
        **_provenance(journal.database, source.provenance),
    )


def _provenance(database: SqliteDatabase, known: Provenance) -> dict[str, Value]:
    parent = tables.Source.select(tables.Source.id).where(tables.Source.sha256 == known.parent_sha256).tuples()
    found = list(parent.execute(database)) if known.parent_sha256 else []
    return {
        "how": known.how,
        "address": known.address,
        "captured_at": known.captured_at,
        "container": known.container,
        "container_sha256": known.container_sha256,
        "parent_id": found[0][0] if found else None,
        "author": author(),
        "tool": f"Kartoteka {__version__}",
    }


def _write_article(journal: Journal, source: int, article: Article, findings: Findings) -> Scene:
    metadata = article.metadata
    publisher = metadata.publisher.value if metadata.publisher else ""
    day = first_day(metadata.published)
    sketch = pack_sketch(article.sketch or sketch_of(article))
    origin, is_new = origin_of(journal, article, sketch, day)
    copies = () if is_new else articles_of(journal.database, origin)
    number = journal.add(
        tables.Article,
        source_id=source,
        origin_id=origin,
        title=article.title,
        title_key=normalised(article.title),
        publisher=publisher,
        publisher_key=normalised(publisher),
        host=metadata.host.value if metadata.host else "",
        published_id=add_date(journal, metadata.published),
        published_day=day,
        warnings=pack_words(article.warnings),
        has_warnings=int(bool(article.warnings)),
        language=article.language,
        encoding=article.encoding,
        engine=findings.engine,
        details=pack_details(article),
        characters=len(article.text),
    )
    journal.add(
        tables.Text,
        id=number,
        title=article.title,
        text=article.text,
        sha256=hashlib.sha256(article.text.encode()).hexdigest(),
        offset_map=pack_offset_map(article.offset_map),
        page_map=pack_page_map(article.page_map),
    )
    journal.add(tables.Sketch, id=number, prints=sketch)
    return Scene(number, article.text, origin, day, {}, findings, copies)
