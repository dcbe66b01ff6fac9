"""Timelines for the tests, made of plain tuples."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date

from kb_app.core.event import EventType, Realis
from kb_app.core.ids import EntityId
from kb_app.core.timeline import EVENT_TYPES, REALIS, Lane, TimelineData

Told = tuple[str, date, int, EventType, Realis]


def timeline(
    told: Sequence[Told], lanes: dict[str, list[int]] | None = None, undated: Sequence[str] = ()
) -> TimelineData:
    """Build data from (title, first day, days, type, realis), ids 100, 101, ...; lanes by label."""
    told = sorted(told, key=lambda t: t[1])
    named = lanes if lanes is not None else {"everyone": list(range(len(told)))}
    return TimelineData(
        ids=array("q", range(100, 100 + len(told))),
        starts=array("i", [d.toordinal() for _, d, _, _, _ in told]),
        ends=array("i", [d.toordinal() + n for _, d, n, _, _ in told]),
        types=array("b", [EVENT_TYPES.index(k) for _, _, _, k, _ in told]),
        realis=array("b", [REALIS.index(r) for _, _, _, _, r in told]),
        soft=array("b", [0] * len(told)),
        titles=[t[0] for t in told],
        lanes=tuple(
            Lane(str(n), label, array("I", at), EntityId(n + 1)) for n, (label, at) in enumerate(named.items())
        ),
        undated_ids=array("q", range(900, 900 + len(undated))),
        undated_titles=list(undated),
    )
