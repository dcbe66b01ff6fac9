"""A time axis: which day lies at which pixel, how zooming moves it, and where its ticks stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

PIXELS_PER_DAY_MOST = 240.0
PIXELS_PER_DAY_LEAST = 0.002  # some 2,000 years on a screen
_FIRST_DAY = date.min.toordinal()
_LAST_DAY = date.max.toordinal()


class TickUnit(StrEnum):
    """What the ticks of an axis count."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class TickStep:
    """A distance between ticks: so many units."""

    unit: TickUnit
    count: int

    @property
    def days(self) -> float:
        """Return the distance in mean days."""
        return self.count * _DAYS_OF[self.unit]


_DAYS_OF = {TickUnit.DAY: 1.0, TickUnit.WEEK: 7.0, TickUnit.MONTH: 30.44, TickUnit.YEAR: 365.25}
_STEPS = (
    TickStep(TickUnit.DAY, 1),
    TickStep(TickUnit.DAY, 2),
    TickStep(TickUnit.WEEK, 1),
    TickStep(TickUnit.WEEK, 2),
    TickStep(TickUnit.MONTH, 1),
    TickStep(TickUnit.MONTH, 3),
    TickStep(TickUnit.MONTH, 6),
    TickStep(TickUnit.YEAR, 1),
    TickStep(TickUnit.YEAR, 2),
    TickStep(TickUnit.YEAR, 5),
    TickStep(TickUnit.YEAR, 10),
    TickStep(TickUnit.YEAR, 20),
    TickStep(TickUnit.YEAR, 50),
    TickStep(TickUnit.YEAR, 100),
    TickStep(TickUnit.YEAR, 500),
)


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """A stretch of days drawn over `width` pixels; `left` is the ordinal at pixel 0, `scale` pixels a day."""

    left: float
    scale: float
    width: float

    @classmethod
    def fitting(cls, first: float, last: float, width: float) -> TimeAxis:
        """Return the axis that shows [first, last) with a little air on both sides."""
        length = max(last - first, 1.0)
        air = max(length * 0.04, 0.5)
        scale = _within(width / (length + 2 * air), PIXELS_PER_DAY_LEAST, PIXELS_PER_DAY_MOST)
        middle = (first + last) / 2
        return cls(middle - width / scale / 2, scale, width)

    @property
    def right(self) -> float:
        """Return the ordinal at the right edge."""
        return self.left + self.width / self.scale

    def x(self, day: float) -> float:
        """Return the pixel of a day."""
        return (day - self.left) * self.scale

    def day(self, x: float) -> float:
        """Return the day at a pixel."""
        return self.left + x / self.scale

    def zoomed(self, x: float, factor: float) -> TimeAxis:
        """Return the axis scaled by a factor with the day under a pixel staying there."""
        scale = _within(self.scale * factor, PIXELS_PER_DAY_LEAST, PIXELS_PER_DAY_MOST)
        return TimeAxis(self.day(x) - x / scale, scale, self.width)

    def panned(self, pixels: float) -> TimeAxis:
        """Return the axis moved so that what was at pixel 0 stands at `pixels`."""
        return TimeAxis(self.left - pixels / self.scale, self.scale, self.width)

    def resized(self, width: float) -> TimeAxis:
        """Return the axis showing the same days over another width."""
        shown = self.width / self.scale
        return TimeAxis(self.left, _within(width / shown, PIXELS_PER_DAY_LEAST, PIXELS_PER_DAY_MOST), width)

    def step(self, spacing: float) -> TickStep:
        """Return the finest step whose ticks are at least `spacing` pixels apart."""
        return next((s for s in _STEPS if s.days * self.scale >= spacing), _STEPS[-1])

    def ticks(self, step: TickStep) -> Iterator[date]:
        """Yield the days of the ticks in view, in order."""
        first = int(_within(self.left, _FIRST_DAY, _LAST_DAY))
        last = int(_within(self.right, _FIRST_DAY, _LAST_DAY))
        day: date | None = _tick_at_or_before(date.fromordinal(first), step)
        while day is not None and day.toordinal() <= last:
            yield day
            day = _tick_after(day, step)


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(most, value))


def _tick_at_or_before(day: date, step: TickStep) -> date:
    if step.unit in (TickUnit.DAY, TickUnit.WEEK):
        days = step.count * (7 if step.unit is TickUnit.WEEK else 1)
        return date.fromordinal(max(_FIRST_DAY, day.toordinal() - (day.toordinal() - 1) % days))
    if step.unit is TickUnit.MONTH:
        return date(day.year, (day.month - 1) // step.count * step.count + 1, 1)
    return date(max(1, day.year // step.count * step.count), 1, 1)


def _tick_after(day: date, step: TickStep) -> date | None:
    try:
        if step.unit in (TickUnit.DAY, TickUnit.WEEK):
            return day + timedelta(days=step.count * (7 if step.unit is TickUnit.WEEK else 1))
        if step.unit is TickUnit.MONTH:
            months = day.year * 12 + day.month - 1 + step.count
            return date(months // 12, months % 12 + 1, 1)
        return date(day.year // step.count * step.count + step.count, 1, 1)
    except (ValueError, OverflowError):  # past the year 9999
        return None
