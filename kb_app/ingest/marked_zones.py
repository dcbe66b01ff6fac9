"""Zones that a document's own marks tell, beside those that its lines suggest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from kb_app.core.article import Zone, ZoneKind
from kb_app.core.passage import Span


def with_marked(found: Iterable[Zone], marked: Iterable[Zone], title: Span | None) -> tuple[Zone, ...]:
    """Join both in order: a mark overrules a suggested subhead, what is about the article overrules a mark.

    The marked zones come in order and do not overlap.
    """
    own = [zone for zone in marked if title is None or not title.overlaps(zone.span)]
    kept = [zone for zone in found if zone.kind is not ZoneKind.SUBHEAD or not _touched(zone.span, own)]
    kept.sort(key=lambda zone: zone.span)
    own = [zone for zone in own if not _touched(zone.span, kept)]
    return tuple(sorted((*kept, *own), key=lambda zone: (zone.span, zone.kind)))


def _touched(span: Span, zones: Sequence[Zone]) -> bool:
    """Tell whether one of the zones, which are in order, overlaps the span."""
    at = bisect_left(zones, span.end, key=lambda zone: zone.span.start)
    return any(zone.span.overlaps(span) for zone in zones[max(0, at - 2) : at])
