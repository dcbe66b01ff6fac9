"""Patterns of calendar dates: days, months, years, weekdays, and days told from the text."""

from __future__ import annotations

from kb_app.extraction import time_spans as spans
from kb_app.extraction import time_values as value
from kb_app.extraction.time_rule import TimeRule, time_rule
from kb_app.extraction.time_words import DAY, DAY_ORDINAL, MONTH, PART, WEEKDAY, YEAR

_TAIL_YEAR = rf"(?:,?\s+(?:of\s+)?(?P<year>{YEAR})|\s+(?:of\s+)?(?P<rel>this|last|next)\s+year)"
_MOD = (
    r"(?:(?P<mod>early|late|mid|earlier|later|the\s+(?:end|beginning"
    r"|start|middle)\s+of|early\s+in|late\s+in|end\s+of|mid-)[\s-]*)"
)
_DASH = r"\s*(?:-|–|—|\bto\b|\band\b)\s*"
_WD = rf"(?:(?P<wd>{WEEKDAY}),?\s+(?:the\s+)?)?"

CALENDAR_RULES: tuple[TimeRule, ...] = (
    time_rule(
        "ISO date",
        r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ](?P<h>\d\d)"
        r":(?P<m>\d\d)(?::\d\d)?Z?)?",
        value.iso_date,
        0.97,
    ),
    time_rule(
        "date range, month first",
        rf"(?P<mon>{MONTH})\s+(?P<d1>{DAY_ORDINAL})\s*(?:-|–|—|to|and|through)"
        rf"\s*(?P<d2>{DAY_ORDINAL})(?:{_TAIL_YEAR})?",
        value.day_range,
        0.93,
    ),
    time_rule(
        "date range, day first",
        rf"(?P<d1>{DAY_ORDINAL})\s*(?:-|–|—|to|and)\s*(?P<d2>{DAY_ORDINAL})"
        rf"\s+(?:of\s+)?(?P<mon>{MONTH})(?:{_TAIL_YEAR})?",
        value.day_range,
        0.93,
    ),
    time_rule(
        "date, month first",
        rf"{_WD}(?P<mon>{MONTH})\s+(?:the\s+)?(?P<day>{DAY_ORDINAL})(?![\d:]"
        rf"|,\d)(?:{_TAIL_YEAR})?",
        value.month_day,
        0.95,
    ),
    time_rule(
        "date, day first",
        rf"{_WD}(?:the\s+)?(?P<day>{DAY_ORDINAL})\s+(?:of\s+)?(?P<mon>{MONTH})"
        rf"(?:{_TAIL_YEAR})?",
        value.month_day,
        0.95,
    ),
    time_rule(
        "date in figures",
        r"(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4}"
        r"|\d\d)",
        value.figures,
        0.85,
    ),
    time_rule("month and year", rf"{_MOD}?(?P<mon>{MONTH})(?:{_TAIL_YEAR})", value.month_year, 0.96),
    time_rule(
        "month with modifier",
        r"(?-i)(?P<mod>[Ee]arly|[Ll]ate|[Mm]id|[Ll]ast|[Nn]ext|[Tt]his"
        r"|[Tt]his\s+past|end\s+of|the\s+end\s+of|the\s+beginning\s+of"
        rf"|early\s+in|late\s+in)[\s-]+(?P<mon>{MONTH})",
        value.month_alone,
        0.85,
    ),
    time_rule(
        "month",
        r"(?-i)(?P<mon>January|February|April|June|July|August|September"
        r"|October|November|December|(?<=[Ii]n )(?:March|May)|(?<=[Bb]y )"
        r"(?:March|May)|(?<=[Ss]ince )(?:March|May)|(?<=[Uu]ntil )(?:March"
        r"|May)|(?<=[Oo]f )(?:March|May)|(?<=from )(?:March|May)|(?<=and )"
        r"(?:March|May)|(?<=or )(?:March|May)|(?<=during )(?:March|May)"
        rf"|(?:March|May)(?=\s+of\b))(?!\s+{DAY}\b)",
        value.month_alone,
        0.8,
    ),
    time_rule("years", rf"(?P<y1>{YEAR})\s?(?:-|–|—|/)\s?(?P<y2>{YEAR}|\d\d)", value.year_range, 0.85),
    time_rule(
        "year",
        rf"{_MOD}?(?:the\s+year\s+)?(?P<year>{YEAR})(?![-–]\w|,\d|\.\d|%"
        r"|\s?(?:people|persons|troops|soldiers|men|women|dollars|euros"
        r"|miles|km|meters|metres|square|tons|jobs|employees|children|units"
        r"|feet|mah|mhz|points|votes)\b)",
        value.year,
        0.9,
    ),
    time_rule(
        "decade",
        r"(?:the\s+)?(?:(?P<mod>early|mid|late)[\s-]+)?(?P<dec>(?:1[5-9]"
        r"|20)\d0)['’]?s",
        value.decade,
        0.9,
    ),
    time_rule(
        "decade, short",
        r"(?:the\s+)?(?:(?P<mod>early|mid|late)[\s-]+)?['’](?P<short>[2-9]0)"
        r"s",
        value.decade,
        0.8,
    ),
    time_rule(
        "century",
        r"(?:the\s+)?(?:(?P<mod>early|mid|late)[\s-]+)?(?P<cent>\d\d?)"
        r"(?:st|nd|rd|th)[\s-]century",
        value.century,
        0.85,
    ),
    time_rule(
        "weekday with part of day",
        r"(?:the\s+)?(?:(?P<mod>last|next|this|this\s+past|following|previous"
        rf"|early|late)\s+)?(?P<wd>{WEEKDAY})\s+(?P<part>{PART})",
        value.weekday,
        0.9,
    ),
    time_rule(
        "weekday",
        r"(?:(?P<mod>last|next|this|this\s+past|this\s+coming|the\s+following"
        r"|the\s+next|the\s+previous|the\s+same|early|earlier|late)\s+)?"
        rf"(?P<wd>{WEEKDAY})",
        value.weekday,
        0.88,
    ),
    time_rule(
        "weekdays",
        r"(?:every\s+|each\s+|on\s+)?(?P<set>(?:Mon|Tues|Wednes|Thurs|Fri"
        r"|Satur|Sun)days|(?<=every )(?:Mon|Tues|Wednes|Thurs|Fri|Satur"
        r"|Sun)day)",
        spans.weekly,
        0.8,
    ),
    time_rule(
        "day word",
        r"(?:(?P<mod>earlier|later|early|late)\s+)?(?P<word>today|yesterday"
        rf"|tomorrow|tonight)(?:['’]s\b)?(?:\s+(?P<part>{PART}))?",
        value.day_word,
        0.93,
    ),
    time_rule(
        "day word, two away",
        r"the\s+day\s+(?P<way>before\s+yesterday|after\s+tomorrow)",
        value.two_away,
        0.95,
    ),
    time_rule(
        "part of this day",
        r"(?:(?P<mod>early|late|earlier|later)\s+)?(?P<which>this|last)"
        r"\s+(?P<part>morning|afternoon|evening|night)",
        value.part_of_day,
        0.9,
    ),
    time_rule(
        "calendar unit",
        rf"(?:{_MOD}|(?P<very>the\s+very\s+(?:end|beginning)\s+of)\s+)?"
        r"(?:(?P<which>this|last|next|past|the\s+coming|the\s+current|this\s+past"
        r"|this\s+coming)\s+)(?P<unit>week|month|year|weekend|decade|century"
        r"|quarter)s?(?:['’]s\b)?",
        value.calendar_unit,
        0.9,
    ),
    time_rule(
        "end of a unit",
        r"(?:the\s+)?(?P<mod>end|beginning|start|middle|rest)\s+of\s+(?:the"
        r"|this)\s+(?P<unit>week|month|year|day|decade)",
        value.end_of_unit,
        0.75,
    ),
    time_rule(
        "later in a unit",
        r"(?P<mod>earlier|later)\s+in\s+the\s+(?P<unit>day|week|month|year)",
        value.later_in_unit,
        0.75,
    ),
    time_rule("weekend", r"(?:over\s+|at\s+)?(?P<word>the\s+weekend)", value.weekend, 0.6),
    time_rule(
        "narrative day",
        r"(?:(?:on\s+)?(?P<that>that|the\s+same|the\s+very\s+same)\s+(?P<u1>day"
        r"|evening|night|morning|afternoon|week|month|year)|the\s+(?P<step>previous"
        r"|next|following|preceding)\s+(?P<u2>day|evening|night|morning"
        r"|afternoon|week|month|year|weekend)|the\s+(?P<u3>day|week|month"
        r"|year|night|evening|morning)\s+(?P<step2>before|after|earlier)"
        r")",
        value.narrative,
        0.75,
    ),
)
