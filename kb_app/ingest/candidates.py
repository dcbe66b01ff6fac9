"""The values that a piece of metadata could have: all that were seen, the most trusted first, a few a field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb_app.core.article import Candidate, Found, MetadataField
from kb_app.core.passage import Span

_MOST = 8  # a field
_LONGEST = 500


class CandidateList:
    """Collects candidates and finds where their words stand in the text, within the places that speak of it."""

    def __init__(self, text: str, places: Sequence[Span]) -> None:
        self._text = text
        self._places = places
        self._fields: dict[MetadataField, list[Candidate]] = {field: [] for field in MetadataField}

    def add(self, field: MetadataField, found: Found | None, span: Span | None = None) -> None:
        """Add a value behind the others of its field, unless the same was found in the same way."""
        if found is None or not found.value:
            return
        value = found.value[:_LONGEST]
        known = self._fields[field]
        if len(known) < _MOST and not any((c.value, c.how) == (value, found.how) for c in known):
            known.append(Candidate(field, value, found.how, span or self._place(value)))

    def add_all(self, field: MetadataField, found: Iterable[Found | None]) -> None:
        """Add values in their order."""
        for one in found:
            self.add(field, one)

    def listed(self) -> tuple[Candidate, ...]:
        """Return all of them, field by field."""
        return tuple(candidate for known in self._fields.values() for candidate in known)

    def _place(self, value: str) -> Span | None:
        for place in self._places:
            at = self._text.find(value, place.start, place.end)
            if at >= 0:
                return Span(at, at + len(value))
        return None
