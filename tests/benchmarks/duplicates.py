"""Measures how well reports told again are found: python -m tests.benchmarks.duplicates --articles 10000."""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kb_app.core.findings import Findings
from kb_app.core.identities import KnownNames
from kb_app.core.ids import ArticleId, OperationId
from kb_app.core.shingles import SKETCH_BITS, sketch_of
from kb_app.resolution.entities import resolve
from kb_app.storage.article_details import pack_details, pack_sketch
from kb_app.storage.import_batches import finish_import
from kb_app.storage.importing import save_article
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import begin_import
from kb_app.storage.origin_reading import reuses
from kb_app.storage.origins import matches, sketch_hits
from kb_app.storage.rows import Value, Values, columns_of, insert_rows
from kb_app.storage.tables import Article, Origin, Row, Sketch, Source, Text
from tests import builders
from tests.benchmarks.figures import Figure, documents, resident_mb, table
from tests.benchmarks.retellings import OTHER_REPORT, SAME_REPORT, Kind, Told, as_article, pair, report

NO_FINDINGS = Findings(engine="none")
SIZES = (1_000, 10_000, 30_000, 100_000)
PRINTS = 34  # of a sketch of 500 words
PROBES = 200
APART = 500  # articles between a report and its second telling


@dataclass(slots=True)
class Taken:
    """What became of articles that were taken in."""

    pairs: dict[Kind, list[tuple[ArticleId, ArticleId]]] = field(default_factory=dict)
    count: int = 0
    seconds: float = 0.0
    sketching: float = 0.0


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description="Measure the finding of reports told again; nothing passes or fails.")
    parser.add_argument("--articles", type=int, default=10_000, help="how many articles are taken in")
    parser.add_argument("--no-growth", action="store_true", help="do not fill an index to 100,000 articles")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    figures = []
    for figure in measured(options.articles, () if options.no_growth else SIZES):
        figures.append(figure)
        print(f"{figure.group}: {figure.name}: {figure.value:,.3f} {figure.unit}", file=sys.stderr, flush=True)
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    print(f"{options.articles:,} invented articles; {machine}\n\n{table(figures)}")
    if options.json:
        told = {"machine": machine, "articles": options.articles, "figures": documents(figures)}
        options.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def measured(articles: int, sizes: tuple[int, ...] = ()) -> Iterator[Figure]:
    """Yield each figure as soon as it is known."""
    with tempfile.TemporaryDirectory() as folder:
        with KnowledgeBase.create(Path(folder) / "again.kb") as kb:
            taken = take_in(kb, articles)
            yield from grouping_figures(kb, taken)
            yield from reuse_figures(kb, taken)
            yield from cost_figures(taken)
        if sizes:
            with KnowledgeBase.create(Path(folder) / "large.kb") as kb:
                yield from growth_figures(kb, sizes)


