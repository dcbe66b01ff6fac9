"""Patterns of spans of time, ages, sets, seasons, quarters, clock times and vague references."""

from __future__ import annotations

from kb_app.extraction import time_periods as periods
from kb_app.extraction import time_spans as spans
from kb_app.extraction.time_rule import TimeRule, time_rule
from kb_app.extraction.time_words import ABOUT, NUMBER, ORDINAL, SEASON, UNIT, VAGUE, YEAR

SPAN_RULES: tuple[TimeRule, ...] = (
    time_rule("time ago", rf"(?:{ABOUT}\s+)?(?P<n>{NUMBER}|{VAGUE})\s+(?P<unit>{UNIT})\s+ago", spans.ago, 0.9),
    time_rule(
        "vague ago",
        r"(?:not\s+(?:so\s+|that\s+)?long|long|some\s+time|a\s+while|years"
        r"|months|weeks|days|hours|moments|decades|centuries)\s+ago",
        spans.past_ref,
        0.85,
    ),
    time_rule(
        "time later",
        rf"(?:{ABOUT}\s+)?(?P<n>{NUMBER}|{VAGUE}|years|months|weeks|days)"
        rf"\s+(?:(?P<unit>{UNIT})\s+)?(?P<way>later|earlier|afterwards?"
        r"|before(?=\s*[.,;]))",
        spans.later,
        0.7,
    ),
    time_rule("age", rf"(?P<n>{NUMBER})[\s-](?P<unit>year|month|week|day)s?[\s-]olds?", spans.age, 0.95),
    time_rule(
        "age, stated",
        r"(?<=\baged )(?P<n>\d{1,3})|(?<=\bat age )(?P<n2>\d{1,3})|(?<=the age of )"
        r"(?P<n3>\d{1,3})",
        spans.age,
        0.9,
    ),
    time_rule(
        "span of time",
        r"(?:(?:the|these|those|its|his|her|their)\s+)?(?:(?:past|last"
        r"|next|first|coming|final|following|previous|preceding|recent"
        rf"|more\s+than\s+the\s+last)\s+)?(?:{ABOUT}\s+)?(?P<n>{NUMBER}"
        rf"(?:\s+and\s+a\s+half|\s+to\s+{NUMBER}|\s*(?:-|–|--)\s*\d+|\s+or\s+{NUMBER})?"
        rf"|{VAGUE})(?:\s+|-)(?:(?:long|full|consecutive|straight|more|working"
        rf"|business|calendar|whole|entire|additional|tumultuous)\s+)?(?P<unit>{UNIT})"
        r"(?:-long)?(?:['’](?=\s))?(?:\s+or\s+(?:more|so))?",
        spans.duration,
        0.88,
    ),
    time_rule(
        "span without number",
        r"(?:the\s+)?(?P<which>past|last|next|coming|recent|following)"
        r"\s+(?P<unit>days|weeks|months|years|decades|hours|minutes|year"
        r"|month|week|decade|century)",
        spans.unnumbered,
        0.8,
    ),
    time_rule(
        "units",
        r"(?:the\s+)?(?P<unit>years|months|weeks|days|hours|decades|centuries)"
        r"(?:-long)?(?!\s+(?:ago|old|of\s+the))",
        spans.bare_units,
        0.65,
    ),
    time_rule(
        "while",
        r"a\s+(?:(?:long|short|little)\s+)?(?:while|long\s+time|short\s+time)",
        spans.some_time,
        0.7,
    ),
    time_rule(
        "set",
        rf"(?:every|each)\s+(?:other\s+|single\s+)?(?:(?P<n>{NUMBER})\s+)?"
        r"(?P<unit>day|night|morning|evening|week|weekend|month|year|quarter"
        r"|decade|hour|minute|second|days|weeks|months|years|hours|minutes)",
        spans.every,
        0.9,
    ),
    time_rule(
        "set, times",
        rf"(?:{NUMBER}|once|twice|several)(?:\s+times)?\s+(?:a|per|each"
        r"|every)\s+(?P<unit>day|week|month|year|hour|minute|decade)",
        spans.every,
        0.9,
    ),
    time_rule(
        "set, rate",
        r"(?:per|(?<=\d\s)a|(?<=million\s)a|(?<=billion\s)a|(?<=times\s)"
        r"a)\s+(?P<unit>day|week|month|year|hour|minute)",
        spans.every,
        0.75,
    ),
    time_rule(
        "set, adverb",
        r"(?P<adverb>daily|weekly|monthly|quarterly|yearly|annually|annual"
        r"|nightly|hourly|biweekly|biannual)",
        spans.adverb,
        0.8,
    ),
    time_rule(
        "season and year",
        rf"(?:the\s+)?(?:(?P<mod>early|mid|late)[\s-]+)?(?P<season>{SEASON})"
        rf"(?:\s+of)?\s+(?P<year>{YEAR})",
        periods.season,
        0.9,
    ),
    time_rule(
        "season",
        r"(?:(?P<which>last|this|next|the\s+following|the\s+previous|this\s+past"
        rf"|this\s+coming)\s+|(?<=[Ii]n )the\s+|(?<=[Ii]n ))(?P<season>{SEASON})"
        r"(?!\s+of\b)",
        periods.season,
        0.75,
    ),
    time_rule(
        "quarter and year",
        rf"(?:the\s+)?(?:(?:fiscal\s+)?(?P<ord>{ORDINAL})[\s-](?:fiscal\s+)?quarter"
        rf"|Q(?P<q>[1-4]))(?:\s+of|,)?(?:\s+(?P<year>{YEAR})|\s+(?P<rel>this"
        r"|last|next)\s+year)?",
        periods.quarter,
        0.8,
    ),
    time_rule(
        "half-year",
        rf"(?:the\s+)?(?P<ord>first|second)\s+half\s+of\s+(?:(?P<year>{YEAR})"
        r"|(?P<rel>this|last|next)\s+year|the\s+year)",
        periods.half_year,
        0.8,
    ),
    time_rule(
        "clock",
        r"(?P<h>\d{1,2})(?::(?P<m>\d\d))?\s?(?P<ap>[ap]\.m\.|[ap]m\b)(?:\s+"
        r"(?:\(?(?:GMT|UTC|EST|EDT|ET|PST|PDT|CET|BST|local\s+time|Moscow\s+time"
        r"|Eastern)\)?))?",
        periods.clock,
        0.9,
    ),
    time_rule(
        "clock, 24 hours",
        r"(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?:\s+(?:hours|hrs|GMT|UTC"
        r"|EST|EDT|CET|BST|MSK|local\s+time|Moscow\s+time))?",
        periods.clock,
        0.8,
    ),
    time_rule("clock, named", r"(?P<word>noon|midnight)", periods.clock, 0.75),
    time_rule(
        "present",
        r"right\s+now|(?<=until )now|(?<=by )now|(?<=from )now|currently"
        r"|nowadays|these\s+days|(?<=at )the\s+moment|(?<=at )present(?=[,.;]"
        r"|\s+time)|at\s+this\s+time|the\s+present(?!\s+\w+\s+of)",
        spans.present_ref,
        0.7,
    ),
    time_rule(
        "past",
        r"recently|previously|(?:the\s+)?recent\s+(?:years|months|weeks"
        r"|days|decades|times)|(?<=[Ii]n )the\s+(?:recent\s+|distant\s+)?past"
        r"(?!\s+(?:\w+\s+)?(?:years?|months?|weeks?|days?|decades?|hours?"
        r"|century))|at\s+that\s+time|(?<=[Aa]t )the\s+time(?!\s+(?:of"
        r"|for|when|that))|(?<=[Aa]t )that\s+time|(?<=[Bb]y )that\s+time",
        spans.past_ref,
        0.7,
    ),
    time_rule(
        "future",
        r"(?:the\s+)?(?:near|foreseeable|not-too-distant|immediate)\s+future"
        r"|(?<=[Ii]n )the\s+future|the\s+coming\s+(?:days|weeks|months"
        r"|years)",
        spans.future_ref,
        0.7,
    ),
)
