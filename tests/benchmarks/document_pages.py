"""Measures how fast documents are read on one core: python -m tests.benchmarks.document_pages --pages 500."""

from __future__ import annotations

import argparse
import resource
import sys
import time

from kb_app.ingest.articles import to_article
from kb_app.ingest.reading import source_from_bytes
from tests.ingest.documents.pdf_files import lines, pdf

LINES = 24  # a column
WORDS = "harbour board pier storm engineer winter vote fishermen court damages beams crown letter council boats".split()


def page(number: int) -> bytes:
    """Draw a page of two columns, about 400 words."""
    columns = [
        [" ".join(WORDS[(number * 7 + line * 3 + n + column) % len(WORDS)] for n in range(8)) for line in range(LINES)]
        for column in range(2)
    ]
    return lines(40, 780, columns[0]) + lines(310, 780, columns[1])


def main() -> int:
    """Read a document of so many pages and print the figures."""
    parser = argparse.ArgumentParser(description="Measure reading; nothing passes or fails.")
    parser.add_argument("--pages", type=int, default=500)
    pages = parser.parse_args().pages
    source = source_from_bytes("generated.pdf", pdf(*map(page, range(pages))))
    wall, work = time.perf_counter(), time.process_time()
    found = to_article(source)
    wall, work = time.perf_counter() - wall, time.process_time() - work
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{pages} pages, {len(found.text.split()):,} words, {len(source.data) / 1e6:.1f} MB")
    print(f"{pages / work:.0f} pages/s of processor time, {pages / wall:.0f} by the clock, {most} MB at most")
    return 0


if __name__ == "__main__":
    sys.exit(main())
