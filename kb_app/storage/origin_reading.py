"""Reads a report with its versions, what may be the same report, and the passages it shares with others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from peewee import SqliteDatabase, fn

from kb_app.core.errors import NotFound
from kb_app.core.ids import ArticleId, OriginId
from kb_app.core.likeness import Telling, Verdict, likeness
from kb_app.core.origin import Comparison, Origin, ReusedPassage, Version
from kb_app.core.reuse import Reuse, SharedStretch, lifted, shared_stretches
from kb_app.core.shingles import wording_of
from kb_app.storage import tables
from kb_app.storage.batches import in_batches
from kb_app.storage.dates import dates
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.origins import Kept, kept_articles, matches, sketch_hits, sketch_kept

_COMPARED = 24  # versions of one report that are compared for their likeness or for what may be the same
_SUGGESTED = 12
_REUSES = 20  # articles that may share a passage, looked at word by word
_LEAST_MARKED = 4  # words of a shared stretch that a comparison marks


def origin_of_article(kb: KnowledgeBase, article: ArticleId) -> Origin:
    """Return the report that an article tells, with all that belongs to it; raises NotFound."""
    database = kb.database
    versions = versions_of(database, _origin_number(kb, article))
    own = next(version for version in versions if version.article == article)
    return Origin(
        id=own.origin,
        versions=_with_likeness(database, versions),
        suggestions=_suggestions(database, versions),
        reused=reused_passages(kb, article),
    )


def reuses(kb: KnowledgeBase, article: ArticleId) -> tuple[Reuse, ...]:
    """Return the passages that an article shares with articles of other origins, in order; raises NotFound."""
    return tuple(passage.reuse for passage in reused_passages(kb, article))


def reused_passages(kb: KnowledgeBase, article: ArticleId) -> tuple[ReusedPassage, ...]:
    """Return the passages that an article shares with articles of other origins, with their words; raises NotFound."""
    database = kb.database
    own = _kept(kb, article)
    # a run that many reports have is a phrase or a site's own text: it leads nowhere
    numbers = [n for n in sketch_hits(database, sketch_kept(database, article)).sharing() if n != article]
    others = [kept for kept in kept_articles(database, numbers[: 4 * _REUSES]) if kept.origin != own.origin][:_REUSES]
    wording = wording_of(own.article)
    found = [(kept, stretch) for kept in others for stretch in lifted(wording, wording_of(kept.article))]
    titles = {version.article: version for version in _versions(database, [kept.number for kept, _ in found])}
    passages = [_reused(own, kept, stretch, titles[ArticleId(kept.number)]) for kept, stretch in found]
    return tuple(sorted(passages, key=lambda passage: (passage.reuse.span, passage.reuse.other)))


def compare(kb: KnowledgeBase, one: ArticleId, other: ArticleId) -> Comparison:
    """Return two articles with the stretches of words that they share; raises NotFound."""
    left, right = _kept(kb, one), _kept(kb, other)
    found = {version.article: version for version in _versions(kb.database, [one, other])}
    alike = _percent(left.telling, right.telling)
    stretches = shared_stretches(wording_of(left.article), wording_of(right.article))
    return Comparison(
        one=replace(found[one], likeness=alike),
        other=replace(found[other], likeness=alike),
        one_text=left.article.text,
        other_text=right.article.text,
        shared=tuple(stretch for stretch in stretches if stretch.words >= _LEAST_MARKED),
    )


def groups(kb: KnowledgeBase) -> Iterator[Origin]:
    """Yield the reports that several articles tell, with their versions alone, in order of number."""
    table = tables.Article
    query = table.select(table.origin).group_by(table.origin).having(fn.COUNT(table.id) > 1).order_by(table.origin)
    numbers = [OriginId(number) for (number,) in query.tuples().execute(kb.database)]
    for number in numbers:
        versions = versions_of(kb.database, number)
        yield Origin(number, _with_likeness(kb.database, versions))


def versions_of(database: SqliteDatabase, origin: OriginId) -> tuple[Version, ...]:
    """Return the articles of an origin, earliest first, those without a date last."""
    table = tables.Article
    query = table.select(table.id).where(table.origin == origin).tuples()
    found = _versions(database, [number for (number,) in query.execute(database)])
    if not found:
        return ()
    fullest = max(found, key=lambda version: (version.characters, -version.article))
    return tuple(replace(version, is_earliest=version is found[0], is_fullest=version is fullest) for version in found)


def _origin_number(kb: KnowledgeBase, article: ArticleId) -> OriginId:
    table = tables.Article
    rows = list(table.select(table.origin).where(table.id == article).tuples().execute(kb.database))
    if not rows:
        raise NotFound(f"There is no article {article} in “{kb.path.name}”.")
    return OriginId(rows[0][0])


def _kept(kb: KnowledgeBase, article: ArticleId) -> Kept:
    found = kept_articles(kb.database, [article])
    if not found:
        raise NotFound(f"There is no article {article} in “{kb.path.name}”.")
    return found[0]


def _versions(database: SqliteDatabase, articles: Iterable[int]) -> list[Version]:
    table = tables.Article
    fields = (table.id, table.origin, table.title, table.publisher, table.host, table.published, table.characters)
    rows: list[tuple[int, int, str, str, str, int | None, int, int | None]] = []
    for some in in_batches(articles):
        rows += table.select(*fields, table.published_day).where(table.id.in_(some)).tuples().execute(database)
    # of those of one day the same order in which a list chooses one line a report
    rows.sort(key=lambda row: (row[7] is None, row[7] or 0, row[4] not in ("", row[3]), -row[6], row[0]))
    published = dates(database, [row[5] for row in rows if row[5] is not None])
    return [
        Version(ArticleId(number), OriginId(origin), title, publisher, host, published.get(date or 0), characters)
        for number, origin, title, publisher, host, date, characters, _ in rows
    ]


def _with_likeness(database: SqliteDatabase, versions: Sequence[Version]) -> tuple[Version, ...]:
    """Say how alike each version is to the fullest, of the first so many."""
    fullest = next((version.article for version in versions if version.is_fullest), None)
    wanted = {*(version.article for version in versions[:_COMPARED]), fullest} - {None}
    tellings = {kept.number: kept.telling for kept in kept_articles(database, [n for n in wanted if n is not None])}
    if fullest is None or fullest not in tellings:
        return tuple(versions)
    return tuple(
        replace(version, likeness=_percent(tellings[version.article], tellings[fullest]))
        if version.article in tellings
        else version
        for version in versions
    )


def _suggestions(database: SqliteDatabase, versions: Sequence[Version]) -> tuple[Version, ...]:
    """Return articles of other origins that look like one of these and were not told apart, the most alike first."""
    origin = versions[0].origin
    apart = told_apart(database, origin)
    found: dict[int, float] = {}
    for kept in kept_articles(database, [version.article for version in versions[:_COMPARED]]):
        sketch = sketch_kept(database, kept.number)
        for match in matches(database, kept.article, sketch_hits(database, sketch), kept.telling.day):
            other = match.kept
            if other.origin != origin and other.origin not in apart and match.verdict is not Verdict.OTHER:
                alike = _percent(kept.telling, other.telling)
                found[other.number] = max(alike, found.get(other.number, 0.0))
    best = sorted(found, key=lambda number: (-found[number], number))[:_SUGGESTED]
    versions_found = {version.article: version for version in _versions(database, best)}
    return tuple(replace(versions_found[ArticleId(n)], likeness=found[n]) for n in best)


def told_apart(database: SqliteDatabase, origin: OriginId) -> frozenset[int]:
    """Return the origins that a person told apart from this one."""
    table = tables.OriginsApart
    query = table.select(table.one, table.other).where((table.one == origin) | (table.other == origin))
    return frozenset(number for pair in query.tuples().execute(database) for number in pair) - {origin}


def _percent(one: Telling, other: Telling) -> float:
    return likeness(one, other).containment


def _reused(own: Kept, kept: Kept, stretch: SharedStretch, other: Version) -> ReusedPassage:
    reuse = Reuse(ArticleId(own.number), ArticleId(kept.number), stretch.one, stretch.other, stretch.words)
    return ReusedPassage(reuse, other, stretch.one.of(own.article.text), stretch.other.of(kept.article.text))
