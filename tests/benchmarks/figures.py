"""Figures and how they are taken and told."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from kb_app.core.progress import Progress

CACHES = Path("/proc/sys/vm/drop_caches")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value with its unit, and how it was taken."""

    group: str
    name: str
    value: float
    unit: str
    how: str = ""


def median_ms(work: Callable[[], object], times: int = 20) -> float:
    """Return the median time of a piece of work in milliseconds, after one run that warms it up."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def drive(steps: Generator[Progress, None, T], each: Callable[[], object] = lambda: None) -> tuple[T, float]:
    """Run work in steps, and return its result and its longest step in milliseconds."""
    longest = 0.0
    while True:
        start = time.perf_counter()
        try:
            next(steps)
        except StopIteration as end:
            return end.value, longest
        longest = max(longest, (time.perf_counter() - start) * 1000)
        each()


def resident_mb(pid: int, field: str = "VmRSS") -> float:
    """Return the resident memory of a process in MB (VmHWM: its highest so far); 0 where the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{field}:")), 0.0)


def children(pid: int) -> list[int]:
    """Return the processes that a process started and that still run; none where the system does not say."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(number) for number in path.read_text(encoding="ascii").split()]
        except OSError:
            continue  # the thread has ended
    return found


def empty_caches() -> bool:
    """Empty the system's file cache where that is allowed, and tell whether it was."""
    if not os.access(CACHES, os.W_OK):
        return False
    os.sync()
    try:
        CACHES.write_text("3")
    except OSError:
        return False
    return True


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a Markdown table."""
    rows = [f"| {f.group} | {f.name} | {f.value:,.{_digits(f.value)}f} {f.unit} | {f.how} |" for f in figures]
    return "\n".join(["| what | | figure | how |", "| --- | --- | ---: | --- |", *rows])


def documents(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Return the figures for JSON."""
    return [asdict(figure) for figure in figures]


def _digits(value: float) -> int:
    return 0 if value >= 100 else 1 if value >= 10 else 2
