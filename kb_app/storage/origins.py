"""Finds articles that carry the same report, so that evidence counts reports and not their reprints."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from peewee import SqliteDatabase, fn

from kb_app.core.article import Article
from kb_app.core.names import normalised
from kb_app.storage.journal import Journal
from kb_app.storage.tables import Article as ArticleRow
from kb_app.storage.tables import Origin, ParagraphHash

SHARED_PARAGRAPHS = 0.8  # of the longer article's
LONG_PARAGRAPH = 40  # characters; shorter ones are subheads and captions
_CANDIDATES = 2000  # rows looked at: a paragraph that stands in more articles than that is site furniture
_BREAK = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class ReportPrint:
    """By what a report is known again: the digest of its whole body, and 63-bit hashes of its long paragraphs."""

    body: str
    paragraphs: tuple[int, ...]


def print_of(article: Article) -> ReportPrint:
    """Return the prints of an article's body, folded, without boilerplate; the same for reprints word by word."""
    paragraphs = [paragraph.strip() for paragraph in _BREAK.split(_body(article))]
    folded = [(len(paragraph), normalised(paragraph)) for paragraph in paragraphs]
    body = " ".join(words for _, words in folded if words)
    hashes = (_hash(words) for length, words in folded if length > LONG_PARAGRAPH)
    return ReportPrint(hashlib.sha256(body.encode()).hexdigest() if body else "", tuple(dict.fromkeys(hashes)))


def origin_of(journal: Journal, prints: ReportPrint) -> tuple[int, bool]:
    """Return the origin that an article with these prints belongs to, and whether it is new: then it is queued."""
    query = Origin.select(Origin.id).where(Origin.fingerprint == prints.body).limit(1).tuples()
    same = list(query.execute(journal.database)) if prints.body else []
    known = same[0][0] if same else _most_alike(journal.database, prints.paragraphs)
    if known is not None:
        return known, False
    return journal.add(Origin, fingerprint=prints.body), True


def _most_alike(database: SqliteDatabase, hashes: Sequence[int]) -> int | None:
    if not hashes:
        return None
    rows = (
        ParagraphHash.select(ParagraphHash.article)
        .where(ParagraphHash.hash.in_(list(hashes)[:500]))
        .limit(_CANDIDATES)
        .tuples()
        .execute(database)
    )
    shared: dict[int, int] = {}
    for (article,) in rows:
        shared[article] = shared.get(article, 0) + 1
    needed = len(hashes) * SHARED_PARAGRAPHS
    for article in sorted(shared, key=lambda a: (-shared[a], a)):
        if shared[article] < needed:
            return None
        if shared[article] >= _paragraph_count(database, article) * SHARED_PARAGRAPHS:
            query = ArticleRow.select(ArticleRow.origin).where(ArticleRow.id == article).tuples()
            return int(next(iter(query.execute(database)))[0])
    return None


def _paragraph_count(database: SqliteDatabase, article: int) -> int:
    query = ParagraphHash.select(fn.COUNT(ParagraphHash.id)).where(ParagraphHash.article == article).tuples()
    return int(next(iter(query.execute(database)))[0])


def _body(article: Article) -> str:
    # the title differs where another editor took the story over
    spans = (s for s in article.read_spans() if s != article.title_span)
    return "\n".join(span.of(article.text) for span in spans)


def _hash(folded: str) -> int:
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), "big") >> 1
