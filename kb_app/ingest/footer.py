"""Where the article ends and what stands below it or in between: credits, sources, furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb_app.core.article import Zone, ZoneKind
from kb_app.core.passage import Span
from kb_app.ingest.lines import ABOUT_THE_ARTICLE, Kind, Line, image_credit

_SHORT = 160
_PICTURE_LINE = 500
_CAPTION = 300
_SHORT_FOOTER = 12
_LIST_AFTER_HEADING_SHARE = 0.5
_SENTENCE = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}.*[.!?]['\"”’)]*$")
_SUBHEAD_WORDS = 10
_SUBHEAD = re.compile(r"^[\"'“‘(]?[A-Z0-9\u00C0-\u024F\u0410-\u042F].*[^.,;:!…]$")


def body_end(lines: Sequence[Line], first: int) -> int:
    """Return the number of the first line below the article, whose own lines begin at `first`."""
    end = len(lines)
    while end > first and lines[end - 1].kind is not Kind.WORDS:
        end -= 1
    for number in range(max(first + 1, first + int((end - first) * _LIST_AFTER_HEADING_SHARE)), end):
        if _opens_footer(lines, number):
            return _before_credits(lines, first, number)
    return end if end > first else _kept_whole(lines, first)


def _before_credits(lines: Sequence[Line], first: int, end: int) -> int:
    while end > first + 1 and lines[end - 1].kind is not Kind.WORDS:
        end -= 1
    return end


def _kept_whole(lines: Sequence[Line], first: int) -> int:
    # nothing but credit lines: better all of it than no article
    return len(lines) if first < len(lines) else first


def _opens_footer(lines: Sequence[Line], number: int) -> bool:
    line = lines[number]
    if line.kind in (Kind.WORDS, Kind.BYLINE, Kind.DATE):
        return False
    rest = lines[number + 1 :]
    if line.kind in (Kind.SOURCE, Kind.COPYRIGHT, Kind.FOOTER_HEADING):
        return all(_may_stand_below(other) for other in rest)
    return 0 < len(rest) <= _SHORT_FOOTER and all(_may_stand_below(other) for other in rest)


def _may_stand_below(line: Line) -> bool:
    return line.kind is not Kind.WORDS or (len(line.text) <= _SHORT and not _SENTENCE.search(line.text))


def zones_of(lines: Sequence[Line], first: int, end: int) -> list[Zone]:
    """Return the zones from line `first` on: marked lines in the body, and everything from line `end` on."""
    zones: list[Zone] = []
    for number, line in enumerate(lines[first:], first):
        if number >= end:
            kind = (
                ZoneKind.METADATA
                if line.kind in ABOUT_THE_ARTICLE or _cites(lines, end, number)
                else ZoneKind.BOILERPLATE
            )
            zones.append(Zone(kind, line.span))
        else:
            zones.extend(_zones_in_body(lines, number, first))
    return zones


def _cites(lines: Sequence[Line], end: int, number: int) -> bool:
    # the list under "Sources" says where the article comes from
    return any(x.kind is Kind.FOOTER_HEADING and x.text.lower().startswith("source") for x in lines[end : number + 1])


def _zones_in_body(lines: Sequence[Line], number: int, first: int) -> list[Zone]:
    marked = credit_zones(lines[number])
    if marked or not _is_subhead(lines, number, first):
        return marked
    return [Zone(ZoneKind.SUBHEAD, lines[number].span)]


def credit_zones(line: Line) -> list[Zone]:
    """Return the zones of a line inside the body: furniture, a line about the article, a picture's credit."""
    if line.kind is Kind.FURNITURE:
        return [Zone(ZoneKind.BOILERPLATE, line.span)]
    if line.kind in ABOUT_THE_ARTICLE:
        return [Zone(ZoneKind.METADATA, line.span)]
    credit = image_credit(line.text) if len(line.text) <= _PICTURE_LINE else None
    if credit is None:
        return []
    place = credit.shifted(line.span.start)
    caption = Span(line.span.start, max(line.span.start, place.start - 1))
    captions = [Zone(ZoneKind.CAPTION, caption)] if 1 < len(caption) <= _CAPTION else []
    return [*captions, Zone(ZoneKind.METADATA, place)]


def _is_subhead(lines: Sequence[Line], number: int, first: int) -> bool:
    line = lines[number]
    if number == first or number + 1 >= len(lines) or not line.gap or not lines[number + 1].gap:
        return False
    return len(line.text.split()) <= _SUBHEAD_WORDS and len(line.text) <= 90 and bool(_SUBHEAD.match(line.text))
