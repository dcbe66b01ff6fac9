"""Measures extraction and prints a table: python -m tests.benchmarks.extraction --articles 200."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kb_app.extraction.encoder import Encoder
from kb_app.extraction.lexicons import load_lexicons
from kb_app.extraction.pipeline import Extractor
from kb_app.ingest import articles
from kb_app.ingest.reading import read_source
from kb_app.resources import resource_path
from kb_app.services.documents import Document, Understood
from kb_app.services.worker_process import WorkerProcess, worker_command
from tests.benchmarks.corpus import as_text, story
from tests.benchmarks.figures import Figure, children, documents, empty_caches, resident_mb, table
from tests.benchmarks.steps import OTHER, Stopwatch

JOBS = 2
STARTS = 5
LOOK_EVERY = 0.1  # seconds between two looks at the memory of the workers
FAR = 100_000  # numbers of stories that lend paragraphs to others, beyond those that are asked for


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description="Measure extraction; nothing passes or fails.")
    parser.add_argument("--articles", type=int, default=200, help="how many invented articles are read")
    parser.add_argument("--words", type=int, default=500, help="how many words each of them has")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        inputs = write_inputs(Path(folder) / "inputs", options.articles, options.words)
        for figure in measured(inputs, Path(folder) / "annotated"):
            figures.append(figure)
            print(f"{figure.name}: {figure.value:,.2f} {figure.unit}", file=sys.stderr, flush=True)
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    print(f"{options.articles:,} invented articles of {options.words} words; {machine}\n\n{table(figures)}")
    if options.json:
        told = {"machine": machine, "articles": options.articles, "figures": documents(figures)}
        options.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def write_inputs(folder: Path, count: int, words: int) -> list[Path]:
    """Write invented articles of about so many words each."""
    folder.mkdir(parents=True)
    paths = [folder / f"{number:06}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(long_article(number, words), encoding="utf-8")
    return paths


def long_article(number: int, words: int) -> str:
    """Return the text of a story, with paragraphs of others until it has so many words."""
    told, lender = story(number), FAR * (number + 1)
    text = as_text(told)
    while len(text.split()) < words:
        paragraphs = story(lender).paragraphs
        for paragraph in paragraphs:
            told = replace(told, paragraphs=(*told.paragraphs, paragraph))
            text = as_text(told)
            if len(text.split()) >= words:
                break
        lender += 1
    return text


def measured(inputs: Sequence[Path], out: Path) -> Iterator[Figure]:
    """Yield each figure as soon as it is known."""
    yield from size_figures()
    yield from start_figures(inputs[0])
    yield from command_figures(inputs, out)
    yield from step_figures(inputs)


def size_figures() -> Iterator[Figure]:
    """Weigh the model."""
    files = [path for path in resource_path("models").iterdir() if path.suffix in (".onnx", ".json", ".txt")]
    size = sum(path.stat().st_size for path in files)
    yield Figure("model", "size", size / 1e6, "MB", "graph, vocabulary and card")


def start_figures(path: Path) -> Iterator[Figure]:
    """Start a worker and wait for its first answer, with the system's file cache emptied where that is allowed."""
    if empty_caches():
        yield Figure("worker", "cold start to first answer", _first_answer(path), "s", "file cache emptied")
    starts = [_first_answer(path) for _ in range(STARTS)]
    yield Figure("worker", "start to first answer", statistics.median(starts), "s", f"median of {STARTS}")


def command_figures(inputs: Sequence[Path], out: Path) -> Iterator[Figure]:
    """Run the command on all articles and watch the memory of its workers."""
    command = [sys.executable, "-m", "kb_app", "annotate", str(inputs[0].parent), "--out", str(out)]
    highest, start = 0.0, time.perf_counter()
    with subprocess.Popen([*command, "--jobs", str(JOBS)], stdout=subprocess.DEVNULL) as running:
        while running.poll() is None:
            highest = max([highest, *(resident_mb(pid, "VmHWM") for pid in children(running.pid))])
            time.sleep(LOOK_EVERY)
    seconds = time.perf_counter() - start
    if running.returncode or len(list(out.glob("*.json"))) < len(inputs):
        raise RuntimeError("not every article was annotated")
    words = sum(len(path.read_text(encoding="utf-8").split()) for path in inputs)
    how = f"kb-app annotate, {JOBS} workers, {len(inputs)} articles, start and end of the program counted in"
    yield Figure("end to end", "articles", len(inputs) / seconds, "articles/s", how)
    yield Figure("end to end", "words", words / seconds, "words/s", how)
    yield Figure("end to end", "largest worker", highest, "MB", "highest resident memory")


def step_figures(inputs: Sequence[Path]) -> Iterator[Figure]:
    """Read the articles in this process, after one that warms it up, and time each step."""
    extractor = Extractor(load_lexicons(resource_path("lexicons")), Encoder.load(resource_path("models")))
    sources = [read_source(path) for path in inputs]
    extractor.extract(articles.to_article(sources[0]))
    watch = Stopwatch()
    with watch.on_all_steps():
        start = time.perf_counter()
        for source in sources:
            extractor.extract(articles.to_article(source))
        whole = time.perf_counter() - start
    taken = {**watch.taken, OTHER: whole - sum(watch.taken.values())}
    for step, seconds in taken.items():
        share = f"{seconds / whole:.0%} of the time in one process"
        yield Figure("an article", step, seconds / len(inputs) * 1000, "ms", share)
    yield Figure("an article", "all", whole / len(inputs) * 1000, "ms", f"{len(inputs) / whole:.0f} articles/s")


def _first_answer(path: Path) -> float:
    source, start = read_source(path), time.perf_counter()
    process = WorkerProcess(worker_command())
    try:
        answer = process.ask(Document(0, source))
        seconds = time.perf_counter() - start
    finally:
        process.close()
    if not isinstance(answer, Understood):
        raise RuntimeError(f"the worker did not understand {path.name}")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