def take_in(kb: KnowledgeBase, articles: int) -> Taken:
    """Save pairs of articles, of each kind as many, so that other articles come between both of a pair."""
    taken, kinds, operation = Taken(), tuple(Kind), begin_import(kb, "Import")
    waiting: list[tuple[Kind, ArticleId, Told]] = []
    for number in range(articles // 2):
        kind = kinds[number % len(kinds)]
        one, other = pair(number, kind)
        waiting.append((kind, _save(kb, operation, one, taken), other))
        if len(waiting) > min(APART, articles // 8):
            _save_second(kb, operation, waiting.pop(0), taken)
    for late in waiting:
        _save_second(kb, operation, late, taken)
    finish_import(kb, operation)
    return taken


def grouping_figures(kb: KnowledgeBase, taken: Taken) -> Iterator[Figure]:
    """Tell of each kind of pair how many are together, and precision and recall over all pairs of articles."""
    origins = dict(kb.database.execute_sql("SELECT id, origin_id FROM article").fetchall())
    together: Counter[Kind] = Counter()
    for kind, pairs in taken.pairs.items():
        together[kind] = sum(origins[one] == origins[other] for one, other in pairs)
        group = "told again: grouped" if kind in SAME_REPORT else "other report: grouped"
        yield Figure(group, kind.value, 100 * together[kind] / len(pairs), "%", f"{together[kind]:,} of {len(pairs):,}")
    right = sum(together[kind] for kind in SAME_REPORT)
    wanted = sum(len(taken.pairs.get(kind, ())) for kind in SAME_REPORT)
    # of all pairs that are grouped, also of those that have nothing to do with each other
    grouped = sum(size * (size - 1) // 2 for size in Counter(origins.values()).values())
    yield Figure("all pairs", "precision", 100 * right / max(1, grouped), "%", f"{right:,} of {grouped:,} grouped")
    yield Figure("all pairs", "recall", 100 * right / max(1, wanted), "%", f"{right:,} of {wanted:,} told again")
    wrong = grouped - right
    alike = sum(len(taken.pairs.get(kind, ())) for kind in OTHER_REPORT)
    yield Figure("all pairs", "wrongly grouped", wrong, "pairs", f"beside {alike:,} pairs made to look alike")


def reuse_figures(kb: KnowledgeBase, taken: Taken) -> Iterator[Figure]:
    """Look for the lifted paragraph from both sides."""
    pairs = taken.pairs.get(Kind.LIFTED, [])
    found = sum(other in {r.other for r in reuses(kb, one)} for one, other in pairs)
    back = sum(one in {r.other for r in reuses(kb, other)} for one, other in pairs)
    share = 50 * (found + back) / max(1, len(pairs))
    yield Figure("passages", "lifted paragraph found", share, "%", f"{found + back:,} of {2 * len(pairs):,}, both ways")


def cost_figures(taken: Taken) -> Iterator[Figure]:
    """Tell what an article takes."""
    sketch = taken.sketching / taken.count * 1000
    yield Figure("cost", "sketch of an article", sketch, "ms", "in the worker process")
    yield Figure("cost", "saving an article", taken.seconds / taken.count * 1000, "ms", "all of it, without findings")
    yield Figure("cost", "all", taken.seconds + taken.sketching, "s", f"{taken.count:,} articles")
    yield Figure("cost", "memory", resident_mb(os.getpid(), "VmHWM"), "MB", "highest, with the inventing of articles")


def growth_figures(kb: KnowledgeBase, sizes: tuple[int, ...]) -> Iterator[Figure]:
    """Fill the index with sketches of chance, and time the placing of an article."""
    dice = random.Random(1)
    probes = [as_article(report(number)) for number in range(PROBES)]
    sketches = [pack_sketch(sketch_of(article)) for article in probes]
    # half of the probes find an article like them
    _fill(kb, [(a.text, pack_details(a), s) for a, s in zip(probes[::2], sketches[::2], strict=True)], 0)
    filled = len(probes[::2])
    for size in sizes:
        while filled < size:
            some = [("", pack_details(probes[0]), _chance(dice)) for _ in range(min(1000, size - filled))]
            _fill(kb, some, filled)
            filled += len(some)
        taken = []
        for article, sketch in zip(probes, sketches, strict=True):
            start = time.perf_counter()
            matches(kb.database, article, sketch_hits(kb.database, sketch), None)
            taken.append((time.perf_counter() - start) * 1000)
        worst = sorted(taken)[len(taken) * 95 // 100]
        how = f"95 % within {worst:.2f} ms; half of {PROBES} have a match"
        yield Figure("placing an article", f"among {size:,}", statistics.median(taken), "ms", how)
    sql = "SELECT sum(length(block)) FROM sketch_search_data UNION ALL SELECT sum(length(prints)) FROM sketch"
    size_of_all = sum(number for (number,) in kb.database.execute_sql(sql).fetchall())
    yield Figure("placing an article", f"size at {filled:,}", size_of_all / 1e6, "MB", "sketches and their index")


def _fill(kb: KnowledgeBase, articles: list[tuple[str, str, str]], after: int) -> None:
    """Add bare rows, each its own origin, from a number on: text, details, sketch."""
    numbered = [(number, *article) for number, article in enumerate(articles, after + 1)]
    with kb.writing(bulk=True) as database:
        connection = database.connection()
        if not after:
            insert_rows(connection, Source, [_row(Source, id=1)])
        insert_rows(connection, Origin, [(number,) for number, *_ in numbered])
        insert_rows(connection, Article, [_row(Article, id=n, origin_id=n, details=d) for n, _, d, _ in numbered])
        insert_rows(connection, Text, [_row(Text, id=n, text=text) for n, text, _, _ in numbered])
        insert_rows(connection, Sketch, [_row(Sketch, id=n, prints=sketch) for n, _, _, sketch in numbered])


def _row(table: type[Row], **values: Value) -> Values:
    """Give the columns that say nothing here what they take at least."""
    empty = {f.column_name: None if f.null else "" if f.default is None else f.default for f in _fields(table)}
    return tuple({**empty, "source_id": 1, **values}[name] for name in columns_of(table).names)


def _fields(table: type[Row]) -> list[Any]:
    return list(table._meta.sorted_fields)


def _chance(dice: random.Random) -> str:
    return pack_sketch([dice.getrandbits(SKETCH_BITS) for _ in range(PRINTS)])


def _save_second(kb: KnowledgeBase, operation: OperationId, late: tuple[Kind, ArticleId, Told], taken: Taken) -> None:
    kind, first, other = late
    taken.pairs.setdefault(kind, []).append((first, _save(kb, operation, other, taken)))


def _save(kb: KnowledgeBase, operation: OperationId, told: Told, taken: Taken) -> ArticleId:
    article, source = as_article(told), builders.source(f"{taken.count}.txt")
    start = time.perf_counter()
    article = replace(article, sketch=sketch_of(article))
    middle = time.perf_counter()
    resolution = resolve(NO_FINDINGS, KnownNames(), article.text)
    saved = save_article(kb, operation, source, article, NO_FINDINGS, resolution)
    taken.sketching += middle - start
    taken.seconds += time.perf_counter() - middle
    taken.count += 1
    return saved


if __name__ == "__main__":
    sys.exit(main())
