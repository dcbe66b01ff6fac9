"""An archived original as markup for showing, with the places where the runs of the clean text begin in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from kb_app.core.article import OffsetSegment, SourceFile
from kb_app.core.errors import Refused
from kb_app.core.original import Markup
from kb_app.ingest.articles import decoded_source
from kb_app.ingest.feeds.archived_item import item_original
from kb_app.ingest.mail.readable_part import WRAPPED, readable_part
from kb_app.ingest.media_type import HTML, ITEMS, TEXTS, XHTML, name_of
from kb_app.ingest.sanitising import preformatted, sanitised

MOST_RUNS = 200_000
# no page means these characters: they are the last for private use, and stand around a number while a page is cleaned
_BEFORE, _AFTER = "\U0010fff0", "\U0010fff1"
_NUMBER = re.compile(f"{_BEFORE}([0-9]{{1,9}}){_AFTER}")
_TAG = re.compile(r"""(<[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+>)""")
_LINE = re.compile(r"[^\r\n]+")
_STRAY = str.maketrans({_BEFORE: "\ufffd", _AFTER: "\ufffd"})
_SHOWN = TEXTS | WRAPPED | {"application/xml", "application/json"}


def original_markup(source: SourceFile, encoding: str, segments: Sequence[OffsetSegment], characters: int) -> Markup:
    """Return a page or text as markup that does nothing; raises Refused `not-shown` for other kinds.

    `segments` is the map of offsets of an article of so many characters; () is that both texts are the same.
    """
    if source.media_type not in _SHOWN and not source.media_type.startswith("text/"):
        kind = name_of(source.media_type)
        raise Refused("not-shown", f"“{source.name}” is {kind}: it is kept byte for byte, but cannot be shown here.")
    if source.media_type in ITEMS:
        return Markup(item_original(decoded_source(source).text, source.media_type))
    is_page = readable_part(source).kind in (HTML, XHTML)
    text = decoded_source(source, encoding).text.translate(_STRAY)
    if not segments and len(text) == characters:
        segments = (OffsetSegment(0, characters, 0),)
    lines = _apart(line for segment in segments for line in _lines(text, segment))[:MOST_RUNS]
    numbered = _numbered(text, lines)
    return _counted(sanitised(numbered) if is_page else preformatted(numbered), lines)


def _lines(text: str, segment: OffsetSegment) -> Iterator[OffsetSegment]:
    """Yield the parts of a run that stand in one line each, from the first character of each that can be seen."""
    end = min(len(text), segment.original_start + segment.length)
    for found in _LINE.finditer(text, min(segment.original_start, end), end):
        start = found.end() - len(found[0].lstrip())
        if start < found.end():
            yield OffsetSegment(segment.text_start + start - segment.original_start, found.end() - start, start)


def _apart(lines: Iterable[OffsetSegment]) -> list[OffsetSegment]:
    """Return the lines in the order of the source, without those that begin in another.

    The blank that stands for a line break has the place of the character before it.
    """
    kept: list[OffsetSegment] = []
    for line in sorted(lines, key=lambda run: (run.original_start, -run.length)):
        if not kept or kept[-1].original_start + kept[-1].length <= line.original_start:
            kept.append(line)
    return kept


def _numbered(text: str, lines: Sequence[OffsetSegment]) -> str:
    """Put its number before each line in the source: a run begins with a visible character or a reference to one."""
    pieces: list[str] = []
    at = 0
    for number, line in enumerate(lines):
        pieces += (text[at : line.original_start], f"{_BEFORE}{number}{_AFTER}")
        at = line.original_start
    return "".join((*pieces, text[at:]))


def _counted(markup: str, lines: Sequence[OffsetSegment]) -> Markup:
    """Take the numbers out again and count what is seen before each; those in tags count for nothing."""
    parts = _TAG.split(markup)
    parts[1::2] = (_NUMBER.sub("", tag) for tag in parts[1::2])
    runs: list[OffsetSegment] = []
    seen = 0
    for at in range(0, len(parts), 2):
        pieces = _NUMBER.split(parts[at])
        for piece, number in zip(pieces[::2], (*pieces[1::2], ""), strict=True):
            seen += len("".join(unescape(piece).split()))
            if number and int(number) < len(lines):
                line = lines[int(number)]
                runs.append(OffsetSegment(line.text_start, line.length, seen))
        parts[at] = "".join(pieces[::2])
    return Markup("".join(parts), tuple(runs))
