"""Measures the program and prints a table: python -m tests.benchmarks.run --articles 10000."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.benchmarks.base_figures import base_of, card_figures, import_figures, search_figures
from tests.benchmarks.figures import Figure, documents, table
from tests.benchmarks.window_figures import frame_figures, show_figures, start_figures

GROUPS = ("import", "start", "search", "card", "timeline")


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description="Measure the program; nothing passes or fails.")
    parser.add_argument("--articles", type=int, default=10_000, help="how many articles the base holds")
    parser.add_argument("--only", default=",".join(GROUPS), help=f"some of {','.join(GROUPS)} (memory is part of each)")
    parser.add_argument("--folder", type=Path, help="where inputs and base are kept for the next time")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = options.folder or Path(tempfile.gettempdir()) / "kartoteka-benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    figures = []
    for figure in measured(folder, options.articles, options.only.split(",")):
        figures.append(figure)
        print(f"{figure.group}: {figure.name}: {figure.value:,.2f} {figure.unit}", file=sys.stderr, flush=True)
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    print(f"{options.articles:,} invented articles; {machine}\n\n{table(figures)}")
    if options.json:
        told = {"machine": machine, "articles": options.articles, "figures": documents(figures)}
        options.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def measured(folder: Path, articles: int, groups: list[str]) -> Iterator[Figure]:
    """Yield each figure as soon as it is known."""
    application = QApplication([])
    if "import" in groups:
        yield from import_figures(folder, articles)
    base = base_of(folder, articles)
    if "start" in groups or "memory" in groups:
        yield from start_figures(base)
    if "search" in groups:
        yield from search_figures(base)
    if "card" in groups:
        yield from card_figures(base)
        yield from show_figures(base, application)
    if "timeline" in groups:
        yield from frame_figures(application)


if __name__ == "__main__":
    sys.exit(main())
