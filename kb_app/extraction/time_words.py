"""The English words of the calendar, as values and as pieces of patterns."""

from __future__ import annotations

from kb_app.core.stated_date import Precision

MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep"
        "|october oct|november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        "monday mon|tuesday tues tue|wednesday wed|thursday thurs thur thu|friday fri|saturday sat|sunday sun".split(
            "|"
        )
    )
    for name in names.split()
}
SEASON_NUMBERS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
PARTS_OF_DAY = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "noon": "AF", "tonight": "NI"}
UNITS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "fortnight": "W", "month": "M", "year": "Y",
    "decade": "Y", "century": "Y", "centurie": "Y",
}  # fmt: skip
CLOCK_UNITS = frozenset({"second", "minute", "hour"})
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: value for value, word in enumerate(_ONES.split())}
NUMBERS.update({word: 10 * (at + 2) for at, word in enumerate(_TENS.split())})
NUMBERS.update({"a": 1, "an": 1, "another": 1, "single": 1, "hundred": 100, "dozen": 12, "a dozen": 12, "half a": 0})
ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1
    )
}
VAGUE_NUMBERS = (
    "a few",
    "few",
    "several",
    "some",
    "many",
    "a couple of",
    "couple of",
    "a number of",
    "recent",
    "numerous",
)

_TENS_PATTERN = "|".join(_TENS.split())
_ONES_PATTERN = "|".join(sorted(_ONES.split()[1:], key=len, reverse=True))
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.)"
YEAR = r"(?:1[5-9]\d\d|20\d\d)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
DAY_ORDINAL = DAY + r"(?:st|nd|rd|th)?"
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|(?:{_TENS_PATTERN})(?:[ -](?:{_ONES_PATTERN}))?|{_ONES_PATTERN}"
    r"|a\s+dozen|an?|another|half\s+an?|half a|a hundred)"
)
VAGUE = r"(?:a\s+few|few|several|some|many|a\s+couple\s+of|a\s+couple|couple\s+of|a\s+number\s+of|numerous)"
UNIT = r"(?:second|minute|hour|day|week|fortnight|month|year|decade)s?|centur(?:y|ies)"
ABOUT = (
    r"(?:almost|about|nearly|around|approximately|roughly|over|under|more\s+than|less\s+than|just\s+over|just\s+under"
    r"|at\s+least|some|only|up\s+to)"
)
PART = r"(?:morning|afternoon|evening|night|noon)"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
ORDINAL = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"

PRECISION_OF_UNIT = {
    "D": Precision.DAY,
    "W": Precision.WEEK,
    "M": Precision.MONTH,
    "Y": Precision.YEAR,
}


def number_value(words: str) -> float | None:
    """Return the value of a number in figures or words, None for vague ones ("several")."""
    text = " ".join(words.lower().replace("-", " ").replace(",", "").split())
    if text.startswith("half a"):
        return 0.5
    if text in NUMBERS:
        return float(NUMBERS[text])
    try:
        return float(text)
    except ValueError:
        pass
    parts = text.split()
    if len(parts) == 2 and all(p in NUMBERS for p in parts):
        return float(NUMBERS[parts[0]] + NUMBERS[parts[1]])
    return None


def month_number(name: str) -> int:
    """Return 1..12 for a month's name or abbreviation."""
    return MONTHS[name.lower().rstrip(".")]


def weekday_number(name: str) -> int:
    """Return 0..6, Monday first."""
    return WEEKDAYS[name.lower().rstrip(".")]


def unit_name(word: str) -> str:
    """Return the singular of a unit of time."""
    lower = word.lower()
    return "century" if lower.startswith("centur") else lower.rstrip("s")
