"""Saved pages in the styles of many sites, with what is true of them, and how well an extraction meets it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import trafilatura

from kb_app.core.article import Article, Found, ZoneKind
from kb_app.core.errors import Refused
from kb_app.core.names import normalised
from kb_app.core.passage import Span
from kb_app.ingest.articles import decoded_source, to_article
from kb_app.ingest.reading import read_source

FOLDER = Path(__file__).parent / "pages"
FIELDS = ("title", "published", "byline", "publisher", "host", "url")
_WORDS = 4  # in a shingle
_NAMES_APART = re.compile(r"\s*(?:,|;|&|\band\b)\s*")

Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """What a reader of a page would say; `neutral` texts (captions, pull quotes) count neither for nor against."""

    name: str
    body: str
    neutral: tuple[str, ...]
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one way of reading found of a page."""

    body: str
    fields: Mapping[str, str]
    span: str = ""  # the body with what is marked in it as caption or as the site's


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def truths(folder: Path = FOLDER) -> Iterator[Truth]:
    """Yield what is true of each page, in order of name."""
    for name, known in sorted(json.loads((folder / "truth.json").read_text("utf-8")).items()):
        yield Truth(name, "\n".join(known["body"]), tuple(known["neutral"]), {key: known[key] for key in FIELDS})


def ours(name: str, folder: Path = FOLDER) -> Extracted:
    """Read a page as an import does."""
    try:
        article = to_article(read_source(folder / f"{name}.html"))
    except Refused:
        return Extracted("", dict.fromkeys(FIELDS, ""))
    meta = article.metadata
    fields = {
        "title": _value(meta.title),
        "published": meta.published.edtf if meta.published else "",
        "byline": _value(meta.byline),
        "publisher": _value(meta.publisher),
        "host": _value(meta.host),
        "url": _value(meta.source_url),
    }
    return Extracted(_read(article), fields, article.body.of(article.text))


def trafilaturas(name: str, folder: Path = FOLDER) -> Extracted:
    """Read a page with trafilatura's own settings, comments left out."""
    source = decoded_source(read_source(folder / f"{name}.html")).text
    found = trafilatura.bare_extraction(source, include_comments=False, with_metadata=True)
    if found is None:
        return Extracted("", dict.fromkeys(FIELDS, ""))
    known = {"published": found.date, "byline": found.author, "publisher": found.sitename}
    fields = {"title": found.title, **known, "host": "", "url": found.url}
    return Extracted(found.text or "", {key: value or "" for key, value in fields.items()})


def body_score(truth: Truth, found: str) -> Score:
    """Compare the shingles of the words found with those of the body."""
    wanted, words = _tokens(truth.body), _tokens(found)
    for text in truth.neutral:
        words = _without(words, _tokens(text), wanted)
    right, got = _shingles(wanted), _shingles(words)
    common = sum((right & got).values())
    return Score(_share(common, sum(got.values())), _share(common, sum(right.values())))


def mean(scores: Sequence[Score]) -> Score:
    """Average precision and recall over pages, each page weighing the same."""
    count = len(scores)
    return Score(sum(s.precision for s in scores) / count, sum(s.recall for s in scores) / count)


def is_right(field: str, wanted: str, found: str) -> bool:
    """Tell whether a value says the same: case, punctuation, and the order of names do not matter."""
    if field in ("published", "url"):
        return wanted == found
    if field == "byline":
        return _names(wanted) == _names(found)
    return normalised(wanted) == normalised(found)


def _value(found: Found | None) -> str:
    return found.value if found else ""


def _read(article: Article) -> str:
    unread = [zone.span for zone in article.zones if zone.kind in (ZoneKind.CAPTION, ZoneKind.TITLE)]
    pieces = []
    for span in article.read_spans():
        at = span.start
        for hole in (*unread, Span(span.end, span.end)):
            if span.start <= hole.start and hole.end <= span.end and hole.start >= at:
                pieces.append(article.text[at : hole.start])
                at = hole.end
    return "\n".join(pieces)


def _tokens(text: str) -> Tokens:
    return tuple(re.findall(r"\w+", text))


def _shingles(words: Tokens) -> Counter[Tokens]:
    return Counter(words[at : at + _WORDS] for at in range(max(1, len(words) - _WORDS + 1)) if words)


def _without(words: Tokens, part: Tokens, wanted: Tokens) -> Tokens:
    """Take out a neutral text where it stands more often than in the body itself."""
    places = _places(words, part)
    for at in reversed(places[: max(0, len(places) - len(_places(wanted, part)))]):
        words = words[:at] + words[at + len(part) :]
    return words


def _places(words: Tokens, part: Tokens) -> list[int]:
    return [at for at in range(len(words) - len(part) + 1) if part and words[at : at + len(part)] == part]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _names(byline: str) -> frozenset[str]:
    return frozenset(normalised(name) for name in _NAMES_APART.split(byline) if name)
