"""Measures import, search and cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kb_app.core.entity import EntityType
from kb_app.core.listing import EntityQuery
from kb_app.services.importing import ImportRequest, ImportService
from kb_app.services.workers import WorkerPool
from kb_app.services.workspace import Workspace
from tests.benchmarks.corpus import story, write_articles
from tests.benchmarks.figures import Figure, drive, median_ms, resident_mb

JOBS = 2


@dataclass(slots=True)
class _Watched:
    """Remembers the pool of an import, to look at its processes."""

    pool: WorkerPool | None = None
    highest: float = 0.0
    steps: int = 0

    def made(self, jobs: int) -> WorkerPool:
        self.pool = WorkerPool(jobs)
        return self.pool

    def look(self) -> None:
        self.steps += 1
        if self.pool is not None and self.steps % 50 == 0:
            self.highest = max([self.highest, *(resident_mb(pid) for pid in self.pool.pids())])


def base_of(folder: Path, articles: int) -> Path:
    """Return the knowledge base of so many articles, made once."""
    path = folder / f"base-{articles}.kb"
    if not path.exists():
        list(import_figures(folder, articles))
    return path


def import_figures(folder: Path, articles: int) -> Iterator[Figure]:
    """Import all articles as text with extraction into the base of the other measures, and a part in other ways."""
    part = min(articles, 1000)
    base = folder / f"base-{articles}.kb"
    yield from _import(folder, base, articles, "text", extract=True)
    yield from _import(folder, folder / "part.kb", part, "text", extract=False)
    yield from _import(folder, folder / "part.kb", part, "html", extract=True)
    yield from _import(folder, folder / "part.kb", part, "html", extract=False)
    remove_base(folder / "part.kb")


def _import(folder: Path, path: Path, count: int, kind: str, *, extract: bool) -> Iterator[Figure]:
    inputs = folder / f"{kind}-{count}"
    if not inputs.exists():
        write_articles(inputs, count, kind)
    remove_base(path)
    watched = _Watched()
    with Workspace.open(path, create=True) as workspace:
        service = ImportService(workspace.kb, watched.made)
        request = ImportRequest((inputs,), jobs=JOBS, extract=extract)
        report, longest = drive(service.run(request), watched.look)
    if not all(outcome.articles for outcome in report.outcomes):
        raise RuntimeError(f"not everything was imported: {next(o for o in report.outcomes if not o.articles)}")
    way = f"{kind}, {'with' if extract else 'without'} extraction"
    how = f"{count:,} articles, {JOBS} workers"
    yield Figure("import", way, count / report.seconds, "articles/s", how)
    yield Figure("import", f"{way}: longest step", longest, "ms", "between two chances for an edit")
    if extract:
        yield Figure("import", f"{kind}: largest worker", watched.highest, "MB", "resident")
    if kind == "text" and extract:
        yield Figure("import", "size of the base", path.stat().st_size / 1024 / 1024, "MB", how)


def search_figures(base: Path) -> Iterator[Figure]:
    """Search words that few, some and most articles hold."""
    surname = story(1).title.split()[0]
    with Workspace.open(base, read_only=True) as workspace:
        for name, words in (("rare word", surname), ("middling word", "ambassador"), ("common word", "committee said")):
            found = dict(workspace.search.search(words).totals)
            count = ", ".join(f"{kind.value} {total:,}" for kind, total in found.items() if total)
            taken = median_ms(partial(workspace.search.search, words))
            yield Figure("search", name, taken, "ms", f"“{words}”: {count}")
        prefix = median_ms(lambda: workspace.search.search(surname[:3]))
        yield Figure("search", "three letters typed", prefix, "ms", f"“{surname[:3]}”")


def card_figures(base: Path) -> Iterator[Figure]:
    """Read the card of the person mentioned most, and of one in the middle of the list."""
    with Workspace.open(base, read_only=True) as workspace:
        query = EntityQuery(EntityType.PERSON)
        count = workspace.listing.entity_count(query)
        for name, at in (("mentioned most", 0), ("in the middle", count // 2)):
            row = workspace.listing.entities(query, at, 1)[0]
            taken = median_ms(partial(workspace.profiles.profile, row.id))
            yield Figure(
                "card", f"read, {name}", taken, "ms", f"{row.mentions:,} mentions in {row.articles:,} articles"
            )
        page = median_ms(lambda: workspace.listing.entities(query, count // 2, 100))
        yield Figure("lists", "a page of people", page, "ms", f"100 lines from the middle of {count:,}")


def remove_base(path: Path) -> None:
    """Remove a knowledge base with what lies beside it."""
    for ending in ("", "-wal", "-shm", ".lock"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
