"""Time expressions of the rules, checked by the tagger, with those that it alone sees."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kb_app.core.findings import FoundTime, TimexType
from kb_app.core.passage import Span
from kb_app.core.stated_date import Resolution, StatedDate, parse_edtf
from kb_app.extraction.dates import TimeFinder
from kb_app.extraction.encoder import Tag
from kb_app.extraction.reading import Reading
from kb_app.extraction.span_index import SpanIndex
from kb_app.extraction.time_words import PARTS_OF_DAY, UNITS, unit_name

UNSEEN = 0.5  # share of its confidence that a rule's finding keeps where the tagger sees none
_PART = re.compile(r"\b(morning|afternoon|evening|night)\b", re.IGNORECASE)
_UNIT = re.compile(r"\b(second|minute|hour|day|week|month|year|decade)s?\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:now|today|nowadays|currently|present|moment|still)\b", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:next|coming|future|soon|upcoming|tomorrow|later)\b", re.IGNORECASE)


def merged_times(
    finder: TimeFinder, reading: Reading, ruled: Sequence[FoundTime], marks: tuple[Sequence[Tag], Sequence[Span]]
) -> tuple[FoundTime, ...]:
    """Return the expressions in order; what is part of a name is none, unless the tagger says so.

    `marks` are the tagger's expressions and the spans of names.
    """
    tags, names = marks
    seen, named = SpanIndex([tag.span for tag in tags]), SpanIndex(names)
    found = [time for time in ruled if seen.overlapping(time.span) or not named.overlapping(time.span)]
    taken = SpanIndex([time.span for time in found])
    days = [time for time in found if time.date is not None and time.date.is_single_day]
    for tag in tags:
        if not taken.overlapping(tag.span):
            at = bisect_left(days, tag.span.start, key=lambda t: t.span.start)
            told = days[at - 1].date if at else None
            found.append(finder.alone(reading, tag.span, told) or _vague(reading, tag, told or reading.published))
    return tuple(sorted(found, key=lambda t: t.span))


def _vague(reading: Reading, tag: Tag, day: StatedDate | None) -> FoundTime:
    """Give an expression that no rule reads the little that its words tell."""
    words, kind = tag.span.of(reading.text), TimexType(tag.label)
    part, unit = _PART.search(words), _UNIT.search(words)
    if kind in (TimexType.DURATION, TimexType.SET):
        code = UNITS[unit_name(unit[1])] if unit else ""
        clock = "T" if unit and unit[1].lower() in ("second", "minute", "hour") else ""
        value = f"P{clock}1{code}" if kind is TimexType.SET and code else f"P{clock}X{code}"
        return FoundTime(tag.span, kind, value, "words of duration", confidence=tag.confidence / 2)
    if part and day is not None and day.is_single_day:
        value = f"{day.earliest}T{PARTS_OF_DAY[part[1].lower()]}"
        stated = parse_edtf(str(day.earliest))
        resolved = stated.resolved(words, "part of the day told", day.edtf, Resolution.RELATIVE) if stated else None
        return FoundTime(
            tag.span, TimexType.TIME, value, "part of the day told", day.edtf, resolved, tag.confidence / 2
        )
    value = "PRESENT_REF" if _NOW.search(words) else "FUTURE_REF" if _AHEAD.search(words) else "PAST_REF"
    return FoundTime(tag.span, kind, value, "vague words", confidence=tag.confidence / 2)
