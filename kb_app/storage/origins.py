"""Finds the report that an article tells again, so that evidence counts reports and not their reprints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from peewee import SqliteDatabase

from kb_app.core.article import Article
from kb_app.core.likeness import Likeness, Telling, Verdict, common_runs, likeness, telling_of, verdict
from kb_app.storage import tables
from kb_app.storage.article_details import told_article
from kb_app.storage.batches import in_batches
from kb_app.storage.journal import Journal

FOLLOWED = 32  # articles that one number of a sketch is followed to, the newest
FURNITURE = 8  # origins: what stands in so many is a phrase, a frame or a site's own text
COMPARED = 9  # articles, word by word
_FRAMES = 3  # articles of other reports, compared to see what is common
_NEARLY_ALL = 0.9
_SHARED = 2  # numbers of a sketch from which a comparison is worth it
_SHORT_SKETCH = 8


@dataclass(frozen=True, slots=True)
class Kept:
    """An article as the store keeps it, to be compared with others."""

    number: int
    origin: int
    article: Article
    telling: Telling


@dataclass(frozen=True, slots=True)
class Match:
    """A kept article with how alike it is to the one compared."""

    kept: Kept
    likeness: Likeness
    verdict: Verdict

    @property
    def order(self) -> tuple[float, int]:
        """Return what sorts the most alike first, the older before the newer."""
        return -(self.likeness.resemblance + self.likeness.containment), self.kept.number


def origin_of(journal: Journal, article: Article, sketch: str, day: int | None) -> tuple[int, bool]:
    """Return the origin that a new article belongs to, and whether it is new: then it is queued.

    It joins the most alike article that tells the same report, and nothing else changes: origins that are there are
    never joined by it, nor is an article that a person moved.
    """
    found = matches(journal.database, article, sketch, day)
    same = next((match for match in found if match.verdict is Verdict.SAME), None)
    if same is not None:
        return same.kept.origin, False
    return journal.add(tables.Origin), True


def matches(database: SqliteDatabase, article: Article, sketch: str, day: int | None) -> tuple[Match, ...]:
    """Return the articles that look like this one, compared word by word, the most alike first."""
    hits = sketch_hits(database, sketch)
    numbers = hits.worth_comparing(1 if sketch.count(" ") < _SHORT_SKETCH else _SHARED)[:COMPARED]
    if not numbers:
        return ()
    frames = [number for number, _ in hits.common.most_common(_FRAMES) if number not in numbers]
    others = kept_articles(database, [*numbers, *frames])
    telling = telling_of(article, day)
    compared = (_compared(telling, kept, others) for kept in others if kept.number in numbers)
    return tuple(sorted((m for m in compared if m.verdict is not Verdict.OTHER), key=lambda match: match.order))


def _compared(telling: Telling, kept: Kept, others: Sequence[Kept]) -> Match:
    alike = likeness(telling, kept.telling)
    if verdict(telling, kept.telling, alike) is not Verdict.OTHER:
        # what further reports say in the same words does not make these two the same
        frames = [o.telling for o in others if o.origin != kept.origin and not _is_all_there(telling, o.telling)]
        alike = likeness(telling, kept.telling, common_runs(frames))
    return Match(kept, alike, verdict(telling, kept.telling, alike))


def _is_all_there(telling: Telling, other: Telling) -> bool:
    return likeness(telling, other).containment >= _NEARLY_ALL


@dataclass(frozen=True, slots=True)
class Hits:
    """How many numbers of a sketch each article shares: such that few reports have, and such that many do."""

    rare: Counter[int] = field(default_factory=Counter)
    common: Counter[int] = field(default_factory=Counter)

    def worth_comparing(self, least: int) -> list[int]:
        """Return the articles that share so many rare numbers, those with most of them first."""
        found = (item for item in self.rare.items() if item[1] >= least)
        return [number for number, _ in sorted(found, key=lambda item: (-item[1], item[0]))]


def sketch_hits(database: SqliteDatabase, sketch: str) -> Hits:
    """Return the articles that share numbers with a sketch; the work is bounded whatever the store holds."""
    sql = "SELECT rowid FROM sketch_search WHERE sketch_search MATCH ? ORDER BY rowid DESC LIMIT ?"
    connection = database.connection()
    found = [connection.execute(sql, (f'"{print_}"', FOLLOWED)).fetchall() for print_ in sketch.split()]
    origins = _origins(database, {number for rows in found for (number,) in rows})
    hits = Hits()
    for rows in found:
        articles = [number for (number,) in rows if number in origins]
        is_common = len({origins[number] for number in articles}) >= FURNITURE
        (hits.common if is_common else hits.rare).update(articles)
    return hits


def _origins(database: SqliteDatabase, articles: Iterable[int]) -> dict[int, int]:
    table = tables.Article
    found: dict[int, int] = {}
    for some in in_batches(articles):
        found.update(table.select(table.id, table.origin).where(table.id.in_(some)).tuples().execute(database))
    return found


def sketch_kept(database: SqliteDatabase, number: int) -> str:
    """Return the sketch of an article, "" where there is none."""
    query = tables.Sketch.select(tables.Sketch.prints).where(tables.Sketch.id == number).tuples()
    return next((prints for (prints,) in query.execute(database)), "")


def kept_articles(database: SqliteDatabase, numbers: Sequence[int]) -> tuple[Kept, ...]:
    """Return articles to compare with, at most a few; those that are gone are left out."""
    return tuple(_kept(database, numbers))


def _kept(database: SqliteDatabase, numbers: Sequence[int]) -> Iterator[Kept]:
    table, text = tables.Article, tables.Text
    query = table.select(table.id, table.origin, table.details, table.published_day, text.text)
    rows = query.join(text, on=(text.id == table.id)).where(table.id.in_(list(numbers)))
    for number, origin, details, day, words in rows.tuples().execute(database):
        article = told_article(words, details)
        yield Kept(number, origin, article, telling_of(article, day))
