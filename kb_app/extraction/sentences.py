"""Where sentences begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_app.core.passage import Span
from kb_app.extraction.tokens import is_abbreviation

LONGEST_SENTENCE = 4000  # characters; what is longer is no sentence and is cut, so that work stays bounded
WRAPPED_LINE = 55  # a line at least so long that ends in mid-sentence was wrapped

_LINE = re.compile(r"[^\n\r]+")
_END = re.compile(r"(?:[.!?…]|。)+[\"”’'»)\]]*(?=\s|$)")
_LAST_WORD = re.compile(r"([\w.]+)\.$")
_NEXT = re.compile(r"\s*([\"“‘'«(\[`•-]*\s?)(\S)")
_TERMINAL = re.compile(r"[.!?:;…\"”’»)]\s*$")
_BULLET = re.compile(r"\s*(?:[-–—•*·▪]|\d{1,2}[.)])\s")
_MONTH_ABBREVIATION = re.compile(r"^(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No)$")
_ENDING_ABBREVIATION = frozenset(
    {"Inc", "Corp", "Co", "Ltd", "Jr", "Sr", "etc", "U.S", "U.K", "a.m", "p.m", "D.C", "U.N", "E.U"}
)
_LIKELY_START = frozenset(
    "The A An In On At It He She They We I But And This That These Those There As After Before When While For His Her "
    "Its Their If However Meanwhile According Some Many Most By With From To Since Under Although Both One Two".split()
)


def split_sentences(text: str, zone: Span) -> list[Span]:
    """Return the sentences of a zone in order, without surrounding blanks."""
    found: list[Span] = []
    for start, end in _blocks(text, zone):
        for piece_start, piece_end in _in_block(text, start, end):
            found.extend(_trimmed(text, piece_start, piece_end))
    return found


def _blocks(text: str, zone: Span) -> Iterator[tuple[int, int]]:
    """Yield runs of lines that belong together: a line break ends one unless the line was merely wrapped."""
    start = end = -1
    for line in _LINE.finditer(text, zone.start, zone.end):
        if start >= 0 and _continues(text, start, end, line):
            end = line.end()
            continue
        if start >= 0:
            yield start, end
        start, end = line.start(), line.end()
    if start >= 0:
        yield start, end


def _continues(text: str, start: int, end: int, line: re.Match[str]) -> bool:
    gap = text[end : line.start()]
    if gap.count("\n") > 1 or (not gap.count("\n") and gap.count("\r") > 1):
        return False
    before = text[max(start, end - 200) : end]
    words = line.group().strip()
    if not words or not before.strip() or _BULLET.match(line.group()) or _TERMINAL.search(before):
        return False
    last_line = before.rpartition("\n")[2]
    return len(last_line) >= WRAPPED_LINE and (words[0].islower() or len(words) >= WRAPPED_LINE // 2)


def _in_block(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _END.finditer(text, start, end):
        if match.end() >= end or not _ends_sentence(text, match):
            continue
        yield at, match.end()
        at = match.end()
    yield at, end


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    following = _NEXT.match(text, match.end())
    if following is None:
        return True
    opening, char = following.group(1).strip(), following.group(2)
    if not (char.isupper() or char.isdigit() or opening or char in "\"“‘'«`"):
        return False
    if match.group() != ".":
        return True
    word = _LAST_WORD.search(text[max(0, match.end() - 24) : match.end()])
    if word is None:
        return True
    if _MONTH_ABBREVIATION.match(word.group(1)):
        return not char.isdigit()
    if not is_abbreviation(word.group(1)) and "." not in word.group(1):
        return True
    after = re.match(r"\s*[\"“‘'«(]*(\w+)", text[match.end() : match.end() + 40])
    likely = bool(after and after.group(1) in _LIKELY_START)
    return likely and (word.group(1) in _ENDING_ABBREVIATION or "." in word.group(1))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        yield Span(start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Span(start, end)
