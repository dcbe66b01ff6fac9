"""Which lines at the tops and bottoms of pages are running heads, feet and page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from kb_app.ingest.documents.pdf_page import PageText
from kb_app.ingest.documents.pieces import Piece

_ROWS = 3  # at either end of a page
_MARGIN = 0.13  # of a page's depth
_PLACE = 10.0  # points that a running head wanders at most
_SIZE = 0.15
_PROGRESS = 0.6  # of the pages on which a counted number goes with the page
_NUMBER = re.compile(r"\d{1,9}")
_LONE_NUMBER = re.compile(r"^(?:page\s+)?(?:[-–—]\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*[-–—])?$", re.IGNORECASE)
_LONGEST = 200
_LONGEST_COUNTED = 80  # beside a number that counts; a longer line is a sentence


@dataclass(frozen=True, slots=True)
class _Margin:
    """A piece near an end of its page."""

    page: int
    piece: Piece
    place: float  # from the nearer end

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(int(number) for number in _NUMBER.findall(self.piece.text))


def without_running_heads(pages: Sequence[PageText]) -> tuple[list[tuple[Piece, ...]], tuple[str, ...]]:
    """Return each page's main pieces without what repeats at its ends, and the words that were cut, each once."""
    kinds: dict[tuple[bool, str], list[_Margin]] = defaultdict(list)
    for number, page in enumerate(pages):
        for is_top, margin in _margins(number, page):
            kinds[is_top, _kind(margin.piece.text)].append(margin)
    cut: set[tuple[int, int]] = set()
    words: dict[str, None] = {}
    for (_, kind), margins in sorted(kinds.items()):
        for margin in _repeated(margins, kind, len(pages)):
            cut.add((margin.page, margin.piece.order))
            words.setdefault(margin.piece.text if kind.strip("#") else kind)
    if len(pages) > 1:
        for number, page in enumerate(pages):
            _cut_beside_numbers(number, _main(page), cut, words)
    kept = [
        tuple(piece for piece in _main(page) if (number, piece.order) not in cut) for number, page in enumerate(pages)
    ]
    return kept, tuple(word for word in words if any(c.isalpha() for c in word))


def _cut_beside_numbers(
    number: int, pieces: tuple[Piece, ...], cut: set[tuple[int, int]], words: dict[str, None]
) -> None:
    """Cut what shares its row with a page's number: the heads of chapters change too often to repeat."""
    rows = [piece.box for piece in pieces if (number, piece.order) in cut and _kind(piece.text) == "#"]
    for piece in pieces:
        if (number, piece.order) not in cut and any(row.beside(piece.box) for row in rows):
            cut.add((number, piece.order))
            words.setdefault(piece.text)


def _main(page: PageText) -> tuple[Piece, ...]:
    return page.groups[0] if page.groups else ()


def _margins(number: int, page: PageText) -> list[tuple[bool, _Margin]]:
    pieces = _main(page)
    if not pieces:
        return []
    tops = sorted({round(piece.box.top) for piece in pieces})
    first, last = tops[:_ROWS][-1], tops[-_ROWS:][0]
    found = []
    for piece in pieces:
        above, below = piece.box.bottom, page.depth - piece.box.top
        if len(piece.text) > _LONGEST:
            continue
        if piece.box.top <= first + 0.5 and above <= _MARGIN * page.depth:
            found.append((True, _Margin(number, piece, above)))
        if piece.box.top >= last - 0.5 and below <= _MARGIN * page.depth:
            found.append((False, _Margin(number, piece, below)))
    return found


def _kind(text: str) -> str:
    return _NUMBER.sub("#", " ".join(text.casefold().split()))


def _repeated(margins: list[_Margin], kind: str, pages: int) -> list[_Margin]:
    """Return those of a kind that are running heads."""
    if pages == 1:
        return [m for m in margins if _LONE_NUMBER.match(m.piece.text) and m.numbers[0] == 1]
    alike = _alike(margins)
    seen = {margin.page for margin in alike}
    if len(seen) < (2 if pages <= 5 else 3):
        return []
    if "#" not in kind:
        return alike
    return alike if len(kind) <= _LONGEST_COUNTED and _counts_pages(alike, kind) else []


def _alike(margins: list[_Margin]) -> list[_Margin]:
    place = median(margin.place for margin in margins)
    size = median(margin.piece.box.height for margin in margins)
    return [
        margin
        for margin in margins
        if abs(margin.place - place) <= _PLACE and abs(margin.piece.box.height - size) <= _SIZE * size
    ]


def _counts_pages(margins: list[_Margin], kind: str) -> bool:
    """Tell whether every number stays the same or goes with the page: the cells of a table do neither."""
    has_words = any(c.isalpha() for c in kind)
    for numbers in zip(*(margin.numbers for margin in margins), strict=True):
        same = Counter(numbers).most_common(1)[0][1]
        steps = Counter(n - margin.page for n, margin in zip(numbers, margins, strict=True)).most_common(1)[0][1]
        # a number without words beside it is a page's only when it counts
        if max(same if has_words else 0, steps) < _PROGRESS * len(margins):
            return False
    return True
