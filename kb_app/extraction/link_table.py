"""The tagger's links by their label and source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kb_app.core.passage import Span
from kb_app.extraction.encoder import Link


class LinkTable:
    """Finds the links of a span, the surest first."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._by_source: dict[tuple[str, Span], list[Link]] = defaultdict(list)
        for link in sorted(links, key=lambda k: -k.confidence):
            self._by_source[link.label, link.source].append(link)

    def of(self, label: str, source: Span) -> Sequence[Link]:
        """Return the links of a label from a span, the surest first."""
        return self._by_source.get((label, source), ())

    def best(self, label: str, source: Span) -> Link | None:
        """Return the surest link of a label from a span."""
        found = self.of(label, source)
        return found[0] if found else None
