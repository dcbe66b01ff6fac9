"""Takes articles in: each one whole, in one transaction, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace

from peewee import SqliteDatabase

from kb_app import __version__
from kb_app.core.article import Article, Provenance, SourceFile
from kb_app.core.entity import Category, EntityType
from kb_app.core.findings import Findings
from kb_app.core.identities import KnownEntity, KnownNames, Resolution
from kb_app.core.ids import ArticleId, EntityId, OperationId, OutcomeId, SourceId
from kb_app.core.judgement import ClaimKind
from kb_app.core.languages import problems_of
from kb_app.core.names import normalised
from kb_app.core.report import InputOutcome, InputState
from kb_app.core.shingles import sketch_of
from kb_app.storage import tables
from kb_app.storage.acceptance import refuse_unfit
from kb_app.storage.article_details import pack_details, pack_offset_map, pack_page_map, pack_sketch, pack_words
from kb_app.storage.claim_writer import Scene, articles_of, drafts_of, write_claims
from kb_app.storage.compression import pack_source
from kb_app.storage.dates import add_date, first_day
from kb_app.storage.entity_writer import count_mentions, joined_by_report, write_entities, write_mentions
from kb_app.storage.journal import Journal, Unindexed
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import author, discard_undone, now, step_of_import
from kb_app.storage.origins import Sketched, origin_of
from kb_app.storage.reextraction import replace_findings
from kb_app.storage.rows import Value, index_rows
from kb_app.storage.seen_prints import SeenPrints
from kb_app.storage.time_writer import write_times

__all__ = [
    "find_source",
    "ImportStep",
    "import_step",
    "known_names",
    "replace_findings",
    "save_article",
]

_SKETCHES_A_STEP = 500
_SETTLE = (
    "UPDATE import_outcome SET state = ?, code = ?, sentence = ?, sha256 = ?, articles = ?, media_type = ? WHERE id = ?"
)
_ADD_SETTLED = (
    "INSERT INTO import_outcome (operation, input, path, parent, state, code, sentence, sha256, articles, media_type) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def find_source(kb: KnowledgeBase, sha256: str) -> tuple[SourceId, tuple[ArticleId, ...]] | None:
    """Return the source with these bytes and its articles, None where they are new."""
    number = _source_with(kb.database, sha256)
    if number is None:
        return None
    article = tables.Article
    articles = article.select(article.id).where(article.source == number).order_by(article.id)
    return SourceId(number), tuple(ArticleId(a) for (a,) in articles.tuples().execute(kb.database))


def _source_with(database: SqliteDatabase, sha256: str) -> int | None:
    # written out: this runs for every input, and making the statement costs more than running it
    row = database.execute_sql("SELECT id FROM source WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else int(row[0])


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


@contextmanager
def import_step(kb: KnowledgeBase, operation: OperationId, seen: SeenPrints | None = None) -> Iterator[ImportStep]:
    """Run the block as one transaction of an import: articles and outcomes that are on the disk together or not at all.

    `seen` is kept from step to step, so that reports told again are looked for more quickly.
    Raises a StoreError where the store cannot be written; then nothing of the block was kept.
    """
    with kb.writing(bulk=True) as database:
        if seen is not None:
            seen.gather(database, _SKETCHES_A_STEP)
        step = ImportStep(database, operation, seen or SeenPrints())
        yield step
        step.index()


class ImportStep:
    """Takes articles and outcomes in, inside one transaction."""

    def __init__(self, database: SqliteDatabase, operation: OperationId, seen: SeenPrints) -> None:
        self._database = database
        self._seen = seen
        self._operation = operation
        self._author = author()
        self._journal: Journal | None = None
        # a savepoint makes the full-text index write what it gathered: so it is told of all articles together
        self._unindexed: Unindexed = []

    def index(self) -> None:
        """Put what was saved into the full-text indexes; nothing may be saved after it."""
        for table, rows in self._unindexed:
            index_rows(self._database.connection(), table, rows)
        self._unindexed.clear()

    def save(  # noqa: PLR0913  as save_article, and the packed bytes spare the time to pack them here
        self,
        source: SourceFile,
        article: Article,
        findings: Findings,
        resolution: Resolution,
        *,
        packed: bytes = b"",
    ) -> ArticleId:
        """Keep an article with its source and findings; `packed` are the source's bytes where they are packed already.

        Raises Failed where the article or its findings cannot be kept as they are (offsets outside the text,
        characters that the store would change); then nothing of this article was kept, whatever came before it.
        """
        refuse_unfit(article, findings)
        with self._all_or_nothing() as journal:
            number = _source(journal, source, packed, self._author)
            scene = _write_article(journal, (number, self._seen), article, findings)
            joined = joined_by_report(self._database, scene.copies, findings, resolution)
            ids = write_entities(journal, findings, joined, article.text)
            write_findings(journal, replace(scene, entities=ids))
        return ArticleId(scene.article)

    def settle(self, outcome: InputOutcome) -> OutcomeId:
        """Write down what became of an input: in the row that waits for it, or in a new one where it has none."""
        articles = pack_words([str(article) for article in outcome.articles])
        said = (str(outcome.state), outcome.code, outcome.sentence, outcome.sha256, articles, outcome.media_type)
        connection = self._database.connection()
        if outcome.id:
            connection.execute(_SETTLE, (*said, outcome.id))
            return outcome.id
        row = (self._operation, outcome.input, outcome.path, outcome.parent, *said)
        return OutcomeId(int(connection.execute(_ADD_SETTLED, row).lastrowid or 0))

    def counts_within(self, container: OutcomeId) -> dict[InputState, int]:
        """Return how many of the things that a container held stand in each state."""
        sql = "SELECT state, count(*) FROM import_outcome WHERE parent = ? GROUP BY state"
        rows = self._database.connection().execute(sql, (container,))
        return {InputState(state): count for state, count in rows}

    def article_with_text(self, sha256: str, text: str) -> tuple[ArticleId, ...]:
        """Return the articles of a source, given by its digest, that have exactly this text."""
        sql = (
            "SELECT article.id FROM article JOIN source ON source.id = article.source_id "
            "JOIN text ON text.id = article.id WHERE source.sha256 = ? AND text.sha256 = ?"
        )
        digest = hashlib.sha256(text.encode()).hexdigest()
        return tuple(ArticleId(n) for (n,) in self._database.connection().execute(sql, (sha256, digest)))

    def add_address(self, known: SourceId, found: SourceFile) -> bool:
        """Remember that the bytes of a source were found elsewhere too; False where that is known.

        Where they came with an earlier mail or item, and were without one until now, they are linked to it.
        """
        place = {
            "path": found.path,
            "address": found.provenance.address,
            "container": found.provenance.container,
        }
        connection = self._database.connection()
        for table, column in (("source", "id"), ("source_address", "source_id")):
            sql = f"SELECT 1 FROM {table} WHERE {column} = ? AND path = ? AND address = ? AND container = ?"
            if connection.execute(sql, (known, *place.values())).fetchone():
                return False
        with self._all_or_nothing() as journal:
            how = found.provenance.how
            journal.add(tables.SourceAddress, source_id=known, name=found.name, how=how, seen_at=now(), **place)
            journal.flush()
            self._link(journal, known, found.provenance.parent_sha256)
        return True

    def _link(self, journal: Journal, known: SourceId, parent_sha256: str) -> None:
        parent = _source_with(self._database, parent_sha256) if parent_sha256 else None
        sql = "SELECT 1 FROM source WHERE id = ? AND parent_id IS NULL AND id > ?"
        if parent is not None and self._database.connection().execute(sql, (known, parent)).fetchone():
            journal.update(tables.Source, known, parent_id=parent)

    @contextmanager
    def _all_or_nothing(self) -> Iterator[Journal]:
        """Run the block so that a failure in it takes back what it wrote and nothing else."""
        connection = self._database.connection()
        if self._journal is None:
            step = step_of_import(self._database, self._operation)
            _start(self._database, step)
            self._journal = Journal(self._database, step, self._unindexed)
        indexed = len(self._unindexed)
        connection.execute("SAVEPOINT one")
        try:
            yield self._journal
            connection.execute("RELEASE one")
        except BaseException:  # whatever went wrong, ids that were given out are taken back with the rows
            self._journal = None
            del self._unindexed[indexed:]
            if connection.in_transaction:  # a full disk ends the whole transaction by itself
                connection.execute("ROLLBACK TO one")
                connection.execute("RELEASE one")
            raise


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
    with import_step(kb, operation) as step:
        return step.save(source, article, findings, resolution)


def write_findings(journal: Journal, scene: Scene) -> None:
    """Write mentions, claims and time expressions of an article whose entities are there, and keep the counts right."""
    write_mentions(journal, scene)
    write_times(journal, scene)
    journal.flush()
    count_mentions(journal, scene)
    claims = write_claims(journal, scene, drafts_of(scene))
    named = {(scene.entities[e.id], e.type) for e in scene.findings.entities if e.named and e.mentions}
    counts = (
        sum(1 for _, kind in named if kind is EntityType.PERSON),
        sum(1 for _, kind in named if kind is EntityType.INSTITUTION),
        sum(1 for claim in claims if claim.kind is ClaimKind.EVENT),
    )
    if any(counts):
        sql = "UPDATE article SET people = ?, institutions = ?, events = ? WHERE id = ?"
        journal.database.execute_sql(sql, (*counts, scene.article))


def _start(database: SqliteDatabase, operation: OperationId) -> None:
    """Make sure that the operation takes rows; its first ones end the chance to redo."""
    rows = tables.OperationRow.select().where(tables.OperationRow.operation == operation).limit(1)
    if not list(rows.tuples().execute(database)):
        discard_undone(database)


def _source(journal: Journal, source: SourceFile, packed: bytes, who: str) -> int:
    known = _source_with(journal.database, source.sha256)
    if known is not None:
        return known
    return journal.add(
        tables.Source,
        sha256=source.sha256,
        media_type=source.media_type,
        size=len(source.data),
        name=source.name,
        path=source.path,
        imported_at=now(),
        data=packed or pack_source(source.data),
        author=who,
        **_provenance(journal.database, source.provenance),
    )


def _provenance(database: SqliteDatabase, known: Provenance) -> dict[str, Value]:
    parent = _source_with(database, known.parent_sha256) if known.parent_sha256 else None
    return {
        "how": known.how,
        "address": known.address,
        "captured_at": known.captured_at,
        "container": known.container,
        "container_sha256": known.container_sha256,
        "parent_id": parent,
        "tool": f"Kartoteka {__version__}",
    }


def _write_article(journal: Journal, about: tuple[int, SeenPrints], article: Article, findings: Findings) -> Scene:
    source, seen = about
    metadata = article.metadata
    publisher = metadata.publisher.value if metadata.publisher else ""
    day = first_day(metadata.published)
    sketch = pack_sketch(article.sketch or sketch_of(article))
    origin, is_new = origin_of(journal, article, Sketched(sketch, seen), day)
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
        has_warnings=int(bool(problems_of(article.warnings))),
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
