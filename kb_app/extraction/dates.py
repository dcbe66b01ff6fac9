"""Time expressions of an article with their values, each with rule and anchor."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from kb_app.core.findings import FoundTime, TimexType
from kb_app.core.passage import Span
from kb_app.core.stated_date import Resolution, StatedDate, between, parse_edtf, without_year
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.reading import Reading, Sentence
from kb_app.extraction.time_anchors import Anchors, looks_ahead, shift_days
from kb_app.extraction.time_rules import TIME_RULES
from kb_app.extraction.time_values import Valued

FIRST_YEAR, LAST_YEAR = 1000, 9000  # of dates that others may count from
DATELINE_CHARACTERS = 40  # how far into its sentence a dateline's date may stand
DATELINE_SENTENCES = 4
# A text that states so many years, nearly all of them so long before its publication, is a chronicle: its days and
# months without a year follow on what was told last (Mazur and Dale, 2010, on texts of this kind).
CHRONICLE_YEARS, CHRONICLE_AGE, CHRONICLE_SHARE = 8, 5, 0.9
CLAUSE_CHARACTERS = 120  # how far around an expression its tense is looked for
MAY_HOLD_TIME = re.compile(
    r"\d|day|week|month|year|decade|centur|hour|minute|second|ago|later|earlier|before|now|soon|today|tomorrow|tonight|yesterday"
    r"|morning|noon|night|evening|spring|summer|autumn|fall|winter|quarter|half|daily|annual|ly\b|moment|past|future|present|time"
    r"|while|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Sun|Mon|Tue|Wed|Thu|Fri|Sat",
    re.IGNORECASE,
)
_DASH = re.compile(r"[\s,]*(?:\([^)]{0,10}\)\s*)?(?:-{1,2}|–|—)\s")
_STATED_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NTH_WEEKDAY = re.compile(r"^(1st|2nd|3rd|4th|last) (\w+) of (\d+)$")
_DAYS = re.compile(r"^P(T?)(\d+(?:\.\d+)?)([HDWMY])$")
_REACH = re.compile(r"^(?:the\s+)?(past|last|next|coming|following)\b", re.IGNORECASE)
_VAGUE = ("PAST_REF", "PRESENT_REF", "FUTURE_REF")


class _Candidate(NamedTuple):
    start: int
    end: int
    rule: str
    match: re.Match[str] | None
    number: int  # of the rule; earlier rules win among equally long matches


class TimeFinder:
    """Finds and resolves time expressions; built once from the lexicons."""

    def __init__(self, lexicons: Lexicons) -> None:
        names = sorted(lexicons.holidays, key=len, reverse=True)
        self._holidays = {name.lower(): rule for name, rule in lexicons.holidays.items()}
        pattern = "|".join(re.escape(name).replace("'", "['’]") for name in names)
        self._holiday = re.compile(rf"(?<!\w)(?:this\s+|last\s+)?(?:{pattern})(?!\w)", re.IGNORECASE)

    def find(self, reading: Reading) -> tuple[FoundTime, ...]:
        """Return the time expressions of an article in order."""
        found: list[FoundTime] = []
        told: StatedDate | None = None
        published = _counted_from(reading)
        for sentence in reading.sentences:
            told_before = told
            for candidate in self._candidates(reading.text, sentence):
                anchors = Anchors(published, told, self._is_future(reading.text, sentence, candidate))
                time = self._resolved(reading.text, candidate, anchors)
                if time is None:
                    continue
                if found and _joins(reading.text, found[-1], time):
                    time = _joined(found.pop(), time, reading.text)
                found.append(time)
                if _is_dateline(reading, sentence, time):
                    published = time.date
                told = _told_after(time, told)
            if sentence.in_title:
                told = told_before
        return tuple(_on_their_day(reading, found))

    def alone(self, reading: Reading, span: Span, told: StatedDate | None) -> FoundTime | None:
        """Read words that something else took for a time expression, whatever stands around them."""
        words = span.of(reading.text)
        published = _counted_from(reading)
        sentence = reading.sentence_at(span.start)
        for number, rule in enumerate(TIME_RULES):
            match = rule.pattern.fullmatch(words)
            if match is None:
                continue
            candidate = _Candidate(span.start, span.end, rule.name, match, number)
            anchors = Anchors(published, told, self._is_future(reading.text, sentence, candidate))
            found = self._resolved(reading.text, candidate, anchors)
            if found is not None:
                return replace(found, span=span)
        return None

    def _candidates(self, text: str, sentence: Sentence) -> list[_Candidate]:
        start, end = sentence.span.start, sentence.span.end
        if not MAY_HOLD_TIME.search(text, start, end):
            return []
        found = [
            _Candidate(m.start(), m.end(), rule.name, m, number)
            for number, rule in enumerate(TIME_RULES)
            for m in rule.pattern.finditer(text, start, end)
        ]
        found += [_Candidate(m.start(), m.end(), "holiday", m, -1) for m in self._holiday.finditer(text, start, end)]
        found.sort(key=lambda c: (c.start - c.end, c.number))
        return sorted(_without_overlaps(found))

    def _is_future(self, text: str, sentence: Sentence, candidate: _Candidate) -> bool:
        before = text[max(sentence.span.start, candidate.start - CLAUSE_CHARACTERS) : candidate.start]
        after = text[candidate.end : min(sentence.span.end, candidate.end + CLAUSE_CHARACTERS)]
        return looks_ahead(before, after)

    def _resolved(self, text: str, candidate: _Candidate, anchors: Anchors) -> FoundTime | None:
        if candidate.match is None:
            return None
        if candidate.rule == "holiday":
            valued: Valued | None = self._holiday_value(candidate.match.group(), anchors)
            confidence = 0.85
        else:
            rule = TIME_RULES[candidate.number]
            valued, confidence = rule.resolve(candidate.match, anchors), rule.confidence
        if valued is None:
            return None
        span = _trimmed(text, candidate.start, candidate.end)
        words = text[span.start : span.end]
        stated = _stated(valued, words, candidate.rule) or _reaching(valued, words, candidate.rule, anchors)
        return FoundTime(span, valued.type, valued.value, candidate.rule, valued.anchor, stated, confidence)

    def _holiday_value(self, words: str, anchors: Anchors) -> Valued | None:
        name = re.sub(r"^(?:this|last)\s+", "", words.lower()).replace("’", "'")
        rule = self._holidays.get(name)
        if rule is None:
            return None
        if rule.count("-") == 2:
            return Valued(TimexType.DATE, rule)
        reference = anchors.reference
        if reference is None:
            return Valued(TimexType.DATE, f"XXXX-{rule}" if "-" in rule else "PAST_REF")
        days = [day for year in (-1, 0, 1) for day in _holiday_days(rule, reference.year + year)]
        if not days:
            return None
        nearest = min(days, key=lambda day: abs((day - reference).days))
        return Valued(TimexType.DATE, str(nearest), anchors.name(), True)


def _counted_from(reading: Reading) -> StatedDate | None:
    """Return the publication date, None where it is not known or where a chronicle tells of years long before."""
    published = reading.published
    if published is None or published.earliest is None or not _is_usable(published):
        return None
    years = [int(m.group()) for m in _STATED_YEAR.finditer(reading.text)]
    past = sum(year <= published.earliest.year - CHRONICLE_AGE for year in years)
    is_chronicle = len(years) >= CHRONICLE_YEARS and past >= CHRONICLE_SHARE * len(years)
    return None if is_chronicle else published


def _holiday_days(rule: str, year: int) -> list[date]:
    try:
        nth = _NTH_WEEKDAY.match(rule)
        if nth is None:
            return [date(year, int(rule[:2]), int(rule[3:5]))]
        month = int(nth[3])
        wanted = "monday tuesday wednesday thursday friday saturday sunday".split().index(nth[2].lower())
        days = [date(year, month, 1) + timedelta(days=n) for n in range(31)]
        fitting = [day for day in days if day.month == month and day.weekday() == wanted]
        return [fitting[-1] if nth[1] == "last" else fitting[int(nth[1][0]) - 1]]
    except (ValueError, IndexError, OverflowError):
        return []


def _without_overlaps(candidates: list[_Candidate]) -> list[_Candidate]:
    chosen: list[_Candidate] = []
    for candidate in candidates:
        at = bisect_left(chosen, candidate)
        before = at > 0 and chosen[at - 1].end > candidate.start
        after = at < len(chosen) and chosen[at].start < candidate.end
        if not before and not after:
            chosen.insert(at, candidate)
    return chosen


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in ",;"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    words = text[start:end].lower()
    for lead in ("over the", "at the", "on the"):
        if words.startswith(lead) and words.endswith("weekend"):
            start += len(lead) - 3
    return Span(start, end)


def _stated(valued: Valued, words: str, rule: str) -> StatedDate | None:
    if valued.type in (TimexType.DURATION, TimexType.SET) or valued.value in _VAGUE:
        return None
    stated = without_year(valued.value) or parse_edtf(valued.value)
    resolution = Resolution.RELATIVE if valued.is_relative else Resolution.EXPLICIT
    return stated.resolved(words, rule, valued.anchor, resolution) if stated else None


def _reaching(valued: Valued, words: str, rule: str, anchors: Anchors) -> StatedDate | None:
    """Return the days that "the past 24 hours" or "the next two weeks" reach from publication."""
    length, way = _DAYS.match(valued.value), _REACH.match(words)
    if valued.type is not TimexType.DURATION or length is None or way is None or anchors.day is None:
        return None
    size = float(length[2]) * {"H": 1 / 24, "D": 1, "W": 7, "M": 30.44, "Y": 365.25}[length[3]]
    is_ahead = way[1].lower() in ("next", "coming", "following")
    far = shift_days(anchors.day, math.ceil(size) * (1 if is_ahead else -1))
    if far is None or (length[1] and length[3] == "M"):
        return None
    first, last = sorted((far, anchors.day))
    return between(first, last).resolved(words, rule, anchors.name(), Resolution.RELATIVE)


def _told_after(time: FoundTime, told: StatedDate | None) -> StatedDate | None:
    """Return the date that later relative expressions count from."""
    if (
        time.type is TimexType.DURATION
        or time.date is None
        or time.date.earliest is None
        or time.rule in ("decade", "century", "years")
    ):
        return told
    return time.date if _is_usable(time.date) else told


def _is_usable(stated: StatedDate | None) -> bool:
    """Tell whether a date is far enough from the calendar's ends to count from."""
    return stated is not None and stated.earliest is not None and FIRST_YEAR <= stated.earliest.year <= LAST_YEAR


