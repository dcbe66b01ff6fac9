"""Measures how well reports told again are found: python -m tests.benchmarks.duplicates --articles 10000."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kb_app.core.findings import Findings
from kb_app.core.identities import KnownNames
from kb_app.core.shingles import sketch_of
from kb_app.resolution.entities import resolve
from kb_app.storage.importing import finish_import, save_article
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import begin_import
from tests import builders
from tests.benchmarks.figures import Figure, documents, table
from tests.benchmarks.retellings import Kind, Told, as_article, pair

NO_FINDINGS = Findings(engine="none")
PROBES = 200
SIZES = (10_000, 30_000, 100_000)


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description="Measure the finding of reports told again; nothing passes or fails.")
    parser.add_argument("--articles", type=int, default=10_000, help="how many articles are taken in")
    parser.add_argument("--grow", action="store_true", help="see how the time for an article grows to 100,000")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    figures = []
    for figure in measured(options.articles, grow=options.grow):
        figures.append(figure)
        print(f"{figure.group}: {figure.name}: {figure.value:,.3f} {figure.unit}", file=sys.stderr, flush=True)
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    print(f"{options.articles:,} invented articles; {machine}\n\n{table(figures)}")
    if options.json:
        told = {"machine": machine, "articles": options.articles, "figures": documents(figures)}
        options.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def measured(articles: int, *, grow: bool = False) -> Iterator[Figure]:
    """Yield each figure as soon as it is known."""
    with tempfile.TemporaryDirectory() as folder:
        with KnowledgeBase.create(Path(folder) / "again.kb") as kb:
            taken = take_in(kb, articles)
            yield from grouping_figures(taken)
            yield from cost_figures(kb, taken)
        if grow:
            with KnowledgeBase.create(Path(folder) / "large.kb") as kb:
                yield from growth_figures(kb)


@dataclass(slots=True)
class Taken:
    """What became of articles that were taken in: their origins, by the report that they tell."""

    reports: dict[int, list[tuple[Kind | None, int]]] = field(default_factory=dict)  # report: (how told, origin)
    kinds: dict[Kind, list[tuple[int, int]]] = field(default_factory=dict)  # origins of both of a pair
    seconds: float = 0.0
    sketching: float = 0.0
    count: int = 0


def take_in(kb: KnowledgeBase, articles: int) -> Taken:
    """Save pairs of articles, each kind as often as the others, in an order that mixes them; reports have one pair."""
    taken, kinds = Taken(), tuple(Kind)
    waiting: list[tuple[int, Kind, Told]] = []
    firsts: dict[int, int] = {}
    operation = begin_import(kb, "Import")
    for number in range(articles // 2):
        kind = kinds[number % len(kinds)]
        one, other = pair(number, kind)
        firsts[number] = _save(kb, operation, one, taken)
        waiting.append((number, kind, other))
        if len(waiting) > min(500, articles // 8):
            _save_second(kb, operation, waiting.pop(0), firsts, taken)
    for late in waiting:
        _save_second(kb, operation, late, firsts, taken)
    finish_import(kb, operation)
    return taken


def _save_second(
    kb: KnowledgeBase, operation: int, late: tuple[int, Kind, Told], firsts: dict[int, int], taken: Taken
) -> None:
    number, kind, other = late
    second = _save(kb, operation, other, taken)
    taken.kinds.setdefault(kind, []).append((firsts[number], second))


def _save(kb: KnowledgeBase, operation: int, told: Told, taken: Taken) -> int:
    from dataclasses import replace

    article = as_article(told)
    started = time.perf_counter()
    article = replace(article, sketch=sketch_of(article))
    taken.sketching += time.perf_counter() - started
    started = time.perf_counter()
    saved = save_article(
        kb,
        operation,
        builders.source(f"{taken.count}.txt"),
        article,
        NO_FINDINGS,
        resolve(NO_FINDINGS, KnownNames(), article.text),
    )
    taken.seconds += time.perf_counter() - started
    taken.count += 1
    return kb.database.execute_sql("SELECT origin_id FROM article WHERE id = ?", (saved,)).fetchone()[0]


def grouping_figures(taken: Taken):
    for kind, pairs in taken.kinds.items():
        together = sum(one == other for one, other in pairs)
        yield Figure("pairs", kind.value, together / len(pairs), "", f"{together} of {len(pairs)}")
    owners = Counter(o for pairs in taken.kinds.values() for p in pairs for o in p)
    print("origins", len(owners), "largest", owners.most_common(8))


def cost_figures(kb, taken):
    yield Figure("cost", "save", taken.seconds / taken.count * 1000, "ms/article", "")
    yield Figure("cost", "sketch", taken.sketching / taken.count * 1000, "ms/article", "")


def growth_figures(kb):
    yield from ()


if __name__ == "__main__":
    sys.exit(main())
