"""Relations that the tagger links, beside those that the rules read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb_app.core.findings import FoundRelation, Ground, LocalId
from kb_app.core.passage import covering
from kb_app.core.relation import RelationType
from kb_app.extraction.encoder import Tagged
from kb_app.extraction.reading import Reading
from kb_app.extraction.tagged_references import TaggedReferents

Key = tuple[LocalId, LocalId, RelationType]
_KINDS = frozenset(kind.value for kind in RelationType)


def merged_relations(
    reading: Reading, referents: TaggedReferents, tagged: Tagged, ruled: Sequence[FoundRelation]
) -> tuple[FoundRelation, ...]:
    """Return each relation once: those of the rules, then the tagger's, the surest first."""
    found: dict[Key, FoundRelation] = {_key(r): r for r in ruled}
    for relation in sorted(_linked(reading, referents, tagged), key=lambda r: -r.ground.confidence):
        found.setdefault(_key(relation), relation)
    return tuple(sorted(found.values(), key=lambda r: (r.ground.evidence, r.type.value)))


def _key(relation: FoundRelation) -> Key:
    ends = (relation.source, relation.target)
    if relation.type.is_symmetric:
        ends = (min(ends), max(ends))
    return (*ends, relation.type)


def _linked(reading: Reading, referents: TaggedReferents, tagged: Tagged) -> Iterator[FoundRelation]:
    for link in tagged.links:
        if link.label not in _KINDS:
            continue
        source, target = referents.member(link.source), referents.member(link.target)
        if source is None or target is None or source is target:
            continue
        evidence = covering([reading.sentence_at(s.start).span for s in (link.source, link.target)])
        words = f"“{link.source.of(reading.text)}” and “{link.target.of(reading.text)}” read together"
        yield FoundRelation(source.id, target.id, RelationType(link.label), Ground(evidence, link.confidence, words))
