"""Zones that a document's own marks tell, beside those that its lines suggest."""

from __future__ import annotations

from collections.abc import Iterable

from kb_app.core.article import Zone, ZoneKind
from kb_app.core.passage import Span


def with_marked(found: Iterable[Zone], marked: Iterable[Zone], title: Span | None) -> tuple[Zone, ...]:
    """Join both in order: a mark overrules a suggested subhead, what is about the article overrules a mark."""
    own = [zone for zone in marked if title is None or not title.overlaps(zone.span)]
    kept = [
        zone
        for zone in found
        if zone.kind is not ZoneKind.SUBHEAD or not any(zone.span.overlaps(other.span) for other in own)
    ]
    own = [zone for zone in own if not any(zone.span.overlaps(other.span) for other in kept)]
    return tuple(sorted((*kept, *own), key=lambda zone: (zone.span, zone.kind)))
