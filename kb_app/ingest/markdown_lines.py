"""The lines of a Markdown text, and which of their characters are words and which are marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb_app.core.article import ZoneKind
from kb_app.core.passage import Span

_LINE = re.compile(r"([^\n]*)(\n|\Z)")
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t]+|\Z)")
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-+)[ \t]*\r?\Z")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\r?\Z")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_QUOTE = re.compile(r"(?:[ ]{0,3}>[ \t]?)+")
_DEFINITION = re.compile(r"[ ]{0,3}\[[^\]^]{1,200}\]:[ \t]*\S+")
_FOOTNOTE = re.compile(r"[ ]{0,3}\[\^[^\]]{1,60}\]:[ \t]*")
_PICTURE = re.compile(r"[ \t]*!\[[^\]]{0,500}\]\([^)]{0,4000}\)[ \t]*\r?\Z")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^\n]{1,1000}?)(?<!`)\1(?!`)")
# each group named k is kept, everything else of the match is a mark
_MARKS = (
    re.compile(r"!?\[\[(?:[^\]|\n]{1,200}\|)?(?P<k>[^\]|\n]{1,200})\]\]"),  # [[page|words]]
    re.compile(
        r"!?\[(?P<k>[^\]\[\n]{0,500})\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)|\[[^\]\n]{0,200}\])"
    ),
    re.compile(r"\[\^[^\]\n]{1,60}\](?P<k>)"),
    re.compile(r"<(?P<k>https?://[^<>\s]{1,1000})>"),
    re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>(?P<k>)|<!--[^\n]{0,2000}?-->"),
    re.compile(r"\*\*(?=\S)(?P<k>[^\n]{1,1000}?)(?<=\S)\*\*"),
    re.compile(r"(?<!\w)__(?=\S)(?P<k>[^\n]{1,1000}?)(?<=\S)__(?!\w)"),
    re.compile(r"~~(?=\S)(?P<k>[^\n]{1,1000}?)(?<=\S)~~"),
    re.compile(r"(?<![\w*])\*(?=[^\s*])(?P<k>[^\n*]{1,1000}?)(?<=[^\s*])\*(?![\w*])"),
    re.compile(r"(?<![\w_])_(?=[^\s_])(?P<k>[^\n]{1,1000}?)(?<=[^\s_])_(?![\w_])"),
    re.compile(r"\\(?P<k>[!-/:-@\[-`{-~])"),
)
_LONGEST_LINE = 100_000  # characters; in longer ones no marks are looked for


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """The pieces of a line that are words, in order, and its end; `level` is that of a heading, 0 for other lines."""

    kept: tuple[Span, ...]
    end: str
    level: int = 0
    kind: ZoneKind | None = None


def marked_lines(source: str, start: int) -> Iterator[MarkedLine]:
    """Yield the lines of a text from an offset on; lines of marks alone are left out."""
    held: MarkedLine | None = None
    fence = ""
    for found in _LINE.finditer(source, start):
        line, place = found[1], found.start()
        if not line and not found[2]:
            break
        underline = None if fence or held is None else _UNDERLINE.match(line)
        if underline and held is not None and held.kept and not held.level:
            level = 1 if underline[1].startswith("=") else 2
            held = replace(held, level=level, kind=ZoneKind.SUBHEAD)
            continue
        if held is not None:
            yield held
            held = None
        opening = _FENCE.match(line)
        if opening and (not fence or opening[1].startswith(fence)):
            fence = "" if fence else opening[1]
            continue
        held = MarkedLine((Span(place, place + len(line)),), found[2]) if fence else _marked(line, place, found[2])
    if held is not None:
        yield held


def _marked(line: str, at: int, end: str) -> MarkedLine | None:
    """Return a line with its words, None where it is marks alone."""
    if not line.strip():
        return MarkedLine((), line + end)
    if _RULE.match(line) or _DEFINITION.match(line):
        return None
    first, last, level, kind = 0, len(line), 0, None
    if heading := _HEADING.match(line):
        first, level, kind = heading.end(), len(heading[1]), ZoneKind.SUBHEAD
        last = max(first, _without_closing(line))
    elif prefix := _QUOTE.match(line) or _FOOTNOTE.match(line):
        first = prefix.end()
    elif _PICTURE.match(line):
        kind = ZoneKind.CAPTION
    kept = tuple(Span(at + piece.start, at + piece.end) for piece in _kept(line, first, last))
    return MarkedLine(kept, end, level, kind)


def _without_closing(line: str) -> int:
    """Return where a heading's words end: the signs that may close it are none."""
    whole = line.rstrip()
    words = whole.rstrip("#")
    return len(words.rstrip()) if words != whole and words[-1:].isspace() else len(line)


def _kept(line: str, first: int, last: int) -> Iterator[Span]:
    at = first
    for mark in sorted(_marks(line, first, last)):
        if mark.start > at:
            yield Span(at, min(mark.start, last))
        at = max(at, mark.end)
    if at < last:
        yield Span(at, last)


def _marks(line: str, first: int, last: int) -> Iterator[Span]:
    if last - first > _LONGEST_LINE:
        return
    code = [Span(found.start(2), found.end(2)) for found in _CODE.finditer(line, first, last)]
    for found in _CODE.finditer(line, first, last):
        yield from (Span(found.start(), found.start(2)), Span(found.end(2), found.end()))
    for pattern in _MARKS:
        for found in pattern.finditer(line, first, last):
            whole = Span(found.start(), found.end())
            if any(span.holds(whole) for span in code):
                continue
            start, end = found.span("k")
            if start < 0:
                yield whole
            else:
                yield from (piece for piece in (Span(whole.start, start), Span(end, whole.end)) if len(piece))
