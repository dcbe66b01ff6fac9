"""Which events of a lane are in view, in which row each stands, and where its label has room."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field

from kb_app.core.time_axis import TimeAxis
from kb_app.core.timeline import OPEN_END, OPEN_START, Lane, TimelineData

BAR_LEAST = 9.0  # pixels of the narrowest bar
GAP = 4.0
LABEL_LEAST = 44.0  # a label with less room than this is left out
FADE = 56.0  # pixels over which an open end fades away
DENSITY_PIXELS = 5  # width of a column of the density strip
_LONG_DAYS = 400  # longer events are looked at one by one
CROWDED = 0.4  # of the room for bars; fuller lanes are drawn as counts, which also keeps a frame below 16 ms


@dataclass(slots=True)
class Bar:
    """An event, or several that lie on one spot, placed on a lane; pixels."""

    position: int  # in the columns of the data
    x0: float
    x1: float
    row: int
    others: list[int] = field(default_factory=list)
    label: str = ""
    label_x: float = 0.0
    label_width: float = 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """What to draw in a lane: single bars, or a density strip of counts a column."""

    bars: tuple[Bar, ...] = ()
    density: tuple[int, ...] = ()
    count: int = 0


class LaneIndex:
    """Finds the events of one lane that touch a stretch of days in time proportional to their number."""

    def __init__(self, data: TimelineData, lane: Lane) -> None:
        self.data = data
        starts, ends = data.starts, data.ends
        # an open end lies so far away that its event counts as long
        self._long = array("I", [p for p in lane.events if ends[p] - starts[p] > _LONG_DAYS])
        short = lane.events if not self._long else [p for p in lane.events if ends[p] - starts[p] <= _LONG_DAYS]
        self._short = array("I", short)
        self._short_starts = array("i", [starts[p] for p in short])

    def __len__(self) -> int:
        return len(self._long) + len(self._short)

    def count(self, first: float, last: float) -> int:
        """Return about how many events start in the stretch or are long ones."""
        low, high = self._bounds(first, last)
        return high - low + len(self._long)

    def within(self, first: float, last: float) -> list[int]:
        """Return the positions of the events that touch [first, last), by start."""
        ends, starts = self.data.ends, self.data.starts
        low, high = self._bounds(first, last)
        found = [p for p in self._short[low:high] if ends[p] > first]
        found += [p for p in self._long if ends[p] > first and starts[p] < last]
        return sorted(found)

    def density(self, axis: TimeAxis) -> tuple[int, ...]:
        """Return how many events start in each column of the axis."""
        columns = int(axis.width) // DENSITY_PIXELS + 1
        edges = [axis.day(c * DENSITY_PIXELS) for c in range(columns + 1)]
        at = [bisect_left(self._short_starts, e) for e in edges]
        return tuple(b - a for a, b in zip(at, at[1:], strict=False))

    def _bounds(self, first: float, last: float) -> tuple[int, int]:
        return bisect_left(self._short_starts, first - _LONG_DAYS), bisect_left(self._short_starts, last)


def lane_indexes(data: TimelineData) -> dict[str, LaneIndex]:
    """Return the index of every lane by its key; for very many events this is work for a background thread."""
    return {lane.key: LaneIndex(data, lane) for lane in data.lanes}


def place(index: LaneIndex, axis: TimeAxis, rows: int, width_of: Callable[[str], float]) -> Placed:
    """Lay a lane's events in view out in rows with labels where there is room, or as a density strip when crowded."""
    crowd = rows * axis.width / (BAR_LEAST + GAP) * CROWDED
    if index.count(axis.left, axis.right) > max(crowd, 40) * 4:
        density = index.density(axis)
        return Placed(density=density, count=sum(density))
    data, seen = index.data, index.within(axis.left, axis.right)
    if len(seen) > crowd:
        return Placed(density=index.density(axis), count=len(seen))
    bars = _in_rows(seen, data, axis, rows)
    for row in range(rows):
        _label([b for b in bars if b.row == row], data, axis.width, width_of)
    return Placed(tuple(bars), count=len(seen))


def extent(data: TimelineData, position: int, axis: TimeAxis) -> tuple[float, float]:
    """Return the pixels that an event covers, clipped a little outside the view; open ends get room to fade."""
    start, end = data.starts[position], data.ends[position]
    x1 = axis.x(end) if end != OPEN_END else max(axis.x(start) + FADE, 0.0)
    x0 = axis.x(start) if start != OPEN_START else min(x1 - FADE, axis.width)
    x0, x1 = max(x0, -50.0), min(x1, axis.width + 50.0)
    if x1 - x0 < BAR_LEAST:
        middle = min(max((x0 + x1) / 2, BAR_LEAST / 2 - 50), axis.width + 50)
        x0, x1 = middle - BAR_LEAST / 2, middle + BAR_LEAST / 2
    return x0, x1


def _in_rows(positions: list[int], data: TimelineData, axis: TimeAxis, rows: int) -> list[Bar]:
    bars: list[Bar] = []
    last_in_row: list[Bar | None] = [None] * rows
    for position in positions:
        x0, x1 = extent(data, position, axis)
        row = _free_row(last_in_row, x0)
        if row is None:
            crowded = max((b for b in last_in_row if b), key=lambda b: b.x0)
            crowded.others.append(position)
            continue
        bar = Bar(position, x0, x1, row)
        bars.append(bar)
        last_in_row[row] = bar
    return bars


def _free_row(last_in_row: list[Bar | None], x0: float) -> int | None:
    free = [(bar.x1 if bar else -1e9, row) for row, bar in enumerate(last_in_row) if bar is None or bar.x1 + GAP <= x0]
    if not free:
        return None
    # the row whose last bar ends farthest to the left leaves most room for that bar's label
    return min(free)[1]


def _label(row: list[Bar], data: TimelineData, width: float, width_of: Callable[[str], float]) -> None:
    taken = 0.0  # pixels up to here hold bars or labels of this row
    for n, bar in enumerate(row):
        after = row[n + 1].x0 - GAP if n + 1 < len(row) else width
        text = data.titles[bar.position] + (f"  +{len(bar.others)}" if bar.others else "")
        wanted = width_of(text)
        inside, right, left = bar.x1 - bar.x0 - 12, after - bar.x1 - 6, min(bar.x0, width) - taken - 8
        if inside >= wanted:
            bar.label_x, bar.label_width = max(bar.x0, 0.0) + 6, min(inside, bar.x1 - max(bar.x0, 0.0) - 12)
        elif right >= wanted or (right >= LABEL_LEAST and right >= left):
            bar.label_x, bar.label_width = bar.x1 + 5, min(wanted, right)
        elif left >= wanted:
            bar.label_x, bar.label_width = bar.x0 - wanted - 5, wanted
        elif inside >= LABEL_LEAST * 1.5:
            bar.label_x, bar.label_width = max(bar.x0, 0.0) + 6, inside
        else:
            taken = bar.x1
            continue
        bar.label = text
        taken = max(bar.x1, bar.label_x + bar.label_width)
