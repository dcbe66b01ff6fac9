"""The dateline: the place, day and agency with which a report begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate
from kb_app.ingest.written_dates import first_written_date

_UPPER = r"[A-Z\u00C0-\u00DE\u0410-\u042F]"
_CAPITALS = rf"{_UPPER}[{_UPPER[1:-1]}.'’/-]+(?: {_UPPER}[{_UPPER[1:-1]}.'’/-]+){{0,3}}"
_MIXED = r"[A-Z\u00C0-\u00DE][\w.'’-]+(?: (?:[A-Z\u00C0-\u00DE][\w.'’-]+|de|del|la|al|and)){0,3}"
_REGION = r"(?:, (?:[A-Z][\w.'’-]+)(?: [A-Z][\w.'’-]+){0,2})"
_DAY = (
    r"(?P<day>,? ?\(?(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, ?\d{4})?"
    r"|\d{1,2} (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?(?: ?\d{4})?)\)?)"
)
_WIRE = r"(?P<wire> ?[(/\[](?!\d)(?P<agency>[\w][\w .&'’/-]{1,28}?)[)/\]]\.?)"
_DASH = r"(?P<dash>\s?(?:--|—|–)\s?|\s-\s)"
_DATELINE = re.compile(
    rf"(?:(?P<capitals>{_CAPITALS}){_REGION}?|(?P<mixed>{_MIXED})(?P<region>{_REGION})?){_DAY}?{_WIRE}?(?:{_DASH}|(?<=/\.)\s+|(?<=/)\s+)"
)
_SMALL = frozenset({"de", "del", "la", "al", "and", "el"})


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report was written; `span` covers the place's words, `end` is where the report itself begins."""

    place: str
    span: Span
    end: int
    agency: str = ""
    date: StatedDate | None = None


def dateline_of(paragraph: str) -> Dateline | None:
    """Return the dateline with which a paragraph begins."""
    found = _DATELINE.match(paragraph)
    if found is None or not _is_sure(found):
        return None
    name = "capitals" if found["capitals"] else "mixed"
    day = first_written_date(found["day"]) if found["day"] else None
    return Dateline(
        place=_spelt(found[name]),
        span=Span(found.start(name), found.end(name)),
        end=found.end(),
        agency=(found["agency"] or "").strip(),
        date=day.date if day else None,
    )


def _is_sure(found: re.Match[str]) -> bool:
    if found["capitals"]:
        # "Q - Do you", "PUTIN: " and "A — Yes" are labels of an interview
        return len(found["capitals"]) > 2
    if found["day"] or found["wire"]:
        return True
    strong = found["dash"] is not None and found["dash"].strip() in ("--", "—", "–")
    return bool(found["region"]) and strong and found.string[found.end() : found.end() + 1].isupper()


def _spelt(name: str) -> str:
    if not name.isupper() or len(name) <= 2 or re.fullmatch(r"(?:[A-Z]\.)+", name):
        return name
    words = [word if word.count(".") > 1 else _capitalised(word) for word in name.split()]
    return " ".join(w.lower() if n and w.lower() in _SMALL else w for n, w in enumerate(words))


def _capitalised(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda part: part[0][:1].upper() + part[0][1:].lower(), word)
