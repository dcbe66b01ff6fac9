"""The grammar of time expressions: one compiled pattern a rule, with the function that gives its value."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from kb_app.extraction import time_spans as spans
from kb_app.extraction import time_values as value
from kb_app.extraction.time_anchors import Anchors
from kb_app.extraction.time_words import (
    ABOUT,
    DAY,
    DAY_ORDINAL,
    MONTH,
    NUMBER,
    ORDINAL,
    PART,
    SEASON,
    UNIT,
    VAGUE,
    WEEKDAY,
    YEAR,
)


class TimeRule(NamedTuple):
    """A named pattern; `confidence` is how often it was right on development articles, roughly."""

    name: str
    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], Anchors], value.Valued | None]
    confidence: float


def _rule(
    name: str, pattern: str, resolve: Callable[[re.Match[str], Anchors], value.Valued | None], confidence: float = 0.9
) -> TimeRule:
    exact = pattern.startswith("(?-i)")
    body = pattern.removeprefix("(?-i)")
    return TimeRule(name, re.compile(rf"(?<![\w$€£]){body}(?!\w)", 0 if exact else re.IGNORECASE), resolve, confidence)


_TAIL_YEAR = rf"(?:,?\s+(?:of\s+)?(?P<year>{YEAR})|\s+(?:of\s+)?(?P<rel>this|last|next)\s+year)"
_MOD = r"(?:(?P<mod>early|late|mid|earlier|later|the\s+(?:end|beginning|start|middle)\s+of|early\s+in|late\s+in|end\s+of|mid-)[\s-]*)"
_DASH = r"\s*(?:-|–|—|\bto\b|\band\b)\s*"
_WD = rf"(?:(?P<wd>{WEEKDAY}),?\s+(?:the\s+)?)?"

TIME_RULES: tuple[TimeRule, ...] = (
    _rule("ISO date", r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ](?P<h>\d\d):(?P<m>\d\d)(?::\d\d)?Z?)?", value.iso_date, 0.97),
    _rule("date range, month first", rf"(?P<mon>{MONTH})\s+(?P<d1>{DAY_ORDINAL})\s*(?:-|–|—|to|and|through)\s*(?P<d2>{DAY_ORDINAL})(?:{_TAIL_YEAR})?", value.day_range, 0.93),
    _rule("date range, day first", rf"(?P<d1>{DAY_ORDINAL})\s*(?:-|–|—|to|and)\s*(?P<d2>{DAY_ORDINAL})\s+(?:of\s+)?(?P<mon>{MONTH})(?:{_TAIL_YEAR})?", value.day_range, 0.93),
    _rule("date, month first", rf"{_WD}(?P<mon>{MONTH})\s+(?:the\s+)?(?P<day>{DAY_ORDINAL})(?![\d:]|,\d)(?:{_TAIL_YEAR})?", value.month_day, 0.95),
    _rule("date, day first", rf"{_WD}(?:the\s+)?(?P<day>{DAY_ORDINAL})\s+(?:of\s+)?(?P<mon>{MONTH})(?:{_TAIL_YEAR})?", value.month_day, 0.95),
    _rule("date in figures", r"(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4}|\d\d)", value.figures, 0.85),
    _rule("month and year", rf"{_MOD}?(?P<mon>{MONTH})(?:{_TAIL_YEAR})", value.month_year, 0.96),
    _rule("month with modifier", rf"(?-i)(?P<mod>[Ee]arly|[Ll]ate|[Mm]id|[Ll]ast|[Nn]ext|[Tt]his|[Tt]his\s+past|end\s+of|the\s+end\s+of|the\s+beginning\s+of|early\s+in|late\s+in)[\s-]+(?P<mon>{MONTH})", value.month_alone, 0.85),
    _rule("month", rf"(?-i)(?P<mon>January|February|April|June|July|August|September|October|November|December|(?<=[Ii]n )(?:March|May)|(?<=[Bb]y )(?:March|May)|(?<=[Ss]ince )(?:March|May)|(?<=[Uu]ntil )(?:March|May)|(?<=[Oo]f )(?:March|May)|(?<=from )(?:March|May)|(?<=and )(?:March|May)|(?<=or )(?:March|May)|(?<=during )(?:March|May)|(?:March|May)(?=\s+of\b))(?!\s+{DAY}\b)", value.month_alone, 0.8),
    _rule("years", rf"(?P<y1>{YEAR})\s?(?:-|–|—|/)\s?(?P<y2>{YEAR}|\d\d)", value.year_range, 0.85),
    _rule("year", rf"{_MOD}?(?:the\s+year\s+)?(?P<year>{YEAR})(?![-–]\w|,\d|\.\d|%|\s?(?:people|persons|troops|soldiers|men|women|dollars|euros|miles|km|meters|metres|square|tons|jobs|employees|children|units|feet|mah|mhz|points|votes)\b)", value.year, 0.9),
    _rule("decade", r"(?:the\s+)?(?:(?P<mod>early|mid|late)[\s-]+)?(?P<dec>(?:1[5-9]|20)\d0)['’]?s", value.decade, 0.9),
    _rule("decade, short", r"(?:the\s+)?(?:(?P<mod>early|mid|late)[\s-]+)?['’](?P<short>[2-9]0)s", value.decade, 0.8),
    _rule("century", r"(?:the\s+)?(?:(?P<mod>early|mid|late)[\s-]+)?(?P<cent>\d\d?)(?:st|nd|rd|th)[\s-]century", value.century, 0.85),
    _rule("weekday with part of day", rf"(?:the\s+)?(?:(?P<mod>last|next|this|this\s+past|following|previous|early|late)\s+)?(?P<wd>{WEEKDAY})\s+(?P<part>{PART})", value.weekday, 0.9),
    _rule("weekday", rf"(?:(?P<mod>last|next|this|this\s+past|this\s+coming|the\s+following|the\s+next|the\s+previous|the\s+same|early|earlier|late)\s+)?(?P<wd>{WEEKDAY})", value.weekday, 0.88),
    _rule("weekdays", r"(?:every\s+|each\s+|on\s+)?(?P<set>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days|(?<=every )(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)", spans.weekly, 0.8),
    _rule("day word", rf"(?:(?P<mod>earlier|later|early|late)\s+)?(?P<word>today|yesterday|tomorrow|tonight)(?:['’]s\b)?(?:\s+(?P<part>{PART}))?", value.day_word, 0.93),
    _rule("day word, two away", r"the\s+day\s+(?P<way>before\s+yesterday|after\s+tomorrow)", value.two_away, 0.95),
    _rule("part of this day", rf"(?:(?P<mod>early|late|earlier|later)\s+)?(?P<which>this|last)\s+(?P<part>morning|afternoon|evening|night)", value.part_of_day, 0.9),
    _rule("calendar unit", rf"(?:{_MOD}|(?P<very>the\s+very\s+(?:end|beginning)\s+of)\s+)?(?:(?P<which>this|last|next|past|the\s+coming|the\s+current|this\s+past|this\s+coming)\s+)(?P<unit>week|month|year|weekend|decade|century|quarter)s?(?:['’]s\b)?", value.calendar_unit, 0.9),
    _rule("end of a unit", r"(?:the\s+)?(?P<mod>end|beginning|start|middle|rest)\s+of\s+(?:the|this)\s+(?P<unit>week|month|year|day|decade)", value.end_of_unit, 0.75),
    _rule("later in a unit", r"(?P<mod>earlier|later)\s+in\s+the\s+(?P<unit>day|week|month|year)", value.later_in_unit, 0.75),
    _rule("weekend", r"(?:over\s+|at\s+)?(?P<word>the\s+weekend)", value.weekend, 0.6),
    _rule("narrative day", r"(?:(?:on\s+)?(?P<that>that|the\s+same|the\s+very\s+same)\s+(?P<u1>day|evening|night|morning|afternoon|week|month|year)|the\s+(?P<step>previous|next|following|preceding)\s+(?P<u2>day|evening|night|morning|afternoon|week|month|year|weekend)|the\s+(?P<u3>day|week|month|year|night|evening|morning)\s+(?P<step2>before|after|earlier))", value.narrative, 0.75),
    _rule("time ago", rf"(?:{ABOUT}\s+)?(?P<n>{NUMBER}|{VAGUE})\s+(?P<unit>{UNIT})\s+ago", spans.ago, 0.9),
    _rule("vague ago", r"(?:not\s+(?:so\s+|that\s+)?long|long|some\s+time|a\s+while|years|months|weeks|days|hours|moments|decades|centuries)\s+ago", spans.past_ref, 0.85),
    _rule("time later", rf"(?:{ABOUT}\s+)?(?P<n>{NUMBER}|{VAGUE}|years|months|weeks|days)\s+(?:(?P<unit>{UNIT})\s+)?(?P<way>later|earlier|afterwards?|before(?=\s*[.,;]))", spans.later, 0.7),
    _rule("age", rf"(?P<n>{NUMBER})[\s-](?P<unit>year|month|week|day)s?[\s-]olds?", spans.age, 0.95),
    _rule("age, stated", r"(?<=\baged )(?P<n>\d{1,3})|(?<=\bat age )(?P<n2>\d{1,3})|(?<=the age of )(?P<n3>\d{1,3})", spans.age, 0.9),
    _rule("span of time", rf"(?:(?:the|these|those|its|his|her|their)\s+)?(?:(?:past|last|next|first|coming|final|following|previous|preceding|recent|more\s+than\s+the\s+last)\s+)?(?:{ABOUT}\s+)?(?P<n>{NUMBER}(?:\s+and\s+a\s+half|\s+to\s+{NUMBER}|\s*(?:-|–|--)\s*\d+|\s+or\s+{NUMBER})?|{VAGUE})(?:\s+|-)(?:(?:long|full|consecutive|straight|more|working|business|calendar|whole|entire|additional|tumultuous)\s+)?(?P<unit>{UNIT})(?:-long)?(?:['’](?=\s))?(?:\s+or\s+(?:more|so))?", spans.duration, 0.88),
    _rule("span without number", r"(?:the\s+)?(?P<which>past|last|next|coming|recent|following)\s+(?P<unit>days|weeks|months|years|decades|hours|minutes|year|month|week|decade|century)", spans.unnumbered, 0.8),
    _rule("units", r"(?:the\s+)?(?P<unit>years|months|weeks|days|hours|decades|centuries)(?:-long)?(?!\s+(?:ago|old|of\s+the))", spans.bare_units, 0.65),
    _rule("while", r"a\s+(?:(?:long|short|little)\s+)?(?:while|long\s+time|short\s+time)", spans.some_time, 0.7),
    _rule("set", rf"(?:every|each)\s+(?:other\s+|single\s+)?(?:(?P<n>{NUMBER})\s+)?(?P<unit>day|night|morning|evening|week|weekend|month|year|quarter|decade|hour|minute|second|days|weeks|months|years|hours|minutes)", spans.every, 0.9),
    _rule("set, times", rf"(?:{NUMBER}|once|twice|several)(?:\s+times)?\s+(?:a|per|each|every)\s+(?P<unit>day|week|month|year|hour|minute|decade)", spans.every, 0.9),
    _rule("set, rate", r"(?:per|(?<=\d\s)a|(?<=million\s)a|(?<=billion\s)a|(?<=times\s)a)\s+(?P<unit>day|week|month|year|hour|minute)", spans.every, 0.75),
    _rule("set, adverb", r"(?P<adverb>daily|weekly|monthly|quarterly|yearly|annually|annual|nightly|hourly|biweekly|biannual)", spans.adverb, 0.8),
    _rule("season and year", rf"(?:the\s+)?(?:(?P<mod>early|mid|late)[\s-]+)?(?P<season>{SEASON})(?:\s+of)?\s+(?P<year>{YEAR})", value.season, 0.9),
    _rule("season", rf"(?:(?P<which>last|this|next|the\s+following|the\s+previous|this\s+past|this\s+coming)\s+|(?<=[Ii]n )the\s+|(?<=[Ii]n ))(?P<season>{SEASON})(?!\s+of\b)", value.season, 0.75),
    _rule("quarter and year", rf"(?:the\s+)?(?:(?:fiscal\s+)?(?P<ord>{ORDINAL})[\s-](?:fiscal\s+)?quarter|Q(?P<q>[1-4]))(?:\s+of|,)?(?:\s+(?P<year>{YEAR})|\s+(?P<rel>this|last|next)\s+year)?", value.quarter, 0.8),
    _rule("half-year", rf"(?:the\s+)?(?P<ord>first|second)\s+half\s+of\s+(?:(?P<year>{YEAR})|(?P<rel>this|last|next)\s+year|the\s+year)", value.half_year, 0.8),
    _rule("clock", r"(?P<h>\d{1,2})(?::(?P<m>\d\d))?\s?(?P<ap>[ap]\.m\.|[ap]m\b)(?:\s+(?:\(?(?:GMT|UTC|EST|EDT|ET|PST|PDT|CET|BST|local\s+time|Moscow\s+time|Eastern)\)?))?", value.clock, 0.9),
    _rule("clock, 24 hours", r"(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?:\s+(?:hours|hrs|GMT|UTC|EST|EDT|CET|BST|MSK|local\s+time|Moscow\s+time))?", value.clock, 0.8),
    _rule("clock, named", r"(?P<word>noon|midnight)", value.clock, 0.75),
    _rule("present", r"right\s+now|(?<=until )now|(?<=by )now|(?<=from )now|currently|nowadays|these\s+days|(?<=at )the\s+moment|(?<=at )present(?=[,.;]|\s+time)|at\s+this\s+time|the\s+present(?!\s+\w+\s+of)", spans.present_ref, 0.7),
    _rule("past", r"recently|previously|(?:the\s+)?recent\s+(?:years|months|weeks|days|decades|times)|(?<=[Ii]n )the\s+(?:recent\s+|distant\s+)?past(?!\s+(?:\w+\s+)?(?:years?|months?|weeks?|days?|decades?|hours?|century))|at\s+that\s+time|(?<=[Aa]t )the\s+time(?!\s+(?:of|for|when|that))|(?<=[Aa]t )that\s+time|(?<=[Bb]y )that\s+time", spans.past_ref, 0.7),
    _rule("future", r"(?:the\s+)?(?:near|foreseeable|not-too-distant|immediate)\s+future|(?<=[Ii]n )the\s+future|the\s+coming\s+(?:days|weeks|months|years)", spans.future_ref, 0.7),
)  # fmt: skip
