"""The article's words where a page holds them only in its JSON-LD, with their places in the source."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb_app.core.passage import Span
from kb_app.ingest.decoding import cleaned
from kb_app.ingest.html_offsets import Block, Element, VisibleText, visible_text

_BODY = re.compile(r'"articleBody"\s*:\s*"')
_PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_PIECE = re.compile(rf'{_PAIR}|\\u[0-9a-fA-F]{{4}}|\\.|[^"\\]+|(?P<end>")', re.DOTALL)
_ONE_UNIT = 6  # characters of an escape such as \u00e9
_SHORT_ESCAPES = {"n": "\n", "r": "\n", "t": " ", "b": " ", "f": " "}
_MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|ul)\b", re.IGNORECASE)
_LONGEST = 1_000_000


@dataclass(slots=True)
class _Literal:
    """A string of JSON as it reads, each character with its place in the source."""

    pieces: list[str] = field(default_factory=list)
    places: array[int] = field(default_factory=lambda: array("I"))

    def add(self, words: str, places: Sequence[int]) -> None:
        self.pieces.append(words)
        self.places.extend(places)


def add_data_body(source: str, page: VisibleText, body: str) -> list[int]:
    """Append the paragraphs of an articleBody to a page and return their blocks' numbers, [] when it is not found."""
    wanted = "".join(cleaned(body)[0].split())
    for script in page.data_scripts:
        for found in _BODY.finditer(source, script.start, script.end):
            literal = _literal(source, found.end(), script.end)
            text = "".join(literal.pieces)
            if "".join(text.split()) == wanted:
                return _appended(page, text, literal.places)
    return []


def _literal(source: str, start: int, end: int) -> _Literal:
    read = _Literal()
    for piece in _PIECE.finditer(source, start, min(end, start + _LONGEST)):
        words, at = piece[0], piece.start()
        if piece["end"]:
            break
        if words[0] != "\\":
            read.add(cleaned(words)[0], range(at, at + len(words)))
        else:
            read.add(cleaned(_unescaped(words))[0], (at,))
    return read


def _unescaped(escape: str) -> str:
    if escape[1] != "u":
        return _SHORT_ESCAPES.get(escape[1], escape[1])
    code = int(escape[2:6], 16)
    if len(escape) > _ONE_UNIT:
        return chr(0x10000 + ((code - 0xD800) << 10) + int(escape[8:], 16) - 0xDC00)
    return chr(code)


def _appended(page: VisibleText, text: str, places: array[int]) -> list[int]:
    page.elements.append(Element("p", "", 0, 1))
    element, first = len(page.elements) - 1, len(page.blocks)
    whole = [(0, text)] if _MARKUP.search(text) else [(m.start(), m[0]) for m in re.finditer(r"[^\n]+", text)]
    for start, part in whole:
        inner = visible_text(part)
        for block in inner.blocks:
            _append(
                page,
                inner.words(block),
                [places[start + p] for p in inner.places[block.span.start : block.span.end]],
                element,
            )
    return list(range(first, len(page.blocks)))


def _append(page: VisibleText, words: str, places: list[int], element: int) -> None:
    start = len(page.text)
    page.text += words
    page.jumps += [start + n for n, place in enumerate(places) if n == 0 or places[n - 1] + 1 != place]
    page.places.extend(places)
    page.blocks.append(Block(Span(start, len(page.text)), element))
