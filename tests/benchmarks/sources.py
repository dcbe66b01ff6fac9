"""Measures how fast sources come in, beside the desktop searcher Recoll where it is installed; nothing is asserted.

    python -m tests.benchmarks.sources --texts 10000 --pages 1000 --extracted 300

All inputs are invented. Recoll is given a configuration of its own in the folder of the benchmark and the same texts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kb_app.core.report import InputState
from kb_app.ingest.containers import is_container
from kb_app.services.importing import ImportRequest
from kb_app.services.workspace import Workspace
from tests.benchmarks.base_figures import remove_base
from tests.benchmarks.corpus import as_page, as_text, story, write_articles
from tests.benchmarks.figures import Figure, documents, drive, median_ms, resident_mb, table
from tests.benchmarks.original_files import pdf_of, warc_record
from tests.benchmarks.word_texts import write_word_texts

JOBS = 2
MAXIMUM = "VmHWM"
WORDS = "would"
PDF_PAGES = 5


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description="Measure how fast sources come in; nothing passes or fails.")
    parser.add_argument("--texts", type=int, default=2_000, help="plain texts without extraction")
    parser.add_argument("--pages", type=int, default=300, help="web pages without extraction, also as a web archive")
    parser.add_argument("--extracted", type=int, default=100, help="texts and pages with extraction")
    parser.add_argument("--folder", type=Path, help="where inputs are kept for the next time")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.gettempdir()) / "kartoteka-sources"
    folder.mkdir(parents=True, exist_ok=True)
    figures = []
    for figure in measured(folder, options.texts, options.pages, options.extracted):
        figures.append(figure)
        print(f"{figure.name}: {figure.value:,.2f} {figure.unit}", file=sys.stderr, flush=True)
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    print(f"invented sources, {JOBS} workers; {machine}\n\n{table(figures)}")
    if options.json:
        told = {"machine": machine, "figures": documents(figures)}
        options.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def measured(folder: Path, texts: int, pages: int, extracted: int) -> Iterator[Figure]:
    """Yield each figure as soon as it is known."""
    yield from _imported(folder, _word_texts(folder, texts), "plain texts", texts)
    yield from _searched(folder)
    yield from recoll_figures(folder, _word_texts(folder, texts), texts)
    yield from _imported(folder, _articles(folder, texts, "text"), "texts of the same sentences", texts)
    yield from _imported(folder, _zipped(folder, texts), "plain texts in a zip archive", texts)
    yield from _imported(folder, _articles(folder, pages, "html"), "web pages", pages)
    if is_container("application/warc"):
        yield from _imported(folder, _warc(folder, pages), "pages in a web archive", pages)
    yield from _imported(folder, _documents(folder, pages // PDF_PAGES), "pages of PDF documents", pages, PDF_PAGES)
    yield from _imported(
        folder, _articles(folder, extracted, "text"), "plain texts, extracted", extracted, extract=True
    )
    yield from _imported(folder, _articles(folder, extracted, "html"), "web pages, extracted", extracted, extract=True)


def _imported(
    folder: Path, inputs: Path, name: str, count: int, each: int = 1, *, extract: bool = False
) -> Iterator[Figure]:
    base = folder / "sources.kb"
    remove_base(base)
    before = _processor_seconds()
    with Workspace.open(base, create=True) as workspace:
        request = ImportRequest((inputs,), jobs=JOBS, extract=extract)
        report, longest = drive(workspace.importing.run(request))
    spent = _processor_seconds() - before
    taken = report.count(InputState.IMPORTED) + report.count(InputState.WITH_WARNINGS)
    if taken * each < count // each * each:
        print(f"{name}: only {taken} of {count // each} could be taken; left out", file=sys.stderr)
        return
    yield Figure("sources", name, count / report.seconds, "a second", f"{count:,} in {report.seconds:.1f} s")
    yield Figure("sources", f"{name}: processor", spent / count * 1000, "ms each", "all processes, with their start")
    yield Figure("sources", f"{name}: longest step", longest, "ms", "between two chances for an edit")
    yield Figure("sources", f"{name}: memory", resident_mb(os.getpid(), MAXIMUM), "MB", "highest so far, no worker")
    yield Figure(
        "sources", f"{name}: file", base.stat().st_size / 1024**2, "MB", f"of {_size(inputs) / 1024**2:.1f} MB"
    )


def _searched(folder: Path) -> Iterator[Figure]:
    with Workspace.open(folder / "sources.kb", read_only=True) as workspace:
        found = dict(workspace.search.search(WORDS).totals)
        taken = median_ms(partial(workspace.search.search, WORDS))
    yield Figure("sources", "search", taken, "ms", f"“{WORDS}”, {sum(found.values()):,} answers")


def recoll_figures(folder: Path, inputs: Path, count: int) -> Iterator[Figure]:
    """Have Recoll index the same texts, and ask it; nothing where it is not installed."""
    if shutil.which("recollindex") is None:
        return
    place = folder / "recoll"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    # as fast as it can: by itself it runs at the lowest priority
    (place / "recoll.conf").write_text(f"topdirs = {inputs}\nidxniceprio = 0\nionice = \n", encoding="utf-8")
    command = ["recollindex", "-c", str(place), "-z"]
    before, started = _processor_seconds(), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "HOME": str(place)})
    seconds = time.perf_counter() - started
    spent = _processor_seconds() - before
    yield Figure("recoll", "plain texts", count / seconds, "a second", f"{count:,} in {seconds:.1f} s")
    yield Figure("recoll", "plain texts: processor", spent / count * 1000, "ms each", "all processes")
    ask = ["recollq", "-c", str(place), WORDS]
    environment = {**os.environ, "HOME": str(place)}
    taken = median_ms(lambda: subprocess.run(ask, check=False, capture_output=True, env=environment), 10)
    yield Figure("recoll", "search", taken, "ms", f"“{WORDS}”, with the start of its process")


def _processor_seconds() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _size(inputs: Path) -> int:
    files = inputs.rglob("*") if inputs.is_dir() else [inputs]
    return sum(file.stat().st_size for file in files if file.is_file())


def _articles(folder: Path, count: int, kind: str) -> Path:
    inputs = folder / f"{kind}-{count}"
    if not inputs.exists():
        write_articles(inputs, count, kind)
    return inputs


def _word_texts(folder: Path, count: int) -> Path:
    inputs = folder / f"words-{count}"
    if not inputs.exists():
        write_word_texts(inputs, count)
    return inputs


def _zipped(folder: Path, count: int) -> Path:
    path = folder / f"texts-{count}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(f"{number:06}.txt", as_text(story(number)))
    return path


def _warc(folder: Path, count: int) -> Path:
    path = folder / f"pages-{count}.warc"
    with path.open("wb") as stream:
        for number in range(count):
            stream.write(warc_record(f"https://news.example/{number}", as_page(story(number))))
    return path


def _documents(folder: Path, count: int) -> Path:
    inputs = folder / f"pdf-{count}"
    inputs.mkdir(exist_ok=True)
    for number in range(count):
        stories = [story(number * PDF_PAGES + page) for page in range(PDF_PAGES)]
        (inputs / f"{number:05}.pdf").write_bytes(pdf_of([as_text(told) for told in stories]))
    return inputs


if __name__ == "__main__":
    sys.exit(main())
