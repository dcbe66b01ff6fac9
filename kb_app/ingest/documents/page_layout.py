"""The order in which the pieces of a page are read: bands from top to bottom, and columns where a gutter runs down."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from kb_app.ingest.documents.pieces import INITIAL, Box, Piece, runs_leftwards

_GUTTER = 0.6  # line heights: the narrowest strip between two columns
_SHARED = 0.25  # of a line's height that lines of one band share at least
_FAR = 4.0  # line heights without words that end a set of columns
_CELL_GAP = 1.8  # line heights between two cells of a table
_PROSE_CHARACTERS = 15
_PROSE_FILL = 0.55
_FEWEST_LINES = 3
_MOST_GUTTERS = 20
_TRIES = 6
_LONGEST_REACH = 30
_LONGEST_RUN = 200  # lines; no page has longer columns
_DEEPEST = 8
_HEADING = 1.2  # heights of a usual line

Strip = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is read; `is_row` says that it is a row of a table, with tabs between its cells."""

    text: str
    box: Box  # upright
    shown: Box
    is_row: bool = False

    @property
    def size(self) -> float:
        """Return its height, which goes with the size of its letters."""
        return self.box.height


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines that follow each other in one column."""

    lines: tuple[Line, ...]
    left: float
    right: float


def flows_of(pieces: Sequence[Piece]) -> list[Flow]:
    """Return the columns of a page in reading order."""
    if not pieces:
        return []
    unit = max(median(piece.box.height for piece in pieces), 1.0)
    is_leftwards = 2 * sum(runs_leftwards(piece.text) for piece in pieces) > len(pieces)
    if not is_leftwards:
        return [_flow(group) for group in _ordered(list(pieces), unit, 0) if group]
    mirrored = [replace(piece, box=_mirrored(piece.box)) for piece in pieces]
    return [_flow(group) for group in _ordered(mirrored, unit, 0) if group]


def _mirrored(box: Box) -> Box:
    # so that a page that is read from right to left has its columns, words and indents in the usual order
    return Box(-box.right, box.top, -box.left, box.bottom)


def _ordered(pieces: list[Piece], unit: float, depth: int) -> list[list[Piece]]:
    """Split pieces into groups, each of one column."""
    bands = _bands(pieces, unit)
    groups: list[list[Piece]] = []
    single: list[list[Piece]] = []
    at = 0
    while at < len(bands):
        end, gutters = _run(bands, at, unit)
        start = (
            at - _reach_back(bands[at - min(len(single), _LONGEST_REACH) : at + 1], gutters, unit) if gutters else at
        )
        columns = _columns([p for band in bands[start:end] for p in band], gutters) if gutters else []
        if depth >= _DEEPEST or not _are_columns(columns, unit):
            # columns may begin inside a table, but not at every one of its rows: trying each costs too much
            passed = max(1, (end - at) // _TRIES) if gutters else 1
            single += bands[at : at + passed]
            at += passed
            continue
        del single[len(single) - (at - start) :]
        groups.append([piece for band in single for piece in band])
        single = []
        for column in columns:
            groups.extend(_ordered(column, unit, depth + 1))
        at = end
    groups.append([piece for band in single for piece in band])
    return groups


def _bands(pieces: Iterable[Piece], unit: float) -> list[list[Piece]]:
    """Group what overlaps from top to bottom."""
    bands: list[list[Piece]] = []
    bottom = float("-inf")
    for piece in sorted(pieces, key=lambda piece: (piece.box.top, piece.box.left)):
        if bands and piece.box.top < bottom - _SHARED * min(unit, piece.box.height):
            bands[-1].append(piece)
            bottom = max(bottom, piece.box.bottom)
        else:
            bands.append([piece])
            bottom = piece.box.bottom
    return bands


def _gaps(band: Iterable[Piece], width: float) -> list[Strip]:
    """Return the empty strips between the pieces of a band."""
    gaps: list[Strip] = []
    right = float("inf")
    for piece in sorted(band, key=lambda piece: piece.box.left):
        if piece.box.left - right >= width:
            gaps.append((right, piece.box.left))
        right = piece.box.right if right == float("inf") else max(right, piece.box.right)
    # no page has more columns
    return sorted(sorted(gaps, key=lambda gap: gap[0] - gap[1])[:_MOST_GUTTERS])


def _narrowed(strips: Iterable[Strip], band: Iterable[Piece], width: float) -> list[Strip]:
    """Return what the pieces of a band leave of empty strips."""
    found: list[Strip] = []
    for strip in strips:
        left = [strip]
        for piece in band:
            if piece.box.right > strip[0] and piece.box.left < strip[1]:
                left = [part for one in left for part in _cut(one, piece.box) if part[1] - part[0] >= width]
        found += left
    return found


def _cut(strip: Strip, box: Box) -> list[Strip]:
    if box.right <= strip[0] or box.left >= strip[1]:
        return [strip]
    return [(strip[0], box.left), (box.right, strip[1])]


def _run(bands: list[list[Piece]], start: int, unit: float) -> tuple[int, list[Strip]]:
    """Return where the bands end that share a gutter with the one at `start`, and the gutters."""
    width = _GUTTER * unit
    gutters = _gaps(bands[start], width)
    end = start + 1
    while gutters and end < min(len(bands), start + _LONGEST_RUN) and _near(bands[end - 1], bands[end], unit):
        left = _narrowed(gutters, bands[end], width)
        if not left:
            break
        gutters = left
        end += 1
    return end, gutters


def _reach_back(bands: list[list[Piece]], gutters: list[Strip], unit: float) -> int:
    """Return how many bands above the last stand in one of its columns already: not all columns begin level."""
    reached = 0
    for above, below in zip(bands[-2::-1], bands[:0:-1], strict=True):
        is_heading = max(p.box.height for p in above) > _HEADING * unit  # which belongs above the columns
        crosses = len(_narrowed(gutters, above, _GUTTER * unit)) < len(gutters)
        if is_heading or crosses or not _near(above, below, unit):
            break
        reached += 1
    return reached


def _near(above: Iterable[Piece], below: Iterable[Piece], unit: float) -> bool:
    return min(p.box.top for p in below) - max(p.box.bottom for p in above) <= _FAR * unit


def _columns(pieces: Iterable[Piece], gutters: list[Strip]) -> list[list[Piece]]:
    middles = sorted((left + right) / 2 for left, right in gutters)
    columns: list[list[Piece]] = [[] for _ in range(len(middles) + 1)]
    for piece in pieces:
        centre = (piece.box.left + piece.box.right) / 2
        columns[bisect_left(middles, centre)].append(piece)
    return [column for column in columns if column]


def _are_columns(columns: list[list[Piece]], unit: float) -> bool:
    """Tell columns of prose from the columns of a table, whose cells are short."""
    if len(columns) < 2:
        return False
    rows = [_bands(column, unit) for column in columns]
    prose = [_is_prose(one) for one in rows]
    if _follow_each_other(columns) and any(prose):
        return max(map(len, rows)) >= 2
    return (
        sum(prose) >= 2
        and min(len(one) for one, is_prose in zip(rows, prose, strict=True) if is_prose) >= _FEWEST_LINES
    )


def _is_prose(rows: list[list[Piece]]) -> bool:
    boxes = [piece.box for row in rows for piece in row]
    width = max(box.right for box in boxes) - min(box.left for box in boxes)
    fill = median(sum(piece.box.width for piece in row) for row in rows) / max(width, 1.0)
    return median(sum(len(piece.text) for piece in row) for row in rows) >= _PROSE_CHARACTERS and fill >= _PROSE_FILL


def _follow_each_other(columns: list[list[Piece]]) -> bool:
    # a file that holds one column whole before the next means them as columns
    ends = sorted((min(p.order for p in column), max(p.order for p in column)) for column in columns)
    return all(before[1] < after[0] for before, after in zip(ends, ends[1:], strict=False))


def _flow(pieces: list[Piece]) -> Flow:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.box.top, piece.box.left)):
        row = next((row for row in reversed(rows[-3:]) if _on_one_row(row, piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    lines = _with_initials(_without_lone_rows([_line(row) for row in rows]))
    rights = sorted(line.box.right for line in lines)
    return Flow(tuple(lines), min(line.box.left for line in lines), rights[int(0.95 * (len(rights) - 1) + 0.5)])


def _on_one_row(row: list[Piece], piece: Piece) -> bool:
    other = row[-1].box
    alike = max(other.height, piece.box.height) < INITIAL * min(other.height, piece.box.height)
    apart = all(p.box.right <= piece.box.left + 1 or p.box.left >= piece.box.right - 1 for p in row[-_TRIES:])
    return alike and apart and other.beside(piece.box)


def _line(row: list[Piece]) -> Line:
    row.sort(key=lambda piece: piece.box.left)
    text, box, shown = row[0].text, row[0].box, row[0].shown
    is_row = False
    for piece in row[1:]:
        is_cell = piece.box.left - box.right > _CELL_GAP * piece.box.height
        is_row = is_row or is_cell
        text += ("\t" if is_cell else " ") + piece.text
        box, shown = box.around(piece.box), shown.around(piece.shown)
    return Line(text, box, shown, is_row)


def _without_lone_rows(lines: list[Line]) -> list[Line]:
    """Join the words of single lines with wide gaps: a narrow column is spaced out so, and a table has more rows."""
    rows = [False, *(line.is_row for line in lines), False]
    return [
        line if not line.is_row or before or after else replace(line, text=line.text.replace("\t", " "), is_row=False)
        for line, before, after in zip(lines, rows, rows[2:], strict=False)
    ]


def _with_initials(lines: list[Line]) -> list[Line]:
    """Put the large initial of a paragraph before the rest of its word."""
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        if before and len(before.text) == 1 and before.text.isalpha() and _is_initial_of(before.box, line.box):
            found[-1] = Line(before.text + line.text, line.box, before.shown.around(line.shown))
        else:
            found.append(line)
    return found


def _is_initial_of(initial: Box, line: Box) -> bool:
    tall = initial.height > INITIAL * line.height
    return tall and line.top < initial.bottom and -1 <= line.left - initial.right <= line.height
