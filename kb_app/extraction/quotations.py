"""Stretches of text between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb_app.core.passage import Span

LONGEST_QUOTATION = 6000  # characters; a mark left open farther back is taken for a stray one

_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=[^\n]{0,3}[\"“«`])")
_MARKS = re.compile(r"``|''|[\"“”„«»]|(?<!\w)[‘'](?=\w)|(?<=[\w.,!?…])[’'](?!\w)")
_CLOSES = {'"': '"”', "“": '”"', "„": '“”"', "«": "»", "»": "«", "``": ("''", '"', "”"), "‘": "’'", "'": "'’"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks; `inner` is without them; `is_open` when it runs to the end of its paragraph."""

    span: Span
    inner: Span
    is_open: bool = False
    is_single: bool = False


def find_quotations(text: str, zones: Iterable[Span]) -> tuple[Quotation, ...]:
    """Return the outermost quotations of the zones in order; one left open ends with its paragraph."""
    found: list[Quotation] = []
    for zone in zones:
        at = zone.start
        while at < zone.end:
            match = _PARAGRAPH.search(text, at, zone.end)
            end = match.start() if match else zone.end
            carried = _carried(text, at, end) if found and found[-1].is_open else None
            if carried is not None:
                found.append(carried)
            found.extend(_in_paragraph(text, carried.span.end if carried else at, end))
            at = max(match.end() if match else zone.end, at + 1)
    return tuple(found)


def _carried(text: str, start: int, end: int) -> Quotation | None:
    """Return the rest of a quotation that runs over the paragraph's start without a new mark."""
    match = _MARKS.search(text, start, end)
    if match is None or match.group() in "'’‘" or match.start() == start:
        return None
    before, after = text[match.start() - 1], text[match.end() : match.end() + 1]
    if match.group() != '"' and _may_open(text, match, start):
        return None
    if before.isspace() or after.strip():
        return None
    while text[start].isspace():
        start += 1
    return Quotation(Span(start, match.end()), Span(start, match.start()), is_open=False)


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: tuple[int, str, int] | None = None
    for match in _MARKS.finditer(text, start, end):
        mark = match.group()
        if opened is None:
            if _may_open(text, match, start):
                opened = match.start(), mark, match.end()
            continue
        begin, opener, inner = opened
        if _closes(text, opener, match) and match.start() > inner:
            found.append(_quotation(text, Span(begin, match.end()), inner, match.start()))
            opened = None
        elif match.start() - begin > LONGEST_QUOTATION:
            opened = None
        elif opener in "'‘" and mark in '"“«``' and mark not in "'’":
            opened = match.start(), mark, match.end()
    if opened is not None and opened[1] not in "'‘" and opened[1] != "''":
        stop = len(text[:end].rstrip()) if end - opened[0] < LONGEST_QUOTATION else 0
        if stop > opened[2]:
            found.append(Quotation(Span(opened[0], stop), Span(opened[2], stop), is_open=True))
    return found


def _may_open(text: str, match: re.Match[str], start: int) -> bool:
    mark = match.group()
    if mark in ("”", "’", "»", "''"):
        return False
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end() : match.end() + 1]
    if before.isspace() or before in "([—–-/:":
        return True
    return bool(after.strip()) and not before.isalnum()


def _closes(text: str, opener: str, match: re.Match[str]) -> bool:
    if match.group() not in _CLOSES[opener]:
        return False
    if opener in "'‘":
        after = text[match.end() : match.end() + 1]
        return not after.isalnum()
    return True


def _quotation(text: str, whole: Span, inner: int, inner_end: int) -> Quotation:
    while inner < inner_end and text[inner].isspace():
        inner += 1
    while inner_end > inner and text[inner_end - 1].isspace():
        inner_end -= 1
    marks = text[whole.start : whole.start + 2]
    return Quotation(whole, Span(inner, inner_end), is_single=marks[:1] in "'‘" and marks != "''")
