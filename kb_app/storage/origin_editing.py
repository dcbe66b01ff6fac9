"""What a person decides about which articles tell the same report: steps that can be taken back, nothing is deleted."""

from __future__ import annotations

from collections.abc import Sequence

from peewee import SqliteDatabase

from kb_app.core.changes import Changes
from kb_app.core.errors import KartotekaError, NotFound
from kb_app.core.ids import ArticleId, OriginId
from kb_app.storage import tables
from kb_app.storage.batches import in_batches
from kb_app.storage.counts import recount
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import Edit, author, edit, now
from kb_app.storage.origin_reading import told_apart


def split_off(kb: KnowledgeBase, articles: Sequence[ArticleId]) -> Changes:
    """Make articles of one report a report of their own, told apart from what is left; raises NotFound.

    Raises a KartotekaError where they are not of one report, or are all of it.
    """
    origins = _origins(kb.database, articles)
    if len(set(origins.values())) != 1:
        raise KartotekaError("Only versions of one report can be split off together. Nothing was changed.")
    old = next(iter(origins.values()))
    if len(_articles(kb.database, old)) == len(origins):
        raise KartotekaError("All versions of a report cannot be split off from it. Nothing was changed.")
    with edit(kb, _label("Split off", len(origins))) as step:
        new = OriginId(step.add(tables.Origin))
        step.flush()
        _move(step, list(origins), new)
        _tell_apart(step, old, new)
        _count(step)
    return step.changes


def join(kb: KnowledgeBase, articles: Sequence[ArticleId]) -> Changes:
    """Make the reports of these articles one, with all their versions; raises NotFound."""
    origins = sorted(set(_origins(kb.database, articles).values()))
    with edit(kb, f"Join {len(origins)} reports as one") as step:
        for other in origins[1:]:
            _move(step, _articles(step.database, other), origins[0])
            _pass_on(step, other, origins[0])
            step.remove(tables.Origin, [other])
        _count(step)
    return step.changes


def keep_apart(kb: KnowledgeBase, one: ArticleId, other: ArticleId) -> Changes:
    """Take down that two articles tell different reports, so that they are not proposed again; raises NotFound.

    Raises a KartotekaError where they are versions of one report.
    """
    origins = _origins(kb.database, [one, other])
    if origins[one] == origins[other]:
        raise KartotekaError("These are versions of one report. Split one of them off first.")
    with edit(kb, "Tell two reports apart") as step:
        if _tell_apart(step, origins[one], origins[other]):
            step.touched.articles.update((one, other))
    return step.changes


def _origins(database: SqliteDatabase, articles: Sequence[ArticleId]) -> dict[ArticleId, OriginId]:
    table = tables.Article
    found: dict[ArticleId, OriginId] = {}
    for some in in_batches(articles):
        query = table.select(table.id, table.origin).where(table.id.in_(some))
        found.update((ArticleId(n), OriginId(o)) for n, o in query.tuples().execute(database))
    for article in articles:
        if article not in found:
            raise NotFound(f"The article {article} is no longer there.")
    return found


def _articles(database: SqliteDatabase, origin: OriginId) -> list[ArticleId]:
    query = tables.Article.select(tables.Article.id).where(tables.Article.origin == origin)
    return [ArticleId(number) for (number,) in query.tuples().execute(database)]


def _move(step: Edit, articles: Sequence[ArticleId], origin: OriginId) -> None:
    for number in articles:
        step.update(tables.Article, number, origin_id=origin)


def _tell_apart(step: Edit, one: OriginId, other: OriginId) -> bool:
    """Take down that two reports are not the same; return whether that is new."""
    if other in told_apart(step.database, one):
        return False
    step.add(tables.OriginsApart, one_id=one, other_id=other, author=author(), at=now())
    step.flush()
    return True


def _pass_on(step: Edit, old: OriginId, new: OriginId) -> None:
    """Let what was told apart from a report that ends be told apart from the one that takes its articles."""
    table = tables.OriginsApart
    apart = told_apart(step.database, old)
    query = table.select(table.id).where((table.one == old) | (table.other == old)).tuples()
    step.remove(table, [number for (number,) in query.execute(step.database)])
    for other in sorted(apart - {new}):
        _tell_apart(step, new, OriginId(other))


def _count(step: Edit) -> None:
    step.flush()
    recount(step.database.connection(), step.touched)


def _label(verb: str, count: int) -> str:
    return f"{verb} 1 version of a report" if count == 1 else f"{verb} {count} versions of a report"
