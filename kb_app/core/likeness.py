"""Judges whether two articles tell the same report, from the words, figures, quotations and wires that they share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kb_app.core.article import Article
from kb_app.core.shingles import folded_words, told_words

_COMPARED_AT_ONCE = 32  # texts whose runs are kept while one is compared with the others
_RUN = 3  # words; a word that was changed spoils no more than three runs
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"\n]{20,600})[”“»\"]")
_QUOTED_WORDS = 5
_SHORT = 40  # words of a text that frames alone could fill
_TINY = 12
_LEAST_OWN = 20  # runs that are not of a frame: too few of them tell nothing
_LEAST_PART = 0.2  # of the longer text that the shorter must make up: less is a passage lifted, not a report told again
_NEARLY_ALL = 0.8
_FEW_FIGURES = 3
_NEAR_DAYS = 14
_SERIES_DAYS = 5  # from here on, a series with figures in words is likelier than a late rewriting


Run = tuple[str, ...]


class Verdict(StrEnum):
    """What two texts look like."""

    SAME = "same"
    LIKELY = "likely"  # worth a person's look
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Telling:
    """What of an article says which report it tells; the day is that of its publication."""

    words: tuple[str, ...]
    quotations: frozenset[str] = frozenset()
    wires: frozenset[str] = frozenset()
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two tellings are, from 0 to 1 each (Broder 1997); figures and quotations of the one with fewer."""

    resemblance: float = 0.0  # shared runs of words among all
    containment: float = 0.0  # shared runs of words among the shorter text's
    figures: float = 1.0
    figures_missing: int = 0  # of those that the one with fewer has, how many the other lacks
    quotations: float = 0.0
    shares_wire: bool = False
    unbroken: float = 0.0  # the longest stretch of shared runs among them all, where not nearly all is shared
    own: int = 0  # runs of the shorter text that other reports do not have as well
    days_apart: int | None = None


def telling_of(article: Article, day: int | None = None) -> Telling:
    """Return what tells whether an article is a report told again; `day` is proleptic."""
    quotes = (" ".join(folded_words(found)) for found in _QUOTED.findall(article.text))
    return Telling(
        words=told_words(article),
        quotations=frozenset(quote for quote in quotes if quote.count(" ") >= _QUOTED_WORDS - 1),
        wires=frozenset(wire.casefold() for wire in article.metadata.wires),
        day=day,
    )


def likeness(one: Telling, other: Telling, common: Set[Run] = frozenset()) -> Likeness:
    """Compare two tellings exactly, without the runs of words that are common to other reports too."""
    left, right = _runs(one.words), _runs(other.words)
    shorter = min(left, right, key=len)
    both = left & right - common
    shared, fewer, union = len(both), len(shorter - common), len((left | right) - common)
    known = one.day is not None and other.day is not None
    few, many = sorted((_figures_in(one.words), _figures_in(other.words)), key=len)
    return Likeness(
        resemblance=shared / union if union else 0.0,
        containment=shared / fewer if fewer else 0.0,
        figures=_part(few, many, 1.0),
        figures_missing=len(few - many),
        quotations=_part(one.quotations, other.quotations, 0.0),
        shares_wire=not one.wires.isdisjoint(other.wires),
        unbroken=_unbroken(one if shorter is left else other, both) if shared < _NEARLY_ALL * fewer else 0.0,
        own=fewer,
        days_apart=abs((one.day or 0) - (other.day or 0)) if known else None,
    )


def verdict(one: Telling, other: Telling, found: Likeness) -> Verdict:
    """Judge a likeness: many words in the same runs, unless the figures or the days speak of another happening."""
    fewer, more = sorted((len(one.words), len(other.words)))
    if one.words == other.words and fewer:
        # a few words are what many pages say that show no article: to subscribe, to allow scripts
        return Verdict.SAME if fewer >= _TINY else Verdict.LIKELY
    if found.containment == 0 or fewer < max(_TINY, _LEAST_PART * more) or found.own < _LEAST_OWN:
        return Verdict.OTHER
    if fewer < _SHORT:
        return _short_verdict(found)
    if _is_series(found):
        return Verdict.LIKELY if found.containment >= 0.9 else Verdict.OTHER
    if found.containment < 0.35 or _is_passage(found):
        return Verdict.OTHER
    is_part = found.containment < _NEARLY_ALL and found.resemblance < _LEAST_PART
    return Verdict.LIKELY if is_part or found.containment < _wanted(found) else Verdict.SAME


def _short_verdict(found: Likeness) -> Verdict:
    if found.containment >= 0.85 and found.figures == 1 and (found.days_apart or 0) <= _NEAR_DAYS:
        return Verdict.SAME
    return Verdict.LIKELY if found.containment >= 0.6 and found.figures == 1 else Verdict.OTHER


def _is_series(found: Likeness) -> bool:
    """Tell whether it looks like a notice of every week: last week's frame with other figures."""
    # a rewritten report loses figures with its words; a page number or a year in a footer is no figure of a report
    few = found.figures_missing < _FEW_FIGURES and found.containment >= _NEARLY_ALL
    return not few and found.figures < min(0.6, 0.75 * found.containment)


def _is_passage(found: Likeness) -> bool:
    """Tell whether what is shared looks like a passage that was lifted, and the rest was not rewritten but is other."""
    return found.containment < _NEARLY_ALL and found.unbroken > 0.6


def _unbroken(telling: Telling, runs: Set[Run]) -> float:
    words = telling.words
    longest = now = 0
    for run in zip(words, words[1:], words[2:], strict=False):
        now = now + 1 if run in runs else 0
        if now > longest:
            longest = now
    return min(1.0, longest / len(runs)) if runs else 0.0


def _wanted(found: Likeness) -> float:
    """Return the containment that makes a likeness the same report."""
    apart = found.days_apart or 0
    if apart > _NEAR_DAYS:
        return 0.9
    if found.quotations >= 0.6:
        return 0.4
    if apart >= _SERIES_DAYS:
        return 0.75
    return 0.42 if found.shares_wire else 0.5


def containment(one: Telling, other: Telling) -> float:
    """Return how much of the shorter of two tellings stands in the other, from 0 to 1."""
    left, right = _runs(one.words), _runs(other.words)
    fewer = min(len(left), len(right))
    return len(left & right) / fewer if fewer else 0.0


def common_runs(tellings: Iterable[Telling]) -> frozenset[Run]:
    """Return the runs that at least two tellings of different reports have."""
    seen: set[Run] = set()
    common: set[Run] = set()
    for telling in tellings:
        runs = _runs(telling.words)
        common |= seen & runs
        seen |= runs
    return frozenset(common)


@lru_cache(maxsize=_COMPARED_AT_ONCE)
def _runs(words: tuple[str, ...]) -> frozenset[Run]:
    if len(words) < _RUN:
        return frozenset([words]) if words else frozenset()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


@lru_cache(maxsize=_COMPARED_AT_ONCE)
def _figures_in(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in words if word[0].isdecimal())


def _part(one: frozenset[str], other: frozenset[str], without: float) -> float:
    fewer = min(len(one), len(other))
    if not fewer:
        return without
    return len(one & other) / fewer
