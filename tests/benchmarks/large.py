"""Imports very many texts end to end and measures what the knowledge base is like then; nothing is asserted.

python -m tests.benchmarks.large --texts 100000
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kb_app.core.listing import ArticleFilter, ArticleQuery, ArticleSort
from kb_app.core.report import InputState, OutcomeQuery
from kb_app.services.checking import check
from kb_app.services.importing import ImportRequest
from kb_app.services.workspace import Workspace
from tests.benchmarks.base_figures import remove_base
from tests.benchmarks.figures import Figure, drive, median_ms, resident_mb, table
from tests.benchmarks.window_figures import start_figures
from tests.benchmarks.word_texts import word_text, write_word_texts

JOBS = 2
PAGE = 100
MB = 1024 * 1024


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description="Import very many texts; nothing passes or fails.")
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where texts and base are kept for the next time")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = options.folder or Path(tempfile.gettempdir()) / "kartoteka-large"
    inputs = folder / f"words-{options.texts}"
    if not inputs.exists():
        write_word_texts(inputs, options.texts)
    figures = []
    for figure in measured(folder / "large.kb", inputs, options.texts):
        figures.append(figure)
        print(f"{figure.name}: {figure.value:,.2f} {figure.unit}", file=sys.stderr, flush=True)
    print(table(figures))
    return 0


def measured(base: Path, inputs: Path, count: int) -> Iterator[Figure]:
    """Yield each figure as soon as it is known."""
    remove_base(base)
    with Workspace.open(base, create=True) as workspace:
        report, longest = drive(workspace.importing.run(ImportRequest((inputs,), jobs=JOBS, extract=False)))
    taken = report.count(InputState.IMPORTED) + report.count(InputState.WITH_WARNINGS)
    yield Figure("large", "imported", taken, "texts", f"of {count:,}, without extraction")
    yield Figure("large", "wall time", report.seconds, "s", f"{count / report.seconds:,.0f} a second")
    yield Figure("large", "longest step", longest, "ms", "between two chances for an edit")
    yield Figure("large", "memory", resident_mb(os.getpid(), "VmHWM"), "MB", "highest, without the workers")
    raw = sum(file.stat().st_size for file in inputs.rglob("*.txt"))
    size = base.stat().st_size
    yield Figure("large", "file", size / MB, "MB", f"{size / raw:.2f} times the {raw / MB:,.0f} MB of texts")
    yield from _asked(base)
    yield from start_figures(base)
    started = time.perf_counter()
    found = drive(check(base))[0]
    yield Figure("large", "check", time.perf_counter() - started, "s", f"{len(found.problems)} problems")


def _asked(base: Path) -> Iterator[Figure]:
    with Workspace.open(base, read_only=True) as workspace:
        rare = word_text(1).split()[-1].strip(".")
        for words in (rare, "would", "the said", rare[:3]):
            found = sum(dict(workspace.search.search(words).totals).values())
            taken = median_ms(partial(workspace.search.search, words), 10)
            yield Figure("large", f"search “{words}”", taken, "ms", f"{found:,} answers")
        lists = {
            "newest": ArticleQuery(),
            "by title": ArticleQuery(sort=ArticleSort.TITLE, descending=False),
            "undated": ArticleQuery(filter=ArticleFilter.UNDATED),
            "one line a report": ArticleQuery(one_line_a_report=True),
        }
        for name, query in lists.items():
            taken = median_ms(partial(workspace.listing.articles, query, 0, PAGE), 10)
            yield Figure("large", f"a page of the list, {name}", taken, "ms", f"{PAGE} lines")
        page = median_ms(partial(workspace.import_log.outcomes, OutcomeQuery(), 0, PAGE), 10)
        yield Figure("large", "a page of the import report", page, "ms", f"{PAGE} lines")


if __name__ == "__main__":
    sys.exit(main())
