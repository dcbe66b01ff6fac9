"""Finds the report that an article tells again, so that evidence counts reports and not their reprints."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from peewee import SqliteDatabase

from kb_app.core.article import Article
from kb_app.core.likeness import (
    Likeness,
    Run,
    Telling,
    Verdict,
    common_runs,
    containment,
    likeness,
    telling_of,
    verdict,
)
from kb_app.storage import tables
from kb_app.storage.article_details import told_article
from kb_app.storage.journal import Journal
from kb_app.storage.rows import columns_of
from kb_app.storage.seen_prints import SeenPrints

FOLLOWED = 16  # articles that one number of a sketch is followed to, the newest
FURNITURE = 8  # origins: what stands in so many is a phrase, a frame or a site's own text
COMPARED = 9  # articles, word by word
_FRAMES = 3  # articles of other reports, compared to see what is common
_NEARLY_ALL = 0.9
# shared numbers from which a comparison is worth it: so many and such a part of those that few reports have, or,
# where there are few of them, a larger part
_SHARED, _PART, _LARGE_PART = 2, 0.1, 0.3


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


@dataclass(frozen=True, slots=True)
class Sketched:
    """A new article's sketch, and what is known of the sketches before it."""

    prints: str
    seen: SeenPrints


def origin_of(journal: Journal, article: Article, sketch: Sketched, day: int | None) -> tuple[int, bool]:
    """Return the origin that a new article belongs to, and whether it is new: then it is queued.

    It joins the most alike article that tells the same report, and nothing else changes: origins that are there are
    never joined by it, nor is an article that a person moved.
    """
    hits = sketch_hits(journal.database, sketch.prints, sketch.seen, _fresh(journal))
    sketch.seen.add(sketch.prints.split())
    found = matches(journal.database, article, hits, day)
    same = next((match for match in found if match.verdict is Verdict.SAME), None)
    if same is not None:
        return same.kept.origin, False
    return journal.add(tables.Origin), True


def _fresh(journal: Journal) -> list[Fresh]:
    at = columns_of(tables.Sketch).positions["prints"]
    rows = journal.unindexed(tables.Sketch)
    return [(int(row[0] or 0), frozenset(str(row[at]).split())) for row in rows]


def matches(database: SqliteDatabase, article: Article, hits: Hits, day: int | None) -> tuple[Match, ...]:
    """Return the articles that look like this one, compared word by word, the most alike first."""
    numbers = hits.worth_comparing()[:COMPARED]
    if not numbers:
        return ()
    telling = telling_of(article, day)
    others = kept_articles(database, numbers)
    first = [match for match in (_match(telling, kept) for kept in others) if match.verdict is not Verdict.OTHER]
    if not first:
        return ()
    # what further reports say in the same words does not make two the same
    frames = [number for number, _ in hits.common.most_common(_FRAMES) if number not in numbers]
    others = (*others, *kept_articles(database, frames))
    again = (_match(telling, match.kept, _common(telling, match.kept, others)) for match in first)
    return tuple(sorted((m for m in again if m.verdict is not Verdict.OTHER), key=lambda match: match.order))


def _match(telling: Telling, kept: Kept, common: frozenset[Run] = frozenset()) -> Match:
    alike = likeness(telling, kept.telling, common)
    return Match(kept, alike, verdict(telling, kept.telling, alike))


def _common(telling: Telling, kept: Kept, others: Sequence[Kept]) -> frozenset[Run]:
    """Return the runs that at least two further reports have; one that has nearly all may be the same report."""
    further = (other.telling for other in others if other.origin != kept.origin)
    return common_runs(other for other in further if containment(telling, other) < _NEARLY_ALL)


Fresh = tuple[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Hits:
    """How many numbers of a sketch each article shares: such that few reports have, and such that many do."""

    rare: Counter[int]
    common: Counter[int]
    own: int  # numbers of the sketch that few reports have, or none

    def worth_comparing(self) -> list[int]:
        """Return the articles that share enough to tell the same report, those that share most first."""
        least = min(max(_SHARED, _PART * self.own), max(1, _LARGE_PART * self.own))
        return [number for number in self.sharing() if self.rare[number] >= least]

    def sharing(self) -> list[int]:
        """Return the articles that share a number that few reports have, those that share most first."""
        return sorted(self.rare, key=lambda number: (-self.rare[number], number))


def sketch_hits(
    database: SqliteDatabase, sketch: str, seen: SeenPrints | None = None, fresh: Sequence[Fresh] = ()
) -> Hits:
    """Return the articles that share numbers with a sketch; the work is bounded whatever the store holds.

    `seen` spares the look into the index for numbers that no article has;
    `fresh` are articles with the numbers of their sketches that are in the store, but not in the index yet.
    """
    sql = "SELECT rowid FROM sketch_search WHERE sketch_search MATCH ? ORDER BY rowid DESC LIMIT ?"
    connection = database.connection()
    all_prints = sketch.split()
    prints = all_prints if seen is None else seen.among(all_prints)
    found = [connection.execute(sql, (f'"{print_}"', FOLLOWED)).fetchall() for print_ in prints]
    for number, held in fresh:
        for rows in (rows for print_, rows in zip(prints, found, strict=True) if print_ in held):
            rows.append((number,))
    # what stands in few articles stands in few reports
    often = {number for rows in found if len(rows) >= FURNITURE for (number,) in rows}
    origins = _origins(database, often) if often else {}
    rare, common = Counter[int](), Counter[int]()
    own = len(all_prints) - len(prints)
    for rows in found:
        articles = [number for (number,) in rows]
        is_common = len(rows) >= FURNITURE and len({origins.get(number) for number in articles}) >= FURNITURE
        own += not is_common
        (common if is_common else rare).update(articles)
    return Hits(rare, common, own)


def _origins(database: SqliteDatabase, articles: Iterable[int]) -> dict[int, int]:
    sql = "SELECT id, origin_id FROM article WHERE id IN (SELECT value FROM json_each(?))"
    return dict(database.connection().execute(sql, (json.dumps(sorted(articles)),)).fetchall())


def sketch_kept(database: SqliteDatabase, number: int) -> str:
    """Return the sketch of an article, "" where there is none."""
    query = tables.Sketch.select(tables.Sketch.prints).where(tables.Sketch.id == number).tuples()
    return next((prints for (prints,) in query.execute(database)), "")


def kept_articles(database: SqliteDatabase, numbers: Sequence[int]) -> tuple[Kept, ...]:
    """Return articles to compare with, at most a few; those that are gone are left out."""
    return tuple(_kept(database, numbers))


def _kept(database: SqliteDatabase, numbers: Sequence[int]) -> Iterator[Kept]:
    # raw: for every article of an import
    sql = (
        "SELECT a.id, a.origin_id, a.details, a.published_day, t.text FROM article a JOIN text t ON t.id = a.id "
        "WHERE a.id IN (SELECT value FROM json_each(?)) ORDER BY a.id"
    )
    rows = database.connection().execute(sql, (json.dumps(list(numbers)),))
    for number, origin, details, day, words in rows:
        article = told_article(words, details)
        yield Kept(number, origin, article, telling_of(article, day))
