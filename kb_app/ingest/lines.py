"""A text's lines with what each of them is: words of the article, furniture, or a line about the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from kb_app.core.passage import Span
from kb_app.ingest.word_lists import word_lists
from kb_app.ingest.written_dates import first_written_date

_LINE = re.compile(r"[^\r\n\u0085\u2028\u2029\f]+")
_TRIMMED = "\ufeff\u200b \t\xa0\u3000"
_SHORT_FURNITURE = 160
_FURNITURE_WITH_WORD_INSIDE = 110
_CREDIT_CHARACTERS = 240
_AUTHOR_SOURCE_DAY = 3  # parts of a line such as "Una Stell | Coast Wire | May 7, 2024"

_PLACEHOLDER = re.compile(
    r"^\W{0,3}\[\s*[^\]]{0,50}\b(?:ads?|ad_\d+|banner|advert\w*|logo|widget|embed\w*)\b[^\]]{0,30}\]\W*$|^\[ad_\d+\]$|^\d+px$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s(?:\||::|»|›|>|·|•)\s")
_ADDRESS_ONLY = re.compile(r"^(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}/?$", re.IGNORECASE)
_SITE_LINE = re.compile(
    r"(?:^|[\s(-])(?:www\.)?[A-Za-z][\w-]+\.(?:com|org|net|info|news|example|co\.uk|tv|gov|mil|int|eu)$"
)
_SITE_HEAD = re.compile(r"(?:www\.)?[A-Za-z][\w-]+\.(?:com|org|net|info|news|example|co\.uk|tv|eu)\s+[-–—|:]\s+\S")
_BARE_URL = re.compile(r"^<?https?://\S+>?$", re.IGNORECASE)
_SOURCE = re.compile(
    r"^\W*(?:original )?(?:source|link|url|via|read the original(?: article)?)\s*:?\s+<?https?://", re.I
)
_COPYRIGHT = re.compile(
    r"^\W*copyright\b(?!\s+(?:law|act|infring|case|claim|rules|protect))|©|\(c\)\s*(?:\d{4}|[A-Z])"
    r"|\ball rights reserved\b|\b(?:reprinted|republished|reproduced) with (?:the )?permission\b",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"\bcontributed (?:to this (?:report|story|article)|reporting)\b[^.]{0,40}\.?$", re.IGNORECASE
)
_CREDIT_INSIDE = re.compile(r"\bwith (?:additional )?(?:reporting|material|information) (?:by|from) [A-Z]")
_FROM_ELSEWHERE = re.compile(
    r"\bthis (?:article|story|piece|report|interview|essay|post|text)\b.{0,40}\b"
    r"(?:(?:first|originally) (?:appeared|published|ran)"
    r"|(?:republished|reprinted|reposted|cross-?posted) (?:from|with|by))\b",
    re.IGNORECASE,
)
_REPORTED_FROM = re.compile(r"^(?:[A-Z][\w.'’-]+ ){2,4}reported from [A-Z][\w'’ -]{1,40}[.;]")
_EDITORIAL_NOTE = re.compile(
    r"^\W*(?:th(?:is|e) (?:interview|conversation|article|text|transcript|story|report) (?:has been|was)\s+"
    r"(?:\w+ly )?(?:shortened|edited|condensed|translated|abridged|updated|corrected)|editor['’]s note\b|correction:)",
    re.IGNORECASE,
)
_IMAGE_CREDIT = re.compile(
    r"\(?\b(?:Images?|Photos?|Pictures?|Video|Audio|(?:Photo |Image )?Credit)(?: by)?\s?: [^.:\n]{2,70}\.?\)?$",
    re.I,
)
_BYLINE = re.compile(
    r"^(?:by|from|story by|words by|text by|interview(?=\s*:)|author|text|von|por|par|автор(?:ы)?|текст)\s*:?\s+"
    r"(?=[A-Z\u00C0-\u024F\u0410-\u042F])",
    re.IGNORECASE,
)
_BEHIND_NAME = re.compile(
    r"(?<=\w)[\s|·•,;(–-]+(?:last |first )?(?:published|updated|posted|modified)\b.*$", re.IGNORECASE
)
_NOT_A_BYLINE = re.compile(
    r"^(?:by|from)\s+(?:the (?:time|end|way|start)|now|then|[A-Z][a-z]+day\b|(?:19|20)\d\d)", re.I
)
_STAFF = re.compile(r"^(?:staff|staff writers?|staff reporters?|newsroom|news desk|web desk|our correspondent)$", re.I)
_DATE_LABELS = re.compile(
    r"\b(?:(?:first |last |originally )?(?:published|posted|updated|modified|created|issued|released)(?: on| at)?"
    r"|date|on|at|publi(?:é|cado|cado em|cado el)(?: le)?|mis à jour(?: le)?|actualizado(?: el)?|atualizado(?: em)?"
    r"|veröffentlicht(?: am)?|aktualisiert(?: am)?|stand|pubblicato(?: il)?|aggiornato(?: il)?|опубликовано|обновлено"
    r"|uhr|à|um)\b\s*:?",
    re.IGNORECASE,
)
_TIME_OF_DAY = re.compile(
    r"\b\d{1,2}[:.h]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:GMT|UTC|[A-Z]{2,4}T)?\b\.?|\b\d{1,2}\s*[ap]\.?m\.?\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?", re.IGNORECASE)


class Kind(Enum):
    """What a line is."""

    WORDS = auto()
    FURNITURE = auto()
    BYLINE = auto()
    DATE = auto()  # a date with at most a name or a label beside it
    CREDIT = auto()
    SOURCE = auto()
    COPYRIGHT = auto()
    FOOTER_HEADING = auto()


ABOUT_THE_ARTICLE = frozenset({Kind.BYLINE, Kind.DATE, Kind.CREDIT, Kind.SOURCE, Kind.COPYRIGHT})


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it; `gap` tells that an empty line goes before it."""

    span: Span
    text: str
    kind: Kind
    gap: bool = False


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines that hold anything, each with its kind."""
    end, previous = 0, ""
    for found in _LINE.finditer(text):
        stripped = found[0].strip(_TRIMMED).strip()
        if not stripped:
            continue
        start = found.start() + found[0].index(stripped)
        gap = previous == "" or _breaks(text, end, start) > 1
        yield Line(Span(start, start + len(stripped)), stripped, kind_of(stripped), gap)
        end, previous = start + len(stripped), stripped


def _breaks(text: str, start: int, end: int) -> int:
    between = text[start:end]
    return max(between.count("\n"), between.count("\r")) + between.count("\u2029") * 2


def kind_of(line: str) -> Kind:
    """Tell what a line is by its own words."""
    if is_furniture(line):
        return Kind.FURNITURE
    if _SOURCE.match(line) or _BARE_URL.match(line):
        return Kind.SOURCE
    if len(line) <= 400 and _may_be_copyright(line) and _COPYRIGHT.search(line):
        return Kind.COPYRIGHT
    if plain(line).rstrip(":.") in word_lists().footer_headings:
        return Kind.FOOTER_HEADING
    if is_credit(line):
        return Kind.CREDIT
    if is_byline(line):
        return Kind.BYLINE
    return Kind.DATE if is_date_line(line) else Kind.WORDS


def _may_be_copyright(line: str) -> bool:
    # looking for whole words takes a twentieth of what the expression takes, and nearly no line is one
    words = line.casefold()
    return "©" in line or "(c)" in words or "copyright" in words or "reserved" in words or "permission" in words


def plain(line: str) -> str:
    """Return a line as the word lists write it."""
    return " ".join(line.replace("’", "'").casefold().split())


def is_furniture(line: str) -> bool:
    """Tell whether a line belongs to the site and not to the article."""
    if _PLACEHOLDER.match(line):
        return True
    if len(line) > _SHORT_FURNITURE and len(_SEPARATOR.split(line)) < 4:
        return False
    words, lists = plain(line), word_lists()
    bare = words.strip(" .:…»>→-–—[]()*!|")
    if bare in lists.whole or not any(c.isalnum() for c in bare):
        return True
    if _begins(words, lists.starts):
        return True
    if len(line) <= _FURNITURE_WITH_WORD_INSIDE and any(phrase in words for phrase in lists.anywhere):
        return True
    return _is_menu(line) or bool(_ADDRESS_ONLY.match(line)) or _is_site_line(line)


def _begins(words: str, phrases: tuple[str, ...]) -> bool:
    """Tell whether a text begins with one of the phrases as whole words."""
    return words.startswith(phrases) and any(
        words.startswith(phrase) and not words[len(phrase) : len(phrase) + 1].isalnum() for phrase in phrases
    )


def _is_menu(line: str) -> bool:
    parts = _SEPARATOR.split(line)
    if len(parts) == _AUTHOR_SOURCE_DAY and is_date_line(line) and len(parts[0].split()) > 1:
        return False
    return len(parts) >= 3 and sum(map(len, parts)) / len(parts) <= 40 and not line.endswith((".", "?"))


def _is_site_line(line: str) -> bool:
    if len(line) <= 120 and _SITE_HEAD.match(line) and not line.endswith("."):
        return True
    return (
        len(line) <= 120
        and bool(_SITE_LINE.search(line))
        and not line.endswith(".")
        and " " in line
        and "@" not in line
    )


def is_credit(line: str) -> bool:
    """Tell whether a line says who contributed to an article, or how it was edited."""
    if len(line) > _CREDIT_CHARACTERS:
        return False
    words = plain(line).lstrip("([*_- ")
    if _begins(words, word_lists().credits):
        return len(words.split()) > 1 and not _is_sentence_with_verb(words)
    return bool(
        _CONTRIBUTED.search(line)
        or _FROM_ELSEWHERE.search(line)
        or (len(line) <= 160 and _CREDIT_INSIDE.search(line))
        or _REPORTED_FROM.match(line)
        or _EDITORIAL_NOTE.match(line)
    )


def _is_sentence_with_verb(words: str) -> bool:
    # "Based on the vote, the council said …" is a sentence of the article
    return bool(
        re.search(r"\b(?:said|says|was|were|is|are|has|have|had|will|would)\b", words)
    ) and not words.startswith(("originally", "first published", "this ", "translated"))


def is_byline(line: str) -> bool:
    """Tell whether a line names the author and nothing else but perhaps a date."""
    if _STAFF.match(line):
        return True
    if not _BYLINE.match(line) or _NOT_A_BYLINE.match(line):
        return False
    name = without_date(line)
    if len(name) > 120 or len(name.split()) > 14 or (name.endswith(".") and len(name.split()) > 6):
        return False
    return not line[:4].casefold().startswith("from") or first_written_date(line) is not None


def is_date_line(line: str) -> bool:
    """Tell whether a line is a date with at most a few words of label, time or name beside it."""
    if len(line) > 160 or first_written_date(line) is None:
        return False
    rest = without_date(line)
    return len(rest) <= 60 and len(rest.split()) <= 7 and not rest.endswith((".", "?", "!"))


def without_date(line: str) -> str:
    """Return a header line without its dates, times, weekdays and their labels."""
    for _ in range(3):
        found = first_written_date(line)
        if found is None:
            break
        line = line[: found.span.start] + " " + line[found.span.end :]
    line = _TIME_OF_DAY.sub(" ", _WEEKDAY.sub(" ", line))
    line = _DATE_LABELS.sub(" ", line) if not _BYLINE.match(line) else line
    return " ".join(line.split()).strip(" ,;|·•–—-/():")


def image_credit(line: str) -> Span | None:
    """Return the place of a picture's credit at the end of a line."""
    if ":" not in line:
        return None
    found = _IMAGE_CREDIT.search(line)
    return Span(found.start(), found.end()) if found else None


def byline_name(line: str) -> str:
    """Return who a byline names."""
    line = _BEHIND_NAME.sub("", line) or line
    name = _BYLINE.sub("", without_date(line), count=1)
    return name.strip(" ,;|·•–—-/:")