def _is_dateline(reading: Reading, sentence: Sentence, time: FoundTime) -> bool:
    """Tell whether a full date stands before the dash of a dateline: "today" is that day."""
    if time.date is None or not time.date.is_single_day or sentence.in_title:
        return False
    follows = reading.text[time.span.end : time.span.end + 14]
    is_early = time.span.start - sentence.span.start < DATELINE_CHARACTERS and sentence.number < DATELINE_SENTENCES
    near = reading.publication_day is None or time.date.earliest is None
    near = near or abs((reading.publication_day - time.date.earliest).days) <= 7  # type: ignore[operator]
    return is_early and near and _DASH.match(follows) is not None


def _joins(text: str, left: FoundTime, right: FoundTime) -> bool:
    """Tell whether "10 a.m." and "Nov. 29, 2016" stand side by side as one expression."""
    gap = text[left.span.end : right.span.start]
    is_clock = left.rule.startswith("clock") and right.date is not None and right.date.is_single_day
    return is_clock and right.type is TimexType.DATE and gap in (" ", ", ", " on ")


def _joined(clock: FoundTime, day: FoundTime, text: str) -> FoundTime:
    span = Span(clock.span.start, day.span.end)
    value = day.value + "T" + clock.value.partition("T")[2] if "T" in clock.value else day.value
    stated = parse_edtf(value)
    if stated is not None and day.date is not None:
        stated = stated.resolved(span.of(text), day.rule, day.anchor, day.date.resolution)
    return FoundTime(span, TimexType.TIME, value, "clock and date", day.anchor, stated, day.confidence)


def _on_their_day(reading: Reading, times: list[FoundTime]) -> Iterator[FoundTime]:
    """Yield the expressions; a clock time without any day stays vague."""
    for time in times:
        if time.type is TimexType.TIME and "XXXX" in time.value:
            yield FoundTime(time.span, time.type, "PAST_REF", time.rule, "", None, 0.4)
        else:
            yield time
