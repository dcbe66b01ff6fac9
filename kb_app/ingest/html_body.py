"""Which blocks of a page are the article: what the extraction chose, found again in the source."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
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
    """A text without white space, with the way back to its characters."""

    def __init__(self, text: str) -> None:
        self.origin: list[int] = []
        pieces: list[str] = []
        at = 0
        for gap in _NOT_COMPARED.finditer(text):
            self._take(text, at, gap.start(), pieces)
            at = gap.end()
        self._take(text, at, len(text), pieces)
        self.text = "".join(pieces)

    def _take(self, text: str, start: int, end: int, pieces: list[str]) -> None:
        pieces.append(text[start:end])
        self.origin.extend(range(start, end))


def blocks_of(page: VisibleText, paragraphs: Sequence[str]) -> tuple[list[int], float]:
    """Return the numbers of the blocks that hold the paragraphs, in order, with what was lost between them.

    The share tells how much of the paragraphs' words was found.
    """
    compared = Compared(page.text)
    covered = _covered(page, compared, paragraphs)
    wanted = sum(len(_NOT_COMPARED.sub("", paragraph)) for paragraph in paragraphs)
    share = sum(end - start for start, end in covered) / wanted if wanted else 1.0
    starts = [block.span.start for block in page.blocks]
    sizes = [len(_NOT_COMPARED.sub("", page.words(block))) for block in page.blocks]
    hits = [0] * len(page.blocks)
    for start, end in covered:
        for number in range(max(0, bisect_right(starts, compared.origin[start]) - 1), len(page.blocks)):
            block = page.blocks[number]
            first = bisect_left(compared.origin, block.span.start)
            last = bisect_left(compared.origin, block.span.end)
            if first >= end:
                break
            hits[number] += max(0, min(end, last) - max(start, first))
    kept = [n for n, hit in enumerate(hits) if hit and (hit >= _COVERED * sizes[n] or hit >= _COVERED_CHARACTERS)]
    return _filled(page, kept), share


def _covered(page: VisibleText, compared: Compared, paragraphs: Sequence[str]) -> list[tuple[int, int]]:
    bare = [_NOT_COMPARED.sub("", paragraph) for paragraph in paragraphs]
    found: dict[int, tuple[int, int]] = {}
    scraps: list[tuple[int, int]] = []
    cursor = 0
    boxes = Boxes(page, range(len(page.blocks)))
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
        block = boxes.block_at(compared.origin[at])
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


def dense_blocks(page: VisibleText) -> list[int]:
    """Return the blocks that read like paragraphs, or all of them when none does."""
    boxes = Boxes(page, range(len(page.blocks)))
    likely = [
        number
        for number, block in enumerate(page.blocks)
        if block.linked <= 0.5 * len(block.span)
        and (len(block.span) >= 60 or page.tag(block) in ("p", "blockquote", "pre"))
        and not boxes.stands_apart(block)
    ]
    visible = [n for n, block in enumerate(page.blocks) if page.tag(block) not in ("title", "head")]
    return likely or visible
