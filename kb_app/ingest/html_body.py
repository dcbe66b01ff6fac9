"""Which blocks of a page are the article: what the extraction chose, found again in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from kb_app.ingest.html_boxes import Boxes
from kb_app.ingest.html_offsets import VisibleText
from kb_app.ingest.html_tags import PARAGRAPHS

_NOT_COMPARED = re.compile(r"[\s\u00ad\ufeff\u200b\u200c\u200d\u2060\ufffd]+")
_LONG = 25  # shorter pieces are only looked for between longer ones
_CHUNK = 24
_COVERED = 0.5
_COVERED_CHARACTERS = 200
_LINKED = 0.6


class Compared:
    """A text without white space, with the way there and back."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []  # of the runs between white space, in the text
        self._bare: list[int] = []  # and without it
        pieces: list[str] = []
        at = length = 0
        for gap in (*_NOT_COMPARED.finditer(text), None):
            end = gap.start() if gap else len(text)
            if end > at:
                self._starts.append(at)
                self._bare.append(length)
                pieces.append(text[at:end])
                length += end - at
            at = gap.end() if gap else end
        self.text = "".join(pieces)

    def origin(self, at: int) -> int:
        """Return where a character stands in the text."""
        run = bisect_right(self._bare, at) - 1
        return self._starts[run] + at - self._bare[run]

    def place(self, at: int) -> int:
        """Return how many characters that are no white space stand before a place in the text."""
        run = bisect_right(self._starts, at) - 1
        if run < 0:
            return 0
        end = self._bare[run + 1] if run + 1 < len(self._bare) else len(self.text)
        return min(self._bare[run] + at - self._starts[run], end)


def blocks_of(page: VisibleText, paragraphs: Sequence[str], boxes: Boxes) -> tuple[list[int], float]:
    """Return the numbers of the blocks that hold the paragraphs, in order, with what was lost between them.

    `boxes` are those of all of the page. The share tells how much of the paragraphs' words was found.
    """
    compared = Compared(page.text)
    covered = _covered(boxes, compared, paragraphs)
    wanted = sum(len(_NOT_COMPARED.sub("", paragraph)) for paragraph in paragraphs)
    share = sum(end - start for start, end in covered) / wanted if wanted else 1.0
    places = [(compared.place(block.span.start), compared.place(block.span.end)) for block in page.blocks]
    starts = [first for first, _ in places]
    hits = [0] * len(page.blocks)
    for start, end in covered:
        for number in range(max(0, bisect_right(starts, start) - 1), len(page.blocks)):
            first, last = places[number]
            if first >= end:
                break
            hits[number] += max(0, min(end, last) - max(start, first))
    kept = [
        n
        for n, (hit, (first, last)) in enumerate(zip(hits, places, strict=True))
        if hit and (hit >= _COVERED * (last - first) or hit >= _COVERED_CHARACTERS)
    ]
    return _filled(page, kept), share


def _covered(boxes: Boxes, compared: Compared, paragraphs: Sequence[str]) -> list[tuple[int, int]]:
    bare = [_NOT_COMPARED.sub("", paragraph) for paragraph in paragraphs]
    found: dict[int, tuple[int, int]] = {}
    scraps: list[tuple[int, int]] = []
    cursor = 0
    for number, words in enumerate(bare):
        if len(words) < _LONG:
            continue
        at = _place(boxes, compared, words, cursor)
        if at < 0:
            pieces = _in_pieces(compared, words, cursor)
            scraps += pieces
            cursor = pieces[-1][1] if pieces else cursor
        else:
            found[number] = (at, at + len(words))
            cursor = max(cursor, at + len(words)) if at >= cursor else cursor
    for number, words in enumerate(bare):
        if words and len(words) < _LONG:
            before = max((end for n, (_, end) in found.items() if n < number), default=0)
            after = min((start for n, (start, _) in found.items() if n > number), default=len(compared.text))
            at = compared.text.find(words, before, max(before, after))
            if at >= 0 and (at - before < 3000 or after - at < 3000):
                found[number] = (at, at + len(words))
    return sorted([*found.values(), *scraps])


def _place(boxes: Boxes, compared: Compared, words: str, cursor: int) -> int:
    first = at = compared.text.find(words, cursor)
    for _ in range(5):
        if at < 0:
            break
        block = boxes.block_at(compared.origin(at))
        if block is None or not boxes.stands_apart(block):
            return at
        at = compared.text.find(words, at + 1)
    return first if first >= 0 else compared.text.find(words)


def _in_pieces(compared: Compared, words: str, cursor: int) -> list[tuple[int, int]]:
    """Find a paragraph from which something was left out, chunk by chunk, near the cursor."""
    pieces: list[tuple[int, int]] = []
    at, limit = cursor, 0
    for start in range(0, len(words) - _CHUNK + 1, _CHUNK):
        chunk = words[start : start + _CHUNK]
        place = compared.text.find(chunk, at, limit or len(compared.text))
        if place >= 0:
            pieces.append((place, place + len(chunk)))
            at, limit = place + len(chunk), place + len(words) * 3 + 1000
    return pieces


def _filled(page: VisibleText, kept: list[int]) -> list[int]:
    """Add the paragraphs that stand beside kept ones and were dropped on the way."""
    if not kept:
        return []
    parents = {_parent(page, n) for n in kept if page.tag(page.blocks[n]) in PARAGRAPHS}
    chosen, boxes = set(kept), Boxes(page, kept)
    last = kept[-1]
    for number in range(kept[0], min(len(page.blocks), last + 40)):
        block = page.blocks[number]
        beside = page.tag(block) in PARAGRAPHS - {"td"} and _parent(page, number) in parents
        if (
            number not in chosen
            and beside
            and block.linked <= _LINKED * len(block.span)
            and not boxes.stands_apart(block)
        ):
            chosen.add(number)
    return sorted(chosen)


def _parent(page: VisibleText, number: int) -> int:
    return page.elements[page.blocks[number].element].parent


def dense_blocks(page: VisibleText, boxes: Boxes) -> list[int]:
    """Return the blocks that read like paragraphs, or all of them when none does."""
    likely = [
        number
        for number, block in enumerate(page.blocks)
        if block.linked <= 0.5 * len(block.span)
        and (len(block.span) >= 60 or page.tag(block) in ("p", "blockquote", "pre"))
        and not boxes.stands_apart(block)
    ]
    visible = [n for n, block in enumerate(page.blocks) if page.tag(block) not in ("title", "head")]
    return likely or visible
