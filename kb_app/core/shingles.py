"""Cuts articles into words and runs of words, and sketches them so that a report told again is known again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from kb_app.core.article import Article
from kb_app.core.passage import Span

SKETCH_RUN = 4  # words of a run that is sketched
SKETCH_BITS = 30
_SPREAD = 0x9E3779B1  # the odd number next to 2**32 divided by the golden ratio (Knuth 1998, 6.4)
_WIDEST, _NARROWEST = 28, 4  # runs of which one is kept
_KEPT_AT_LEAST = 16  # windows that a short text is looked at through
MOST_KEPT = 160
_MOST_WORDS = 20_000  # of one article; what follows is not looked at
# scripts that are written without spaces: each character counts as a word
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text in order, folded, each with its place; `breaks` are the words that begin a paragraph."""

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    breaks: frozenset[int]

    def span(self, first: int, count: int) -> Span:
        """Return the stretch of text from a word on, so many words long."""
        return Span(self.places[first][0], self.places[first + count - 1][1])


def folded_words(text: str) -> list[str]:
    """Return the words of a text without case, accents and punctuation."""
    # the one letter that becomes two when made small, the second of them no letter
    words = _WORD.findall(text.replace("İ", "I").lower())[:_MOST_WORDS]
    return words if text.isascii() else [word if word.isascii() else _folded(word) for word in words]


def told_words(article: Article) -> tuple[str, ...]:
    """Return the words of an article's report: its body without title, boilerplate and lines about the source."""
    # the title differs where another editor took the story over
    return tuple(folded_words("\n".join(span.of(article.text) for span in _told(article))))


def wording_of(article: Article) -> Wording:
    """Return the same words with their places in the article's text."""
    words: list[str] = []
    places: list[tuple[int, int]] = []
    breaks: set[int] = set()
    for span in _told(article):
        end = -1
        for found in _WORD.finditer(article.text, span.start, span.end):
            if len(words) == _MOST_WORDS:
                break
            if end < 0 or "\n" in article.text[end : found.start()]:
                breaks.add(len(words))
            end = found.end()
            words.append(_folded(found[0]))
            places.append((found.start(), end))
    return Wording(tuple(words), tuple(places), frozenset(breaks))


def sketch_of(article: Article) -> tuple[int, ...]:
    """Return numbers by which an article's report is found again, also where it was cut or its paragraphs moved.

    The hashes of runs of words, and of those the least of each window: what two texts share in a row is then chosen
    in both (winnowing: Schleimer, Wilkerson and Aiken 2003). About 34 numbers of 30 bits for 500 words; the choice
    through a wide window is part of the choice through a narrow one, so short and long texts meet. The same on every
    machine and for every version, for files keep them.
    """
    return sketch_of_words(told_words(article))


def sketch_of_words(words: Sequence[str]) -> tuple[int, ...]:
    """Return the sketch of a text that was cut into words."""
    hashes = _hashes(words)
    window = max(_NARROWEST, min(_WIDEST, len(hashes) // _KEPT_AT_LEAST))
    return tuple(sorted(_least_of_each(hashes, window))[:MOST_KEPT])


def _hashes(words: Sequence[str]) -> list[int]:
    """Return a hash for each run of words, a text of fewer words being one."""
    if not words:
        return []
    coded = [word.encode(errors="replace") for word in words]
    runs = max(1, len(coded) - SKETCH_RUN + 1)
    # CRC-32 is quick and the same everywhere; a product with an odd number spreads what it leaves alike
    return [
        (crc32(b" ".join(coded[at : at + SKETCH_RUN])) * _SPREAD & 0xFFFFFFFF) >> (32 - SKETCH_BITS)
        for at in range(runs)
    ]


def _least_of_each(hashes: Sequence[int], window: int) -> set[int]:
    """Return the least hash of each window; it is looked for anew only where it has left the window."""
    if not hashes:
        return set()
    place = min(range(min(window, len(hashes))), key=hashes.__getitem__)
    chosen = {hashes[place]}
    for end in range(window, len(hashes)):
        first = end - window + 1
        if place < first:
            place = min(range(first, end + 1), key=hashes.__getitem__)
        elif hashes[end] < hashes[place]:
            place = end
        else:
            continue
        chosen.add(hashes[place])
    return chosen


def _told(article: Article) -> list[Span]:
    return [span for span in article.read_spans() if span != article.title_span]


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
