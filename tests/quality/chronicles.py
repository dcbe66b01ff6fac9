"""Scores time expressions on TimeML files, the chronicles of WikiWars: python -m tests.quality.chronicles."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kb_app.core.article import Article, Metadata
from kb_app.core.findings import FoundTime
from kb_app.core.passage import Span
from kb_app.core.stated_date import parse_edtf
from tests.quality.annotated import engine

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "time" / "wikiwars" / "testset" / "tml"
_MARK = re.compile(r"<TIMEX3([^>]*)>(.*?)</TIMEX3>|<[^>]*>", re.DOTALL)
_VALUE = re.compile(r'value="([^"]*)"')
_CREATED = re.compile(r'functionInDocument="CREATION_TIME"[^>]*value="([^"]{10})')


class Timex(NamedTuple):
    """An annotated time expression."""

    span: Span
    value: str


def read_timeml(path: Path) -> tuple[Article, list[Timex]]:
    """Read the text of a TimeML file without its tags, its day of creation, and its time expressions."""
    raw = path.read_text(encoding="utf-8")
    body = raw.partition("<TEXT>")[2].partition("</TEXT>")[0]
    text, at, asked = "", 0, []
    for match in _MARK.finditer(body):
        text += body[at : match.start()]
        at = match.end()
        if match[1] is not None:
            words = re.sub(r"<[^>]*>", "", match[2])
            value = _VALUE.search(match[1])
            asked.append(Timex(Span(len(text), len(text) + len(words)), value[1] if value else ""))
            text += words
    text += body[at:]
    created = _CREATED.search(raw)
    published = parse_edtf(created[1]) if created else None
    return Article(text, Span(0, len(text)), Metadata(published=published), language="en"), asked


def matched(asked: Sequence[Timex], found: Sequence[FoundTime]) -> list[tuple[Timex, FoundTime]]:
    """Pair expressions that overlap, each once, in the order of the text."""
    left, pairs = list(found), []
    for timex in asked:
        hit = next((time for time in left if time.span.overlaps(timex.span)), None)
        if hit is not None:
            left.remove(hit)
            pairs.append((timex, hit))
    return pairs


def main() -> int:
    """Print relaxed, exact and value F1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="folder of .tml files")
    parser.add_argument("--rules", action="store_true", help="rules alone")
    options = parser.parse_args()
    extractor = engine(rules_alone=options.rules)
    asked = found = relaxed = exact = valued = 0
    for path in sorted(options.folder.glob("*.tml")):
        article, wanted = read_timeml(path)
        times = extractor.extract(article).times
        pairs = matched(wanted, times)
        asked, found, relaxed = asked + len(wanted), found + len(times), relaxed + len(pairs)
        exact += sum(one.span == other.span for one, other in pairs)
        valued += sum(one.value == other.value for one, other in pairs)
    for name, right in (("relaxed", relaxed), ("exact", exact), ("value", valued)):
        print(f"{name:8} F1 {2 * right / max(1, asked + found):.3f} of {asked}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
