"""How many records of a web archive a core reads a second: python -m tests.benchmarks.web_archive [records]."""

from __future__ import annotations

import gzip
import io
import random
import sys
import time

from kb_app.ingest.containers import members_of
from kb_app.ingest.media_type import media_type_of
from kb_app.ingest.members import Member, Opened
from tests.benchmarks.figures import Figure
from tests.ingest.archives.warcs import Capture, warc

RECORDS = 4_000
WORDS = "harbour pier board council vote winter engineer beam storm crown fisher court damages month quay".split()


def captures(count: int) -> list[Capture]:
    """Return pages of about 20 kB, every second one sent compressed, and as many pictures as pages."""
    chance = random.Random(4)
    found: list[Capture] = []
    for number in range(count // 2):
        words = " ".join(chance.choice(WORDS) for _ in range(2_800))
        page = f"<html><body><h1>Report {number}</h1><p>{words}</p></body></html>".encode()
        if number % 2:
            body, http = gzip.compress(page), {"Content-Encoding": "gzip"}
        else:
            body, http = page, {}
        found.append(Capture(f"http://post.example/{number}", body, "text/html", http=http))
        found.append(Capture(f"http://post.example/{number}.png", b"\x89PNG" + chance.randbytes(20_000), "image/png"))
    return found


def measured(records: list[Capture]) -> list[Figure]:
    """Return the records a second of the archive as it is, compressed by the record, and compressed as one stream."""
    plain, by_record = warc(*records), warc(*records, packed=True)
    found = []
    for name, data in (("plain", plain), ("by record", by_record), ("as one stream", gzip.compress(plain, 6))):
        start = time.process_time()
        opened = Opened(name, io.BytesIO(data), len(data), media_type_of(data))
        pages = sum(isinstance(one, Member) for one in members_of(opened))
        rate = len(records) / (time.process_time() - start)
        found.append(Figure("WARC", name, rate, "records/s", f"{pages} pages, {len(data) / 2**20:.0f} MB"))
    return found


if __name__ == "__main__":
    for figure in measured(captures(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS)):
        print(f"{figure.group} {figure.name}: {figure.value:,.0f} {figure.unit} ({figure.how})")
