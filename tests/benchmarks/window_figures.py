"""Measures the start of the window, a card on the screen and frames of the timeline."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from array import array
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kb_app.core.entity import EntityType
from kb_app.core.listing import EntityQuery
from kb_app.core.timeline import EVENT_TYPES, REALIS, Lane, TimelineData, TimelineQuery
from kb_app.services.workspace import Workspace
from kb_app.ui.profile.card import CardView
from kb_app.ui.shared.icons import Icons
from kb_app.ui.theme import Theme
from kb_app.ui.timeline.timeline_view import TimelineView
from tests.benchmarks.figures import Figure, empty_caches, median_ms, resident_mb

SIZE = (1600, 900)
LANES = 60
SPAN_DAYS = 3_650
_USABLE = re.compile(r"usable after ([\d.]+) s")


def start_figures(base: Path) -> Iterator[Figure]:
    """Start the program on the base, with the system's file cache emptied where that is allowed, then warm."""
    size = f"{base.stat().st_size / 1024 / 1024:,.0f} MB base"
    if empty_caches():
        yield Figure("start", "cold, to usable", _start(base)[0] * 1000, "ms", f"{size}; file cache emptied")
    starts = sorted(_start(base) for _ in range(5))
    yield Figure("start", "warm, to usable", starts[2][0] * 1000, "ms", f"{size}; median of 5")
    yield Figure("memory", "window", max(memory for _, memory in starts), "MB", "resident when usable")


def show_figures(base: Path, application: QApplication) -> Iterator[Figure]:
    """Read and paint the card of the person mentioned most."""
    theme = Theme()
    card = CardView(theme, Icons(theme))
    card.resize(700, 1000)
    card.show()
    QTest.qWaitForWindowExposed(card)
    with Workspace.open(base, read_only=True) as workspace:
        row = workspace.listing.entities(EntityQuery(EntityType.PERSON), 0, 1)[0]

        def show() -> None:
            card.show_profile(workspace.profiles.profile(row.id))
            card.grab()

        yield Figure("card", "read and paint, mentioned most", median_ms(show), "ms", f"{row.mentions:,} mentions")
        data = workspace.timelines.timeline(TimelineQuery())
        read = median_ms(lambda: workspace.timelines.timeline(TimelineQuery()), 5)
        yield Figure("timeline", "read all events", read, "ms", f"{len(data):,} dated events of the base")
    card.close()


def frame_figures(application: QApplication) -> Iterator[Figure]:
    """Paint frames of the timeline, each moved a little, with all events in view."""
    for count in (10_000, 1_000_000):
        view = TimelineView(Theme())
        view.resize(*SIZE)
        view.show()
        QTest.qWaitForWindowExposed(view)
        data = synthetic_timeline(count)
        first = median_ms(partial(view.show_timeline, data, TimelineQuery()), 3)
        view.canvas.fit()
        where = f"{count:,} events in {LANES} lanes, all in view, {SIZE[0]}×{SIZE[1]}"
        yield Figure("timeline", "take up the events", first, "ms", where)
        yield Figure("timeline", "a frame", median_ms(partial(_frame, view), 60), "ms", f"{where}; median of 60")
        view.close()


def synthetic_timeline(count: int, seed: int = 1) -> TimelineData:
    """Invent events over ten years, most of one day, some of weeks, in lanes of very different fullness."""
    dice = random.Random(seed)
    first = 737_000
    starts = array("i", sorted(first + int(SPAN_DAYS * dice.random()) for _ in range(count)))
    ends = array("i", (day + (1 if dice.random() < 0.8 else dice.randint(2, 40)) for day in starts))
    lanes = [array("I") for _ in range(LANES)]
    for position in range(count):
        lanes[int(LANES * dice.random() ** 2)].append(position)
    return TimelineData(
        ids=array("q", range(1, count + 1)),
        starts=starts,
        ends=ends,
        types=array("b", (dice.randrange(len(EVENT_TYPES)) for _ in range(count))),
        realis=array("b", (dice.randrange(len(REALIS)) for _ in range(count))),
        soft=array("b", bytes(count)),
        titles=[f"Event {number % 1000}" for number in range(count)],
        lanes=tuple(Lane(str(at), f"Actor {at}", events) for at, events in enumerate(lanes)),
    )


def _frame(view: TimelineView) -> None:
    canvas = view.canvas
    # to and fro, so that every frame differs and all events stay in view
    canvas.set_axis(canvas.axis.panned(3 if canvas.axis.left < 737_000 - 60 else -3))
    canvas.viewport().repaint()


def _start(base: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "kb_app", str(base), "--measure-start"]
    environment = {**os.environ, "XDG_CONFIG_HOME": str(base.parent / "config")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as running:
        for line in running.stdout or ():
            if found := _USABLE.search(line):
                memory = resident_mb(running.pid)
                running.terminate()
                return float(found[1]), memory
    raise RuntimeError("the window did not say when it was usable")
