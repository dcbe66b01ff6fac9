"""Finds where two holders give different figures for the same thing."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from kb_app.core.findings import Findings
from kb_app.core.passage import Span
from kb_app.extraction.assertions import Assertion, Assertions
from kb_app.extraction.span_index import SpanIndex
from kb_app.extraction.tokens import Token
from kb_app.extraction.wording import Wording, entities_of, stem

COUNT_WITHIN = 5  # words before a figure among which "number" or "toll" stands
NOUN_WITHIN = 4  # words behind a figure among which what is counted stands
SOFT = 0.1  # part of a figure by which "about" leaves it open
LARGEST_FACTOR = 10  # between two figures of the same thing
ALIKE = 2  # stems that two clauses share beside the noun, where the noun is not one of those often contested
SHARED_PART = 0.5  # of the shorter clause's keys, with such a noun
WHOLE = 100  # percent
NEAR = 2  # sentences before "that number" in which its figure is looked for
MOST_FIGURES = 200  # of one article that are compared
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_WORDS = {
    word: float(n)
    for n, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_PERCENT = frozenset({"percent", "%", "pc"})
_MONEY = frozenset({"$", "€", "£"})
_OWN = frozenset({"we", "our", "us", "i", "my", "its", "it", "they", "their"})
_SOFT = frozenset({"about", "around", "roughly", "nearly", "almost", "some", "approximately", "circa"})
_FROM = ("least", "than", "over", "above")
_UP_TO = frozenset({"up to", "as many as", "fewer than", "less than", "at most"})
_UNKNOWN = "-"  # what is counted is not said


class Figure(NamedTuple):
    """A number, from `low` to `high`, with its unit and what it counts, "" where it is called a number alone."""

    low: float
    high: float
    unit: str
    noun: str
    span: Span


class Counted(NamedTuple):
    """A figure in an assertion, with the days that stand beside it."""

    assertion: Assertion
    figure: Figure
    days: frozenset[str]


class Contested(NamedTuple):
    """Two assertions that give different figures for one thing."""

    one: Assertion
    other: Assertion
    topic: str
    reason: str


class FigureFinder:
    """Finds contested figures; built once from the word lists."""

    def __init__(self, cues: Mapping[str, frozenset[str]]) -> None:
        self._cues = cues
        self._counted = frozenset(stem(word) for word in cues["counted"])
        self._shares = frozenset(stem(word) for word in cues["share"])

    def find(self, findings: Findings, asserted: Assertions, wording: Wording) -> tuple[Contested, ...]:
        """Return the contested figures, two at a time."""
        claimed = self._figures(asserted.claimed, findings, wording)
        told = self._figures(asserted.told, findings, wording)
        shares = [c for c in (*claimed, *told) if c.figure.unit == "%" and c.figure.noun in self._shares]
        pairs = [pair for pair in combinations(claimed, 2) if self._is_same_thing(*pair, wording)]
        pairs += [pair for pair in combinations(shares, 2) if _is_more_than_all(*pair)]
        pairs += _pointed(claimed, sorted([*claimed, *told], key=_place))
        ordered = [sorted(pair, key=_place) for pair in pairs]
        return tuple(
            _contested(one, other, wording.text)
            for one, other in ordered
            if not asserted.is_one_side(one.assertion.holder, other.assertion.holder)
        )

    def _figures(self, assertions: Iterable[Assertion], findings: Findings, wording: Wording) -> list[Counted]:
        """Return the figures of assertions; one of several parts of a sum is no figure for the whole."""
        times = SpanIndex([time.span for time in findings.times])
        days = {time.span: time.date.edtf for time in findings.times if time.date is not None}
        found: list[Counted] = []
        for assertion in assertions:
            here = [
                f
                for f in self._read(wording.tokens(assertion.span))
                if not times.overlapping(f.span) and wording.entity_at(f.span.start) is None
            ]
            nouns = [figure.noun for figure in here]
            for figure in here:
                beside = times.overlapping(_clause(wording.text, assertion.span, figure.span))
                if not figure.noun or nouns.count(figure.noun) == 1:
                    found.append(Counted(assertion, figure, frozenset(days[t] for t in beside if t in days)))
        return found[:MOST_FIGURES]

    def _read(self, tokens: Sequence[Token]) -> Iterator[Figure]:
        at = 0
        while at < len(tokens):
            low, high, end = _range(tokens, at)
            if low is not None and high is not None and not self._is_part(tokens, at, end):
                figure = self._figure(tokens, (at, end), (low, high))
                yield figure
                end = max(end, bisect_left(tokens, figure.span.end, key=_start))
            at = end

    def _is_part(self, tokens: Sequence[Token], at: int, end: int) -> bool:
        around = {t.lower for t in (*tokens[max(0, at - 2) : at], *tokens[end : end + 3])}
        return bool(self._cues["part"] & around) or (at > 0 and tokens[at - 1].text in "-/.:")

    def _figure(self, tokens: Sequence[Token], place: tuple[int, int], value: tuple[float, float]) -> Figure:
        at, end = place
        low, high = _bounds(tokens, at, value)
        if end < len(tokens) and tokens[end].lower in _SCALES:
            scale = _SCALES[tokens[end].lower]
            low, high, end = low * scale, high * scale, end + 1
        unit = tokens[at - 1].text if at and tokens[at - 1].text in _MONEY else ""
        if end < len(tokens) and tokens[end].lower in _PERCENT:
            unit, end = "%", end + 1
        return Figure(low, high, unit, self._noun(tokens, at, end), Span(tokens[at].start, tokens[end - 1].end))

    def _noun(self, tokens: Sequence[Token], at: int, end: int) -> str:
        before = [t.lower for t in tokens[max(0, at - COUNT_WITHIN) : at]]
        counts = [n for n, word in enumerate(before) if word in self._cues["count"]]
        if counts:
            of = before[counts[-1] + 1 :]
            return stem(of[1]) if len(of) > 1 and of[0] == "of" else ""
        for word in (t.lower for t in tokens[end : end + NOUN_WITHIN]):
            if not word[0].isalpha():
                return _UNKNOWN
            if word not in self._cues["stop"]:
                return stem(word)
        return _UNKNOWN

    def _is_same_thing(self, one: Counted, other: Counted, wording: Wording) -> bool:
        noun = one.figure.noun
        if noun in ("", _UNKNOWN) or noun != other.figure.noun or not _differ(one.figure, other.figure):
            return False
        if one.days and other.days and not one.days & other.days:
            return False
        keys, others = (wording.keys(counted.assertion.span) - {noun} for counted in (one, other))
        shared = keys & others
        stems = shared - entities_of(shared)
        if noun in self._counted:
            return bool(shared) if one.figure.unit == "%" else bool(stems)
        own = any(wording.has(counted.assertion.span, _OWN) for counted in (one, other))
        return not own and len(stems) >= ALIKE and len(shared) >= SHARED_PART * min(len(keys), len(others))


def _pointed(claimed: Sequence[Counted], everything: Sequence[Counted]) -> Iterator[tuple[Counted, Counted]]:
    """Yield "that number is closer to ..." with the figure before it."""
    for other in claimed:
        before = [] if other.figure.noun else [one for one in everything if _is_before(one, other)]
        if before:
            yield before[-1], other


def _is_before(one: Counted, other: Counted) -> bool:
    """Tell whether a figure that says what it counts stands shortly before another."""
    away = other.assertion.sentence - one.assertion.sentence
    is_near = 0 <= away <= NEAR and one.figure.span.end <= other.assertion.span.start
    return is_near and one.figure.noun not in ("", _UNKNOWN) and _differ(one.figure, other.figure)


def _is_more_than_all(one: Counted, other: Counted) -> bool:
    """Tell whether two shares of a vote cannot both be right."""
    return one.figure.noun == other.figure.noun and one.figure.low + other.figure.low > WHOLE


def _differ(one: Figure, other: Figure) -> bool:
    low, high = sorted((one, other))
    return one.unit == other.unit and low.high < high.low <= LARGEST_FACTOR * low.high


def _value(token: Token) -> float | None:
    if token.lower in _WORDS:
        return _WORDS[token.lower]
    return float(token.text.replace(",", "")) if _NUMBER.fullmatch(token.text) else None


def _range(tokens: Sequence[Token], at: int) -> tuple[float | None, float | None, int]:
    """Return a number, or both ends of "60 to 70", and where it ends."""
    low = _value(tokens[at])
    if low is not None and at + 2 < len(tokens) and tokens[at + 1].lower in ("to", "and"):
        high = _value(tokens[at + 2])
        if high is not None and high > low:
            return low, high, at + 3
    return low, low, at + 1


def _bounds(tokens: Sequence[Token], at: int, value: tuple[float, float]) -> tuple[float, float]:
    """Return how low and how high a figure may be by the words before it."""
    low, high = value
    before = [t.lower for t in tokens[max(0, at - 3) : at] if t.is_word]
    words = " ".join(before)
    if any(words.endswith(phrase) for phrase in _UP_TO):
        return 0.0, high
    if before and before[-1] in _FROM:
        return low, math.inf
    soft = SOFT if _SOFT.intersection(before[-1:]) else 0.0
    return low * (1 - soft), high * (1 + soft)


def _clause(text: str, clause: Span, figure: Span) -> Span:
    """Return the clause up to the next comma behind a figure."""
    comma = text.find(",", figure.end, clause.end)
    return Span(clause.start, comma if comma > 0 else clause.end)


def _contested(one: Counted, other: Counted, text: str) -> Contested:
    first, second = (counted.figure.span.of(text) for counted in (one, other))
    behind = Span(one.figure.span.end, _clause(text, one.assertion.span, one.figure.span).end).of(text)
    lead = {"": "how many", "%": "what share"}.get(one.figure.unit, "how much:")
    topic = f"{lead} {behind.strip()}".strip()
    return Contested(one.assertion, other.assertion, topic, f"different figures: “{first}” and “{second}”")


def _place(counted: Counted) -> Span:
    return counted.figure.span


def _start(token: Token) -> int:
    return token.start
