"""Cuts articles into words and runs of words, and sketches them so that a report told again is known again."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb_app.core.article import Article
from kb_app.core.passage import Span

SKETCH_RUN = 4  # words of a run that is sketched
SKETCH_BITS = 30
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
    hashes = [_hash(run) for run in _runs(words)]
    window = max(_NARROWEST, min(_WIDEST, len(hashes) // _KEPT_AT_LEAST))
    last = max(1, len(hashes) - window + 1)
    chosen = {min(hashes[at : at + window]) for at in range(last)} if hashes else set()
    return tuple(sorted(chosen)[:MOST_KEPT])


def _runs(words: Sequence[str]) -> Iterator[str]:
    if 0 < len(words) < SKETCH_RUN:
        yield " ".join(words)
    for at in range(len(words) - SKETCH_RUN + 1):
        yield " ".join(words[at : at + SKETCH_RUN])


def _told(article: Article) -> list[Span]:
    return [span for span in article.read_spans() if span != article.title_span]


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def _hash(run: str) -> int:
    digest = hashlib.blake2b(run.encode(errors="replace"), digest_size=4).digest()
    return int.from_bytes(digest, "big") >> (32 - SKETCH_BITS)
