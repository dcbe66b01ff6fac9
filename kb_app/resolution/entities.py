"""Matches an article's entities with known ones, by name, and only where nothing speaks against it.

A wrong link puts one person's deeds on another's card and is hard to see; a missed one shows as two cards with the
same name, and is mended by a merge. So whoever is in doubt stays apart.
"""

from __future__ import annotations

from kb_app.core.entity import Category, EntityType, MentionKind
from kb_app.core.findings import Findings, FoundEntity, LocalId
from kb_app.core.identities import KnownEntity, KnownNames, Resolution
from kb_app.core.ids import EntityId
from kb_app.core.names import normalised

__all__ = ["Resolution", "names_to_look_up", "resolve"]

# most countries have one of the same name
_BOUND_TO_COUNTRY = frozenset(
    {Category.GOVERNMENT, Category.MINISTRY, Category.SECURITY_SERVICE, Category.COURT, Category.MILITARY}
)


def names_to_look_up(findings: Findings, text: str = "") -> frozenset[str]:
    """Return the names by which the article's entities could be known; `text` is the article's, for its acronyms."""
    named = [entity for entity in findings.entities if entity.named]
    return frozenset(name for entity in named for name in (entity.name, *_acronyms(entity, text)))


def resolve(findings: Findings, known: KnownNames, text: str = "") -> Resolution:
    """Return the known entity of each found one, or None for a new one; `text` is the article's, for its acronyms.

    Persons match by a full name of two or more words, institutions also by acronym or alias in the same country,
    places by name. Two persons of one article never become one: extraction has kept them apart with reason.
    """
    chosen: dict[LocalId, EntityId | None] = {}
    taken: set[EntityId] = set()
    for entity in sorted(findings.entities, key=_weight):
        match = _match(entity, known, text) if entity.named else None
        if match is not None and match in taken and entity.type is EntityType.PERSON:
            match = None
        if match is not None:
            taken.add(match)
        chosen[entity.id] = match
    return Resolution({entity.id: chosen[entity.id] for entity in findings.entities})


def _weight(entity: FoundEntity) -> tuple[int, str]:
    return (-len(entity.mentions), entity.id)


def _match(entity: FoundEntity, known: KnownNames, text: str) -> EntityId | None:
    for name in (entity.name, *_acronyms(entity, text)):
        candidates = {c.id for c in known.of(name) if _may_be(entity, name, c)}
        if candidates:
            # where several namesakes are known, nothing says which one this is
            return candidates.pop() if len(candidates) == 1 else None
    return None


def _may_be(entity: FoundEntity, name: str, candidate: KnownEntity) -> bool:
    if candidate.type is not entity.type or candidate.kind == MentionKind.SHORT:
        return False
    if entity.type is EntityType.PERSON and not _is_full_person_name(name):
        return False
    if entity.type is EntityType.INSTITUTION and _needs_same_country(entity, name, candidate):
        return normalised(entity.country) == normalised(candidate.country)
    return not _contradict(entity.country, candidate.country)


def _needs_same_country(entity: FoundEntity, name: str, candidate: KnownEntity) -> bool:
    if entity.category in _BOUND_TO_COUNTRY or candidate.category in _BOUND_TO_COUNTRY:
        return True
    return candidate.kind in (MentionKind.ACRONYM, "alias") or name != entity.name


def _is_full_person_name(name: str) -> bool:
    # a surname alone names a family: "Anna Vela" and "Boris Vela" share it; so does "A. Vela"
    words = normalised(name).split()
    return sum(len(word) > 1 for word in words) >= 2


def _contradict(one: str, other: str) -> bool:
    return bool(one and other and normalised(one) != normalised(other))


def _acronyms(entity: FoundEntity, text: str) -> tuple[str, ...]:
    if entity.type is not EntityType.INSTITUTION or not text:
        return ()
    found = (m.span.of(text) for m in entity.mentions if m.kind is MentionKind.ACRONYM)
    return tuple(dict.fromkeys(name for name in found if name != entity.name))
